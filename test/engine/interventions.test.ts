import { afterEach, describe, expect, it } from 'vitest'
import { createInterveneStore } from '../../src/adapters/postgres/intervene.ts'
import { verifyStore } from '../../src/adapters/postgres/verify.ts'
import {
  type DeliveryState,
  deliveryStates,
  type Intervention,
  interventions,
} from '../../src/domain/delivery.ts'
import { type Bench, bothBackends, describeEngine } from '../support/backends.ts'
import { useDatabase } from '../support/database.ts'
import { createWorld, type World } from '../support/engine.ts'
import { appliedUnheard, createTarget, lost, rejected } from '../support/target.ts'
import { waitUntil } from '../support/wait.ts'

const names = Object.keys(interventions) as Intervention[]
const act = { actor: 'user:lan', reason: 'đã đối chiếu với Cổng' }

describe('interventions: from every state', () => {
  const database = useDatabase()
  let world: World | undefined
  afterEach(async () => {
    await world?.close()
  })

  /** Puts the only delivery of a lane into a state, with all that belongs to it. */
  async function inState(subject: string, state: DeliveryState): Promise<World> {
    const made = await createWorld({
      database: database(),
      target: createTarget({ repeat: 'ask' }),
    })
    await made.accept(subject, 1)
    const { lane } = await made.place(subject, 1)
    const needsPerson = ['dead', 'held', 'unknown'].includes(state)
    const final = ['delivered', 'superseded', 'discarded'].includes(state)
    const { sql } = database()
    await sql('alter table hub.delivery disable trigger check_transition')
    await sql(
      `update hub.delivery set state = $2, code = 'outcome-unknown', tries = 3, asked = 2,
         sent_at = now() where lane = $1`,
      [lane, state],
    )
    await sql('alter table hub.delivery enable trigger check_transition')
    await sql(
      `update hub.lane set blocked = $2, head_number = $3,
         wake_at = case when $4 then null else now() end,
         owner = case when $5 then 'somebody' end,
         lease_until = case when $5 then now() + interval '1 minute' end where id = $1`,
      [lane, needsPerson, final ? 2 : 1, needsPerson || final, state === 'sending'],
    )
    if (needsPerson)
      await sql(
        `insert into hub.failure (lane, number, system, message_id, state, code)
         select lane, number, system, message_id, state, code from hub.delivery where lane = $1`,
        [lane],
      )
    return made
  }

  it('leaves no trace of an intervention that could not be committed', async () => {
    world = await inState('uncommitted', 'dead')
    const { sql } = database()
    await sql(
      `create function hub.refuse_commit() returns trigger language plpgsql as $$
       begin raise exception 'the disk is full' using errcode = '53100'; end $$`,
    )
    await sql(
      `create constraint trigger refuse after update on hub.delivery deferrable initially deferred
       for each row execute function hub.refuse_commit()`,
    )
    const place = await world.place('uncommitted', 1)
    const store = createInterveneStore(world.database)
    await expect(store.intervene(place, 'redrive', act)).rejects.toThrow()
    await sql('drop function hub.refuse_commit cascade')
    expect(await world.states('uncommitted')).toBe('dead')
    const object = `${place.lane}.${place.number}`
    expect(await sql('select 1 from hub.audit where object = $1', [object])).toEqual([])
  })

  const pairs = deliveryStates.flatMap((state) => names.map((name) => ({ state, name })))
  it.each(pairs)('$name of what is $state', async ({ state, name }) => {
    const subject = `${state}/${name}`
    world = await inState(subject, state)
    const { lane } = await world.place(subject, 1)
    const store = createInterveneStore(database().database)
    const done = store.intervene({ lane, number: 1 }, name, act)
    const audit = () =>
      database().sql(
        `select actor, action, detail from hub.audit where object = $1 and action like 'delivery.%'`,
        [`${lane}.1`],
      )
    const { from, to } = interventions[name]
    if ((from as readonly string[]).includes(state)) {
      expect(await done).toEqual({ system: world.system.id })
      expect(await world.states(subject)).toBe(to)
      expect(await audit()).toEqual([
        { actor: act.actor, action: `delivery.${name}`, detail: act.reason },
      ])
      const again = to === 'waiting'
      const [row] = await world.rows(subject)
      expect(row).toMatchObject({ tries: again ? 0 : 3, asked: 0 })
    } else {
      await expect(done).rejects.toMatchObject({ code: 'state-conflict' })
      expect(await world.states(subject)).toBe(state)
      expect(await audit()).toEqual([])
    }
    const verdicts = await verifyStore(database().database)
    expect(verdicts.filter((verdict) => !verdict.ok)).toEqual([])
  })

  it('knows what is not there', async () => {
    const store = createInterveneStore(database().database)
    for (const place of [
      { lane: '999999999', number: 1 },
      { lane: '1', number: 99 },
    ])
      await expect(store.intervene(place, 'redrive', act)).rejects.toMatchObject({
        code: 'not-found',
      })
  })
})

function order(bench: Bench): void {
  it('sends a redriven one under its old key, number and place', async () => {
    const target = createTarget({ repeat: 'ask' })
    const world = await bench.world({ target })
    target.script('A', 2, rejected)
    await world.accept('A', 1, 2, 3)
    await world.worker()
    await world.until('A', 'delivered dead waiting')
    await world.intervene('A', 2, 'redrive')
    await world.until('A', 'delivered delivered delivered')
    expect(target.sent('A')).toEqual([1, 2, 2, 3])
    const [, first, second] = target.arrivals
    expect(second?.key).toBe(first?.key)
    expect(second?.id).toBe(first?.id)
    expect(second?.attempt).toBe(1)
  })

  it('refuses to send again what a later one has overtaken', async () => {
    const target = createTarget({ repeat: 'person' })
    const world = await bench.world({ target, policy: 'skip' })
    target.script('A', 1, rejected)
    target.script('A', 2, lost)
    await world.accept('A', 1, 2, 3)
    await world.worker()
    await world.until('A', 'dead unknown waiting')
    const refused = { code: 'order-would-break' }
    // The later one may have arrived: that is enough.
    await expect(world.intervene('A', 1, 'redrive')).rejects.toMatchObject(refused)
    await world.intervene('A', 2, 'confirm-delivered')
    await world.until('A', 'dead delivered delivered')
    await expect(world.intervene('A', 1, 'redrive')).rejects.toMatchObject(refused)
    await world.intervene('A', 1, 'discard')
    expect(await world.states('A')).toBe('discarded delivered delivered')
  })

  it('redrives behind the head of a lane that goes on, before what was not yet sent', async () => {
    const target = createTarget({ repeat: 'ask' })
    const retry = { stepsSeconds: [3_600], giveUpAfterHours: 100 }
    const world = await bench.world({ target, policy: 'skip', system: { retry } })
    target.script('A', 1, rejected)
    target.script('A', 2, { outcome: { kind: 'retry', code: 'target-busy' } })
    await world.accept('A', 1, 2)
    await world.worker()
    await waitUntil('the second rests', async () => (await world.rows('A'))[1]?.code !== null)
    await world.intervene('A', 1, 'redrive')
    await waitUntil('the first arrived', async () => target.applied('A').length > 0)
    await world.until('A', 'delivered delivered')
    expect(target.applied('A')).toEqual([1, 2])
  })

  it('holds what waits, and everything behind it, until it is released', async () => {
    const target = createTarget({ repeat: 'ask' })
    const world = await bench.world({ target })
    await world.accept('A', 1, 2, 3)
    await world.intervene('A', 2, 'hold')
    const worker = await world.worker()
    await world.until('A', 'delivered held waiting')
    await world.accept('A', 4)
    await worker.sweep.beat()
    expect(target.sent('A')).toEqual([1])
    await world.intervene('A', 2, 'release')
    await world.until('A', 'delivered delivered delivered delivered')
    expect(target.sent('A')).toEqual([1, 2, 3, 4])
  })

  it('discards what waits in the middle, and the lane passes it', async () => {
    const target = createTarget({ repeat: 'ask' })
    const world = await bench.world({ target })
    await world.accept('A', 1, 2, 3)
    await world.intervene('A', 1, 'discard')
    await world.intervene('A', 3, 'discard')
    await world.worker()
    await world.until('A', 'discarded delivered discarded')
    expect(target.sent('A')).toEqual([2])
    await world.accept('A', 4)
    await world.until('A', 'discarded delivered discarded delivered')
  })

  it('holds and discards behind what is being sent right now', async () => {
    const target = createTarget({ repeat: 'ask' })
    const world = await bench.world({ target, system: { runAhead: 1 } })
    let open = (): void => undefined
    const until = new Promise<void>((resolve) => {
      open = resolve
    })
    target.script('A', 1, { outcome: { kind: 'delivered' }, applies: 'now', until })
    await world.accept('A', 1, 2, 3)
    await world.worker()
    await waitUntil('it is on its way', () => target.arrivals.length === 1)
    await world.intervene('A', 2, 'discard')
    await world.intervene('A', 3, 'hold')
    await expect(world.intervene('A', 1, 'discard')).rejects.toMatchObject({
      code: 'state-conflict',
    })
    open()
    await world.until('A', 'delivered discarded held')
    await world.intervene('A', 3, 'release')
    await world.until('A', 'delivered discarded delivered')
  })

  it('discards everything that is left of a lane behind what is being sent', async () => {
    const target = createTarget({ repeat: 'ask' })
    const world = await bench.world({ target, policy: 'skip', system: { runAhead: 1 } })
    let open = (): void => undefined
    const until = new Promise<void>((resolve) => {
      open = resolve
    })
    target.script('A', 1, rejected)
    target.script('A', 2, { ...rejected, until })
    await world.accept('A', 1, 2, 3)
    await world.worker()
    await waitUntil('the second is on its way', () => target.arrivals.length === 2)
    await world.intervene('A', 3, 'discard')
    open()
    await world.until('A', 'dead dead discarded')
    // Nothing was overtaken: both go again, in order.
    await world.intervene('A', 1, 'redrive')
    await world.until('A', 'delivered dead discarded')
    await world.intervene('A', 2, 'redrive')
    await world.until('A', 'delivered delivered discarded')
  })
}

function doubt(bench: Bench): void {
  it('sends again at once what a person found missing, settle time or not', async () => {
    const target = createTarget({ repeat: 'ask' })
    const world = await bench.world({ target, system: { settleMs: 3_600_000 } })
    target.script('A', 1, lost)
    await world.accept('A', 1, 2)
    await world.worker({ beatMs: 50 })
    await world.until('A', 'unknown waiting')
    await world.intervene('A', 1, 'send-again')
    await world.until('A', 'delivered delivered')
    expect(target.arrivals.map((one) => one.kind)).toEqual(['send', 'send', 'send'])
  })

  it('takes the word of a person for what has arrived', async () => {
    const target = createTarget({ repeat: 'person' })
    const world = await bench.world({ target })
    target.script('A', 1, appliedUnheard)
    await world.accept('A', 1, 2)
    await world.worker()
    await world.until('A', 'unknown waiting')
    await world.intervene('A', 1, 'confirm-delivered')
    await world.until('A', 'delivered delivered')
    expect(target.applied('A')).toEqual([1, 2])
  })

  it('lets several in doubt be decided newest first, and keeps the order', async () => {
    const target = createTarget({ repeat: 'ask' })
    const world = await bench.world({ target })
    target.script('A', 2, { until: new Promise(() => undefined), applies: 'now' })
    await world.accept('A', 1, 2, 3)
    const cannot = () => 'cannot-tell' as const
    for (const n of [1, 2, 3]) target.answerQuestions('A', n, cannot, cannot, cannot)
    const worker = await world.worker({ leaseMs: 250 })
    await waitUntil('two have arrived', () => target.sent('A').length === 2)
    await worker.kill()
    await world.worker({ beatMs: 50 })
    const { lane } = await world.place('A', 1)
    const failures = () => bench.database().sql('select 1 from hub.failure where lane = $1', [lane])
    await waitUntil('a person is asked about all', failures, (rows) => rows.length === 3)
    await expect(world.intervene('A', 1, 'send-again')).rejects.toMatchObject({
      code: 'order-would-break',
    })
    await world.intervene('A', 3, 'send-again')
    await world.intervene('A', 2, 'confirm-delivered')
    await world.intervene('A', 1, 'confirm-delivered')
    await world.until('A', 'delivered delivered delivered')
    expect(target.applied('A')).toEqual([1, 2, 3])
  })

  it('does not go past one that was given up behind another that is sent again', async () => {
    const target = createTarget({ repeat: 'ask' })
    const world = await bench.world({ target })
    target.script('A', 1, { until: new Promise(() => undefined), applies: 'never' })
    await world.accept('A', 1, 2, 3)
    const cannot = () => 'cannot-tell' as const
    for (const n of [1, 2, 3]) target.answerQuestions('A', n, cannot, cannot, cannot)
    const worker = await world.worker({ leaseMs: 250 })
    await waitUntil('one has arrived', () => target.sent('A').length === 1)
    await worker.kill()
    await world.worker({ beatMs: 50 })
    const { lane } = await world.place('A', 1)
    const failures = () => bench.database().sql('select 1 from hub.failure where lane = $1', [lane])
    await waitUntil('a person is asked about all', failures, (rows) => rows.length === 3)
    await world.intervene('A', 3, 'send-again')
    await world.intervene('A', 2, 'give-up')
    await world.intervene('A', 1, 'send-again')
    await world.until('A', 'delivered dead waiting')
    await world.accept('B', 1)
    await world.until('B', 'delivered')
    expect(target.applied('A')).toEqual([1])
    await world.intervene('A', 2, 'redrive')
    await world.until('A', 'delivered delivered delivered')
    expect(target.applied('A')).toEqual([1, 2, 3])
  })

  it('does not decide over the head of a worker that is asking at this moment', async () => {
    const target = createTarget({ repeat: 'ask' })
    let open = (): void => undefined
    const asked = new Promise<void>((resolve) => {
      open = resolve
    })
    const slow = {
      ...target,
      connector: {
        ...target.connector,
        confirm: async () => {
          await asked
          return 'applied' as const
        },
      },
    }
    const own = await bench.world({ target: slow })
    target.script('A', 1, appliedUnheard)
    await own.accept('A', 1)
    const worker = await own.worker({ beatMs: 50 })
    await own.until('A', 'unknown')
    await waitUntil('it is being asked', () => worker.drain.open().length === 1)
    for (const what of ['give-up', 'send-again', 'confirm-delivered'] as const)
      await expect(own.intervene('A', 1, what)).rejects.toMatchObject({ code: 'state-conflict' })
    open()
    await own.until('A', 'delivered')
  })
}

describeEngine('interventions', bothBackends, order)
describeEngine('interventions', bothBackends, doubt)
