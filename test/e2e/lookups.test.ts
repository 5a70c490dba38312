import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import state from '../../connectors/dan-cu/fixtures/state.json' with { type: 'json' }
import createPopulation, { account } from '../../connectors/dan-cu/simulator.ts'
import type { SystemFile } from '../../src/app/config/defaults.ts'
import type { Simulator } from '../../src/connector/index.ts'
import { openTestHub, type TestHub } from '../support/hub-server.ts'
import { waitUntil } from '../support/wait.ts'

let population: Simulator
let server: TestHub
let key: string

const person = { number: '000000000001', fullName: 'Nguyễn Văn Thử', birth: '1990-01-01' }
const canaries = [
  person.number,
  'NGUYỄN VĂN',
  'Nguyễn Văn',
  'đường Thử',
  '000000000091',
  '19900101',
]
const question = {
  official: 'canbo.demo',
  unit: 'H99.14',
  dossier: 'H99.14-260101-0001',
  purpose: 'Kiểm tra nơi thường trú',
  fields: ['fullName', 'permanentAddress'],
  parameters: { serviceCode: '9.000001', ...person },
}

const systemOf = (change: Partial<SystemFile> = {}): SystemFile => ({
  id: 'dan-cu',
  connector: 'dan-cu',
  title: { vi: 'Dân cư', en: 'Population' },
  timeoutMs: 2_000,
  options: {
    serviceUrl: `${population.address}/dancu/1.0`,
    credentials: {
      style: 'hashed-basic',
      username: account.username,
      secretKey: 'env:HUB_SECRET_POPULATION',
      xroadClient: 'VN/GOV/H99/demo',
      apiKey: 'env:HUB_SECRET_GATEWAY',
    },
    checkOfficial: 'canbo.demo',
    checkServiceCode: '9.000001',
  },
  ...change,
})

const ask = (change: object = {}, with_: string = key, operation = 'thong-tin-cong-dan') =>
  server.ask('POST', `/api/v1/lookups/dan-cu/${operation}`, {
    key: with_,
    body: { ...question, ...change },
  })
const audit = async (query = '') => {
  const { json } = await server.ask('GET', `/api/v1/lookups/audit${query}`, { key })
  return json.items as Record<string, unknown>[]
}

function asking() {
  it('gives the fields asked for, and no others', async () => {
    const { status, json, headers } = await ask()
    expect(status).toBe(200)
    expect(headers.get('cache-control')).toBe('no-store')
    expect(json).toEqual({
      id: expect.any(String),
      found: true,
      values: {
        fullName: 'NGUYỄN VĂN THỬ',
        permanentAddress: {
          province: '99',
          ward: '99999',
          detail: 'Số 1, đường Thử',
          country: 'VN',
        },
      },
    })
  })

  it('says that there is none only where the system says so', async () => {
    const parameters = { ...question.parameters, number: '000000000404' }
    expect((await ask({ parameters })).json).toMatchObject({ found: false, values: {} })
    expect((await ask({ parameters, fields: ['exists'] }, key, 'xac-thuc')).json).toMatchObject({
      found: true,
      values: { exists: false },
    })
  })

  it('passes its connection test', async () => {
    const { json } = await server.ask('POST', '/api/v1/systems/dan-cu/check', { key })
    expect(json).toMatchObject({ ok: true, steps: [{ name: 'tcp' }, { name: 'call' }] })
  })
}

function refusing() {
  it.each([
    ['official', ''],
    ['unit', undefined],
    ['dossier', '  '],
    ['purpose', undefined],
    ['fields', []],
  ])('is refused without %s', async (name, value) => {
    const { status, json } = await ask({ [name]: value })
    expect([status, json.code]).toEqual([422, 'lookup-purpose-missing'])
    expect(json.errors).toMatchObject([{ pointer: `/${name}` }])
  })

  it.each([
    [{ fields: ['fullName', 'phone'] }, '/fields/1'],
    [{ parameters: { ...question.parameters, number: '12345' } }, '/parameters/number'],
    [{ parameters: { ...question.parameters, note: 'x' } }, '/parameters/note'],
    [{ parameters: { ...question.parameters, birth: '1990-02-30' } }, '/parameters/birth'],
    [{ purpose: 'xem' }, '/purpose'],
    [{ other: 1 }, '/other'],
  ])('names what is wrong: %j', async (change, pointer) => {
    const { status, json } = await ask(change)
    expect([status, json.code]).toEqual([400, 'request-invalid'])
    expect(json.errors).toMatchObject([{ pointer }])
  })

  it.each([
    [['messages:write', 'lookup-audit:read'], 403],
    [['lookups:dan-cu/xac-thuc'], 403],
    [['lookups:other'], 403],
    [['lookups:dan-cu/thong-tin-cong-dan'], 200],
    [['lookups:dan-cu'], 200],
  ])('needs the right to it: %j', async (scopes, expected) => {
    const { status } = await ask({}, await server.key(...scopes))
    expect(status).toBe(expected)
  })

  it.each(['/api/v1/lookups/nobody/xac-thuc', '/api/v1/lookups/dan-cu/nothing'])(
    'does not know %s',
    async (path) => {
      const { status } = await server.ask('POST', path, { key, body: question })
      expect(status).toBe(404)
    },
  )

  it('shows the audit only to those who may see it', async () => {
    const other = await server.key('lookups:dan-cu')
    for (const path of ['audit', 'usage'])
      expect((await server.ask('GET', `/api/v1/lookups/${path}`, { key: other })).status).toBe(403)
  })
}

function failing() {
  it.each([
    ['html-200', 'answer-invalid'],
    ['half-body', 'connection-lost'],
    ['server-error', 'answer-invalid'],
    ['refuse', 'target-rejected'],
    ['busy', 'target-busy'],
    ['unknown-words', 'answer-invalid'],
  ] as const)('is never an empty answer: %s', async (mode, code) => {
    population.misbehave({ mode, times: 1, on: 'read' })
    const { status, json } = await ask()
    expect([status, json.code]).toEqual([502, 'lookup-failed'])
    expect((await audit('?limit=1'))[0]).toMatchObject({ outcome: 'failed', code, answer: null })
  })

  it('ends in time, whatever the system does', async () => {
    population.misbehave({ mode: 'timeout-before', times: 1, on: 'read' })
    const from = performance.now()
    expect((await ask()).json.code).toBe('lookup-failed')
    expect(performance.now() - from).toBeLessThan(1_900)
    expect((await audit('?limit=1'))[0]).toMatchObject({ code: 'answer-timeout' })
  })

  it('is on record when the caller goes away', async () => {
    population.misbehave({ mode: 'timeout-before', times: 1, on: 'read' })
    const gone = new AbortController()
    const body = { ...question, official: 'can-bo-di-mat' }
    const path = '/api/v1/lookups/dan-cu/xac-thuc'
    const asked = server
      .ask('POST', path, { key, body: { ...body, fields: ['exists'] }, signal: gone.signal })
      .catch(() => undefined)
    await waitUntil('it is asked', async () => (await audit('?official=can-bo-di-mat')).length)
    gone.abort()
    await asked
    const [row] = await waitUntil(
      'it is ended',
      () => audit('?official=can-bo-di-mat'),
      (rows) => rows[0]?.outcome === 'failed',
    )
    expect(row).toMatchObject({ code: 'interrupted' })
  })

  it('stops asking a system that fails again and again, and tries it after a rest', async () => {
    await ask()
    population.misbehave({ mode: 'busy', times: 5, on: 'read' })
    for (let n = 0; n < 5; n++) expect((await ask()).status).toBe(502)
    const { status, json, headers } = await ask()
    expect([status, json.code]).toEqual([503, 'lookup-unavailable'])
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
    await waitUntil('it is tried again', async () => (await ask()).status === 200)
  })

  it('does not ask a system that is paused', async () => {
    const act = { actor: 'test', reason: 'Bảo trì đột xuất' }
    await server.hub.systems.pause('dan-cu', act)
    const { json } = await ask()
    expect([json.code, json.detail]).toEqual([
      'lookup-unavailable',
      'Đang tạm dừng: Bảo trì đột xuất',
    ])
    await server.hub.systems.resume('dan-cu', act)
    expect((await ask()).status).toBe(200)
    await server.hub.systems.pause('dan-cu', act, new Date(Date.now() + 3_600_000))
    expect((await ask()).json.code).toBe('lookup-unavailable')
    // Its time is over, and nobody has resumed it.
    await server.database.sql('update hub.system_state set resume_at = now()')
    expect((await ask()).status).toBe(200)
    await server.hub.systems.pause('dan-cu', act)
    await server.hub.systems.resume('dan-cu', act)
  })
}

function quotas() {
  it('lets an official ask so often in an hour, however many ask at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => ask({ official: 'nhanh-tay' })),
    )
    const statuses = answers.map(({ status }) => status).sort()
    expect(statuses).toEqual([200, 200, 200, 200, 200, ...Array.from({ length: 7 }, () => 429)])
    const refused = answers.find(({ status }) => status === 429)
    expect(refused?.json).toMatchObject({
      code: 'lookup-quota-exceeded',
      detail: 'Cán bộ này đã dùng hết số lượt trong một giờ.',
    })
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(3_000)
    expect((await ask({ official: 'nguoi-khac' })).status).toBe(200)
    // One person, however the name was typed; and every refusal is on record.
    expect((await ask({ official: ' Nhanh-Tay ' })).status).toBe(429)
    const refusals = await server.database.sql<{ detail: string }>(
      `select detail from hub.audit where action = 'lookup.refused' and detail like '%"why":"quota"%'`,
    )
    expect(refusals).toHaveLength(8)
  })

  it('lets a client ask so often in a minute', async () => {
    const other = await server.key('lookups:dan-cu')
    const statuses = []
    for (let n = 0; n < 41; n++) statuses.push((await ask({ official: `cb-${n}` }, other)).status)
    expect(statuses.slice(0, 40).every((status) => status === 200)).toBe(true)
    expect(statuses[40]).toBe(429)
  })

  it('stops asking when the account is refused again and again', async () => {
    const { options } = systemOf()
    const wrong = {
      ...options,
      credentials: { ...(options.credentials as object), secretKey: 'env:HUB_SECRET_GATEWAY' },
    }
    await server.configure([systemOf({ options: wrong, circuit: { consecutive: 3 } })])
    const codes = []
    for (let n = 0; n < 4; n++) codes.push((await ask({ official: `sai-${n}` })).json.code)
    expect(codes).toEqual(['lookup-failed', 'lookup-failed', 'lookup-failed', 'lookup-unavailable'])
  })
}

function keeping() {
  it('keeps who, for whom and why, and finds it again by citizen, dossier and official', async () => {
    const dossier = 'H99.14-260101-0099'
    const { json } = await ask({ dossier, official: 'can-bo-tra' })
    const [row] = await audit(`?dossier=${dossier}`)
    expect(row).toMatchObject({
      ...{ id: json.id, dossier, official: 'can-bo-tra', unit: 'H99.14', outcome: 'found' },
      ...{ purpose: question.purpose, fields: question.fields, code: null },
      answer: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
    const hashed = await server.ask('POST', '/api/v1/lookups/audit/citizen', {
      key,
      body: { number: person.number },
    })
    const { citizen } = hashed.json
    expect(row?.citizen).toBe(citizen)
    const found = await audit(`?citizen=${citizen}&official=can-bo-tra`)
    expect(found.map(({ id }) => id)).toEqual([json.id])
    expect(await audit(`?citizen=${'0'.repeat(64)}`)).toEqual([])
  })

  it('has the same hash for the same answer, and another for another', async () => {
    const same = [await ask({ dossier: 'H99-1' }), await ask({ dossier: 'H99-1' })]
    await ask({ dossier: 'H99-1', fields: ['fullName'] })
    expect(same.map(({ status }) => status)).toEqual([200, 200])
    const rows = await audit('?dossier=H99-1')
    expect(new Set(rows.map(({ answer }) => answer)).size).toBe(2)
    expect(new Set(rows.map(({ question: asked }) => asked)).size).toBe(1)
  })

  it('reads the audit page by page', async () => {
    const ids: unknown[] = []
    for (let cursor = ''; ; ) {
      const { json } = await server.ask('GET', `/api/v1/lookups/audit?limit=7${cursor}`, { key })
      ids.push(...(json.items as { id: string }[]).map(({ id }) => id))
      if (json.next === null) break
      cursor = `&cursor=${json.next}`
    }
    const [all] = await server.database.sql<{ count: number }>(
      'select count(*)::int from hub.lookup',
    )
    expect(ids).toHaveLength(all?.count ?? 0)
    expect([...ids].sort().reverse()).toEqual(ids)
  })

  it('counts what a unit has asked in a month', async () => {
    const month = new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 7)
    const { json } = await server.ask('GET', `/api/v1/lookups/usage?month=${month}`, { key })
    const counts = json.items as Record<string, number | string>[]
    const whole = counts.find(({ operation }) => operation === 'thong-tin-cong-dan')
    expect(whole).toMatchObject({ unit: 'H99.14', system: 'dan-cu' })
    expect(whole?.asked).toBe(Number(whole?.found) + Number(whole?.missing) + Number(whole?.failed))
    expect(
      (await server.ask('GET', '/api/v1/lookups/usage?month=2020-01', { key })).json.items,
    ).toEqual([])
  })

  it('keeps nothing of questions and answers, in no table and no line of the log', async () => {
    await ask()
    const tables = await server.database.sql<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname like 'hub%'`,
    )
    const texts = await Promise.all(
      tables.map(({ name }) =>
        server.database.sql<{ text: string }>(
          `select coalesce(string_agg(t::text, ' '), '') as text from ${name} t`,
        ),
      ),
    )
    const all = JSON.stringify([texts, server.lines])
    expect(all).toContain('H99.14-260101-0001')
    expect(canaries.filter((text) => all.includes(text))).toEqual([])
  })

  it('leaves a trail that holds', async () => {
    const rows = await server.database.sql<{ action: string; count: number }>(
      `select action, count(*)::int from hub.audit where action like 'lookup.%' group by action`,
    )
    const counts = new Map(rows.map(({ action, count }) => [action, count]))
    expect(counts.get('lookup.asked')).toBeGreaterThan(0)
    expect(counts.get('lookup.answered')).toBe(counts.get('lookup.asked'))
    expect((await server.hub.audit.verify()).ok).toBe(true)
  })
}

describe('lookups', () => {
  beforeAll(async () => {
    population = await createPopulation({ port: 0, state: new Map(state as [string, unknown][]) })
    server = await openTestHub({
      systems: [],
      secrets: { HUB_SECRET_POPULATION: account.secretKey, HUB_SECRET_GATEWAY: 'not-a-real-key' },
    })
    key = await server.key('admin')
    await server.configure([
      systemOf({
        lookups: { timeoutMs: 1_000, perOfficialPerHour: 1_000, perClientPerMinute: 1_000 },
        circuit: { probeEveryMs: 1_000, consecutive: 5, minimum: 1_000 },
      }),
    ])
  })
  afterEach(() => population.behave())
  afterAll(async () => {
    await server.close()
    await population.stop()
  })

  describe('asking', asking)
  describe('refusing', refusing)
  describe('failing', failing)
  describe('keeping', keeping)
  describe('quotas', () => {
    beforeAll(() =>
      server.configure([
        systemOf({ lookups: { perOfficialPerHour: 5, perClientPerMinute: 40 }, concurrency: 64 }),
      ]),
    )
    quotas()
  })
})
