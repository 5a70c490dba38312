/** What a plan may hold and who may see it; and what is left of it when its time is over. */
import { expect, it } from 'vitest'
import { createPlanRunStore, createPlanStore } from '../../src/adapters/postgres/plans.ts'
import { createPruneStore } from '../../src/adapters/postgres/prune.ts'
import { createPlanQueries } from '../../src/adapters/postgres/queries/plans.ts'
import type { Reach } from '../../src/domain/unit.ts'
import { createPlanDesk, type PlanRequest } from '../../src/engine/plans/plan-desk.ts'
import { createPlanRunner } from '../../src/engine/plans/plan-runner.ts'
import { type Bench, describeEngine } from '../support/backends.ts'
import type { World } from '../support/engine.ts'
import { keepingLogger } from '../support/quiet-logger.ts'
import { createTarget, rejected } from '../support/target.ts'
import { waitUntil } from '../support/wait.ts'

const act = { actor: 'user:lan', reason: 'Cổng đã sửa' }
const ofUnit = (...units: string[]): Reach => ({ systems: [], units })

async function deadOf(bench: Bench, subjects: readonly string[], times = 1) {
  const target = createTarget({ repeat: 'ask' })
  const world = await bench.world({ target })
  for (const subject of subjects) {
    for (let time = 0; time < times; time++) target.script(subject, 1, rejected)
    await world.accept(subject, 1)
  }
  await world.worker()
  for (const subject of subjects) await world.until(subject, 'dead')
  // As their types tell of it.
  await world.database.ask(`update hub.message set unit = split_part(subject, '-', 1)`, [])
  return world
}

function plansOf(world: World) {
  const desk = createPlanDesk(createPlanStore(world.database))
  const queries = createPlanQueries(world.database)
  const runner = createPlanRunner({
    store: createPlanRunStore(world.database),
    wakeups: { wake: () => world.wake() },
    ...{ log: keepingLogger().log, process: 'people', systems: () => [world.system] },
    ...{ stepMs: 5, lookMs: 10 },
  })
  const running = new AbortController()
  const done = async (request: Partial<PlanRequest>, reach?: Reach) => {
    const whole = { action: 'redrive', filter: { system: world.system.id }, ...request } as const
    const id = await desk.create({ ratePerMinute: 60_000, paused: false, ...whole }, act, reach)
    const plan = await waitUntil(
      `plan ${id} is finished`,
      async () => {
        await runner.runDue(running.signal)
        return queries.plan(id)
      },
      (seen) => seen?.state === 'finished',
    )
    if (!plan) throw new Error('it is there')
    return plan
  }
  return { desk, queries, done, end: () => running.abort() }
}

function reaches(bench: Bench): void {
  it('holds what its maker reaches, and is seen by those who reach as far', async () => {
    const subjects = [
      'H99.14-260101-1',
      'H99.14.01-260101-1',
      'H99.140-260101-1',
      'H99.15-260101-1',
    ]
    const world = await deadOf(bench, subjects)
    const { queries, done, end } = plansOf(world)
    const { id, counts } = await done({}, ofUnit('H99.14'))
    end()
    expect(counts).toMatchObject({ total: 2, ok: 2 })
    expect(await world.states('H99.140-260101-1')).toBe('dead')
    expect(await world.states('H99.15-260101-1')).toBe('dead')
    const reached: [Reach, boolean][] = [
      [ofUnit(), true],
      [ofUnit('H99.14'), true],
      [ofUnit('H99'), true],
      [ofUnit('H99.15', 'H99.14'), true],
      [ofUnit('H99.14.01'), false],
      [ofUnit('H99.15'), false],
      [{ systems: [world.system.id], units: [] }, false],
    ]
    for (const [reach, isSeen] of reached) {
      expect([reach, (await queries.plan(id, reach)) !== undefined]).toEqual([reach, isSeen])
      const { items } = await queries.plans({ reach, limit: 50 })
      expect([reach, items.some((plan) => plan.id === id)]).toEqual([reach, isSeen])
    }
  })

  it('chooses an agency with all below it, and nothing beyond its maker', async () => {
    const world = await deadOf(bench, ['H99.17-260101-1', 'H99.17.01-260101-1', 'H99.18-260101-1'])
    const { done, end } = plansOf(world)
    const beyond = await done({ filter: { state: 'dead', unit: 'H99.18' } }, ofUnit('H99.17'))
    expect(beyond.counts.total).toBe(0)
    const own = await done({ filter: { state: 'dead', unit: '000.00.17.H99' } })
    end()
    expect(own.counts).toMatchObject({ total: 2, ok: 2 })
    expect(await world.states('H99.18-260101-1')).toBe('dead')
  })

  it('reaches no system that its maker does not', async () => {
    const world = await deadOf(bench, ['H99.16-260101-1'])
    const { queries, done, end } = plansOf(world)
    const none = await done({}, { systems: ['another'], units: [] })
    expect(none.counts.total).toBe(0)
    const own = await done({}, { systems: [world.system.id, 'another'], units: [] })
    end()
    expect(own.counts).toMatchObject({ total: 1, ok: 1 })
    const reach = { systems: ['another'], units: [] }
    expect(await queries.plan(own.id, reach)).toBeUndefined()
    expect(await queries.plan(none.id, reach)).toBeDefined()
  })
}

function afterwards(bench: Bench): void {
  it('makes a plan of what has failed again in another, and of nothing else', async () => {
    const world = await deadOf(bench, ['H99.17-260101-1', 'H99.17-260101-2'])
    world.target.script('H99.17-260101-2', 1, rejected)
    const { done, end } = plansOf(world)
    const first = await done({})
    expect(first.counts).toMatchObject({ total: 2, ok: 1, failed: 1 })
    await world.accept('H99.17-260101-3', 1)
    await world.until('H99.17-260101-3', 'delivered')
    const again = await done({ filter: { plan: first.id } })
    end()
    expect(again.counts).toMatchObject({ total: 1, ok: 1, failed: 0 })
    expect(again.sample.map(({ subject }) => subject)).toEqual(['H99.17-260101-2'])
  })

  it('forgets the items of what ended long ago, and keeps what they came to', async () => {
    const world = await deadOf(bench, ['H99.18-260101-1', 'H99.18-260101-2', 'H99.18-260101-3'])
    const { queries, done, end } = plansOf(world)
    const old = await done({ filter: { ids: [await idOf(world, 'H99.18-260101-1')] } })
    const young = await done({ filter: { ids: [await idOf(world, 'H99.18-260101-2')] } })
    end()
    const age = `update hub.plan set ended_at = ended_at - interval '91 days' where id = $1`
    await world.database.ask(age, [old.id])
    const prune = createPruneStore(world.database)
    expect(await prune.prunePlans(90, 1_000)).toBe(1)
    expect(await prune.prunePlans(90, 1_000)).toBe(0)
    const page = { limit: 9 }
    expect((await queries.planItems(old.id, page)).items).toEqual([])
    expect((await queries.planItems(young.id, page)).items).toHaveLength(1)
    expect((await queries.plan(old.id))?.counts).toMatchObject({ total: 1, ok: 1 })
    // `hub verify` misses nothing of the old one, and would of the young one.
    expect(await world.faults()).toEqual([])
    const item = [young.id]
    await world.database.ask(`update hub.plan_item set result = 'failed' where plan = $1`, item)
    expect(await world.faults()).toEqual([`plans-count-what-they-hold: ${young.id}`])
    await world.database.ask(`update hub.plan_item set result = 'ok' where plan = $1`, item)
  })
}

async function idOf(world: World, subject: string): Promise<string> {
  const { lane, number } = await world.place(subject, 1)
  return `${lane}.${number}`
}

describeEngine('plans of people', ['postgres'], (bench) => {
  reaches(bench)
  afterwards(bench)
})
