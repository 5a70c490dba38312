import { request } from 'node:http'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { aWorld } from '../../../support/fake-world.ts'
import { type Api, json, startApi } from '../../../support/http-api.ts'
import { waitUntil } from '../../../support/wait.ts'

let api: Api
const post = (path: string, body?: unknown) =>
  api.ask('POST', `/api/v1/${path}`, {
    key: api.hub.key('systems:write'),
    ...(body !== undefined && { headers: json, body: JSON.stringify(body) }),
  })

function pausing() {
  it('pauses with a reason, open-ended or until a moment to come', async () => {
    expect((await post('systems/dvcqg/pause', { reason: 'Cổng bảo trì' })).status).toBe(200)
    const resumeAt = '2099-01-01T07:00:00+07:00'
    expect((await post('systems/dvcqg/pause', { reason: 'Cổng bảo trì', resumeAt })).status).toBe(
      200,
    )
    expect(api.hub.acts.map(({ what }) => what)).toEqual([
      'pause dvcqg open',
      'pause dvcqg 2099-01-01T00:00:00.000Z',
    ])
  })

  it.each([
    [{ reason: 'Cổng bảo trì', resumeAt: '2020-01-01T00:00:00Z' }, 'request-invalid'],
    [{ reason: 'Cổng bảo trì', resumeAt: 'tomorrow' }, 'request-invalid'],
    [{ reason: 'Cổng bảo trì', resumeAt: null }, 'request-invalid'],
    [{ resumeAt: '2099-01-01T00:00:00Z' }, 'reason-missing'],
    // It would pass in the audit trail for what the hub itself has noted.
    [{ reason: '{"after": {"paused": false}}' }, 'request-invalid'],
  ])('refuses to pause with %j', async (body, code) => {
    expect((await post('systems/dvcqg/pause', body)).json.code).toBe(code)
    expect(api.hub.acts).toEqual([])
  })

  it('resumes with a reason', async () => {
    expect((await post('systems/dvcqg/resume', { reason: 'Đã đổi mật khẩu' })).status).toBe(200)
    expect(api.hub.acts[0]?.act.reason).toBe('Đã đổi mật khẩu')
  })

  it.each(['check', 'pause', 'resume'])('does not know another system: %s', async (verb) => {
    const body = verb === 'check' ? undefined : { reason: 'Kiểm tra thử' }
    expect((await post(`systems/nobody/${verb}`, body)).json.code).toBe('not-found')
  })
}

function checking() {
  it('answers 200 with every step, also when one is not ok', async () => {
    const answer = await post('systems/dvcqg/check')
    expect(answer.status).toBe(200)
    expect(answer.json).toMatchObject({
      ok: false,
      steps: [{ name: 'dns', ok: true }, { name: 'tcp' }],
    })
  })

  it('aborts the test when the caller goes away', async () => {
    let release = () => {}
    api.hub.world.check = () =>
      new Promise((resolve) => {
        release = () => resolve([])
      })
    const path = '/api/v1/systems/dvcqg/check'
    const headers = { authorization: `Bearer ${api.hub.key('systems:write')}` }
    const outgoing = request({ port: api.port, host: '127.0.0.1', method: 'POST', path, headers })
    outgoing.on('error', () => undefined)
    outgoing.end()
    await waitUntil('the test runs', () => api.hub.checkSignal)

    outgoing.destroy()

    await waitUntil('the signal', () => api.hub.checkSignal?.aborted)
    release()
  })
}

describe('systems', () => {
  beforeAll(async () => {
    api = await startApi({ world: aWorld() })
  })
  afterAll(() => api.close())
  beforeEach(() => {
    Object.assign(api.hub.world, aWorld())
    api.hub.acts.length = 0
    api.hub.checkSignal = undefined
  })

  pausing()
  checking()

  it('lists what is still to be asked about, long numbers for those who may see them', async () => {
    const read = (...scopes: string[]) =>
      api.ask('GET', '/api/v1/follows?system=dvcqg', { key: api.hub.key(...scopes) })
    const item = {
      ...{ subject: 'H99.14-260101-0001', askedAt: null, state: { asked: 'H**************' } },
      askedBy: [{ job: 'tthc-changes' }],
    }
    expect((await read('deliveries:read')).json).toMatchObject({ items: [item], next: null })
    const plain = await read('deliveries:read', 'personal-data:read')
    expect(plain.json).toMatchObject({ items: [{ state: { asked: 'H99000000000012' } }] })
    expect((await read('messages:write')).status).toBe(403)
  })

  it('runs a pull now, one that runs once more, but not one that nobody knows', async () => {
    expect((await post('pulls/tthc-changes/run')).json).toEqual({
      job: 'tthc-changes',
      scheduled: true,
    })
    expect((await post('pulls/busy/run')).status).toBe(202)
    expect((await post('pulls/nobody/run')).json.code).toBe('not-found')
  })

  it('pauses a pull and resumes it, as it does a system', async () => {
    const resumeAt = '2099-01-01T07:00:00+07:00'
    const body = { reason: 'Nguồn chuyển dữ liệu', resumeAt }
    const paused = await post('pulls/tthc-changes/pause', body)
    expect(paused).toMatchObject({ status: 200, json: { job: 'tthc-changes' } })
    expect((await post('pulls/tthc-changes/resume', { reason: 'Đã xong' })).status).toBe(200)
    expect(api.hub.acts.map(({ what }) => what)).toEqual([
      'pause pull tthc-changes 2099-01-01T00:00:00.000Z',
      'resume pull tthc-changes',
    ])
    const past = { ...body, resumeAt: '2020-01-01T00:00:00Z' }
    expect((await post('pulls/tthc-changes/pause', past)).json.code).toBe('request-invalid')
    expect((await post('pulls/tthc-changes/pause', { resumeAt })).json.code).toBe('reason-missing')
    for (const verb of ['pause', 'resume'])
      expect((await post(`pulls/nobody/${verb}`, { reason: 'Kiểm tra thử' })).json.code).toBe(
        'not-found',
      )
  })

  it('has a pull read again from the start or from a moment, for a reason', async () => {
    const rewind = (body: object, job = 'tthc-changes') => post(`pulls/${job}/rewind`, body)
    const reason = 'Thêm mã trạng thái'
    expect(await rewind({ reason, to: 'start' })).toMatchObject({
      ...{ status: 200, json: { job: 'tthc-changes' } },
    })
    expect((await rewind({ reason, to: '2026-11-20T06:00:00+07:00' })).status).toBe(200)
    expect(api.hub.acts.map(({ what }) => what)).toEqual([
      'rewind pull tthc-changes start',
      'rewind pull tthc-changes 2026-11-19T23:00:00.000Z',
    ])
    for (const to of ['', 'begin', 5, undefined])
      expect((await rewind({ reason, to })).json.code).toBe('request-invalid')
    expect((await rewind({ to: 'start' })).json.code).toBe('reason-missing')
    expect((await rewind({ reason, to: 'start' }, 'nobody')).json.code).toBe('not-found')
  })

  it('lists problems, shows one with a masked sample, and keeps what is done about it', async () => {
    const key = api.hub.key('systems:read', 'systems:write')
    const answer = await api.ask('GET', '/api/v1/problems?side=data&sort=count', { key })
    expect(answer.json.items).toMatchObject([
      { code: 'target-rejected', cause: { en: 'The system rejected it' }, status: 'open' },
    ])
    expect((await api.ask('GET', '/api/v1/problems/7', { key })).json.sample).toBeNull()
    const one = await api.ask('GET', '/api/v1/problems/7', {
      key: api.hub.key('systems:read', 'deliveries:read'),
    })
    expect(JSON.stringify(one.json.sample)).toContain('******')
    const open = await api.ask('GET', '/api/v1/problems/7', {
      key: api.hub.key('systems:read', 'deliveries:read', 'personal-data:read'),
    })
    expect(JSON.stringify(open.json.sample)).not.toContain('******')
    const headers = { 'content-type': 'application/json' }
    const post = (path: string, body: unknown) =>
      api.ask('POST', `/api/v1/problems/${path}`, { key, headers, body: JSON.stringify(body) })
    const reason = 'Đã gọi đơn vị quản lý'
    expect((await post('7/assign', { owner: 'lan', reason })).status).toBe(200)
    expect(api.hub.acts.at(-1)).toMatchObject({ what: 'assign problem 7', act: { reason } })
    expect((await post('7/resolve', {})).json.code).toBe('reason-missing')
    expect((await post('7/mute', { reason })).json.code).toBe('request-invalid')
    expect((await post('8/acknowledge', { reason })).json.code).toBe('not-found')
  })

  it('answers 503 on /readyz while the hub is not ready', async () => {
    api.hub.world.ready = false
    const answer = await api.ask('GET', '/readyz')
    api.hub.world.ready = true
    expect([answer.status, answer.json]).toEqual([503, { ready: false, checks: { store: false } }])
  })
})
