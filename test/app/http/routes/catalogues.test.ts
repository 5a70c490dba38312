import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Api, json, startApi } from '../../../support/http-api.ts'

let api: Api
const state = {
  ...{ name: 'agencies', revision: 3, changedAt: '2026-11-22T01:02:03.000Z' },
  synchronisedAt: '2026-11-22T01:02:03.000Z',
}
const get = (path: string, headers: Readonly<Record<string, string>> = {}) =>
  api.ask('GET', `/api/v1/catalogues${path}`, { key: api.hub.key('catalogues:read'), headers })

const post = (path: string, body: unknown) =>
  api.ask('POST', `/api/v1/catalogues${path}`, {
    key: api.hub.key('catalogues:write'),
    headers: json,
    body: JSON.stringify(body),
  })
const reason = 'Đã đổi bảng mã'

function acting() {
  it('closes a problem and lets codes go, each with who did it and why', async () => {
    api.hub.acts.length = 0
    // A code may hold what a path may not.
    const closed = await post('/agencies/99%2F002/close-problem', { reason: ` ${reason} ` })
    expect([closed.status, closed.json]).toMatchObject([200, { items: [{ code: '99002' }] }])
    const allowed = await post('/agencies/listing/allow-shrink', { reason })
    expect([allowed.status, allowed.json]).toMatchObject([200, { name: 'agencies' }])
    expect(api.hub.acts).toMatchObject([
      { what: 'close agencies/99/002', act: { reason } },
      { what: 'allow agencies', act: { reason } },
    ])
    expect(api.hub.acts.map(({ act }) => act.actor)).toEqual([
      expect.stringMatching(/^client:/),
      expect.stringMatching(/^client:/),
    ])
  })

  it.each([
    ['/agencies/404/close-problem', { reason }, 'not-found'],
    ['/nothing/listing/allow-shrink', { reason }, 'not-found'],
    ['/agencies/99002/close-problem', {}, 'reason-missing'],
    ['/agencies/listing/allow-shrink', { reason: ' ' }, 'reason-missing'],
    ['/agencies/listing/allow-shrink', { reason, more: 1 }, 'request-invalid'],
  ])('does nothing for POST %s %j', async (path, body, code) => {
    api.hub.acts.length = 0
    expect((await post(path, body)).json.code).toBe(code)
    expect(api.hub.acts).toEqual([])
  })
}

describe('routes/catalogues', () => {
  describe('acting', acting)

  beforeAll(async () => {
    api = await startApi({ world: { catalogues: [state] } })
  })
  afterAll(() => api.close())

  it('lists catalogues, items, versions and problems', async () => {
    expect((await get('')).json).toMatchObject({ items: [{ name: 'agencies', ageSeconds: 60 }] })
    expect((await get('/agencies')).json).toMatchObject({ ...state, items: [{ code: '99001' }] })
    expect((await get('/agencies/99001')).json).toMatchObject({ versions: [{ until: null }] })
    expect((await get('/agencies/problems')).json).toMatchObject({ items: [{ code: '99002' }] })
  })

  it.each(['/nothing', '/nothing?limit=1', '/agencies/404', '/Wrong'])(
    'does not know %s',
    async (path) => {
      expect((await get(path)).status).toBe(404)
    },
  )

  it('hands on what was asked for, moments in UTC', async () => {
    api.hub.catalogueFilters.length = 0
    await get('/agencies?changedSince=2026-11-22T07:00:00%2B07:00&at=2025-07-01&limit=7')
    expect(api.hub.catalogueFilters).toEqual([
      { changedSince: '2026-11-22T00:00:00.000Z', at: '2025-07-01', limit: 7 },
    ])
  })

  it.each(['at=2025-02-30', 'at=2025', 'changedSince=2026-11-22', 'limit=0', 'other=1'])(
    'refuses %s',
    async (query) => {
      expect((await get(`/agencies?${query}`)).status).toBe(400)
    },
  )

  it('answers 304, without a body, to those who hold what there is', async () => {
    const { headers } = await get('/agencies')
    const tag = String(headers.etag)
    expect(tag).toMatch(/^"3-\d+"$/)
    for (const held of [tag, `W/${tag}`, `"1-1", ${tag}`, '*']) {
      const answer = await get('/agencies', { 'if-none-match': held })
      expect([answer.status, answer.text, answer.headers.etag]).toEqual([304, '', tag])
      expect(answer.headers).not.toHaveProperty('content-length')
    }
    expect((await get('/agencies', { 'if-none-match': '"2-1"' })).status).toBe(200)
  })
})
