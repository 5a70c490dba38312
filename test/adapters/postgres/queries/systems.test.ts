import { beforeEach, describe, expect, it } from 'vitest'
import { createPullStore } from '../../../../src/adapters/postgres/pull.ts'
import { listFollows } from '../../../../src/adapters/postgres/queries/follows.ts'
import { listProblems } from '../../../../src/adapters/postgres/queries/problems.ts'
import { listPulls, listSystems } from '../../../../src/adapters/postgres/queries/systems.ts'
import { createGateStore } from '../../../../src/adapters/postgres/sweep.ts'
import type { Configuration, System } from '../../../../src/domain/configuration.ts'
import type { SystemView } from '../../../../src/engine/ports/systems.ts'
import { createTestDatabase, type TestDatabase } from '../../../support/database.ts'
import { revisionOf } from '../../../support/engine.ts'
import { act, putLane, setUnits } from '../material.ts'

let database: TestDatabase
beforeEach(async () => {
  database = await createTestDatabase()
  return () => database.close()
})

const title = { vi: 'Cổng', en: 'Portal' }
const system = (id: string, change: Partial<System> = {}) =>
  ({ id, connector: 'test', title, maintenance: [], ...change }) as unknown as System
const until = '2099-01-01T00:00:00.000Z'
const configuration: Configuration = {
  ...revisionOf([]).configuration,
  systems: [
    system('zeta'),
    system('alpha'),
    system('resting', {
      maintenance: [{ kind: 'once', from: '2020-01-01T00:00:00Z', to: until, reason: 'nâng cấp' }],
    }),
  ],
}
const problem = { vi: 'thiếu khoá', en: 'no key' }
const list = () =>
  listSystems(database.database, configuration, (id) => (id === 'zeta' ? problem : null))
/** How they do is told in test/app/system-health.test.ts. */
const bare = ({ health: _, check: __, limits: ___, windows: ____, ...standing }: SystemView) =>
  standing
const one = async (id: string) => (await list()).find((row) => row.id === id)

function systems(): void {
  it('counts failures within reach only', async () => {
    await putLane(database, 'A', 'dead', { system: 'alpha' })
    await putLane(database, 'B', 'dead', { system: 'alpha' })
    await setUnits(database, `case when subject = 'A' then 'H99.14.02' end`)
    const failedFor = async (...units: string[]) =>
      (
        await listSystems(database.database, configuration, () => null, { systems: [], units })
      ).find(({ id }) => id === 'alpha')?.failed
    expect(await failedFor()).toBe(2)
    expect(await failedFor('H99.14')).toBe(1)
    expect(await failedFor('H99.15')).toBe(0)
  })

  it('shows them as they are configured, at rest', async () => {
    const rest = {
      connector: 'test',
      title,
      paused: null,
      circuit: 'closed',
      circuitSince: null,
      maintenance: null,
      problem: null,
      waiting: 0,
      failed: 0,
      oldestDueSeconds: null,
    }
    expect((await list()).map(bare)).toEqual([
      { ...rest, id: 'zeta', problem },
      { ...rest, id: 'alpha' },
      { ...rest, id: 'resting', maintenance: { reason: 'nâng cấp', until } },
    ])
    expect(await listSystems(database.database, undefined, () => null)).toEqual([])
  })

  it('shows who paused one and why, until it is resumed or its time has come', async () => {
    const gates = createGateStore(database.database)
    await gates.pause('alpha', act, new Date(until), 'session-refused')
    expect((await one('alpha'))?.paused).toEqual({
      since: expect.stringMatching(/Z$/),
      by: act.actor,
      reason: act.reason,
      resumeAt: until,
      code: 'session-refused',
    })
    await database.sql(`update hub.system_state set resume_at = now()`)
    expect((await one('alpha'))?.paused).toBeNull()
    await gates.pause('alpha', act)
    expect((await one('alpha'))?.paused).toMatchObject({ resumeAt: null, code: null })
    await gates.resume('alpha', act)
    expect((await one('alpha'))?.paused).toBeNull()
    expect((await one('zeta'))?.paused).toBeNull()
  })

  it('shows an open circuit since when it is open', async () => {
    const gates = createGateStore(database.database)
    await gates.openCircuit('alpha', 30_000, 'answer-timeout')
    expect(await one('alpha')).toMatchObject({
      circuit: 'open',
      circuitSince: expect.stringMatching(/Z$/),
    })
    await gates.closeCircuit('alpha')
    expect(await one('alpha')).toMatchObject({ circuit: 'closed', circuitSince: null })
  })

  it('counts what waits and what failed, and how long the oldest has been due', async () => {
    const at = { system: 'alpha' }
    const lane = await putLane(database, 'A', 'waiting', at)
    await putLane(database, 'B', 'waiting waiting', at)
    await putLane(database, 'C', 'dead held waiting', at)
    await putLane(database, 'D', 'waiting', { system: 'elsewhere' })
    const { sql } = database
    await sql(`update hub.lane set wake_at = null, blocked = true where subject = 'C'`)
    await sql(`update hub.lane set wake_at = now() - interval '90 s' where id = $1`, [lane])
    const row = await one('alpha')
    expect(row).toMatchObject({ waiting: 2, failed: 2 })
    expect(Math.round(row?.oldestDueSeconds ?? 0)).toBe(90)
    await sql(`update hub.lane set wake_at = now() + interval '1 hour' where system = 'alpha'`)
    expect((await one('alpha'))?.oldestDueSeconds).toBeNull()
    expect(await one('zeta')).toMatchObject({ waiting: 0, failed: 0, oldestDueSeconds: null })
  })

  it('stops counting at ten thousand', async () => {
    await database.sql(
      `insert into hub.lane (system, subject, last_number, wake_at)
       select 'alpha', 'S' || n, 1, now() from generate_series(1, 10050) n`,
    )
    expect((await one('alpha'))?.waiting).toBe(10_000)
  })
}

function problems(): void {
  it('lists kinds of failure with what is still open of each, the last seen first', async () => {
    await putLane(database, 'A', 'dead')
    await putLane(database, 'B', 'dead')
    await database.sql(
      `insert into hub.problem (system, operation, code, first_seen, last_seen) values
         ('portal', 'progress', 'target-rejected', '2026-03-01', '2026-03-02'),
         ('portal', 'progress', 'target-busy', '2026-03-01', '2026-03-03'),
         ('portal', 'progress', 'of-a-version-to-come', '2026-03-01', '2026-03-04')`,
    )
    await database.sql('update hub.failure set problem_id = 1')
    expect((await listProblems(database.database, { limit: 50 })).items).toMatchObject([
      { id: 2, code: 'target-busy', open: 0 },
      {
        id: 1,
        system: 'portal',
        operation: 'progress',
        code: 'target-rejected',
        open: 2,
        firstSeen: expect.stringMatching(/^2026-0[23]/),
        lastSeen: expect.stringMatching(/^2026-03/),
      },
    ])
  })
}

function follows(): void {
  it('lists what is followed page by page, with who asks, and without what is sealed', async () => {
    await database.sql(
      `insert into hub.follow (system, subject, state, asked_at)
       select system, subject, json_build_object('link', repeat('x', 101), 'n', 1),
         case subject when 'a' then now() end
       from unnest('{alpha,zeta}'::text[]) as system, unnest('{b,a,Đ}'::text[]) as subject`,
    )
    const job = { kind: 'pull', id: 'ask', title, enabled: true, from: 'alpha' }
    const jobs = [job, { ...job, id: 'off', enabled: false }] as unknown as Configuration['jobs']
    const read = (filter: object) =>
      listFollows(database.database, { ...configuration, jobs }, { limit: 2, ...filter })
    const first = await read({})
    expect(first.items.map((one) => [one.system, one.subject, one.askedBy.length])).toEqual([
      ['alpha', 'a', 1],
      ['alpha', 'b', 1],
    ])
    expect(first.items[0]).toMatchObject({
      ...{ state: { link: '***', n: 1 }, askedAt: expect.stringMatching(/Z$/) },
      askedBy: [{ job: 'ask', title }],
    })
    const seen = []
    for (let cursor = first.next; cursor; ) {
      const page = await read({ cursor })
      seen.push(...page.items.map((one) => `${one.system} ${one.subject} ${one.askedBy.length}`))
      cursor = page.next
    }
    expect(seen).toEqual(['alpha Đ 1', 'zeta a 0', 'zeta b 0', 'zeta Đ 0'])
    expect((await read({ system: 'zeta', subject: 'b' })).items).toHaveLength(1)
    for (const cursor of ['none', Buffer.from('[1,2]').toString('base64url')])
      await expect(read({ cursor })).rejects.toMatchObject({ code: 'request-invalid' })
  })
}

function pulls(): void {
  it('lists what is fetched: when next, whether now, and how it went', async () => {
    const store = createPullStore(database.database)
    const nextRunAt = new Date(until)
    await store.plan(['b', 'a'].map((id) => ({ id, nextRunAt })))
    await store.runNow('a', act)
    const run = await store.claimPull([{ job: 'a', prompt: null }], 'tests', 60_000)
    const rest = {
      ...{ nextRunAt: until, nextRuns: [], running: false, paused: null, skippedAt: null },
      ...{ lastRunAt: null, lastCode: null },
    }
    expect(await listPulls(database.database)).toEqual([
      expect.objectContaining({ job: 'a', running: true, lastRunAt: null }),
      { ...rest, job: 'b', lastMessages: 0 },
    ])
    await store.finishPull({
      job: 'a',
      fence: run?.fence ?? '',
      nextRunAt,
      messages: 7,
      duplicates: 0,
      code: 'answer-invalid',
    })
    expect((await listPulls(database.database))[0]).toEqual({
      job: 'a',
      nextRunAt: until,
      nextRuns: [],
      running: false,
      paused: null,
      skippedAt: null,
      lastRunAt: expect.stringMatching(/Z$/),
      lastCode: 'answer-invalid',
      lastMessages: 7,
    })
  })
}

describe('systems', () => {
  systems()
  problems()
  pulls()
  follows()
})
