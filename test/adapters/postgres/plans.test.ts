import { beforeAll, describe, expect, it } from 'vitest'
import { createAcceptStore } from '../../../src/adapters/postgres/accept.ts'
import { createClaim } from '../../../src/adapters/postgres/claim.ts'
import type { Database } from '../../../src/adapters/postgres/database.ts'
import { moveFollows } from '../../../src/adapters/postgres/follow.ts'
import { createInterveneStore } from '../../../src/adapters/postgres/intervene.ts'
import { readSelection } from '../../../src/adapters/postgres/plan-selection.ts'
import { createPlanRunStore } from '../../../src/adapters/postgres/plans.ts'
import { createPruneStore } from '../../../src/adapters/postgres/prune.ts'
import { createPullStore } from '../../../src/adapters/postgres/pull.ts'
import { createPlanQueries } from '../../../src/adapters/postgres/queries/plans.ts'
import { createQueries } from '../../../src/adapters/postgres/queries/queries.ts'
import { createRenew } from '../../../src/adapters/postgres/renew.ts'
import { createAuditStore } from '../../../src/adapters/postgres/seal.ts'
import { createSettle } from '../../../src/adapters/postgres/settle.ts'
import { createSweepStore } from '../../../src/adapters/postgres/sweep.ts'
import type { System } from '../../../src/domain/configuration.ts'
import { deliveryStates } from '../../../src/domain/delivery.ts'
import { everything } from '../../../src/domain/unit.ts'
import type { DeliveryFilter } from '../../../src/engine/ports/deliveries.ts'
import type { ClaimedLane } from '../../../src/engine/ports/lanes.ts'
import type { ClaimedPlan } from '../../../src/engine/ports/plans.ts'
import { problemSorts } from '../../../src/engine/ports/problems.ts'
import type { Queries } from '../../../src/engine/ports/queries.ts'
import { useDatabase } from '../../support/database.ts'
import { revisionOf } from '../../support/engine.ts'
import { dueCount, fillStore, lengthen, rowCount } from './many-rows.ts'
import { act, cipher, newMessage, routeTo, settledLane } from './material.ts'
import { type Look, watchPlans } from './watch-plans.ts'

const database = useDatabase()
const looks: Look[] = []
let watched: Database
beforeAll(async () => {
  await fillStore(database().database)
  watched = watchPlans(database().database, (look) => looks.push(look))
}, 1_800_000)

/** More than any statement that is about one batch, one page or one dossier may have in hand. */
const fewRows = 5_000

/** Runs this and says which of its statements read a table through, or more of it than they should. */
async function faultsOf(work: () => Promise<unknown>, most = fewRows): Promise<Look[]> {
  looks.length = 0
  await work()
  expect(looks.length).toBeGreaterThan(0)
  return looks.filter((look) => look.scanned.length > 0 || look.rows > most)
}
const namesSeen = (): string[] => [...new Set(looks.map((look) => look.name.split(' ')[0] ?? ''))]

const lanesOf = (from: number, n = 7, change: Parameters<typeof routeTo>[1] = {}) =>
  Array.from({ length: 64 }, (_, index) =>
    newMessage(`S${from + index}`, n, {
      routes: [routeTo('portal', change), routeTo('axis', change)],
    }),
  )

function accepting(): void {
  const accept = (...messages: ReturnType<typeof lanesOf>) =>
    createAcceptStore(watched).accept(messages)

  it('accept: new dossiers and known ones', async () => {
    expect(await faultsOf(() => accept(...lanesOf(300_000)))).toEqual([])
    expect(await faultsOf(() => accept(...lanesOf(1_000)))).toEqual([])
    expect(namesSeen()).toEqual(['accept'])
  })

  it('accept: repeats', async () => {
    expect(await faultsOf(() => accept(...lanesOf(1_000)))).toEqual([])
    expect(namesSeen()).toEqual(['accept', 'accept-duplicates'])
  })

  it('supersede and reseat', async () => {
    const change = { policy: 'supersede', snapshot: true } as const
    expect(await faultsOf(() => accept(...lanesOf(2_000, 7, change)))).toEqual([])
    expect(namesSeen()).toEqual(['accept', 'supersede', 'reseat'])
  })
}

function draining(): void {
  let lanes: readonly ClaimedLane[] = []

  it.each([1, 8, 64])('claim of %i lanes', async (count) => {
    const request = { system: 'portal', lanes: count, runAhead: 4, leaseMs: 600_000 }
    const claim = createClaim(watched, 'one')
    const claimed: ClaimedLane[] = []
    expect(await faultsOf(async () => claimed.push(...(await claim(request))))).toEqual([])
    expect(claimed).toHaveLength(count)
    lanes = claimed
  })

  it('renew', async () => {
    expect(await faultsOf(() => createRenew(watched)(lanes, 600_000))).toEqual([])
  })

  it('settle: delivered, dead, and worked out anew', async () => {
    const settle = createSettle(watched, cipher)
    const done = lanes
      .slice(0, 32)
      .map((lane) => settledLane(lane, {}, { follow: { code: lane.lane } }))
    expect(await faultsOf(() => settle('portal', done))).toEqual([])
    const dead = { state: 'dead', code: 'target-rejected' } as const
    const rest = lanes
      .slice(32)
      .map((lane, index) =>
        index % 2
          ? settledLane(lane, dead, { head: 1, wakeMs: null })
          : settledLane(lane, {}, { head: undefined }),
      )
    expect(await faultsOf(() => settle('portal', rest))).toEqual([])
    expect(namesSeen()).toEqual(['settle', 'settle-failures', 'reseat'])
  })

  it('what a person decides', async () => {
    const { intervene } = createInterveneStore(watched)
    const place = { lane: '1', number: 1 }
    expect(await faultsOf(() => intervene(place, 'redrive', act))).toEqual([])
    expect(await faultsOf(() => intervene(place, 'hold', act))).toEqual([])
  })

  it('the beat', async () => {
    const { beat } = createSweepStore(watched)
    const work = () => beat({ id: 'one', role: 'worker' }, ['portal', 'axis', 'never-used'])
    expect(await faultsOf(work)).toEqual([])
    expect(namesSeen()).toContain('beat-look')
  })
}

function upkeep(): void {
  it('prune: no more rows than are gone, and none when nothing is old', async () => {
    const { pruneBodies, pruneEvidence } = createPruneStore(watched)
    let gone = 0
    const bodies = async (): Promise<void> => {
      gone = await pruneBodies(90, 1_000)
    }
    expect(await faultsOf(bodies)).toEqual([])
    expect(gone).toBeGreaterThan(100)
    expect(await faultsOf(bodies, 1_000)).toEqual([])
    expect(await faultsOf(() => pruneEvidence(90, 1_000))).toEqual([])
    expect(await faultsOf(() => pruneEvidence(90, 1_000), 1_000)).toEqual([])
  })

  it('seal: what came since the last link', async () => {
    const { seal } = createAuditStore(watched)
    const sealed = async (): Promise<void> => {
      for (let rows = 0; rows === 0; ) rows = (await seal()).rows
    }
    expect(await faultsOf(sealed)).toEqual([])
    expect(namesSeen()).toContain('audit-rows')
  })
}

const openQueries = (on: Database): Queries => {
  const systems = ['portal', 'axis'].map((id) => ({ id, maintenance: [] }) as unknown as System)
  const keys = { keyring: cipher, refresh: async () => undefined }
  const { configuration } = revisionOf([])
  return createQueries(
    on,
    keys,
    () => ({ ...configuration, systems }),
    () => null,
  )
}
const daysAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString()
const aDay = { from: daysAgo(50), to: daysAgo(49) }

const soonFound: readonly Omit<DeliveryFilter, 'limit'>[] = [
  {},
  ...deliveryStates
    .filter((state) => state !== 'superseded' && state !== 'discarded')
    .flatMap((state) => [{ state }, { state, system: 'axis' }, { state, ...aDay }]),
  { system: 'axis' },
  { system: 'never-used' },
  { subject: 'S77' },
  { subject: 'S77', state: 'waiting' },
  { type: 'snapshot' },
  aDay,
  { ...aDay, type: 'never-used' },
  { ...aDay, system: 'axis', code: 'target-rejected' },
]

/** What is rare, but for its state, is met by walking back: as far as `from` says. */
const walks: readonly Omit<DeliveryFilter, 'limit'>[] = [
  { state: 'superseded' },
  { state: 'discarded', system: 'axis' },
  { type: 'never-used' },
  { code: 'target-rejected' },
]

function questions(): void {
  it.each(soonFound)('list of %o', async (filter) => {
    const { deliveries } = openQueries(watched)
    expect(await faultsOf(() => deliveries({ ...filter, limit: 50 }))).toEqual([])
  })

  it('list for somebody of a unit that has few messages, wherever they lie', async () => {
    await database().sql(
      `update hub.message set unit = 'H99.77' || case when subject < 'S5' then '' else '.01' end
       where subject ~ '^S[0-9]*777$'`,
    )
    for (const units of [['H99.77'], ['H99.7', 'H99.77.01'], ['H98']]) {
      const filter = { reach: { units, systems: [] }, limit: 50 }
      expect(await faultsOf(() => openQueries(watched).deliveries(filter))).toEqual([])
      const { items } = await openQueries(database().database).deliveries(filter)
      expect(items.length).toBe(units.includes('H98') ? 0 : 50)
      if (items.length > 0) expect(items.every(({ subject }) => subject.endsWith('777'))).toBe(true)
    }
  })

  it('list for somebody of one system', async () => {
    const filter = { reach: { units: [], systems: ['axis'] }, limit: 50 }
    expect(await faultsOf(() => openQueries(watched).deliveries(filter))).toEqual([])
  })

  it.each(walks)('list of %o', async (filter) => {
    const { deliveries } = openQueries(watched)
    const all = Number.POSITIVE_INFINITY
    expect(await faultsOf(() => deliveries({ ...filter, limit: 50 }), all)).toEqual([])
    expect(await faultsOf(() => deliveries({ ...filter, ...aDay, limit: 50 }))).toEqual([])
  })

  it('a page far down the list', async () => {
    const to = { to: daysAgo(100), limit: 50 }
    expect(await faultsOf(() => openQueries(watched).deliveries(to))).toEqual([])
    const { next } = await openQueries(database().database).deliveries(to)
    const page = { limit: 50, cursor: next ?? 'none' }
    expect(await faultsOf(() => openQueries(watched).deliveries(page))).toEqual([])
  })

  it('one message, delivery, dossier, and what systems do', async () => {
    const subject = `S${rowCount - dueCount - 1}`
    const queries = openQueries(watched)
    const { items } = await openQueries(database().database).deliveries({ subject, limit: 1 })
    const [item] = items
    const [lane, number] = item?.id.split('.') ?? []
    const place = { lane: lane ?? '', number: Number(number) }
    const id = item?.message ?? ''
    const faults = await faultsOf(async () => {
      expect(await queries.message(id)).toMatchObject({ id })
      expect(await queries.dossier(subject)).toMatchObject({ code: subject })
      expect(await queries.latest(subject, ['nothing'])).toBeUndefined()
      await queries.systems()
      for (const sort of problemSorts) await queries.problems({ sort, limit: 50 })
      await queries.problem(1)
      await queries.deliveries({ problem: 1, limit: 50 })
    })
    expect(faults).toEqual([])
    expect(namesSeen()).toContain('query-dossier-timeline')
    // Their contents are no cipher texts.
    expect(await faultsOf(() => queries.body(id).catch(() => undefined))).toEqual([])
    expect(await faultsOf(() => queries.delivery(place).catch(() => undefined))).toEqual([])
    expect(namesSeen()).toContain('query-attempts')
  })
}

/** A plan is judged by what the store knows of its tables, and not by whether it has looked already. */
async function follow(many: string): Promise<void> {
  await database().sql(`${many} on conflict do nothing`)
  await database().sql('analyze hub.follow')
}

describe('plans', () => {
  it('shows what reads a table through, and what has too much of it in hand', async () => {
    const odd = `select from hub.message where client = 'nobody'`
    const walk = `select from hub.delivery where code = $1 order by lane, number limit 1`
    const faults = await faultsOf(async () => {
      await watched.ask(odd, [])
      await watched.run('walk', walk, ['never-used'])
    })
    expect(faults.map((one) => [one.name, one.scanned.join(), one.rows])).toEqual([
      ['ask (force_custom_plan)', 'message', rowCount],
      ['walk (force_generic_plan)', '', rowCount],
      ['walk (force_custom_plan)', '', rowCount],
    ])
  })
  accepting()
  draining()
  upkeep()
  it('follow: a page of what is followed, read and moved on', async () => {
    await follow(
      `insert into hub.follow (system, subject, state)
       select 'portal', 'T' || n, '{}' from generate_series(1, 20000) n`,
    )
    const read = () => createPullStore(watched).followed('portal', 'T1', 16)
    expect(await faultsOf(read, 16)).toEqual([])
    const moved = (await read()).map((row) => ({ ...row, state: null }))
    const move = () => watched.transaction((run) => moveFollows(run, 'portal', moved))
    expect(await faultsOf(move, 64)).toEqual([])
  })

  it('follow: of many that wait, only what is due and what is new is read', async () => {
    await follow(
      `insert into hub.follow (system, subject, state, due_at, asked_at)
       select 'payments', 'T' || n, '{}', now() + case when n % 2000 = 0 then -1 else 1 end
         * interval '1 hour', case when n % 4000 = 0 then null else now() end
       from generate_series(1, 20000) n`,
    )
    const until = new Date().toISOString()
    const read = (onlyNew: boolean) =>
      createPullStore(watched).dueFollows('payments', {
        until,
        after: undefined,
        onlyNew,
        limit: 16,
      })
    for (const [onlyNew, count] of [
      [false, 10],
      [true, 5],
    ] as const) {
      const { rows, last } = await read(onlyNew)
      expect(rows).toHaveLength(count)
      const behind = await createPullStore(watched).dueFollows('payments', {
        ...{ until, after: last, onlyNew, limit: 16 },
      })
      expect(behind.rows).toEqual([])
      expect(await faultsOf(() => read(onlyNew), 16)).toEqual([])
    }
  })

  questions()

  it('bulk plans: every step of one of 100,000 items, and what is asked of it', async () => {
    await database().sql(
      `insert into hub.plan (action, filter, reason, created_by, run_by, starts, stop_after, stop_percent)
       select 'redrive', '{"state": "dead"}', 'r', 'tests', 'tests', true, 50, 50 from generate_series(1, 2)`,
    )
    await database().sql(
      `insert into hub.plan_item (plan, lane, number, turn, message_id, system, type, agency, found, result,
         code)
       select 1, d.lane, d.number, d.message_id, d.message_id, d.system, 'progress', 'H99', 'dead',
         case when d.lane % 3 = 0 then 'moved' when d.lane % 30 = 1 then 'failed' else 'pending' end,
         case when d.lane % 30 = 1 then 'target-rejected' end
       from hub.delivery d order by d.lane, d.number limit 100000`,
    )
    await database().sql('analyze hub.plan_item')
    const store = createPlanRunStore(watched)
    const claimed: ClaimedPlan[] = []
    const claim = async () => {
      const plan = await store.claimPlan('one', 600_000)
      if (plan) claimed.push(plan)
    }
    expect(await faultsOf(claim)).toEqual([])
    await claim()
    const [large, small] = claimed.toSorted((a, b) => a.id - b.id)
    if (!large || !small) throw new Error('both are due')
    expect(await faultsOf(() => store.prepare(small, 100))).toEqual([])
    for (let more = true; more; ) more = !(await store.prepare(small, 100)).systems
    // The whole of it once, at its end.
    expect(await faultsOf(() => store.prepared(small, 600), 1_000)).toEqual([])
    await database().sql(
      `update hub.plan set state = 'running', rate = 60000, total = 100000, done = 40000,
         next_at = now() - interval '1 hour' where id = 1`,
    )
    const looks = { after: null, limit: 500 }
    expect(await faultsOf(() => store.look(large, looks.after, looks.limit))).toEqual([])
    await database().sql(`update hub.plan set state = 'running' where id = 1`)
    expect(await faultsOf(() => store.advance(large, 100))).toEqual([])
    expect(namesSeen()).toContain('plan-pick-asc')
    expect(await faultsOf(() => store.advance(small, 100))).toEqual([])
    expect(namesSeen()).toContain('intervene-audit')
    expect(await faultsOf(() => store.renewPlan(large, 600_000))).toEqual([])
    const queries = createPlanQueries(watched)
    expect(await faultsOf(() => queries.plans({ limit: 50 }))).toEqual([])
    expect(await faultsOf(() => queries.plan(1), 20_000)).toEqual([])
    for (const filter of [{ limit: 50 }, { result: 'failed', limit: 50 }] as const) {
      expect(await faultsOf(() => queries.planItems(1, filter))).toEqual([])
      const { next } = await createPlanQueries(database().database).planItems(1, filter)
      const page = { ...filter, cursor: next ?? '' }
      expect(await faultsOf(() => queries.planItems(1, page))).toEqual([])
    }
  })

  it.each([
    { state: 'dead', system: 'portal' },
    { state: 'dead', problem: 1 },
    { state: 'dead', subject: 'S50001' },
    { state: 'waiting', system: 'portal', subject: `S${rowCount - 1}` },
    { ids: ['1.1', '2.1', '77.1'] },
  ] as const)('bulk plans: the selection of %o', async (filter) => {
    const read = () =>
      readSelection(
        watched,
        filter,
        everything,
        { lane: '0', number: 0 },
        new Date().toISOString(),
        100,
      )
    expect(await faultsOf(read)).toEqual([])
    expect((await read()).rows.length).toBeGreaterThan(0)
  })

  it('bulk plans: a page far behind the first, of very many that are dead', async () => {
    const { sql } = database()
    await sql(
      `insert into hub.failure (lane, number, system, message_id, state, code, problem_id)
       select lane, number, system, message_id, 'dead', 'target-rejected', 1 from hub.delivery
       where lane % 10 = 3
       on conflict do nothing`,
    )
    await sql('analyze hub.failure')
    const after = { lane: String(Math.floor(rowCount * 0.6)), number: 1 }
    const read = () =>
      readSelection(watched, { problem: 1 }, everything, after, new Date().toISOString(), 1_000)
    expect(await faultsOf(read)).toEqual([])
    expect((await read()).rows.length).toBeGreaterThan(900)
    await sql('delete from hub.failure where lane % 10 = 3')
  })

  it('bulk plans: what is open is found by walking the lanes once, a page at a time', async () => {
    const filter = { state: 'waiting', system: 'portal' } as const
    const read = () =>
      readSelection(
        watched,
        filter,
        everything,
        { lane: '0', number: 0 },
        new Date().toISOString(),
        100,
      )
    const lanes = Number.POSITIVE_INFINITY
    expect(await faultsOf(read, lanes)).toEqual([])
    const { rows } = await read()
    // The last lane of a page may have more; it comes whole with the next.
    expect(rows).toHaveLength(99)
    // Before it lie all the lanes that are done.
    const place = { lane: String(rowCount - dueCount), number: 1 }
    const behind = () =>
      readSelection(watched, filter, everything, place, new Date().toISOString(), 100)
    expect(await faultsOf(behind)).toEqual([])
  })

  it('claim of lanes with a long past, and their settling', async () => {
    await lengthen(database().database, 32, 500)
    const request = { system: 'portal', lanes: 32, runAhead: 4, leaseMs: 600_000 }
    const long: ClaimedLane[] = []
    const claim = createClaim(watched, 'one')
    expect(await faultsOf(async () => long.push(...(await claim(request))), 500)).toEqual([])
    expect(long.map((lane) => lane.deliveries.map((one) => one.number))).toEqual(
      Array.from({ length: 32 }, () => [501]),
    )
    const settle = createSettle(watched, cipher)
    const done = long.map((lane) => settledLane(lane))
    expect(await faultsOf(() => settle('portal', done), 500)).toEqual([])
  })
})
