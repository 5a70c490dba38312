import nock from 'nock'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import {
  aDossier,
  beginDvcqg,
  cleanUp,
  createLane,
  createRig,
  held,
  readJson,
  upserted,
} from '../../support/dvcqg.ts'

const adapter = 'http://adapter.h99.example:8080'
const forward = '/XrdAdapter/RestService/forward/'
const dstcode = 'VN:GOV:000.00.00.G22:vpcpdvcprovider'
const signedIn = { session: 'sess-demo-0001', error_code: 0 }
const taken = { error_code: '0', message: 'Đồng bộ hồ sơ thành công' }

beforeAll(() => nock.disableNetConnect())
beforeAll(() => nock.enableNetConnect('127.0.0.1'))
afterEach(async () => {
  await cleanUp()
  nock.cleanAll()
})
afterAll(() => {
  nock.enableNetConnect()
  nock.restore()
})

/** Answers one login, then one service call. */
function _answering(
  status: number,
  body: nock.Body | string,
  headers: Record<string, string> = {},
) {
  nock(adapter).post(`${forward}mapi/login`).query(true).reply(200, signedIn)
  nock(adapter).post(`${forward}mapi/g`).query(true).reply(status, body, headers)
}

const push = () => createLane(createRig(adapter).connector).send('push-dossier', upserted())

describe('client', () => {
  it('sends login and envelope exactly as the portal reads them', async () => {
    const message = readJson<{ data: { dossier: object } }>(
      'connectors/dvcqg/fixtures/create.message.json',
    )
    const [expected] = readJson<[{ content: object }]>(
      'connectors/dvcqg/fixtures/create.remote.json',
    )
    const seen: { path: string; headers: Record<string, unknown>; body: unknown }[] = []
    nock(adapter)
      .post(/.*/)
      .times(2)
      .reply(function (path, body) {
        seen.push({ path, headers: this.req.headers, body })
        return [200, path.includes('login') ? signedIn : taken]
      })

    await createLane(createRig(adapter).connector).send('push-dossier', message.data)

    const query = '?dstcode=VN%3AGOV%3A000.00.00.G22%3Avpcpdvcprovider'
    expect(seen.map((one) => one.path)).toEqual([
      `${forward}mapi/login${query}`,
      `${forward}mapi/g${query}`,
    ])
    expect(seen[0]?.body).toEqual({ username: 'tinh-demo', password: 'not-a-real-secret' })
    expect(seen[1]?.body).toEqual({
      session: 'sess-demo-0001',
      madonvi: '000.00.00.H99',
      service: 'DongBoHoSoMC',
      isUpdating: 'False',
      data: [expected.content],
    })
    expect(seen[1]?.headers).toMatchObject({
      accept: 'application/json',
      charset: 'utf-8',
      'content-type': expect.stringMatching(/^application\/json/),
    })
    expect(seen[1]?.headers.dstcode).toBeUndefined()
  })

  it('knows the newer adapter, dstcode as a header, and a back end behind it', async () => {
    const paths: string[] = []
    nock(adapter, { reqheaders: { dstcode } })
      .post(/.*/)
      .times(2)
      .reply((path) => {
        paths.push(path)
        return [200, path.includes('login') ? signedIn : taken]
      })
    const rig = createRig(`${adapter}/`, {
      forwardPath: '/VXPAdapter/RestService/forward/',
      dstcodeIn: 'header',
      providerUrl: 'https://dvc.h99.example/api',
    })

    const outcome = await createLane(rig.connector).send('push-dossier', upserted())

    expect(outcome.kind).toBe('delivered')
    expect(paths).toEqual([
      '/VXPAdapter/RestService/forward/mapi/login?providerurl=https%3A%2F%2Fdvc.h99.example%2Fapi',
      '/VXPAdapter/RestService/forward/mapi/g?providerurl=https%3A%2F%2Fdvc.h99.example%2Fapi',
    ])
  })

  it('pauses the system when the account is refused, and never repeats session or password', async () => {
    nock(adapter)
      .post(`${forward}mapi/login`)
      .query(true)
      .reply(200, { error_code: -1, message: 'Sai tài khoản hoặc mật khẩu' })

    const outcome = await push()

    expect(outcome).toMatchObject({ kind: 'auth', code: 'session-refused' })
    expect(JSON.stringify(outcome)).not.toContain('not-a-real-secret')
  })

  it.each<[string, number, nock.Body | string, string, string]>([
    ['a busy login', 200, { error_code: -1, message: 'Hệ thống đang bận' }, 'retry', 'target-busy'],
    ['a login without session', 200, { error_code: 0 }, 'retry', 'answer-invalid'],
    ['an unknown path', 404, '<fault/>', 'auth', 'target-not-found'],
    ['a broken login', 500, '', 'retry', 'target-failed'],
  ])('leaves no message in doubt after %s', async (_, status, body, kind, code) => {
    nock(adapter).post(`${forward}mapi/login`).query(true).reply(status, body)

    expect(await push()).toMatchObject({ kind, code })
  })

  it('gives up after a second refused session', async () => {
    const expired = { error_code: '-1', message: 'PHIÊN làm việc không tồn tại' }
    nock(adapter).post(`${forward}mapi/login`).query(true).twice().reply(200, signedIn)
    nock(adapter).post(`${forward}mapi/g`).query(true).twice().reply(200, expired)

    expect(await push()).toMatchObject({ kind: 'auth', code: 'session-refused' })
    expect(nock.isDone()).toBe(true)
  })

  it('logs in again when the session has aged or was forgotten, in words or as 401', async () => {
    const { portal, lane, rig } = await beginDvcqg({ sessionMinutes: 10 })
    await lane.send('push-dossier', upserted())
    for (const note of ['một', 'hai']) {
      portal.misbehave({ mode: 'session-expired', times: 1 })
      const outcome = await lane.send('push-dossier', upserted({ note }))
      expect(outcome.kind).toBe('delivered')
    }
    rig.later(11 * 60_000)
    const before = rig.http.counters().requests

    await lane.send('push-dossier', upserted({ note: 'ba' }))

    expect(rig.http.counters().requests - before).toBe(2)
    expect(held(portal).applied).toEqual(['create 4', 'update 4', 'update 4', 'update 4'])
  })

  it('refuses what does not fit before anything leaves', async () => {
    const { dossier } = upserted({ note: 'x'.repeat(2001) })
    nock(adapter).post(`${forward}mapi/login`).query(true).reply(200, signedIn)

    const lane = createLane(createRig(adapter).connector)
    const outcome = await lane.send('push-dossier', { dossier })

    expect(outcome).toMatchObject({
      kind: 'permanent',
      code: 'payload-invalid',
      faults: [{ pointer: '/data/0/GhiChu', rule: 'maxLength' }],
    })
    expect(JSON.stringify(outcome)).not.toContain(aDossier().applicant.name)
  })

  it('names the step at which a connection test stops', async () => {
    const { rig } = await beginDvcqg()
    const wrong = await beginDvcqg({ password: 'a-wrong-secret' })
    const lost = await beginDvcqg({ dstcode: 'VN:GOV:000.00.00.G22:nobody' })
    const signal = new AbortController().signal
    const stepsOf = async (one: typeof rig) =>
      (await one.connector.check(signal)).map(({ name, ok, tried = true }) => [
        name,
        tried ? ok : 'not tried',
      ])

    expect(await stepsOf(rig)).toEqual([
      ['tcp', true],
      ['credentials', true],
      ['call', true],
    ])
    expect(await stepsOf(wrong.rig)).toEqual([
      ['tcp', true],
      ['credentials', false],
      ['call', 'not tried'],
    ])
    expect(await stepsOf(lost.rig)).toEqual([
      ['tcp', true],
      ['call', false],
    ])
    expect(await stepsOf(createRig('http://127.0.0.1:1'))).toEqual([
      ['tcp', false],
      ['credentials', 'not tried'],
      ['call', 'not tried'],
    ])
  })
})
