import { expect, it } from 'vitest'
import { type Bench, describeEngine, everyWay } from '../support/backends.ts'
import { createTarget, rejected, type Step } from '../support/target.ts'
import { waitUntil } from '../support/wait.ts'

const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index)
const all = (count: number, state: string): string =>
  range(1, count)
    .map(() => state)
    .join(' ')

/** A step that is held until the test says so. */
function held(step: Step): { step: Step; open(): void } {
  let open = (): void => undefined
  const until = new Promise<void>((resolve) => {
    open = resolve
  })
  return { step: { ...step, until }, open: () => open() }
}
const ok: Step = { outcome: { kind: 'delivered' }, applies: 'now' }

function claims(bench: Bench): void {
  it('sends a lane in order, one run-ahead after the other without waiting for a beat', async () => {
    const target = createTarget({ repeat: 'ask' })
    const world = await bench.world({ target })
    await world.accept('A', ...range(1, 23))
    // With a beat this slow only the drain itself can have gone on.
    const worker = await world.worker({ beatMs: 60_000 })
    await world.until('A', all(23, 'delivered'))
    expect(target.sent('A')).toEqual(range(1, 23))
    expect(worker.drain.open()).toEqual([])
  })

  it('sends what came while its lane was in work as soon as the lane is free', async () => {
    const target = createTarget({ repeat: 'ask' })
    const world = await bench.world({ target })
    const first = held(ok)
    target.script('A', 1, first.step)
    await world.accept('A', 1)
    const worker = await world.worker({ beatMs: 60_000 })
    await waitUntil('the first is on its way', () => target.arrivals.length === 1)
    await world.accept('A', 2)
    if (bench.wakeups === 'none') worker.drain.wake()
    first.open()
    await world.until('A', 'delivered delivered')
  })

  it('runs many lanes side by side, each in order, never more than its concurrency', async () => {
    const target = createTarget({ repeat: 'ask' })
    const world = await bench.world({ target, system: { concurrency: 6 } })
    const subjects = range(1, 30).map((n) => `S${n}`)
    await Promise.all(subjects.map((subject) => world.accept(subject, 1, 2, 3)))
    await world.worker()
    for (const subject of subjects) {
      await world.until(subject, all(3, 'delivered'))
      expect(target.sent(subject)).toEqual([1, 2, 3])
    }
    expect(target.most.inAll).toBeLessThanOrEqual(6)
    expect(target.most.inAll).toBeGreaterThan(1)
  })

  it('lets no slow dossier hold up the others', async () => {
    const target = createTarget({ repeat: 'ask' })
    const world = await bench.world({ target, system: { concurrency: 4 } })
    const slow = held(ok)
    target.script('slow', 1, slow.step)
    await world.accept('slow', 1, 2)
    await world.worker()
    await waitUntil('the slow one is on its way', () => target.arrivals.length === 1)
    for (const n of range(1, 10)) await world.accept(`quick-${n}`, 1)
    for (const n of range(1, 10)) await world.until(`quick-${n}`, 'delivered')
    expect(await world.states('slow')).toBe('sending sending')
    slow.open()
    await world.until('slow', 'delivered delivered')
  })

  it('picks up what is accepted while it runs', async () => {
    const target = createTarget({ repeat: 'ask' })
    const world = await bench.world({ target })
    await world.worker()
    for (const n of range(1, 12)) await world.accept(n % 2 === 0 ? 'A' : 'B', n)
    await world.until('A', all(6, 'delivered'))
    await world.until('B', all(6, 'delivered'))
    expect(target.sent('A')).toEqual([2, 4, 6, 8, 10, 12])
  })
}

function stops(bench: Bench): void {
  it('hands everything back when it stops, without counting a try', async () => {
    const target = createTarget({ repeat: 'ask' })
    const world = await bench.world({ target })
    const first = held(ok)
    target.script('A', 1, first.step)
    await world.accept('A', 1, 2, 3)
    const worker = await world.worker()
    await waitUntil('the first is on its way', () => target.arrivals.length === 1)
    const stopped = worker.stop()
    first.open()
    await stopped
    expect(await world.states('A')).toBe('delivered waiting waiting')
    const rows = await world.rows('A')
    expect(rows.map((row) => [row.tries, row.sent_at !== null])).toEqual([
      [1, true],
      [0, false],
      [0, false],
    ])
    expect(target.sent('A')).toEqual([1])
    const [lane] = await bench
      .database()
      .sql('select owner, lease_until, head_number from hub.lane where id = $1', [rows[0]?.lane])
    expect(lane).toEqual({ owner: null, lease_until: null, head_number: 2 })
    // The next process goes on at once.
    await world.worker()
    await world.until('A', 'delivered delivered delivered')
    expect(target.sent('A')).toEqual([1, 2, 3])
  })

  it('hands back what a claim brings that was under way when it was told to stop', async () => {
    const target = createTarget({ repeat: 'ask' })
    const world = await bench.world({ target })
    let claiming = false
    let release = (): void => undefined
    const gate = new Promise<void>((resolve) => {
      release = resolve
    })
    await world.accept('A', 1, 2)
    const worker = await world.worker({
      intercept: (store) => ({
        ...store,
        async claim(request) {
          const lanes = await store.claim(request)
          claiming = true
          await gate
          return lanes
        },
      }),
    })
    await waitUntil('a claim is under way', () => claiming)
    const stopped = worker.stop()
    release()
    await stopped
    expect(await world.states('A')).toBe('waiting waiting')
    expect(target.arrivals).toEqual([])
  })

  it('interrupts what does not end within its grace, and leaves nothing in the air', async () => {
    const target = createTarget({ repeat: 'ask' })
    const world = await bench.world({ target })
    const never: Step = {
      outcome: { kind: 'unknown', code: 'interrupted' },
      until: new Promise(() => undefined),
    }
    target.script('A', 1, never)
    await world.accept('A', 1)
    const worker = await world.worker()
    await waitUntil('it is on its way', () => target.arrivals.length === 1)
    await worker.stop(50)
    expect(await world.states('A')).toBe('unknown')
    await world.worker()
    await world.until('A', 'delivered')
    expect(target.sent('A')).toEqual([1, 1])
  })

  it('does not wait for the rate limit when it stops', async () => {
    const target = createTarget({ repeat: 'ask' })
    const world = await bench.world({ target, system: { ratePerSecond: 0.01 } })
    await Promise.all(range(1, 4).map((n) => world.accept(`R${n}`, 1)))
    const worker = await world.worker()
    await waitUntil('one was let through', () => target.arrivals.length === 1)
    await worker.stop()
    const states = await Promise.all(range(1, 4).map((n) => world.states(`R${n}`)))
    expect(states.sort()).toEqual(['delivered', 'waiting', 'waiting', 'waiting'])
  })
}

function keepsApart(bench: Bench): void {
  it('writes every lane that can be written when one of the same moment cannot', async () => {
    const target = createTarget({ repeat: 'harmless' })
    const world = await bench.world({ target })
    const huge = 10n
    target.script('bad', 1, { outcome: { kind: 'delivered', memo: { huge } }, applies: 'now' })
    await Promise.all(['bad', 'good-1', 'good-2', 'good-3'].map((one) => world.accept(one, 1)))
    const worker = await world.worker({ leaseMs: 400 })
    for (const subject of ['good-1', 'good-2', 'good-3']) await world.until(subject, 'delivered')
    // The bad one is told of loudly, and tried again when its lease has run out.
    await world.until('bad', 'delivered')
    expect(
      worker.lines.filter((line) => line.level === 'error').map((line) => line.fields.step),
    ).toContain('settle')
    expect(target.sent('bad')).toEqual([1, 1])
    expect(target.applied('bad')).toEqual([1])
  })

  it('keeps to one system when one lane of two systems is at fault', async () => {
    const sick = createTarget({ repeat: 'ask' })
    const well = createTarget({ repeat: 'ask' })
    sick.byDefault(rejected)
    const one = await bench.world({ target: sick })
    const two = await bench.world({ target: well })
    await one.worker()
    await two.worker()
    await one.accept('A', 1, 2)
    await two.accept('A', 1, 2)
    await two.until('A', 'delivered delivered')
    await one.until('A', 'dead waiting')
  })
}

describeEngine('drain', everyWay, (bench) => {
  claims(bench)
  stops(bench)
  keepsApart(bench)
})
