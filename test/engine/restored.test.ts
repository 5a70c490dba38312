import { expect, it } from 'vitest'
import { type Bench, bothBackends, describeEngine } from '../support/backends.ts'
import { eventTime, type World } from '../support/engine.ts'
import { createTarget, rejected } from '../support/target.ts'
import { waitUntil } from '../support/wait.ts'

const lostUntil = eventTime(100)

/** The target takes these; then nothing is left of the store that sent them. */
async function sendAndLose(
  world: World,
  send: () => Promise<unknown>,
  last: string,
): Promise<void> {
  await send()
  const worker = await world.worker({ beatMs: 50 })
  await world.until('A', last)
  await worker.stop()
  world.target.arrivals.length = 0
  await world.lose(lostUntil)
}
const arrivals = ({ target }: World): string[] =>
  target.arrivals.map(({ kind, n }) => `${kind} ${n}`)

function restored(bench: Bench): void {
  it('asks about what comes again, and sends only what had not arrived', async () => {
    const target = createTarget({ repeat: 'ask' })
    const world = await bench.world({ target })
    await sendAndLose(world, () => world.accept('A', 1, 3), 'delivered delivered')
    await world.accept('A', 1, 2, 3)
    await world.worker({ beatMs: 50 })
    await world.until('A', 'delivered delivered delivered')
    expect(arrivals(world)).toEqual(['confirm 3', 'confirm 2', 'confirm 1', 'send 2'])
    expect(target.applied('A')).toEqual([1, 3, 2])
    // It is no first try: what a connector does only then, it does not do here.
    expect(target.arrivals.at(-1)?.attempt).toBe(2)
  })

  it('does not take a new snapshot for delivered because an older one has arrived', async () => {
    const target = createTarget({ repeat: 'ask' })
    const world = await bench.world({ target })
    const all = 'delivered delivered delivered delivered'
    await sendAndLose(world, () => world.acceptSnapshot('A', 1, 2, 3, 4), all)
    // Of a snapshot that a later one has replaced the system shows nothing any more.
    for (const n of [2, 3]) target.answerQuestions('A', n, () => 'not-applied')
    await world.acceptSnapshot('A', 5)
    await world.acceptSnapshot('A', 2, 3, 4)
    await world.worker({ beatMs: 50 })
    await world.until('A', all)
    expect(arrivals(world)).toEqual(['confirm 4', 'confirm 5', 'send 5'])
    expect(target.applied('A')).toEqual([1, 2, 3, 4, 5])
  })

  it('does not take a snapshot for delivered because a later message of another kind has arrived', async () => {
    const target = createTarget({ repeat: 'ask' })
    const world = await bench.world({ target, policy: 'skip' })
    const accept = async () => {
      await world.acceptSnapshot('A', 1)
      await world.accept('A', 2)
    }
    target.script('A', 1, rejected)
    await sendAndLose(world, accept, 'dead delivered')
    await accept()
    await world.worker({ beatMs: 50 })
    await world.until('A', 'delivered delivered')
    expect(arrivals(world)).toEqual(['confirm 2', 'confirm 1', 'send 1'])
    expect(target.applied('A')).toEqual([2, 1])
  })

  it('gives to a person what nobody can be asked about, though a later one has arrived', async () => {
    const target = createTarget({ repeat: 'person' })
    const world = await bench.world({ target })
    await sendAndLose(world, () => world.acceptSnapshot('A', 1, 2), 'delivered delivered')
    await world.acceptSnapshot('A', 1, 2)
    await world.worker({ beatMs: 50 })
    await world.until('A', 'unknown unknown')
    const decide = async (n: number, what: 'confirm-delivered' | 'send-again') =>
      waitUntil(`${n}: ${what}`, () =>
        world.intervene('A', n, what).then(
          () => true,
          () => false,
        ),
      )
    // The newest first: what is sent again must not come behind one that may have arrived.
    await decide(2, 'send-again')
    await decide(1, 'confirm-delivered')
    await world.until('A', 'delivered delivered')
    expect(arrivals(world)).toEqual(['send 2'])
  })

  it('repeats under the same keys where a repeat is harmless', async () => {
    const target = createTarget({ repeat: 'harmless' })
    const world = await bench.world({ target })
    await world.accept('A', 1, 2)
    const worker = await world.worker({ beatMs: 50 })
    await world.until('A', 'delivered delivered')
    await worker.stop()
    const before = target.arrivals.map(({ key }) => key)
    await world.lose(lostUntil)
    await world.accept('A', 1, 2)
    await world.worker({ beatMs: 50 })
    await world.until('A', 'delivered delivered')
    expect(target.arrivals.slice(2).map(({ key }) => key)).toEqual(before)
    expect(target.applied('A')).toEqual([1, 2])
  })

  it('keeps the doubt about what is behind a dead letter, and lets that be sent again', async () => {
    const target = createTarget({ repeat: 'ask' })
    const world = await bench.world({ target })
    await sendAndLose(world, () => world.accept('A', 2), 'delivered')
    target.script('A', 1, rejected)
    target.answerQuestions('A', 2, () => 'cannot-tell')
    await world.accept('A', 1)
    const worker = await world.worker({ beatMs: 50 })
    await world.until('A', 'dead')
    await world.accept('A', 2)
    await world.intervene('A', 1, 'redrive')
    await world.until('A', 'delivered delivered')
    await worker.stop()
    expect(target.sent('A')).toEqual([1, 1])
  })

  it('asks about nothing that happened after the loss', async () => {
    const target = createTarget({ repeat: 'ask' })
    const world = await bench.world({ target })
    await world.lose(lostUntil)
    await world.accept('A', 101, 102)
    await world.worker({ beatMs: 50 })
    await world.until('A', 'delivered delivered')
    expect(arrivals(world)).toEqual(['send 101', 'send 102'])
  })
}

describeEngine('restored', bothBackends, restored)
