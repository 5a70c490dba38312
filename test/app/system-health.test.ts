/** How a system does, over HTTP: figures, connection test, rate and maintenance windows. */
import { readFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addressesOf } from '../../src/app/compose/reach-host.ts'
import { createAuthority } from '../support/certificates.ts'
import { type ConsoleWorld, openConsoleWorld } from '../support/console-world.ts'
import { waitUntil } from '../support/wait.ts'

let world: ConsoleWorld
let key: string
const place = '/api/v1/systems/noi-vu'
interface Figures {
  readonly attempts: number
  readonly failed: number
  readonly refused: number
  readonly errorRate: number | null
  readonly p50Ms: number | null
  readonly p95Ms: number | null
}
interface Shown {
  readonly health: {
    readonly last15Minutes: Figures
    readonly lastHour: Figures
    readonly deliveredPerMinute: number
    readonly backlog: number
    readonly drain: { seconds: number | null; atLeast: boolean; reason: { vi: string } | null }
    readonly certificate: { daysLeft: number; subject: string } | null
  }
  readonly trend: { attempts: number; failed: number; delivered: number; from: string }[]
  readonly check: { by: string; ok: boolean; at: string } | null
  readonly limits: { ratePerSecond: number | null }
  readonly windows: { inForce: boolean; from: string; until: string; window: object }[]
}
const show = async () => (await world.hub.ask('GET', place, { key })).json as unknown as Shown
const post = (verb: string, body?: object) =>
  world.hub.ask('POST', `${place}/${verb}`, { key, ...(body && { body }) })
const reason = 'Sở Nội vụ đề nghị'

beforeAll(async () => {
  world = await openConsoleWorld()
  key = await world.hub.key('systems:read', 'systems:write')
}, 60_000)
afterAll(() => world.close())

const nothing = { attempts: 0, failed: 0, refused: 0, errorRate: null, p50Ms: null, p95Ms: null }

function figures() {
  it('tell nothing where nothing was tried, and never a number that nobody measured', async () => {
    const { health, trend, check, limits, windows } = await show()
    expect(health).toEqual({
      ...{ last15Minutes: nothing, lastHour: nothing, deliveredPerMinute: 0, backlog: 0 },
      ...{ drain: { seconds: 0, atLeast: false, reason: null }, certificate: null },
    })
    expect([check, limits, windows]).toEqual([
      ...[null, { ratePerSecond: null, concurrency: 16 }, []],
    ])
    expect(trend).toHaveLength(12)
    expect(trend.every(({ attempts }) => attempts === 0)).toBe(true)
    const now = await world.hub.ask('GET', '/api/v1/now', { key })
    expect(now.json).toEqual({
      ...{ acceptedPerMinute: 0, deliveredPerMinute: 0, blockedDossiers: 0 },
      workers: { alive: 1, lastSeen: expect.any(String) },
    })
  })

  it('tell what was tried, how long it took and what failed, over a restart as well', async () => {
    await world.submit(...['01', '02', '03', '04', '05', '06'].map((n) => `H99.14-261122-00${n}`))
    await world.until('delivered', 6)
    world.answer(400)
    await world.submit('H99.15-261122-0007', 'H99.15-261122-0008')
    await world.until('dead', 2)
    const shown = await waitUntil('the figures', show, ({ health }) => health.lastHour.attempts > 7)
    for (const figures of [shown.health.lastHour, shown.health.last15Minutes]) {
      expect(figures).toMatchObject({ attempts: 8, failed: 2, refused: 2, errorRate: 0.25 })
      expect(figures.p50Ms).toBeGreaterThan(0)
      expect(figures.p95Ms ?? 0).toBeGreaterThanOrEqual(figures.p50Ms ?? 1)
    }
    expect(shown.health.deliveredPerMinute).toBeGreaterThan(0)
    expect(shown.trend.reduce((sum, one) => sum + one.attempts, 0)).toBe(8)
    const now = await world.hub.ask('GET', '/api/v1/now', { key })
    expect(now.json).toMatchObject({ blockedDossiers: 2 })
    expect(now.json.acceptedPerMinute).toBeGreaterThan(1)
    await world.hub.restart()
    expect((await show()).health.lastHour).toEqual(shown.health.lastHour)
  })

  it('tell when what waits will be sent, or why that cannot be said', async () => {
    world.answer(503)
    await world.submit('H99.16-261122-0009')
    await waitUntil('a retry', show, ({ health }) => health.backlog === 1)
    await post('pause', { reason })
    expect((await show()).health.drain).toEqual({
      ...{ seconds: null, atLeast: false },
      reason: { vi: 'Đang tạm dừng gửi.', en: 'It is paused.' },
    })
    await post('resume', { reason })
    await world.hub.database.sql('delete from hub.system_minute')
    expect((await show()).health.drain.reason?.vi).toMatch(/không gửi xong/)
    world.answer(200)
    await world.until('delivered', 7)
  })

  it('stay cheap: a day of minutes of forty systems is not read for an hour of one', async () => {
    const { sql } = world.hub.database
    await sql(
      `insert into hub.system_minute select date_trunc('minute', now()) - m * interval '1 minute',
         's' || s, 9, 1, 0, 8, array_fill(1, array[74])
       from generate_series(1, 1439) m, generate_series(1, 40) s`,
    )
    const rows = await sql<{ plan: { Plan: { 'Shared Hit Blocks': number } }[] }>(
      `explain (analyze, buffers, format json) select * from hub.system_minute
       where minute >= date_trunc('minute', now()) - interval '60 minutes' and system = 'noi-vu'`,
    )
    const read = JSON.stringify(rows)
    expect(read).toMatch(/Index/)
    expect(read).not.toMatch(/Seq Scan/)
    await sql(`delete from hub.system_minute where system like 's%'`)
  })
}

function checks() {
  it('are kept, with who has tested, until the next', async () => {
    world.answer(200)
    const { status, json } = await post('check')
    expect([status, json]).toMatchObject([
      200,
      {
        ok: true,
        steps: [
          { name: 'tcp', tried: true },
          { name: 'call', ok: true },
        ],
      },
    ])
    expect((await show()).check).toEqual(json)
    expect(json.by).toMatch(/^client:client-/)
    const [row] = await world.hub.database.sql(
      `select actor, detail from hub.audit where action = 'system.checked' order by id desc limit 1`,
    )
    expect(row).toEqual({ actor: json.by, detail: 'ok' })
  })

  it('tell of a certificate even where it is not trusted, and list what was not tried', async () => {
    const days = 20
    const notAfter = new Date(Date.now() + days * 86_400_000 + 60_000)
    const server = createServer(createAuthority().issue({ notAfter }), (_, response) =>
      response.end(),
    )
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    const { port } = server.address() as AddressInfo
    const configured = world.hub.hub.revisions.running()?.configuration.systems ?? []
    const moved = configured.map((one) => ({
      ...one,
      options: { ...one.options, url: `https://localhost:${port}/hook` },
    }))
    await world.hub.configure(moved)
    const { json } = await post('check')
    expect(json).toMatchObject({
      ok: false,
      steps: [
        { name: 'dns', ok: true },
        { name: 'tcp', ok: true },
        { name: 'tls', ok: false, tried: true },
        { name: 'call', ok: false, tried: false, durationMs: 0 },
      ],
      certificates: [{ host: `localhost:${port}`, daysLeft: days }],
    })
    expect((await show()).health.certificate?.daysLeft).toBe(days)
    await new Promise((done) => server.close(done))
    const away = await post('check')
    expect(away.json).toMatchObject({
      ok: false,
      steps: [{ name: 'dns' }, { name: 'tcp', ok: false }, { tried: false }, { tried: false }],
    })
    expect((await show()).health.certificate?.daysLeft).toBe(days)
    const said = JSON.stringify([json, away.json])
    expect(said).not.toContain('whsec_')
    await world.hub.configure(configured)
  })

  it('find what a connector calls in its options, by their schema', () => {
    const schemaOf = (id: string) =>
      JSON.parse(readFileSync(`connectors/${id}/connector.json`, 'utf8')).options
    const of = (id: string, options: object) =>
      addressesOf(schemaOf(id), options as Record<string, unknown>)
    expect(of('sql', { server: 'postgresql://10.0.0.5', database: 'https://no.example' })).toEqual([
      { host: '10.0.0.5', port: 5432, secure: false },
    ])
    expect(of('sftp', { server: 'sftp://[fd00::1]:2222' })).toEqual([
      { host: 'fd00::1', port: 2222, secure: false },
    ])
    expect(of('smtp', { server: 'smtps://mail.h99.example' })).toEqual([
      { host: 'mail.h99.example', port: 465, secure: true },
    ])
    expect(of('webhook', { url: 'https://nhan.example/x', secret: 'https://no' })).toEqual([
      { host: 'nhan.example', port: 443, secure: true },
    ])
  })
}

function limits() {
  it('set the rate as a revision, on record with before and after, without a restart', async () => {
    const before = world.hub.hub.revisions.running()?.id ?? 0
    const { status, json } = await post('rate', { ratePerSecond: 2.5, reason })
    expect([status, json]).toMatchObject([
      200,
      { revision: before + 1, changed: true, system: { limits: { ratePerSecond: 2.5 } } },
    ])
    expect((await post('rate', { ratePerSecond: 2.5, reason })).json.changed).toBe(false)
    expect((await post('rate', { ratePerSecond: null, reason })).json).toMatchObject({
      system: { limits: { ratePerSecond: null } },
    })
    const rows = await world.hub.database.sql<{ detail: string }>(
      `select detail from hub.audit where action = 'system.rate' and object = 'noi-vu' order by id`,
    )
    expect(rows.map(({ detail }) => JSON.parse(detail))).toMatchObject([
      { reason, before: { ratePerSecond: null }, after: { ratePerSecond: 2.5 } },
      { before: { ratePerSecond: 2.5 }, after: { ratePerSecond: null } },
    ])
    for (const wrong of [0, -1, 10_001, 'nhanh', undefined]) {
      const refused = await post('rate', { ratePerSecond: wrong, reason })
      expect([refused.status, refused.json.errors]).toMatchObject([
        400,
        [{ pointer: '/ratePerSecond' }],
      ])
    }
    expect((await post('rate', { ratePerSecond: 5 })).json.code).toBe('reason-missing')
  })

  it('add and remove maintenance windows, in force at once', async () => {
    const at = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString()
    const now = { kind: 'once', from: at(-1), to: at(1), reason: 'Nâng cấp máy chủ' }
    const weekly = { kind: 'weekly', days: [7], from: '23:00', to: '02:00', reason: 'Sao lưu' }
    expect((await post('windows', { add: weekly, reason })).status).toBe(200)
    const added = await post('windows', { add: now, reason })
    expect(added.json.system).toMatchObject({
      maintenance: { reason: 'Nâng cấp máy chủ', until: now.to },
      windows: [
        { window: now, inForce: true },
        { window: weekly, inForce: false },
      ],
    })
    expect((await post('windows', { add: now, reason })).json.changed).toBe(false)
    await world.submit('H99.17-261122-0010')
    expect((await show()).health.drain.reason?.vi).toBe('Đang trong giờ bảo trì.')
    const removed = await post('windows', { remove: now, reason })
    expect(removed.json.system).toMatchObject({ maintenance: null, windows: [{ window: weekly }] })
    await world.until('delivered', 8)
    const rows = await world.hub.database.sql<{ detail: string }>(
      `select detail from hub.audit where action = 'system.windows' order by id desc limit 1`,
    )
    expect(JSON.parse(rows[0]?.detail ?? '')).toEqual({
      ...{ reason, before: [weekly, now], after: [weekly] },
      revision: removed.json.revision,
    })
  })

  it.each([
    [{}, ''],
    [{ add: { kind: 'once', from: 'mai', to: '2099-01-01T00:00:00Z', reason: 'x' } }, '/add/from'],
    [
      {
        add: {
          ...{ kind: 'once', from: '2099-01-02T00:00:00Z', to: '2099-01-01T00:00:00Z' },
          reason: 'x',
        },
      },
      '/add/to',
    ],
    [
      {
        add: {
          ...{ kind: 'once', from: '2020-01-01T00:00:00Z', to: '2020-01-02T00:00:00Z' },
          reason: 'x',
        },
      },
      '/add/to',
    ],
    [{ add: { kind: 'weekly', from: '23:00', to: '02:00', reason: 'x' } }, '/add/days'],
    [{ add: { kind: 'weekly', days: [1], from: '25:00', to: '02:00', reason: 'x' } }, '/add/from'],
    [{ remove: { kind: 'weekly', days: [1], from: '1:00', to: '2:00', reason: 'x' } }, '/remove'],
  ])('refuse %j at %s, in Vietnamese', async (body, pointer) => {
    const { status, json } = await post('windows', { ...body, reason })
    expect(status).toBe(400)
    const faults = json.errors as { pointer: string; message: string }[]
    expect(faults.map((fault) => fault.pointer)).toContain(pointer)
    expect(faults[0]?.message).not.toBe('')
  })
}

describe('the figures of a system', figures)
describe('connection tests', checks)
describe('rate and maintenance windows', limits)
