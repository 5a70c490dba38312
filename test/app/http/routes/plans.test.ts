import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { aPlan, aPlanItem } from '../../../support/fake-plans.ts'
import { type Api, json, startApi } from '../../../support/http-api.ts'

let api: Api
beforeAll(async () => {
  api = await startApi()
})
afterAll(() => api.close())
beforeEach(() => {
  api.hub.acts.length = 0
  api.hub.fakePlans.plans = [aPlan(1)]
  api.hub.fakePlans.items = []
})

const post = (path: string, body: unknown, key = api.hub.key('deliveries:write')) =>
  api.ask('POST', `/api/v1/plans${path}`, { key, headers: json, body: JSON.stringify(body) })
const get = (path: string) =>
  api.ask('GET', `/api/v1/plans${path}`, { key: api.hub.key('deliveries:read') })
const reason = 'Đã bổ sung bảng mã'

describe('plans', () => {
  it('creates one that waits for a person, with who, why and defaults', async () => {
    const filter = { system: 'dvcqg', code: 'code-untranslated', problem: 7 }
    const answer = await post('', { action: 'redrive', filter, reason: `  ${reason} ` })
    expect([answer.status, answer.json.state, answer.json.id]).toEqual([201, 'ready', 2])
    expect(api.hub.fakePlans.created.at(-1)).toEqual({
      action: 'redrive',
      filter: { ...filter, state: 'dead' },
      ratePerMinute: undefined,
      starts: false,
      startAt: undefined,
      stopAfter: 50,
      stopPercent: 50,
      reach: { systems: [], units: [] },
    })
    expect(api.hub.acts).toEqual([
      { what: 'create plan 2', act: { actor: expect.stringMatching(/^client:/), reason } },
    ])
    expect(api.hub.lines.at(-1)).toMatchObject({ level: 'info', event: 'request.served' })
  })

  it('takes a thousand ids, a rate, a start to come and when to stop', async () => {
    const ids = Array.from({ length: 1_000 }, (_, index) => `${index + 1}.1`)
    const startAt = new Date(Date.now() + 60_000).toISOString()
    const answer = await post('', {
      ...{ action: 'discard', filter: { ids: [...ids.slice(1), '7.1'] }, reason },
      ...{ ratePerMinute: 120, startAt, stopAfter: 10, stopPercent: 20 },
    })
    expect(answer.status).toBe(201)
    const { filter, ...rest } = api.hub.fakePlans.created.at(-1) ?? {}
    expect(filter?.ids).toHaveLength(999)
    expect(rest).toMatchObject({ ratePerMinute: 120, starts: true, startAt: new Date(startAt) })
    expect(rest).toMatchObject({ stopAfter: 10, stopPercent: 20 })
  })

  it.each([
    [{}, 422, 'reason-missing', []],
    [{ action: 'redrive', filter: {}, reason }, 400, 'request-invalid', ['/filter']],
    [{ action: 'resend', filter: { system: 'a' }, reason }, 400, 'request-invalid', ['/action']],
    [
      { action: 'redrive', filter: { agency: 'a' }, reason },
      400,
      'request-invalid',
      ['/filter/agency'],
    ],
    [
      { action: 'redrive', filter: { state: 'held', system: 'a' }, reason },
      ...([400, 'request-invalid', ['/filter/state']] as const),
    ],
    [
      { action: 'discard', filter: { system: 'a' }, reason },
      400,
      'request-invalid',
      ['/filter/state'],
    ],
    [
      { action: 'redrive', filter: { from: '2026-11-22T23:59:60Z' }, reason },
      ...([400, 'request-invalid', ['/filter/from']] as const),
    ],
    [{ action: 'redrive', filter: { ids: [] }, reason }, 400, 'request-invalid', ['/filter/ids']],
    [
      { action: 'redrive', filter: { ids: ['x'] }, reason },
      400,
      'request-invalid',
      ['/filter/ids/0'],
    ],
    [
      { action: 'redrive', filter: { system: 'a' }, reason, startAt: '2026-01-01T00:00:00Z' },
      ...([400, 'request-invalid', ['/startAt']] as const),
    ],
    [
      { action: 'redrive', filter: { system: 'a' }, reason, ratePerMinute: 0 },
      ...([400, 'request-invalid', ['/ratePerMinute']] as const),
    ],
  ])('refuses %j', async (body, status, code, pointers) => {
    const answer = await post('', body)
    expect([answer.status, answer.json.code]).toEqual([status, code])
    const errors = (answer.json.errors ?? []) as { pointer: string }[]
    for (const pointer of pointers) expect(errors.map((one) => one.pointer)).toContain(pointer)
    expect(api.hub.acts).toEqual([])
  })

  it('starts, pauses, resumes, changes the rate of and cancels one, each with its reason', async () => {
    expect((await post('/1/start', { reason })).json.state).toBe('running')
    expect((await post('/1/rate', { reason, ratePerMinute: 60 })).status).toBe(200)
    expect((await post('/1/pause', { reason })).json.state).toBe('paused')
    expect((await post('/1/pause', { reason })).json.code).toBe('state-conflict')
    expect((await post('/1/resume', { reason })).json.state).toBe('running')
    expect((await post('/1/cancel', { reason })).json.state).toBe('cancelled')
    expect((await post('/1/cancel', {})).json.code).toBe('reason-missing')
    expect((await post('/9/cancel', { reason })).json.code).toBe('not-found')
    expect(api.hub.acts.map(({ what }) => what)).toEqual(
      ['start', 'rate 60', 'pause', 'resume', 'cancel'].map((verb) => `${verb} plan 1`),
    )
  })

  it('lists plans and items, and reads one', async () => {
    expect((await get('?state=ready')).json).toMatchObject({ items: [{ id: 1 }], next: null })
    expect((await get('?state=running')).json).toMatchObject({ items: [] })
    expect((await get('/1')).json).toMatchObject({ id: 1, sample: [{ id: '12.3' }] })
    expect((await get('/x')).status).toBe(404)
    api.hub.fakePlans.items = [aPlanItem('1.1', { result: 'failed', code: 'target-rejected' })]
    const items = await get('/1/items?result=failed&limit=1')
    expect(items.json).toMatchObject({ items: [{ id: '1.1', code: 'target-rejected' }] })
    expect(api.hub.fakePlans.itemFilters.at(-1)).toEqual({ result: 'failed', limit: 1 })
    expect((await get('/9/items')).status).toBe(404)
  })

  it('gives the result as a CSV that a spreadsheet opens as it is meant', async () => {
    api.hub.fakePlans.plans = [aPlan(1, { state: 'cancelled' })]
    api.hub.fakePlans.items = [
      aPlanItem('1.1', { subject: '=HYPERLINK("http://x";"y")', result: 'ok', state: 'delivered' }),
      aPlanItem('1.2', {
        ...{ result: 'failed', code: 'target-rejected', state: 'dead' },
        ...{ doneAt: '2026-11-22T17:30:00.000Z', endedAt: '2026-11-22T17:30:09.000Z' },
      }),
      aPlanItem('1.3', { subject: ' \uFF1Dcmd', conflict: 'order-would-break', agency: null }),
    ]
    const answer = await get('/1/result')
    expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8')
    expect(answer.headers['content-disposition']).toBe('attachment; filename="ke-hoach-1.csv"')
    const [head, first, second, third, ...rest] = answer.text.replace(/^\uFEFF/, '').split('\r\n')
    expect(head).toMatch(/^Lượt gửi,Mã hồ sơ,Hệ thống,.*,Kết quả,Mã lỗi,.*,Có kết quả lúc$/)
    expect(first).toContain(`1.1,"'=HYPERLINK(""http://x"";""y"")",dvcqg,`)
    expect(first).toContain(',được,,,Đã gửi,')
    expect(second).toContain(',lại hỏng,target-rejected,')
    expect(second).toMatch(/,Bị dừng,2026-11-23 00:30:00,2026-11-23 00:30:09$/)
    expect(third).toContain(`1.3,' \uFF1Dcmd,`)
    expect(third).toContain(',order-would-break,"không làm, kế hoạch đã huỷ",')
    expect(rest).toEqual([''])
  })
})
