import { describe, expect, it } from 'vitest'
import { defaultCircuitRule } from '../../src/domain/circuit.ts'
import type { System } from '../../src/domain/configuration.ts'
import type { Outcome } from '../../src/domain/outcome.ts'
import { createGate, shareOf } from '../../src/engine/lanes/gate.ts'
import type { GateStore, SystemGate } from '../../src/engine/ports/lanes.ts'
import { type Bench, bothBackends, describeEngine } from '../support/backends.ts'
import type { TestWorker, World } from '../support/engine.ts'
import { quietLogger } from '../support/quiet-logger.ts'
import {
  appliedUnheard,
  busy,
  createTarget,
  lost,
  refusedSession,
  rejected,
} from '../support/target.ts'
import { waitUntil } from '../support/wait.ts'

const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index)
const act = { actor: 'user:lan', reason: 'chờ chứng thư số' }
const good: Outcome = { kind: 'delivered' }
const bad: Outcome = { kind: 'retry', code: 'target-busy' }

const well: SystemGate = {
  system: 'x',
  paused: false,
  circuit: 'closed',
  probeInMs: 0,
  closedForMs: 1e12,
  oldestDueMs: 0,
}

/** A gate on a clock that the test moves, with a store that always agrees. */
function gateOnClock(change: Partial<System> = {}) {
  let nowMs = 1_000_000
  let today = Date.parse('2026-03-02T03:00:00Z')
  const said: string[] = []
  const say = async (what: string): Promise<boolean> => said.push(what) > 0
  const store: GateStore = {
    openCircuit: (_, afterMs, code) => say(`open ${afterMs} ${code}`),
    takeProbe: () => say('probe'),
    closeCircuit: () => say('close'),
    pause: (_, by, __, code) => say(`pause ${by.actor} ${code}`),
    resume: () => say('resume'),
  }
  const system = {
    id: 'x',
    concurrency: 20,
    circuit: defaultCircuitRule,
    maintenance: [],
    ...change,
  }
  const gate = createGate(
    {
      store,
      clock: { now: () => new Date(today), monotonicMs: () => nowMs },
      log: quietLogger,
      process: 'b',
      opened: () => undefined,
    },
    system as unknown as System,
  )
  const pass = (ms: number): void => {
    nowMs += ms
    today += ms
  }
  const learn = (found: Partial<SystemGate> = {}, workers = ['b']): void =>
    gate.update({ ...well, ...found }, workers, nowMs)
  return { gate, said, pass, learn }
}

describe('gate: by the clock', () => {
  it('is shut until a beat has told who else works', async () => {
    const { gate, learn } = gateOnClock()
    expect((await gate.room(0, 1)).lanes).toBe(0)
    learn()
    expect((await gate.room(0, 1)).lanes).toBe(20)
    expect((await gate.room(13, 1)).lanes).toBe(7)
    expect((await gate.room(25, 1)).lanes).toBe(0)
  })

  it('obeys a new rate at once, for those as well who wait by the old one', async () => {
    const system = { id: 'x', concurrency: 20, circuit: defaultCircuitRule, maintenance: [] }
    const slow = { ...system, ratePerSecond: 0.001 }
    const { gate, learn } = gateOnClock(slow)
    learn()
    const { signal } = new AbortController()
    await gate.turn(signal)
    let through = 0
    const waiting = range(1, 3).map(() => gate.turn(signal).then(() => (through += 1)))
    gate.configure({ ...slow, title: { vi: 'Khác', en: 'Other' } } as unknown as System)
    await new Promise((done) => setTimeout(done, 20))
    expect(through).toBe(0)
    gate.configure(system as unknown as System)
    await Promise.all(waiting)
    expect(through).toBe(3)
  })

  it('divides a limit among the workers so that the parts make the whole', () => {
    for (const limit of [0, 1, 2, 7, 16, 100])
      for (const count of [1, 2, 3, 8, 30]) {
        const workers = range(1, count).map(String)
        const parts = workers.map((one) => shareOf(limit, workers, one))
        expect(parts.reduce((a, b) => a + b, 0)).toBe(limit)
        expect(Math.max(...parts) - Math.min(...parts)).toBeLessThanOrEqual(1)
      }
    expect(shareOf(10, ['a'], 'not among them')).toBe(0)
  })

  it('opens at five bad outcomes in a row and lets one probe through each 30 s', async () => {
    const { gate, said, pass, learn } = gateOnClock()
    learn()
    for (const outcome of [bad, bad, bad, bad, good, bad, bad, bad, bad]) gate.saw(outcome)
    expect((await gate.room(0, 1)).lanes).toBe(20)
    gate.saw(bad)
    expect(said).toEqual(['open 30000 target-busy'])
    expect(await gate.room(0, 1)).toEqual({ lanes: 0, probe: false })
    expect(gate.isOpen(false)).toBe(false)
    expect(gate.isOpen(true)).toBe(true)
    pass(29_999)
    expect((await gate.room(0, 1)).lanes).toBe(0)
    pass(1)
    // Not while something is still under way.
    expect((await gate.room(1, 1)).lanes).toBe(0)
    expect(await gate.room(0, 1)).toEqual({ lanes: 1, probe: true })
    expect((await gate.room(1, 1)).lanes).toBe(0)
    gate.saw(bad)
    expect((await gate.room(0, 1)).lanes).toBe(0)
    pass(30_000)
    expect(await gate.room(0, 1)).toEqual({ lanes: 1, probe: true })
    gate.saw(good)
    expect(said).toEqual(['open 30000 target-busy', 'probe', 'probe', 'close'])
  })

  it('keeps a probe for the next lane when the first needed no request', async () => {
    const { gate, said, pass, learn } = gateOnClock()
    learn()
    for (const outcome of [bad, bad, bad, bad, bad]) gate.saw(outcome)
    pass(30_000)
    expect(await gate.room(0, 1)).toEqual({ lanes: 1, probe: true })
    pass(29_999)
    expect(await gate.room(0, 1)).toEqual({ lanes: 1, probe: true })
    // By then another process may have one.
    pass(1)
    await gate.room(0, 1)
    expect(said).toEqual(['open 30000 target-busy', 'probe', 'probe'])
  })

  it('uses a probe up with the first request, also one whose answer says nothing', async () => {
    const { gate, pass, learn } = gateOnClock()
    learn()
    for (const outcome of [bad, bad, bad, bad, bad]) gate.saw(outcome)
    pass(30_000)
    expect((await gate.room(0, 1)).probe).toBe(true)
    gate.asked()
    expect(await gate.room(0, 1)).toEqual({ lanes: 0, probe: false })
  })

  it('takes a request that it stopped itself neither for good nor for bad', async () => {
    const { gate, said, pass, learn } = gateOnClock()
    learn()
    for (const outcome of [bad, bad, bad, bad, bad]) gate.saw(outcome)
    pass(30_000)
    await gate.room(0, 1)
    gate.saw({ kind: 'retry', code: 'interrupted' })
    expect(said).toEqual(['open 30000 target-busy', 'probe'])
    expect(gate.isOpen(false)).toBe(false)
  })

  it('opens at half of twenty', async () => {
    const { gate, said, learn } = gateOnClock()
    learn()
    for (const n of range(1, 19)) gate.saw(n % 2 === 0 ? good : bad)
    expect(said).toEqual([])
    gate.saw(good)
    expect(said).toHaveLength(1)
  })

  it.each([
    ['permanent', { kind: 'permanent', code: 'target-rejected' }],
    ['auth', { kind: 'auth', code: 'session-refused' }],
    ['interrupted', { kind: 'retry', code: 'interrupted' }],
  ] as const)('does not hold an outcome of kind %s against the system', (_, outcome) => {
    const { gate, said, learn } = gateOnClock()
    learn()
    for (const _ of range(1, 60)) gate.saw(outcome)
    expect(said.filter((what) => what.startsWith('open'))).toEqual([])
  })

  it('comes back by a ramp, and fills what the ramp allows from its first moment', async () => {
    const { gate, pass, learn } = gateOnClock()
    learn({ closedForMs: 0 })
    expect((await gate.room(0, 1)).lanes).toBe(2)
    pass(15_000)
    expect((await gate.room(4, 1)).lanes).toBe(6)
    pass(15_000)
    expect((await gate.room(0, 1)).lanes).toBe(20)
  })

  it('does not let what it saw before an outage count after it', async () => {
    const { gate, said, learn, pass } = gateOnClock()
    learn()
    for (const _ of range(1, 4)) gate.saw(bad)
    // Another process has opened the circuit, and closed it again.
    learn({ circuit: 'open', probeInMs: 30_000 })
    pass(60_000)
    learn({ closedForMs: 100 })
    gate.saw(bad)
    expect(said).toEqual([])
  })

  it('does not believe a beat that read before its own change was written', async () => {
    const { gate, learn } = gateOnClock()
    learn()
    gate.saw({ kind: 'auth', code: 'session-refused' })
    learn()
    expect((await gate.room(0, 1)).lanes).toBe(0)
  })

  it('lets nothing through in a maintenance window, and everything after it', async () => {
    const until = '2026-03-02T03:30:00Z'
    const once = { kind: 'once', from: '2026-03-02T02:00:00Z', to: until, reason: '' } as const
    const { gate, pass, learn } = gateOnClock({ maintenance: [once] })
    learn()
    expect((await gate.room(0, 1)).lanes).toBe(0)
    expect(gate.isOpen(false)).toBe(false)
    pass(30 * 60_000)
    expect((await gate.room(0, 1)).lanes).toBe(20)
  })
})

/** Two beats of a worker: whatever it could find to send it has begun to send. */
async function hadItsChance(worker: TestWorker): Promise<void> {
  await worker.sweep.beat()
  await worker.sweep.beat()
}

function pauses(bench: Bench): void {
  it('sends nothing to a paused system, costs no tries, and goes on when it is resumed', async () => {
    const target = createTarget({ repeat: 'ask' })
    const world = await bench.world({ target })
    await world.gates.pause(world.system.id, act)
    const worker = await world.worker({ beatMs: 50 })
    await world.accept('A', 1, 2)
    await hadItsChance(worker)
    expect(target.arrivals).toEqual([])
    expect((await world.rows('A')).map((row) => [row.state, row.tries])).toEqual([
      ['waiting', 0],
      ['waiting', 0],
    ])
    expect(await world.gates.pause(world.system.id, act)).toBe(false)
    expect(await world.gates.resume(world.system.id, act)).toBe(true)
    expect(await world.gates.resume(world.system.id, act)).toBe(false)
    await world.until('A', 'delivered delivered')
    const audit = await bench
      .database()
      .sql('select action from hub.audit where object = $1 order by id', [world.system.id])
    expect(audit).toEqual([{ action: 'system.paused' }, { action: 'system.resumed' }])
  })

  it('resumes by itself at the time that was said', async () => {
    const target = createTarget({ repeat: 'ask' })
    const world = await bench.world({ target })
    const resumeAt = new Date(Date.now() + 400)
    await world.gates.pause(world.system.id, act, resumeAt)
    await world.accept('A', 1)
    await world.worker({ beatMs: 50 })
    await world.until('A', 'delivered')
    expect(Date.now()).toBeGreaterThanOrEqual(resumeAt.getTime())
  })

  it('stops a run in its middle when the system is paused, and hands the rest back', async () => {
    const target = createTarget({ repeat: 'ask' })
    const world = await bench.world({ target })
    let open = (): void => undefined
    const until = new Promise<void>((resolve) => {
      open = resolve
    })
    target.script('A', 1, { outcome: { kind: 'delivered' }, applies: 'now', until })
    await world.accept('A', 1, 2, 3)
    const worker = await world.worker({ beatMs: 50 })
    await waitUntil('it is on its way', () => target.arrivals.length === 1)
    await world.gates.pause(world.system.id, act)
    await hadItsChance(worker)
    open()
    await world.until('A', 'delivered waiting waiting')
    expect((await world.rows('A')).map((row) => row.tries)).toEqual([1, 0, 0])
  })

  it('sends nothing in a maintenance window and goes on after it', async () => {
    const target = createTarget({ repeat: 'ask' })
    const from = new Date(Date.now() - 1_000).toISOString()
    const to = new Date(Date.now() + 500).toISOString()
    const window = { kind: 'once', from, to, reason: 'nâng cấp' } as const
    const world = await bench.world({ target, system: { maintenance: [window] } })
    await world.accept('A', 1)
    await world.worker({ beatMs: 50 })
    await world.until('A', 'delivered')
    expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(to))
    expect((await world.rows('A'))[0]?.tries).toBe(1)
  })
}

const circuit = { ...defaultCircuitRule, probeEveryMs: 250, rampMs: 100 }
const once = { retry: { stepsSeconds: [3_600], giveUpAfterHours: 100 } }
const isOpen = (bench: Bench, world: World) => async () => {
  const rows = await bench
    .database()
    .sql<{ circuit: string }>('select circuit from hub.system_state where system = $1', [
      world.system.id,
    ])
  return rows[0]?.circuit === 'open'
}

function circuits(bench: Bench): void {
  it('stops at five bad outcomes, probes, and comes back, at no cost of tries', async () => {
    const target = createTarget({ repeat: 'ask' })
    const world = await bench.world({ target, system: { ...once, circuit, concurrency: 1 } })
    target.byDefault(busy)
    for (const n of range(1, 12)) await world.accept(`S${n}`, 1)
    await world.worker({ beatMs: 50 })
    await waitUntil('the circuit is open', isOpen(bench, world))
    await waitUntil('two probes have gone', () => target.arrivals.length === 7)
    const openRows = (await Promise.all(range(1, 12).map((n) => world.rows(`S${n}`)))).flat()
    // Who was not sent has not lost a try by it.
    expect(openRows.filter((row) => row.tries === 0)).toHaveLength(5)
    const times = target.arrivals.map((one) => one.atMs)
    expect((times[5] ?? 0) - (times[4] ?? 0)).toBeGreaterThan(230)
    expect((times[6] ?? 0) - (times[5] ?? 0)).toBeGreaterThan(230)
    target.byDefault({ outcome: { kind: 'delivered' }, applies: 'now' })
    await waitUntil('the circuit is closed', async () => !(await isOpen(bench, world)()))
    await waitUntil('the rest is delivered', async () => {
      const rows = (await Promise.all(range(1, 12).map((n) => world.rows(`S${n}`)))).flat()
      return rows.filter((row) => row.state === 'delivered').length === 5
    })
    const audit = await bench
      .database()
      .sql('select action from hub.audit where object = $1 order by id', [world.system.id])
    expect(audit).toEqual([{ action: 'circuit.opened' }, { action: 'circuit.closed' }])
  })

  it('lets one probe through, not one for each process', async () => {
    const target = createTarget({ repeat: 'ask' })
    const world = await bench.world({ target, system: { ...once, circuit, concurrency: 2 } })
    target.byDefault(busy)
    for (const n of range(1, 30)) await world.accept(`S${n}`, 1)
    await world.worker({ beatMs: 50 })
    await world.worker({ beatMs: 50 })
    await waitUntil('the circuit is open', isOpen(bench, world))
    const before = target.arrivals.length
    // What was under way when it opened comes first: at most two from each worker.
    await waitUntil('four probes have gone', () => target.arrivals.length >= before + 8)
    const times = target.arrivals.slice(-4).map((one) => one.atMs)
    for (const [index, time] of times.slice(1).entries())
      expect(time - (times[index] ?? 0)).toBeGreaterThan(200)
  })

  it('is closed by a question that is answered: nothing else may be due', async () => {
    const target = createTarget({ repeat: 'ask' })
    const rule = { ...circuit, consecutive: 2, probeEveryMs: 200 }
    const world = await bench.world({ target, system: { ...once, circuit: rule, settleMs: 100 } })
    for (const n of range(1, 6)) target.script(`S${n}`, 1, appliedUnheard)
    for (const n of range(1, 6)) await world.accept(`S${n}`, 1)
    const from = performance.now()
    await world.worker({ beatMs: 50 })
    await waitUntil('the circuit was open', isOpen(bench, world))
    for (const n of range(1, 6)) await world.until(`S${n}`, 'delivered')
    // One probe, then all: not a probe for each.
    expect(performance.now() - from).toBeLessThan(200 * 5)
  })

  it('does not open for dead letters or refused sessions', async () => {
    const target = createTarget({ repeat: 'ask' })
    const world = await bench.world({ target, policy: 'skip', system: { circuit } })
    target.byDefault(rejected)
    await world.accept('A', ...range(1, 12))
    await world.worker({ beatMs: 50 })
    await world.until(
      'A',
      range(1, 12)
        .map(() => 'dead')
        .join(' '),
    )
    target.byDefault(refusedSession)
    await world.accept('B', 1)
    await waitUntil('it is paused', () => world.gates.resume(world.system.id, act))
    expect(await isOpen(bench, world)()).toBe(false)
    await world.gates.pause(world.system.id, act)
  })

  it('opens for outcomes that nobody knows', async () => {
    const target = createTarget({ repeat: 'ask' })
    const system = { ...once, circuit, concurrency: 1, settleMs: 3_600_000 }
    const world = await bench.world({ target, system })
    target.byDefault(lost)
    for (const n of range(1, 6)) await world.accept(`S${n}`, 1)
    await world.worker({ beatMs: 50 })
    await waitUntil('the circuit is open', isOpen(bench, world))
    expect(target.arrivals.length).toBeGreaterThanOrEqual(5)
  })

  it('goes on with the ramp at once, without waiting for a quarter of the concurrency', async () => {
    const target = createTarget({ repeat: 'ask' })
    const slow = { ...circuit, rampMs: 60_000, probeEveryMs: 100 }
    const world = await bench.world({ target, system: { ...once, circuit: slow, concurrency: 40 } })
    target.byDefault(busy)
    for (const n of range(1, 6)) await world.accept(`S${n}`, 1)
    await world.worker({ beatMs: 50 })
    await waitUntil('the circuit is open', isOpen(bench, world))
    target.byDefault({ outcome: { kind: 'delivered' }, applies: 'now' })
    for (const n of range(7, 30)) await world.accept(`S${n}`, 1)
    for (const n of range(7, 30)) await world.until(`S${n}`, 'delivered')
  })
}

describeEngine('gate', bothBackends, pauses)
describeEngine('gate', bothBackends, circuits)
