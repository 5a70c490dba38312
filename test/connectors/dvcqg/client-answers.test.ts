import nock from 'nock'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { beginDvcqg, cleanUp, createLane, createRig, upserted } from '../../support/dvcqg.ts'

const adapter = 'http://adapter.h99.example:8080'
const forward = '/XrdAdapter/RestService/forward/'
const _dstcode = 'VN:GOV:000.00.00.G22:vpcpdvcprovider'
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
function answering(status: number, body: nock.Body | string, headers: Record<string, string> = {}) {
  nock(adapter).post(`${forward}mapi/login`).query(true).reply(200, signedIn)
  nock(adapter).post(`${forward}mapi/g`).query(true).reply(status, body, headers)
}

const push = () => createLane(createRig(adapter).connector).send('push-dossier', upserted())

describe('client: answers', () => {
  it.each<[string, number, nock.Body | string, string, string | undefined]>([
    ['success as text', 200, taken, 'delivered', undefined],
    ['success as number', 200, { ...taken, error_code: 0 }, 'delivered', undefined],
    ['success without words', 200, { error_code: 0 }, 'delivered', undefined],
    [
      'a part',
      200,
      { error_code: 0, message: 'Thành công 1/2' },
      'unknown',
      'answer-wording-unknown',
    ],
    [
      'denied success',
      200,
      { error_code: 0, message: 'Không thành công' },
      'unknown',
      'answer-wording-unknown',
    ],
    ['foreign words', 200, { error_code: '0', message: 'OK' }, 'unknown', 'answer-wording-unknown'],
    [
      'success with a bad code',
      200,
      { error_code: '-1', message: 'Thành công' },
      'unknown',
      'answer-wording-unknown',
    ],
    [
      'a refusal',
      200,
      { error_code: -1, message: 'Trường GhiChu vượt quá 2000 ký tự' },
      'permanent',
      'target-rejected',
    ],
    ['a bare failure', 200, { error_code: '-1' }, 'unknown', 'answer-wording-unknown'],
    ['try later', 200, { error_code: '-1', message: 'Hệ thống đang bận' }, 'retry', 'target-busy'],
    ['no code', 200, { message: 'Đồng bộ hồ sơ thành công' }, 'unknown', 'answer-invalid'],
    ['a maintenance page', 200, '<html>Bảo trì</html>', 'unknown', 'answer-invalid'],
    ['nothing', 200, '', 'unknown', 'answer-invalid'],
    ['a fault of the adapter', 500, '<fault/>', 'unknown', 'target-failed'],
    ['a gateway', 502, '<html/>', 'unknown', 'target-failed'],
    ['busy', 503, '', 'retry', 'target-busy'],
    ['too many', 429, '', 'retry', 'target-rate-limited'],
    ['forbidden', 403, '', 'permanent', 'target-forbidden'],
    ['a redirect', 302, '', 'permanent', 'target-redirected'],
  ])('takes %s (%i) for what it is', async (_, status, body, kind, code) => {
    answering(status, body)

    const outcome = await push()

    expect(outcome.kind).toBe(kind)
    expect('code' in outcome ? outcome.code : undefined).toBe(code)
  })

  it('keeps what the portal said as evidence', async () => {
    answering(200, { error_code: -3, message: 'Thiếu trường MaLinhVuc' })

    expect(await push()).toMatchObject({
      kind: 'permanent',
      evidence: { httpStatus: 200, remoteCode: '-3', remoteMessage: 'Thiếu trường MaLinhVuc' },
    })
  })

  it('takes a lookup without a list for no answer', async () => {
    const { rig, lane } = await beginDvcqg()
    await lane.send('push-dossier', upserted())
    await cleanUp()
    for (const result of [undefined, null]) {
      answering(200, { error_code: '0', result })
      const confirm = createLane(createRig(adapter).connector).confirm('push-dossier', upserted())
      await expect(confirm).rejects.toMatchObject({ code: 'answer-invalid' })
    }
    expect(rig.http.counters().requests).toBe(2)
  })

  it('does not take another dossier for the one it asked about', async () => {
    answering(200, { error_code: 0, result: [{ MAHOSO: 'H99.14-240101-0002' }] })

    const confirm = createLane(createRig(adapter).connector).confirm('push-dossier', upserted())

    await expect(confirm).rejects.toMatchObject({ code: 'answer-invalid' })
  })
})
