import { expect, it } from 'vitest'
import type { OutgoingDelivery } from '../../src/connector/contract.ts'
import { later } from '../../src/connector/errors.ts'
import type { Outcome } from '../../src/domain/outcome.ts'
import { type Bench, bothBackends, describeEngine } from '../support/backends.ts'
import { appliedUnheard, busy, createTarget, refusedSession, rejected } from '../support/target.ts'
import { waitUntil } from '../support/wait.ts'

const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index)
const subjects = (count: number): string[] => range(1, count).map((n) => `S${n}`)
const batch = { max: 5, maxWaitMs: 20 }

function travels(bench: Bench): void {
  it('lets the heads of many lanes travel together, never two of one lane', async () => {
    const target = createTarget({ repeat: 'ask', batch })
    const world = await bench.world({ target, system: { concurrency: 20 } })
    await Promise.all(subjects(12).map((subject) => world.accept(subject, 1, 2)))
    await world.worker()
    for (const subject of subjects(12)) {
      await world.until(subject, 'delivered delivered')
      expect(target.sent(subject)).toEqual([1, 2])
    }
    expect(Math.max(...target.batches)).toBe(5)
    expect(target.batches.reduce((sum, size) => sum + size, 0)).toBe(24)
  })

  it('does not wait longer than it may for company', async () => {
    const target = createTarget({ repeat: 'ask', batch: { max: 100, maxWaitMs: 10 } })
    const world = await bench.world({ target })
    await world.worker()
    await world.accept('A', 1)
    await world.until('A', 'delivered')
    expect(target.batches).toEqual([1])
  })

  it.each(range(1, 5))(
    'gives each its own outcome, with the odd ones at place %i',
    async (place) => {
      const target = createTarget({ repeat: 'ask', batch })
      const world = await bench.world({ target, system: { settleMs: 50 } })
      const names = subjects(5)
      const at = (offset: number) => names[(place - 1 + offset) % 5] ?? ''
      target.script(at(0), 1, rejected)
      target.script(at(1), 1, busy)
      target.script(at(2), 1, appliedUnheard)
      await Promise.all(names.map((subject) => world.accept(subject, 1)))
      await world.worker({ beatMs: 50 })
      await world.until(at(0), 'dead')
      for (const offset of [1, 2, 3, 4]) await world.until(at(offset), 'delivered')
      expect(names.map((subject) => target.sent(subject).length)).toEqual(
        names.map((subject) => (subject === at(1) ? 2 : 1)),
      )
      expect(target.applied(at(2))).toEqual([1])
    },
  )

  it('keeps a body that cannot be read out of the batch, and sends the others', async () => {
    const target = createTarget({ repeat: 'ask', batch })
    const world = await bench.world({ target })
    await Promise.all(subjects(4).map((subject) => world.accept(subject, 1)))
    await bench.database().sql(
      `update hub.body set bytes = '\\x00' where message_id =
         (select message_id from hub.delivery where lane = $1)`,
      [(await world.place('S2', 1)).lane],
    )
    await world.worker()
    for (const subject of ['S1', 'S3', 'S4']) await world.until(subject, 'delivered')
    await world.until('S2', 'dead')
    expect((await world.rows('S2'))[0]?.code).toBe('body-unreadable')
  })
}

/** A target whose batch as a whole does something odd once. */
function oddOnce(
  odd: (sent: readonly OutgoingDelivery[], outcomes: readonly Outcome[]) => readonly Outcome[],
) {
  const target = createTarget({ repeat: 'ask', batch })
  const { connector } = target
  let done = false
  return {
    ...target,
    connector: {
      ...connector,
      async sendBatch(deliveries: readonly OutgoingDelivery[], signal: AbortSignal) {
        const outcomes = (await connector.sendBatch?.(deliveries, signal)) ?? []
        if (done) return outcomes
        done = true
        return odd(deliveries, outcomes)
      },
    },
  }
}

function fails(bench: Bench): void {
  it('asks about those for which a batch gives no outcome', async () => {
    const target = oddOnce((_, outcomes) => outcomes.slice(0, 2))
    const world = await bench.world({ target })
    await Promise.all(subjects(5).map((subject) => world.accept(subject, 1)))
    await world.worker({ beatMs: 50 })
    for (const subject of subjects(5)) await world.until(subject, 'delivered')
    for (const subject of subjects(5)) expect(target.applied(subject)).toEqual([1])
    const asked = target.arrivals.filter((one) => one.kind === 'confirm')
    expect(asked).toHaveLength(3)
  })

  it('gives what a batch throws to all of it', async () => {
    const target = oddOnce(() => {
      throw later('target-busy')
    })
    const world = await bench.world({ target })
    await Promise.all(subjects(5).map((subject) => world.accept(subject, 1)))
    await world.worker({ beatMs: 50 })
    for (const subject of subjects(5)) await world.until(subject, 'delivered')
    for (const subject of subjects(5)) expect(target.sent(subject)).toEqual([1, 1])
  })

  it.each([
    [
      'throws what is no connector error',
      () => {
        throw new TypeError('x is not a function')
      },
    ],
    ['answers with something that is no outcome', () => [{ kind: 'fine' } as never]],
  ])('makes a batch that %s a bug, loud, for those it concerns', async (_, odd) => {
    const target = oddOnce(odd)
    const world = await bench.world({ target })
    await world.accept('S1', 1)
    const worker = await world.worker({ beatMs: 50 })
    await world.until('S1', 'dead')
    expect((await world.rows('S1'))[0]?.code).toBe('bug')
    expect(worker.lines.some((line) => line.level === 'error')).toBe(true)
  })

  it('costs nobody a try when the session of a batch is refused', async () => {
    const target = createTarget({ repeat: 'ask', batch })
    const world = await bench.world({ target })
    target.byDefault(refusedSession)
    await Promise.all(subjects(5).map((subject) => world.accept(subject, 1)))
    const worker = await world.worker({ beatMs: 50 })
    await waitUntil('the system is paused', async () => {
      const gates = await bench
        .database()
        .sql('select 1 from hub.system_state where system = $1 and paused_at is not null', [
          world.system.id,
        ])
      return gates.length === 1 && worker.drain.open().length === 0
    })
    for (const subject of subjects(5))
      expect((await world.rows(subject))[0]).toMatchObject({ state: 'waiting', tries: 0 })
  })

  it('hands a gathered batch back when it stops', async () => {
    const target = createTarget({ repeat: 'ask', batch: { max: 100, maxWaitMs: 60_000 } })
    const world = await bench.world({ target })
    await Promise.all(subjects(3).map((subject) => world.accept(subject, 1)))
    const worker = await world.worker()
    await waitUntil('they are gathered', () => worker.drain.open().length === 3)
    // A disk that is slow for a moment is not what this is about.
    await worker.stop(20_000)
    for (const subject of subjects(3))
      expect((await world.rows(subject))[0]).toMatchObject({ state: 'waiting', tries: 0 })
    expect(target.batches).toEqual([])
  })
}

describeEngine('batch-run', bothBackends, (bench) => {
  travels(bench)
  fails(bench)
})
