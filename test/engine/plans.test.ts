import { expect, it } from 'vitest'
import type { Database } from '../../src/adapters/postgres/database.ts'
import { createPlanRunStore, createPlanStore } from '../../src/adapters/postgres/plans.ts'
import { createPlanQueries } from '../../src/adapters/postgres/queries/plans.ts'
import type { PlanState } from '../../src/domain/plan.ts'
import { createPlanDesk, type PlanRequest } from '../../src/engine/plans/plan-desk.ts'
import { createPlanRunner, type PlanRunner } from '../../src/engine/plans/plan-runner.ts'
import type { PlanDetail } from '../../src/engine/ports/plans.ts'
import { type Bench, bothBackends, describeEngine } from '../support/backends.ts'
import type { World } from '../support/engine.ts'
import { keepingLogger } from '../support/quiet-logger.ts'
import { createTarget, rejected } from '../support/target.ts'
import { waitUntil } from '../support/wait.ts'

const act = { actor: 'user:lan', reason: 'Cổng đã sửa' }
const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index)

let processes = 0

/** A process that carries plans out. */
function runnerOf(world: World, database: Database = world.database, leaseMs = 15_000) {
  processes += 1
  const { log, lines } = keepingLogger()
  const woken: string[] = []
  const runner: PlanRunner = createPlanRunner({
    store: createPlanRunStore(database),
    wakeups: {
      wake(system) {
        woken.push(system)
        world.wake()
      },
    },
    log,
    process: `plans-${processes}`,
    systems: () => [world.system],
    leaseMs,
    pageSize: 3,
    stepMs: 5,
    lookMs: 10,
    turnMs: 100,
  })
  const abort = new AbortController()
  let turning: Promise<unknown> = Promise.resolve()
  const timer = setInterval(() => {
    turning = turning.then(() => runner.runDue(abort.signal)).catch(() => undefined)
  }, 10)
  return {
    lines,
    woken,
    async stop() {
      clearInterval(timer)
      abort.abort()
      await turning
      await runner.idle()
    },
  }
}

function plansOf(world: World) {
  const desk = createPlanDesk(createPlanStore(world.database))
  const queries = createPlanQueries(world.database)
  const seen = async (id: number): Promise<PlanDetail> => {
    const plan = await queries.plan(id)
    if (!plan) throw new Error(`there is no plan ${id}`)
    return plan
  }
  return {
    desk,
    queries,
    seen,
    create: (request: Partial<PlanRequest> = {}) =>
      desk.create(
        {
          action: 'redrive',
          filter: { system: world.system.id },
          ratePerMinute: 60_000,
          paused: false,
          ...request,
        },
        act,
      ),
    until: (id: number, ...states: PlanState[]) =>
      waitUntil(
        `plan ${id} is ${states}`,
        () => seen(id),
        (plan) => states.includes(plan.state),
      ),
  }
}

/** Dead letters of these dossiers: their first `each` are refused, once. */
async function deadOf(bench: Bench, subjects: readonly string[], each = 1) {
  const target = createTarget({ repeat: 'ask' })
  const world = await bench.world({ target, policy: each > 1 ? 'skip' : 'block' })
  for (const subject of subjects)
    for (const n of range(1, each)) target.script(subject, n, rejected)
  for (const subject of subjects) await world.accept(subject, ...range(1, each))
  const worker = await world.worker()
  const dead = range(1, each)
    .map(() => 'dead')
    .join(' ')
  for (const subject of subjects) await world.until(subject, dead)
  return { target, world, worker, plans: plansOf(world) }
}

const deadIn = (world: World) => ({ system: world.system.id, state: 'dead' as const })

/** Of these plans and their items. */
const auditOf = (world: World, action: string, ...plans: readonly number[]) =>
  world.database.ask<{ actor: string; object: string; detail: string }>(
    `select actor, object, detail from hub.audit where action = $1 and (object = any ($2)
       or substring(detail from '\\(kế hoạch (\\d+)\\)$') = any ($3)) order by id`,
    [action, plans.map((id) => `plan:${id}`), plans.map(String)],
  )

function courses(bench: Bench): void {
  it('sends all dead letters again in the order of their lanes, and says how it ended', async () => {
    const subjects = range(1, 7).map((n) => `H99.14-260101-000${n}`)
    const { target, world, plans } = await deadOf(bench, subjects, 4)
    const runner = runnerOf(world)
    const id = await plans.create({ paused: true })
    const ready = await plans.until(id, 'ready')
    expect(ready).toMatchObject({
      counts: { total: 28, pending: 28, done: 0 },
      summary: {
        systems: [{ system: world.system.id, count: 28 }],
        codes: [{ code: 'target-rejected', count: 28 }],
        groups: [{ agency: 'H99.14', type: 'progress', count: 28 }],
        conflicts: [],
      },
      minutesLeft: 0.1,
    })
    expect(ready.sample).toHaveLength(20)
    // A lane is longer here than a page of the selection, and is done in one go all the same.
    const numbers = ready.sample.slice(0, 5).map((item) => item.id.split('.')[1])
    expect(numbers).toEqual(['1', '2', '3', '4', '1'])
    // What comes later is not of it.
    await plans.desk.start(id, undefined, { ...act, actor: 'user:minh' })
    const done = await plans.until(id, 'finished')
    expect(done.counts).toEqual({
      ...{ total: 28, pending: 0, done: 28, moved: 0, ok: 28, failed: 0, skipped: 0 },
    })
    for (const subject of subjects) expect(target.applied(subject)).toEqual([1, 2, 3, 4])
    await runner.stop()
    expect(runner.woken).toContain(world.system.id)
    const rows = await auditOf(world, 'delivery.redrive', id)
    expect(rows).toHaveLength(28)
    expect(rows[0]).toMatchObject({ actor: 'user:minh', detail: `Cổng đã sửa (kế hoạch ${id})` })
    for (const action of ['plan.created', 'plan.prepared', 'plan.started', 'plan.finished'])
      expect(await auditOf(world, action, id)).toMatchObject([{ object: `plan:${id}` }])
  })

  it('leaves alone what has been put right since it was made', async () => {
    const { world, worker, plans } = await deadOf(bench, ['A', 'B'])
    const runner = runnerOf(world)
    const id = await plans.create({ action: 'discard', filter: deadIn(world), paused: true })
    expect((await plans.until(id, 'ready')).counts.total).toBe(2)
    await worker.kill()
    await world.intervene('A', 1, 'redrive')
    await plans.desk.start(id, undefined, act)
    const { counts, failures } = await plans.until(id, 'finished')
    expect(counts).toMatchObject({ ok: 1, skipped: 1 })
    expect(failures).toEqual([{ result: 'skipped', code: 'state-conflict', count: 1 }])
    expect(await world.states('A')).toBe('waiting')
    expect(await world.states('B')).toBe('discarded')
    await runner.stop()
  })

  it('two processes on two plans: each item is done once, in one of them', async () => {
    const subjects = range(1, 30).map((n) => `S${n}`)
    const { target, world, plans } = await deadOf(bench, subjects)
    const runners = [runnerOf(world), runnerOf(world, bench.database().open())]
    const [one, two] = await Promise.all([plans.create(), plans.create()])
    const ended = await Promise.all([one, two].map((id) => plans.until(id, 'finished')))
    await Promise.all(runners.map((runner) => runner.stop()))
    expect(ended.reduce((sum, plan) => sum + plan.counts.ok, 0)).toBe(30)
    for (const { counts } of ended) expect(counts.ok + counts.skipped).toBe(counts.total)
    for (const subject of subjects) expect(target.applied(subject)).toEqual([1])
    expect(await auditOf(world, 'delivery.redrive', one, two)).toHaveLength(30)
  })

  it('a ninth has its turn beside eight that take hours', async () => {
    const subjects = range(1, 9).map((n) => `S${n}`)
    const { world, plans } = await deadOf(bench, subjects, 2)
    const runner = runnerOf(world)
    const slow: number[] = []
    for (const subject of subjects.slice(0, 8))
      slow.push(await plans.create({ filter: { subject, state: 'dead' }, ratePerMinute: 1 }))
    for (const id of slow) await plans.until(id, 'running')
    const last = await plans.create({ filter: { subject: 'S9', state: 'dead' } })
    expect((await plans.until(last, 'finished')).counts).toMatchObject({ total: 2, ok: 2 })
    const states = await Promise.all(slow.map(async (id) => (await plans.seen(id)).state))
    expect(new Set(states)).toEqual(new Set(['running']))
    await runner.stop()
  })

  it('pauses by itself when too many fail again, says why, and goes on when it is resumed', async () => {
    const subjects = range(1, 12).map((n) => `S${String(n).padStart(2, '0')}`)
    const { target, world, plans } = await deadOf(bench, subjects)
    for (const subject of subjects.slice(0, 4)) target.script(subject, 1, rejected)
    const runner = runnerOf(world)
    // One every 100 ms, so that outcomes are known in time.
    const id = await plans.create({ ratePerMinute: 600, stopAfter: 2, stopPercent: 50 })
    const paused = await plans.until(id, 'paused')
    expect(paused.stopped).toMatchObject({ by: 'hub', code: 'fails-again' })
    expect(paused.stopped?.reason.vi).toMatch(/^\d+ trong \d+ lượt đã có kết quả lại hỏng/)
    expect(paused.counts.pending).toBeGreaterThan(0)
    expect((await plans.seen(id)).failures[0]).toMatchObject({
      ...{ result: 'failed', code: 'target-rejected' },
    })
    await plans.desk.resume(id, act)
    for (;;) {
      const next = await plans.until(id, 'paused', 'finished')
      if (next.state === 'finished') break
      await plans.desk.resume(id, act)
    }
    const { counts } = await plans.seen(id)
    expect(counts).toMatchObject({ ok: 8, failed: 4 })
    await runner.stop()
    expect((await auditOf(world, 'plan.paused', id))[0]).toMatchObject({ actor: 'hub' })
  })
}

describeEngine('plans', bothBackends, courses)

describeEngine('plans, without wake-ups', ['none'], (bench) => {
  it('sends a run of unknown ones again whole, though the newest must be first', async () => {
    const target = createTarget({ repeat: 'ask' })
    const world = await bench.world({ target })
    await world.accept('A', 1, 2, 3)
    const { lane } = await world.place('A', 1)
    const { sql } = bench.database()
    await sql('alter table hub.delivery disable trigger check_transition')
    await sql(`update hub.delivery set state = 'unknown', sent_at = now() where lane = $1`, [lane])
    await sql('alter table hub.delivery enable trigger check_transition')
    await sql('update hub.lane set blocked = true, wake_at = null where id = $1', [lane])
    await sql(
      `insert into hub.failure (lane, number, system, message_id, state, code)
       select lane, number, system, message_id, state, 'outcome-unknown' from hub.delivery where lane = $1`,
      [lane],
    )
    const plans = plansOf(world)
    const runner = runnerOf(world)
    const id = await plans.create({ action: 'send-again' })
    await plans.until(id, 'finishing')
    expect(await world.states('A')).toBe('waiting waiting waiting')
    await world.worker()
    expect((await plans.until(id, 'finished')).counts).toMatchObject({ ok: 3, skipped: 0 })
    await runner.stop()
    expect(target.applied('A')).toEqual([1, 2, 3])
    const audit = await auditOf(world, 'delivery.send-again', id)
    expect(audit.map((row) => row.object)).toEqual([`${lane}.3`, `${lane}.2`, `${lane}.1`])
  })

  it('stops for a paused system and for an open circuit before it does anything', async () => {
    const { world, plans } = await deadOf(bench, ['A', 'B'])
    const runner = runnerOf(world)
    await world.gates.pause(world.system.id, act)
    const id = await plans.create({ filter: { subject: 'A' } })
    const paused = await plans.until(id, 'paused')
    expect(paused).toMatchObject({ counts: { done: 0 }, stopped: { code: 'system-paused' } })
    expect(paused.stopped?.reason.vi).toContain(world.system.id)
    await world.gates.resume(world.system.id, act)
    await world.gates.openCircuit(world.system.id, 60_000, 'target-failed')
    await plans.desk.resume(id, act)
    await waitUntil(
      'it has stopped again',
      async () => (await plans.seen(id)).stopped?.code === 'circuit-open',
    )
    expect(await world.states('A')).toBe('dead')
    // What sends nothing does not mind.
    const other = await plans.create({ action: 'discard', filter: { subject: 'B', state: 'dead' } })
    expect((await plans.until(other, 'finished')).counts).toMatchObject({ ok: 1 })
    await plans.desk.cancel(id, act)
    await world.gates.closeCircuit(world.system.id)
    expect(await world.states('A')).toBe('dead')
    expect((await plans.seen(id)).counts).toMatchObject({ done: 0, pending: 1 })
    await runner.stop()
  })

  it('flags what would break the order or is in another plan, and does the rest', async () => {
    const target = createTarget({ repeat: 'ask' })
    const world = await bench.world({ target, policy: 'skip' })
    target.script('A', 1, rejected)
    target.script('B', 1, rejected)
    await world.accept('A', 1, 2)
    await world.accept('B', 1)
    await world.worker()
    await world.until('A', 'dead delivered')
    await world.until('B', 'dead')
    const plans = plansOf(world)
    const runner = runnerOf(world)
    // One that nobody has started is in nobody's way.
    await plans.until(await plans.create({ paused: true }), 'ready')
    const inAnHour = new Date(Date.now() + 3_600_000).toISOString()
    const first = await plans.create({ startAt: inAnHour })
    const { summary } = await plans.until(first, 'scheduled')
    expect(summary?.conflicts).toEqual([{ code: 'order-would-break', count: 1 }])
    const second = await plans.create({ paused: true })
    expect((await plans.until(second, 'ready')).summary?.conflicts).toEqual([
      { code: 'already-planned', count: 1 },
      { code: 'order-would-break', count: 1 },
    ])
    await plans.desk.start(second, undefined, act)
    expect((await plans.until(second, 'finished')).counts).toMatchObject({ ok: 0, skipped: 2 })
    // It is free as soon as the other plan is given up.
    const third = await plans.create({ paused: true })
    await plans.until(third, 'ready')
    await plans.desk.cancel(first, act)
    await plans.desk.start(third, undefined, act)
    const { counts, failures } = await plans.until(third, 'finished')
    expect(counts).toMatchObject({ ok: 1, skipped: 1 })
    expect(failures).toEqual([{ result: 'skipped', code: 'order-would-break', count: 1 }])
    await runner.stop()
  })

  it('keeps to its rate, smoothly, by the clock of the store; and to another one when it is changed', async () => {
    const subjects = range(1, 60).map((n) => `S${n}`)
    const { world, plans } = await deadOf(bench, subjects)
    const runner = runnerOf(world)
    const id = await plans.create({ ratePerMinute: 1_200 })
    await plans.until(id, 'running')
    await waitUntil('a third is done', async () => (await plans.seen(id)).counts.done >= 20)
    await plans.desk.pause(id, act)
    const { counts } = await plans.seen(id)
    expect(counts.done).toBeLessThan(40)
    await plans.desk.setRate(id, 60_000, act)
    await plans.desk.resume(id, act)
    await plans.until(id, 'finished')
    await runner.stop()
    const rows = await world.database.ask<{ done_at: Date }>(
      'select done_at from hub.plan_item where plan = $1 order by done_at',
      [id],
    )
    const times = rows.slice(0, counts.done).map((row) => row.done_at.getTime())
    // Twenty a second over all; what is made up for, half a second of it, is the most at once.
    for (const from of times)
      expect(times.filter((at) => at >= from && at < from + 50).length).toBeLessThanOrEqual(12)
    const seconds = ((times.at(-1) ?? 0) - (times[0] ?? 0)) / 1000
    expect((times.length - 1) / seconds).toBeLessThan(21.5)
    expect(await auditOf(world, 'plan.rate', id)).toMatchObject([
      { detail: '60000/phút: Cổng đã sửa' },
    ])
  })

  it('starts by itself at its time, not before; and waits when nobody starts it', async () => {
    const { world, plans } = await deadOf(bench, ['A'])
    const runner = runnerOf(world)
    const startAt = new Date(Date.now() + 1_500)
    const id = await plans.create({ startAt: startAt.toISOString() })
    await plans.until(id, 'scheduled')
    // A process that was lost behind the preparing leaves it due.
    await bench.database().sql('update hub.plan set due_at = now() where id = $1', [id])
    expect(await world.states('A')).toBe('dead')
    const { startedAt } = await plans.until(id, 'finished')
    expect(Date.parse(startedAt ?? '')).toBeGreaterThanOrEqual(startAt.getTime())
    await runner.stop()
  })

  it('is taken over from a process that is lost, which then changes nothing', async () => {
    const subjects = range(1, 40).map((n) => `S${n}`)
    const { target, world, plans } = await deadOf(bench, subjects)
    const id = await plans.create({ ratePerMinute: 600 })
    const store = createPlanRunStore(world.database)
    const lost = await store.claimPlan('lost', 60_000)
    if (!lost) throw new Error('it is due')
    expect(lost).toMatchObject({ id, state: 'preparing' })
    expect(await store.claimPlan('other', 60_000)).toBeUndefined()
    await store.prepare(lost, 3)
    await bench.database().sql('update hub.plan set lease_until = now() - interval $$1 second$$')
    const runner = runnerOf(world)
    await waitUntil('some are done', async () => (await plans.seen(id)).counts.done > 3)
    expect(await store.prepare(lost, 3)).toEqual({ state: 'lost' })
    expect(await store.prepared(lost, 5)).toBe('lost')
    expect(await store.advance(lost, 5)).toEqual({ state: 'lost', waitMs: 0, wake: [] })
    expect(await store.look(lost, null, 5)).toMatchObject({ state: 'lost' })
    expect(await store.renewPlan(lost, 5)).toBe(false)
    await store.releasePlan(lost)
    // Stopped in the midst, and gone on with by another one.
    await runner.stop()
    const before = (await plans.seen(id)).counts.done
    expect(before).toBeLessThan(40)
    await plans.desk.setRate(id, 60_000, act)
    const next = runnerOf(world)
    expect((await plans.until(id, 'finished')).counts).toMatchObject({ total: 40, ok: 40 })
    await next.stop()
    for (const subject of subjects) expect(target.applied(subject)).toEqual([1])
    expect(await auditOf(world, 'delivery.redrive', id)).toHaveLength(40)
  })
})
