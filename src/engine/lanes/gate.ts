/**
 * Whether, and how fast, this process may speak to a system now: its share of the concurrency and of
 * the rate, pauses, maintenance windows and the circuit.
 *
 * Limits are shared by dividing them among the workers alive: no token store, no chatter. Each
 * process learns of the others by the beat; a worker that joins waits for its first beat.
 */
import { type CircuitWindow, emptyWindow, rampShare, record } from '../../domain/circuit.ts'
import type { System } from '../../domain/configuration.ts'
import { errorTable } from '../../domain/errors.ts'
import type { Logger } from '../../domain/log-events.ts'
import { maintenanceAt } from '../../domain/maintenance.ts'
import type { Outcome } from '../../domain/outcome.ts'
import type { Clock } from '../ports/clock.ts'
import type { GateStore, SystemGate } from '../ports/lanes.ts'

export interface GateDependencies {
  readonly store: GateStore
  readonly clock: Clock
  readonly log: Logger
  readonly process: string
  /** Called when a probe has closed the circuit, or time has opened the gate. */
  readonly opened: () => void
}

export interface Gate {
  /**
   * What the beat says that began at `beganMs` (monotonic); undefined `gate` when the system has no
   * row yet.
   */
  update(gate: SystemGate | undefined, workers: readonly string[], beganMs: number): void
  configure(system: System): void
  /** Requests that this process may have under way at once. */
  limit(): number
  /**
   * How many lanes may be claimed now, `open` being in work and a request taking the heads of
   * `together`. Takes the probe when it is due.
   */
  room(open: number, together: number): Promise<{ lanes: number; probe: boolean }>
  /** Whether what is in work may go on to its next request; `probe`: although the circuit is open. */
  isOpen(probe: boolean): boolean
  /** Waits for the rate limit, or until `signal` aborts. */
  turn(signal: AbortSignal): Promise<void>
  /** A request has been made; whatever came of it, the probe is used up. */
  asked(): void
  saw(outcome: Outcome): void
}

/** The part of a whole number that falls to one of `workers`, the first ones getting the rest. */
export function shareOf(limit: number, workers: readonly string[], me: string): number {
  const rank = workers.indexOf(me)
  if (rank < 0) return 0
  return Math.floor(limit / workers.length) + (rank < limit % workers.length ? 1 : 0)
}

/** A refused session pauses; what failed, or was stopped, on our own side says nothing about the system. */
const saysNothing = (outcome: Outcome): boolean =>
  outcome.kind === 'auth' ||
  (outcome.kind === 'retry' && outcome.code === 'interrupted') ||
  (outcome.kind === 'permanent' && errorTable[outcome.code].side !== 'system')

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, ms)
    signal.addEventListener('abort', end)
  })

export function createGate(deps: GateDependencies, first: System): Gate {
  let system = first
  let workers: readonly string[] = []
  let paused = true
  let circuit: 'closed' | 'open' = 'closed'
  let probeAt = 0
  let closedAt = Number.NEGATIVE_INFINITY
  let window: CircuitWindow = emptyWindow
  let probing = false
  let writing = 0
  let writtenAt = Number.NEGATIVE_INFINITY
  /** When the next send is allowed by the rate limit, on the monotonic clock. */
  let nextSendAt = 0
  /** Aborted when the rate changes: who waits by the old one takes a new turn. */
  let pace = new AbortController()

  const share = (): number => {
    const ramp = rampShare(system.circuit, deps.clock.monotonicMs() - closedAt)
    return Math.ceil(shareOf(system.concurrency, workers, deps.process) * ramp)
  }

  const isShut = (): boolean =>
    paused || maintenanceAt(system.maintenance, deps.clock.now().getTime()) !== undefined

  /** A beat that read before our own change was committed knows less than we do. */
  const written = <T>(change: Promise<T>): Promise<T> => {
    writing += 1
    return change.finally(() => {
      writing -= 1
      writtenAt = deps.clock.monotonicMs()
    })
  }

  const failing = (outcome: Outcome): boolean =>
    outcome.kind === 'unknown' || outcome.kind === 'retry'

  const trip = (outcome: Outcome): void => {
    const code = outcome.kind === 'delivered' ? 'target-busy' : outcome.code
    circuit = 'open'
    probing = false
    probeAt = deps.clock.monotonicMs() + system.circuit.probeEveryMs
    window = emptyWindow
    written(deps.store.openCircuit(system.id, system.circuit.probeEveryMs, code)).then(
      (opened) => {
        if (opened) deps.log.warn('circuit.opened', { system: system.id, code })
      },
      (error: unknown) => deps.log.error('drain.failed', { system: system.id }, error),
    )
  }

  const close = (): void => {
    circuit = 'closed'
    probing = false
    closedAt = deps.clock.monotonicMs()
    window = emptyWindow
    written(deps.store.closeCircuit(system.id)).then(
      (closed) => {
        if (closed) deps.log.info('circuit.closed', { system: system.id })
        deps.opened()
      },
      (error: unknown) => deps.log.error('drain.failed', { system: system.id }, error),
    )
  }

  const pauseFor = (outcome: Outcome): void => {
    if (outcome.kind !== 'auth' || paused) return
    paused = true
    const reason = 'Hệ thống đích từ chối phiên làm việc hai lần liên tiếp.'
    written(deps.store.pause(system.id, { actor: 'hub', reason }, undefined, outcome.code)).then(
      () => deps.log.warn('system.paused', { system: system.id, code: outcome.code }),
      (error: unknown) => {
        paused = false
        deps.log.error('drain.failed', { system: system.id }, error)
      },
    )
  }

  return {
    update(gate, alive, beganMs) {
      workers = alive
      if (writing > 0 || beganMs < writtenAt) return
      const now = deps.clock.monotonicMs()
      paused = gate?.paused ?? false
      circuit = gate?.circuit ?? 'closed'
      // What this process saw before another one opened the circuit says nothing about afterwards.
      if (circuit === 'open') window = emptyWindow
      else probing = false
      probeAt = now + (gate?.probeInMs ?? 0)
      closedAt = gate && circuit === 'closed' ? now - gate.closedForMs : closedAt
    },
    configure(next) {
      const isPacedAnew = next.ratePerSecond !== system.ratePerSecond
      system = next
      if (!isPacedAnew) return
      nextSendAt = 0
      pace.abort()
      pace = new AbortController()
    },
    isOpen: (probe) => !isShut() && (probe || circuit === 'closed'),
    limit: () => Math.max(1, share()),
    async room(open, together) {
      const none = { lanes: 0, probe: false }
      if (isShut()) return none
      if (circuit === 'open') {
        if (open > 0) return none
        // A lane may turn out to need no request, those of a lost worker for one: the probe is still to
        // be used.
        if (probing && deps.clock.monotonicMs() < probeAt) return { lanes: 1, probe: true }
        if (deps.clock.monotonicMs() < probeAt) return none
        probeAt = deps.clock.monotonicMs() + system.circuit.probeEveryMs
        probing = await deps.store.takeProbe(system.id, system.circuit.probeEveryMs)
        return probing ? { lanes: 1, probe: true } : none
      }
      return { lanes: Math.max(0, share() * together - open), probe: false }
    },
    async turn(signal) {
      for (;;) {
        if (system.ratePerSecond === undefined || signal.aborted) return
        const stepMs = (1000 * Math.max(workers.length, 1)) / system.ratePerSecond
        const now = deps.clock.monotonicMs()
        const at = Math.max(nextSendAt, now)
        nextSendAt = at + stepMs
        if (at <= now) return
        const { signal: changed } = pace
        await pause(at - now, AbortSignal.any([signal, changed]))
        if (!changed.aborted) return
      }
    },
    asked() {
      probing = false
    },
    saw(outcome) {
      pauseFor(outcome)
      if (saysNothing(outcome)) {
        probing = false
        return
      }
      const bad = failing(outcome)
      if (circuit === 'open') {
        // Only the probe decides; what was under way when the circuit opened says nothing new.
        if (probing && !bad) close()
        probing = false
        return
      }
      const next = record(window, system.circuit, [bad], deps.clock.monotonicMs())
      window = next.window
      if (next.trip) trip(outcome)
    },
  }
}
