import { expect, it } from 'vitest'
import { inspectPostgres } from '../../src/adapters/postgres/inspect.ts'
import type { Connector } from '../../src/connector/contract.ts'
import { later } from '../../src/connector/errors.ts'
import { mayGoOn } from '../../src/connector/last-look.ts'
import type { SettledLane } from '../../src/engine/ports/lanes.ts'
import { type Bench, bothBackends, describeEngine } from '../support/backends.ts'
import type { TestWorker, World } from '../support/engine.ts'
import { createTarget, type Step } from '../support/target.ts'
import { waitUntil } from '../support/wait.ts'

/** A worker whose way to the store is held from its first settle on, until `thaw`. */
async function frozenAfterSending(world: World) {
  let thaw = (): void => undefined
  let frozen = false
  const frost = new Promise<void>((resolve) => {
    thaw = resolve
  })
  const answers: unknown[] = []
  const worker = await world.worker({
    leaseMs: 250,
    intercept: (store) => ({
      ...store,
      claim: async (request) => (frozen ? [] : store.claim(request)),
      renew: (lanes, leaseMs) =>
        frozen ? frost.then(() => store.renew(lanes, leaseMs)) : store.renew(lanes, leaseMs),
      async settle(system, lanes) {
        frozen = true
        await frost
        const written = await store.settle(system, lanes)
        answers.push(written)
        return written
      },
    }),
  })
  await waitUntil('it has sent and is frozen', () => frozen)
  return { worker, thaw, answers }
}

function frozenOwner(bench: Bench): void {
  it('lets a frozen owner change nothing once another has taken its lane', async () => {
    const target = createTarget({ repeat: 'ask' })
    const world = await bench.world({ target })
    // The frozen one has read "later"; the truth, found by the other, is that it was applied.
    const wrong: Step = { outcome: { kind: 'retry', code: 'target-busy' }, applies: 'now' }
    target.script('A', 1, wrong)
    await world.accept('A', 1, 2)
    const { worker, thaw, answers } = await frozenAfterSending(world)
    await world.worker({ beatMs: 50, leaseMs: 1_000 })
    await world.until('A', 'delivered delivered')
    const attempts = () => bench.database().sql('select * from hub.attempt order by started_at')
    const before = { rows: await world.rows('A'), attempts: await attempts() }
    thaw()
    await waitUntil('the frozen one has tried to write', () => answers.length > 0)
    expect(answers).toMatchObject([{ lost: [(await world.place('A', 1)).lane] }])
    expect({ rows: await world.rows('A'), attempts: await attempts() }).toEqual(before)
    await waitUntil('it has given the lane up', () => worker.drain.open().length === 0)
    expect(worker.lines.map((line) => line.event)).toContain('lane.lost')
    expect(target.applied('A')).toEqual([1, 2])
  })

  it('keeps and tells what a frozen owner has sent though another sent it too', async () => {
    const target = createTarget({ repeat: 'ask' })
    let thaw = (): void => undefined
    const frost = new Promise<void>((resolve) => {
      thaw = resolve
    })
    let isFrozen = false
    // It has looked, and stands still before the first byte leaves.
    const connector: Connector = {
      ...target.connector,
      async send(delivery, signal) {
        if (!isFrozen) {
          isFrozen = true
          await frost
        }
        return (await target.connector.send?.(delivery, signal)) ?? { kind: 'delivered' }
      },
    }
    const world = await bench.world({ target: { ...target, connector } })
    await world.accept('A', 1, 2)
    const worker = await world.worker({
      leaseMs: 250,
      intercept: (store) => ({
        ...store,
        claim: async (request) => (isFrozen ? [] : store.claim(request)),
        renew: () => new Promise(() => undefined),
      }),
    })
    await waitUntil('it is about to send', () => isFrozen)
    await world.worker({ beatMs: 50, leaseMs: 5_000 })
    await world.until('A', 'delivered delivered')
    const rows = await world.rows('A')
    thaw()
    const events = () => worker.lines.map((line) => line.event)
    await waitUntil('it is told', () => events().includes('delivery.sent-late'))
    expect(target.applied('A').filter((n) => n === 1)).toHaveLength(2)
    expect(await world.rows('A')).toEqual(rows)
    const { lane } = await world.place('A', 1)
    const history = await bench
      .database()
      .sql(
        'select kind, try, outcome, code from hub.attempt where lane = $1 and number = 1 order by started_at, code',
        [lane],
      )
    expect(history).toContainEqual({
      kind: 'send',
      try: 1,
      outcome: 'delivered',
      code: 'sent-late',
    })
    expect(history).toContainEqual({ kind: 'send', try: 2, outcome: 'delivered', code: null })
    const { sentTwice } = await inspectPostgres(bench.database().url)
    expect(sentTwice).toEqual({ count: 1, newest: `${lane}.1` })
  })

  it('lets a frozen owner write as long as nobody else has taken its lane', async () => {
    const target = createTarget({ repeat: 'ask' })
    const world = await bench.world({ target })
    await world.accept('A', 1)
    const { thaw } = await frozenAfterSending(world)
    const expired = () =>
      bench
        .database()
        .sql('select 1 from hub.lane where system = $1 and lease_until < now()', [world.system.id])
    await waitUntil('its lease has run out', expired, (rows) => rows.length === 1)
    thaw()
    await world.until('A', 'delivered')
    expect(target.arrivals).toHaveLength(1)
  })

  it('lets a frozen owner not overwrite what a person has decided', async () => {
    const target = createTarget({ repeat: 'person' })
    const world = await bench.world({ target, policy: 'skip' })
    target.script('A', 1, { outcome: { kind: 'permanent', code: 'target-rejected' } })
    await world.accept('A', 1, 2, 3)
    const { thaw, answers } = await frozenAfterSending(world)
    const expired = () =>
      bench
        .database()
        .sql('select 1 from hub.lane where system = $1 and lease_until < now()', [world.system.id])
    await waitUntil('its lease has run out', expired, (rows) => rows.length === 1)
    await world.intervene('A', 2, 'hold')
    thaw()
    await waitUntil('the frozen one has tried to write', () => answers.length > 0)
    expect(answers).toMatchObject([{ lost: [(await world.place('A', 1)).lane] }])
    expect(await world.states('A')).toBe('sending held waiting')
    await world.worker({ beatMs: 50 })
    await world.until('A', 'unknown held waiting')
  })

  it('lets a connector see, in the moment before it acts, that the lease may be gone', async () => {
    const target = createTarget({ repeat: 'ask' })
    const seen: boolean[] = []
    let act = (): void => undefined
    const moment = new Promise<void>((resolve) => {
      act = resolve
    })
    const connector: Connector = {
      ...target.connector,
      async send(_, signal) {
        seen.push(mayGoOn(signal))
        await moment
        seen.push(mayGoOn(signal))
        throw later('interrupted')
      },
    }
    const world = await bench.world({ target: { ...target, connector } })
    await world.accept('A', 1)
    await world.worker({
      leaseMs: 300,
      intercept: (store) => ({
        ...store,
        // Nor does it take its own lane up again.
        claim: async (request) => (seen.length > 0 ? [] : store.claim(request)),
        renew: () => new Promise(() => undefined),
      }),
    })
    await waitUntil('it is about to act', () => seen.length === 1)
    await new Promise((resolve) => setTimeout(resolve, 400))
    act()
    await waitUntil('it has looked again', () => seen.length === 2)
    expect(seen).toEqual([true, false])
  })

  it('sends nothing more once its lease may be lost', async () => {
    const target = createTarget({ repeat: 'ask' })
    const world = await bench.world({ target })
    let open = (): void => undefined
    const until = new Promise<void>((resolve) => {
      open = resolve
    })
    target.script('A', 1, { outcome: { kind: 'delivered' }, applies: 'now', until })
    await world.accept('A', 1, 2, 3)
    // Its renewals do not get through, and it does not know.
    const worker = await world.worker({
      leaseMs: 300,
      intercept: (store) => ({ ...store, renew: () => new Promise(() => undefined) }),
    })
    await waitUntil('the first is on its way', () => target.arrivals.length === 1)
    const other = await world.worker({ beatMs: 50, leaseMs: 5_000 })
    await waitUntil(
      'another has taken the lane',
      async () => (await world.states('A')).startsWith('unknown') || other.drain.open().length > 0,
    )
    open()
    await world.until('A', 'delivered delivered delivered')
    await waitUntil('the first worker is done', () => worker.drain.open().length === 0)
    expect(target.sent('A')).toEqual([1, 2, 3])
    expect(target.applied('A')).toEqual([1, 2, 3])
  })
}

function ownLane(bench: Bench): void {
  const unrenewed = { leaseMs: 250, beatMs: 50 }

  it('goes on with a lane of its own that it claims again after its lease had run out', async () => {
    // Nobody could find out afterwards: only its own memory can save this from a person.
    const target = createTarget({ repeat: 'person' })
    const world = await bench.world({ target })
    let open = (): void => undefined
    const until = new Promise<void>((resolve) => {
      open = resolve
    })
    target.script('A', 1, { outcome: { kind: 'delivered' }, applies: 'now', until })
    await world.accept('A', 1, 2)
    let claims = 0
    const worker = await world.worker({
      ...unrenewed,
      intercept: (store) => ({
        ...store,
        renew: async () => [],
        async claim(request) {
          const lanes = await store.claim(request)
          claims += lanes.length
          return lanes
        },
      }),
    })
    await waitUntil('it has claimed the lane a second time', () => claims === 2)
    expect(await world.states('A')).toBe('unknown waiting')
    expect(worker.drain.open()).toHaveLength(1)
    open()
    await world.until('A', 'delivered delivered')
    expect(target.sent('A')).toEqual([1, 2])
    expect(worker.lines.map((line) => line.event)).toContain('lane.lost')
  })

  it('begins anew with a lane that it claims before it hears that it was settled', async () => {
    const target = createTarget({ repeat: 'ask' })
    const world = await bench.world({ target })
    await world.accept('A', 1, 2)
    let claims = 0
    const worker = await world.worker({
      beatMs: 50,
      leaseMs: 60_000,
      intercept: (store) => ({
        ...store,
        async claim(request) {
          const lanes = await store.claim({ ...request, runAhead: 1 })
          claims += lanes.length
          return lanes
        },
        async settle(system, lanes) {
          const written = await store.settle(system, lanes)
          // The answer comes late; the lane is due, free, and found by the next beat.
          if (claims === 1) await waitUntil('it is claimed again', () => claims === 2)
          return written
        },
      }),
    })
    await world.until('A', 'delivered delivered')
    expect(target.sent('A')).toEqual([1, 2])
    await waitUntil('nothing is in work', () => worker.drain.open().length === 0)
    expect(worker.lines.map((line) => line.event)).not.toContain('lane.lost')
  })
}

const settledOf = (lane: SettledLane): object => ({ lane: lane.lane, fence: lane.fence })

function repeatedWrite(bench: Bench): void {
  it('writes once what is settled twice because the first answer was lost', async () => {
    const target = createTarget({ repeat: 'ask' })
    const world = await bench.world({ target })
    const busyOnce: Step = { outcome: { kind: 'permanent', code: 'target-rejected' } }
    target.script('A', 1, busyOnce)
    await world.accept('A', 1, 2, 3)
    const settled: object[] = []
    let worker: TestWorker | undefined
    let held = false
    worker = await world.worker({
      intercept: (store) => ({
        ...store,
        claim: async (request) => (held ? [] : store.claim(request)),
        async settle(system, lanes) {
          settled.push(...lanes.map(settledOf))
          const written = await store.settle(system, lanes)
          if (settled.length > 1) return written
          // A person acts between the commit and the repeat; nobody takes the lane before it was looked at.
          held = true
          await world.intervene('A', 1, 'redrive')
          throw Object.assign(new Error('the connection broke after the commit'), {
            code: 'ECONNRESET',
          })
        },
      }),
    })
    await waitUntil('it has been settled twice', () => settled.length === 2)
    await waitUntil('nothing is in work', () => worker?.drain.open().length === 0)
    expect(settled[0]).toEqual(settled[1])
    // Neither dead again nor counted twice.
    expect((await world.rows('A')).map((row) => [row.state, row.tries])).toEqual([
      ['waiting', 0],
      ['waiting', 0],
      ['waiting', 0],
    ])
    const { lane } = await world.place('A', 1)
    const attempts = await bench.database().sql('select 1 from hub.attempt where lane = $1', [lane])
    expect(attempts).toHaveLength(1)
    held = false
    await world.until('A', 'delivered delivered delivered')
  })

  it('does not lock up a lane that was given back while its renewal was under way', async () => {
    const target = createTarget({ repeat: 'ask' })
    const world = await bench.world({ target })
    await world.accept('A', 1)
    let renewing: (() => Promise<readonly string[]>) | undefined
    const worker = await world.worker({
      leaseMs: 200,
      intercept: (store) => ({
        ...store,
        async settle(system, lanes) {
          await waitUntil('a renewal is under way', () => renewing !== undefined)
          return store.settle(system, lanes)
        },
        async renew(lanes, leaseMs) {
          renewing ??= () => store.renew(lanes, 60_000)
          return leaseMs > 0 ? [] : lanes.map((one) => one.lane)
        },
      }),
    })
    await world.until('A', 'delivered')
    await waitUntil('nothing is in work', () => worker.drain.open().length === 0)
    expect(await renewing?.()).toEqual([(await world.place('A', 1)).lane])
    await world.accept('A', 2)
    await world.until('A', 'delivered delivered')
  })
}

describeEngine('fence', bothBackends, (bench) => {
  frozenOwner(bench)
  ownLane(bench)
  repeatedWrite(bench)
})
