import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { interventions } from '../../../../src/domain/delivery.ts'
import { aWorld } from '../../../support/fake-world.ts'
import { type Api, json, startApi } from '../../../support/http-api.ts'

let api: Api
const reader = () => api.hub.key('deliveries:read')
const list = (query: string) => api.ask('GET', `/api/v1/deliveries${query}`, { key: reader() })
const pointersOf = (answer: { json: Readonly<Record<string, unknown>> }) =>
  (answer.json.errors as { pointer: string }[]).map(({ pointer }) => pointer)

function listing() {
  it('hands the filters to the store, with bounds in UTC and a default page size', async () => {
    const query =
      '?state=dead&system=dvcqg&subject=H99.1&type=vn.a.v1&code=target-rejected&from=2026-11-22T00:00:00%2B07:00&to=2026-11-23T00:00:00Z&cursor=abc-_1'
    expect((await list(query)).status).toBe(200)
    expect(api.hub.filters.at(-1)).toEqual({
      reach: { systems: [], units: [] },
      state: 'dead',
      system: 'dvcqg',
      subject: 'H99.1',
      type: 'vn.a.v1',
      code: 'target-rejected',
      from: '2026-11-21T17:00:00.000Z',
      to: '2026-11-23T00:00:00.000Z',
      cursor: 'abc-_1',
      limit: 50,
    })
  })

  it.each([
    ['?state=lost', '/state'],
    ['?code=nope', '/code'],
    ['?limit=0', '/limit'],
    ['?limit=201', '/limit'],
    ['?limit=ten', '/limit'],
    ['?limit=1e2', '/limit'],
    ['?from=yesterday', '/from'],
    ['?from=2026-11-22T00:00:00', '/from'],
    ['?from=2026-11-22T00:00:00+07:00', '/from'],
    ['?from=2026-02-30T00:00:00Z', '/from'],
    ['?to=2026-11-22T23:59:60Z', '/to'],
    ['?to=0001-01-01T00:00:00Z', '/to'],
    ['?subject=', '/subject'],
    ['?subject=a%00b', '/subject'],
    ['?cursor=%27--', '/cursor'],
    ['?state=dead&state=held', '/state'],
    ['?offset=3', '/offset'],
    ['?__proto__=1', '/__proto__'],
  ])('refuses %s and points at %s', async (query, pointer) => {
    const answer = await list(query)
    expect([answer.status, answer.json.code]).toEqual([400, 'request-invalid'])
    expect(pointersOf(answer)).toContain(pointer)
  })
}

function masks() {
  it('masks numbers and addresses in the evidence', async () => {
    const answer = await api.ask('GET', '/api/v1/deliveries/12.3', { key: reader() })

    expect(answer.status).toBe(200)
    for (const secret of ['001200000001', 'nguoi.thu', '345 678'])
      expect(answer.text).not.toContain(secret)
    expect(answer.text).toContain('lúc 08:30')
  })

  it('shows the evidence whole to whom it may concern', async () => {
    const key = api.hub.key('deliveries:read', 'personal-data:read')
    const answer = await api.ask('GET', '/api/v1/deliveries/12.3', { key })
    expect(answer.text).toContain('001200000001')
  })
}

const intervene = (path: string, body: unknown, key = api.hub.key('deliveries:write')) =>
  api.ask('POST', `/api/v1/deliveries/${path}`, { key, headers: json, body: JSON.stringify(body) })

function acting() {
  const places = { dead: '12.3', waiting: '12.4', unknown: '13.1', held: '14.1' } as const

  it.each(Object.entries(interventions))(
    'does %s with actor and reason',
    async (name, { from, to }) => {
      const place = places[from[0] as keyof typeof places]

      const answer = await intervene(`${place}/${name}`, { reason: '  Đã đối chiếu với Cổng  ' })

      expect([answer.status, answer.json.state]).toEqual([200, to])
      expect(api.hub.acts.at(-1)).toMatchObject({
        what: `${name} ${place}`,
        act: { reason: 'Đã đối chiếu với Cổng', actor: expect.stringMatching(/^client:/) },
      })
      expect(answer.text).not.toContain('001200000001')
      expect(api.hub.lines.at(-1)).toMatchObject({ level: 'info', event: 'request.served' })
    },
  )

  it.each([
    [{}, 422, 'reason-missing'],
    [{ reason: '   ' }, 422, 'reason-missing'],
    [{ reason: 'abc' }, 400, 'request-invalid'],
    [{ reason: 'x'.repeat(501) }, 400, 'request-invalid'],
    [{ reason: 'dòng một\ndòng hai' }, 400, 'request-invalid'],
    [{ reason: 7 }, 400, 'request-invalid'],
    [{ reason: 'Hợp lệ rồi', force: true }, 400, 'request-invalid'],
    [[], 422, 'reason-missing'],
  ])('refuses the body %j', async (body, status, code) => {
    const answer = await intervene('12.3/redrive', body)
    expect([answer.status, answer.json.code]).toEqual([status, code])
    expect(api.hub.acts).toEqual([])
  })

  it('refuses what the state does not allow, what is not there, and what is no JSON', async () => {
    const reason = { reason: 'Đã đối chiếu' }
    expect((await intervene('12.4/redrive', reason)).json.code).toBe('state-conflict')
    expect((await intervene('99.1/redrive', reason)).json.code).toBe('not-found')
    expect((await intervene('x/redrive', reason)).json.code).toBe('not-found')
    const key = api.hub.key('deliveries:write')
    const plain = { key, headers: { 'content-type': 'text/plain' }, body: 'x' }
    const answer = await api.ask('POST', '/api/v1/deliveries/12.3/redrive', plain)
    expect([answer.status, answer.json.code]).toEqual([415, 'media-type-unsupported'])
    expect(answer.json.detail).toContain('application/json')
  })
}

describe('deliveries', () => {
  beforeAll(async () => {
    api = await startApi({ world: aWorld() })
  })
  afterAll(() => api.close())
  beforeEach(() => {
    Object.assign(api.hub.world, aWorld())
    api.hub.acts.length = 0
  })

  listing()
  masks()
  acting()
})
