import { expect, it } from 'vitest'
import { later, unauthorised } from '../../src/connector/errors.ts'
import { type Bench, bothBackends, describeEngine } from '../support/backends.ts'
import type { World } from '../support/engine.ts'
import { appliedUnheard, createTarget, lost, rejected, type Step } from '../support/target.ts'
import { waitUntil } from '../support/wait.ts'

const questions = (world: World): number[] =>
  world.target.arrivals.filter((one) => one.kind === 'confirm').map((one) => one.n)

function oneUnknown(bench: Bench): void {
  it('asks before it sends again, and not before the settle time', async () => {
    const target = createTarget({ repeat: 'ask' })
    const world = await bench.world({ target, system: { settleMs: 300 } })
    target.script('A', 1, appliedUnheard)
    await world.accept('A', 1, 2)
    await world.worker({ beatMs: 50 })
    await world.until('A', 'delivered delivered')
    expect(target.arrivals.map((one) => [one.kind, one.n])).toEqual([
      ['send', 1],
      ['confirm', 1],
      ['send', 2],
    ])
    const [sent, asked] = target.arrivals
    expect((asked?.atMs ?? 0) - (sent?.atMs ?? 0)).toBeGreaterThanOrEqual(299)
    expect(target.applied('A')).toEqual([1, 2])
  })

  it('sends again what the system says it does not have, under the same key', async () => {
    const target = createTarget({ repeat: 'ask' })
    const world = await bench.world({ target })
    target.script('A', 1, lost, lost)
    await world.accept('A', 1, 2)
    await world.worker({ beatMs: 50 })
    await world.until('A', 'delivered delivered')
    expect(target.sent('A')).toEqual([1, 1, 1, 2])
    expect(questions(world)).toEqual([1, 1])
    expect(new Set(target.arrivals.slice(0, -1).map((one) => one.key)).size).toBe(1)
    expect((await world.rows('A'))[0]).toMatchObject({ tries: 3, asked: 2 })
  })

  it('waits out an apply that comes late, rather than guess', async () => {
    const target = createTarget({ repeat: 'ask' })
    const world = await bench.world({ target })
    target.script('A', 1, { ...lost, applies: 'late' })
    // While it is at it the system says honestly that it cannot tell.
    let late = false
    const busyWithIt = () => {
      if (late) return 'applied' as const
      late = true
      return 'cannot-tell' as const
    }
    target.answerQuestions('A', 1, busyWithIt, busyWithIt)
    await world.accept('A', 1)
    await world.worker({ beatMs: 50 })
    await waitUntil('it has been asked', () => late)
    target.applyLate()
    await world.until('A', 'delivered')
    expect(target.sent('A')).toEqual([1])
    expect(target.applied('A')).toEqual([1])
  })

  it('counts no question that its own stop cut off', async () => {
    const target = createTarget({ repeat: 'ask' })
    const world = await bench.world({ target })
    target.script('A', 1, appliedUnheard)
    const cutOff = (): never => {
      throw later('interrupted')
    }
    target.answerQuestions('A', 1, cutOff, cutOff, cutOff, cutOff)
    await world.accept('A', 1)
    await world.worker({ beatMs: 50 })
    await world.until('A', 'delivered')
    expect(questions(world)).toEqual([1, 1, 1, 1, 1])
    expect((await world.rows('A'))[0]).toMatchObject({ tries: 1, asked: 1 })
  })

  it('gives it to a person after three answers that tell nothing', async () => {
    const target = createTarget({ repeat: 'ask' })
    const world = await bench.world({ target })
    target.script('A', 1, lost)
    target.answerQuestions('A', 1, ...Array.from({ length: 9 }, () => () => 'cannot-tell' as const))
    await world.accept('A', 1, 2)
    const worker = await world.worker({ beatMs: 50 })
    const { lane } = await world.place('A', 1)
    const failures = () =>
      bench.database().sql('select code, state from hub.failure where lane = $1', [lane])
    await waitUntil('a person is asked', failures, (rows) => rows.length === 1)
    await world.accept('A', 3)
    await worker.sweep.beat()
    expect(questions(world)).toEqual([1, 1, 1])
    expect(await world.states('A')).toBe('unknown waiting waiting')
    expect(target.sent('A')).toEqual([1])
    expect(await failures()).toEqual([{ code: 'outcome-unknown', state: 'unknown' }])
  })

  it.each([
    ['refused', () => later('connection-refused')],
    ['unauthorised', () => unauthorised('session-refused')],
    ['broken', () => new TypeError('x is not a function')],
  ])('never takes a %s question for "not there"', async (name, error) => {
    const target = createTarget({ repeat: 'ask' })
    const world = await bench.world({ target })
    target.script('A', 1, appliedUnheard)
    const fail = () => {
      throw error()
    }
    target.answerQuestions('A', 1, fail, fail)
    await world.accept('A', 1, 2)
    await world.worker({ beatMs: 50 })
    if (name === 'unauthorised') {
      await waitUntil('it was asked', () => questions(world).length === 1)
      const act = { actor: 'user:tests', reason: 'cấp lại' }
      await waitUntil('it is paused', () => world.gates.resume(world.system.id, act))
      await waitUntil('it was asked again', () => questions(world).length === 2)
      await waitUntil('it is paused again', () => world.gates.resume(world.system.id, act))
    }
    await world.until('A', 'delivered delivered')
    expect(target.sent('A')).toEqual([1, 2])
    expect(questions(world)).toEqual([1, 1, 1])
    expect(target.applied('A')).toEqual([1, 2])
  })

  it('asks nobody where nobody can be asked: a person decides at once', async () => {
    const target = createTarget({ repeat: 'person' })
    const world = await bench.world({ target })
    target.script('A', 1, lost)
    await world.accept('A', 1, 2)
    await world.worker({ beatMs: 50 })
    await world.until('A', 'unknown waiting')
    const { lane } = await world.place('A', 1)
    const failures = () => bench.database().sql('select 1 from hub.failure where lane = $1', [lane])
    await waitUntil('it is listed', failures, (rows) => rows.length === 1)
    await world.intervene('A', 1, 'confirm-delivered')
    await world.until('A', 'delivered delivered')
    expect(target.sent('A')).toEqual([1, 2])
  })

  it('repeats without a question where keys are honoured', async () => {
    const target = createTarget({ repeat: 'harmless' })
    const world = await bench.world({ target })
    target.script('A', 1, appliedUnheard, lost)
    await world.accept('A', 1, 2)
    await world.worker({ beatMs: 50 })
    await world.until('A', 'delivered delivered')
    expect(target.sent('A')).toEqual([1, 1, 1, 2])
    expect(target.applied('A')).toEqual([1, 2])
  })
}

/** A worker that is lost after the target has got `reached` of the lane's four deliveries. */
async function loseAfter(
  world: World,
  reached: number,
  accept: World['accept'] = world.accept,
): Promise<void> {
  const { target } = world
  const hang: Step = { until: new Promise(() => undefined), applies: 'now' }
  if (reached > 0) target.script('A', reached, hang)
  await accept('A', 1, 2, 3, 4)
  const claimed: { lanes: number } = { lanes: 0 }
  const worker = await world.worker({
    leaseMs: 300,
    intercept: (store) => ({
      ...store,
      async claim(request) {
        const lanes = await store.claim(request)
        claimed.lanes += lanes.length
        if (reached === 0 && lanes.length > 0) return new Promise(() => undefined)
        return lanes
      },
    }),
  })
  await waitUntil(
    'it has come so far',
    () => claimed.lanes > 0 && target.sent('A').length === reached,
  )
  await worker.kill()
}

/** Another worker, that is lost when it has decided what to do with what it found. */
async function loseSettling(world: World): Promise<void> {
  let settling = false
  const worker = await world.worker({
    leaseMs: 300,
    beatMs: 50,
    intercept: (store) => ({
      ...store,
      settle: () => {
        settling = true
        return new Promise(() => undefined)
      },
    }),
  })
  await waitUntil('it has found it', () => settling)
  await worker.kill()
}

function lostRun(bench: Bench): void {
  it.each([0, 1, 2, 3, 4])('finds out how far a lost worker came: %i of 4', async (reached) => {
    const target = createTarget({ repeat: 'ask' })
    const world = await bench.world({ target })
    await loseAfter(world, reached, world.acceptSnapshot)
    await world.worker({ beatMs: 50, leaseMs: 1_000 })
    await world.until('A', 'delivered delivered delivered delivered')
    expect(target.applied('A')).toEqual([1, 2, 3, 4])
    expect(target.sent('A')).toEqual([1, 2, 3, 4])
    // Newest first, and no question more than it takes.
    const newestFirst = [4, 3, 2, 1].slice(0, 4 - reached + (reached > 0 ? 1 : 0))
    expect(questions(world)).toEqual(newestFirst)
  })

  it.each([0, 2, 4])(
    'asks about each of a lost run that is no snapshot: %i of 4',
    async (reached) => {
      const target = createTarget({ repeat: 'ask' })
      const world = await bench.world({ target })
      await loseAfter(world, reached)
      await world.worker({ beatMs: 50, leaseMs: 1_000 })
      await world.until('A', 'delivered delivered delivered delivered')
      expect(target.applied('A')).toEqual([1, 2, 3, 4])
      expect(questions(world)).toEqual([4, 3, 2, 1])
    },
  )

  it.each([0, 2, 4])('repeats a lost run in order where keys are honoured: %i of 4', async (n) => {
    const target = createTarget({ repeat: 'harmless' })
    const world = await bench.world({ target })
    await loseAfter(world, n)
    await world.worker({ beatMs: 50, leaseMs: 1_000 })
    await world.until('A', 'delivered delivered delivered delivered')
    expect(target.applied('A')).toEqual([1, 2, 3, 4])
    expect(target.sent('A').slice(n)).toEqual([1, 2, 3, 4])
  })

  it.each(['ask', 'harmless'] as const)(
    'delivers at last what five workers were lost over: %s',
    async (repeat) => {
      const target = createTarget({ repeat })
      const world = await bench.world({ target })
      await loseAfter(world, 1)
      for (let lost = 1; lost < 5; lost++) await loseSettling(world)
      await world.worker({ beatMs: 50, leaseMs: 1_000 })
      await world.until('A', 'delivered delivered delivered delivered')
      expect(target.applied('A')).toEqual([1, 2, 3, 4])
    },
  )

  it('leaves one delivery in doubt, not four, where neither key nor question helps', async () => {
    const target = createTarget({ repeat: 'person' })
    const world = await bench.world({ target })
    await loseAfter(world, 1)
    await world.worker({ beatMs: 50, leaseMs: 1_000 })
    await world.until('A', 'unknown waiting waiting waiting')
    await waitUntil(
      'it is known why',
      async () => (await world.rows('A'))[0]?.code === 'worker-lost',
    )
    expect(target.sent('A')).toEqual([1])
  })

  it('asks on when a second worker is lost while it asks', async () => {
    const target = createTarget({ repeat: 'ask' })
    const world = await bench.world({ target })
    await loseAfter(world, 2)
    await loseSettling(world)
    expect(await world.states('A')).toBe('unknown unknown unknown unknown')
    await world.worker({ beatMs: 50, leaseMs: 1_000 })
    await world.until('A', 'delivered delivered delivered delivered')
    expect(target.applied('A')).toEqual([1, 2, 3, 4])
  })

  it('gives a lost run to a person when the system cannot tell how far it came, and asks no faster than it may', async () => {
    const target = createTarget({ repeat: 'ask' })
    const world = await bench.world({ target })
    target.answerQuestions(
      'A',
      4,
      ...Array.from({ length: 99 }, () => () => 'cannot-tell' as const),
    )
    await loseAfter(world, 2)
    const worker = await world.worker({ beatMs: 50, leaseMs: 1_000 })
    const { lane } = await world.place('A', 1)
    const failures = () =>
      bench.database().sql('select number from hub.failure where lane = $1 order by number', [lane])
    await waitUntil('a person is asked', failures, (rows) => rows.length === 4)
    await worker.sweep.beat()
    expect(questions(world)).toEqual([4, 4, 4])
    expect(await world.states('A')).toBe('unknown unknown unknown unknown')
    expect((await world.rows('A')).map((row) => row.asked)).toEqual([0, 0, 0, 3])
    expect(target.sent('A')).toEqual([1, 2])
  })

  it('repeats on when a second worker is lost, where keys are honoured', async () => {
    const target = createTarget({ repeat: 'harmless' })
    const world = await bench.world({ target })
    await loseAfter(world, 2)
    await loseSettling(world)
    await world.worker({ beatMs: 50, leaseMs: 1_000 })
    await world.until('A', 'delivered delivered delivered delivered')
    expect(target.applied('A')).toEqual([1, 2, 3, 4])
  })

  it('does not take a rejected one for delivered because a later one arrived', async () => {
    const target = createTarget({ repeat: 'ask' })
    const world = await bench.world({ target, policy: 'skip' })
    target.script('A', 1, rejected)
    await loseAfter(world, 2)
    await world.worker({ beatMs: 50, leaseMs: 1_000 })
    await world.until('A', 'dead delivered delivered delivered')
    expect(target.applied('A')).toEqual([2, 3, 4])
  })
}

function mixed(bench: Bench): void {
  const withRepeats = (progress: 'harmless' | 'ask' | 'person', snapshot: 'harmless' | 'ask') => {
    const target = createTarget({ repeat: 'ask' })
    const operations = target.manifest.operations.map((operation) => ({
      ...operation,
      repeat: operation.name === 'progress' ? progress : snapshot,
    }))
    return { ...target, manifest: { ...target.manifest, operations } }
  }

  it('does not repeat an older harmless one behind a newer that may have arrived', async () => {
    const target = withRepeats('harmless', 'ask')
    const world = await bench.world({ target })
    const hang: Step = { until: new Promise(() => undefined), applies: 'now' }
    target.script('A', 2, hang)
    await world.accept('A', 1)
    await world.acceptSnapshot('A', 2)
    const worker = await world.worker({ leaseMs: 300 })
    await waitUntil('both have arrived', () => target.sent('A').length === 2)
    await worker.kill()
    await world.worker({ beatMs: 50, leaseMs: 1_000 })
    await world.until('A', 'delivered delivered')
    expect(target.applied('A')).toEqual([1, 2])
  })

  it('sends the harmless ones again when the newer surely did not arrive', async () => {
    const target = withRepeats('harmless', 'ask')
    const world = await bench.world({ target })
    const hang: Step = { until: new Promise(() => undefined), applies: 'never' }
    target.script('A', 1, hang)
    await world.accept('A', 1)
    await world.acceptSnapshot('A', 2)
    const worker = await world.worker({ leaseMs: 300 })
    await waitUntil('the first has arrived', () => target.sent('A').length === 1)
    await worker.kill()
    await world.worker({ beatMs: 50, leaseMs: 1_000 })
    await world.until('A', 'delivered delivered')
    expect(target.applied('A')).toEqual([1, 2])
  })
}

describeEngine('ask-run', bothBackends, (bench) => {
  oneUnknown(bench)
  lostRun(bench)
  mixed(bench)
})
