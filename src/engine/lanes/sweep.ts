/**
 * The beat of a worker process: once a second it signs that it is alive and looks which systems
 * have due lanes. It is the authority; wake-ups only make things faster. Two at once do no harm.
 */

import type { Logger } from '../../domain/log-events.ts'
import type { Clock } from '../ports/clock.ts'
import type { Beat, DrainStore, SweepStore } from '../ports/lanes.ts'
import type { Metrics } from '../ports/metrics.ts'
import type { Drain } from './drain.ts'
import type { Gate } from './gate.ts'

export interface SweepDependencies {
  readonly store: SweepStore & Pick<DrainStore, 'renew'>
  readonly clock: Clock
  readonly log: Logger
  readonly metrics: Metrics
  readonly process: { readonly id: string; readonly role: string }
  readonly leaseMs: number
  readonly beatMs: number
  /** The drains of the systems in force, by system. */
  readonly drains: () => ReadonlyMap<string, { readonly drain: Drain; readonly gate: Gate }>
  /** Drains of systems that were taken out and still finish: their leases are kept too. */
  readonly leaving?: () => Iterable<Drain>
  /** Told of every beat: the newest revision, the workers alive. */
  readonly onBeat: (beat: Beat) => void
}

export interface Sweep {
  start(): void
  /** Beats now; used at the start and by tests. */
  beat(): Promise<void>
  stop(): Promise<void>
}

export function createSweep(deps: SweepDependencies): Sweep {
  let timer: NodeJS.Timeout | undefined
  let renewTimer: NodeJS.Timeout | undefined
  let running: Promise<void> | undefined
  let renewing = false
  const retries = new Map<string, NodeJS.Timeout>()

  /** Retry times fall between two beats; a timer of our own meets them to the millisecond. */
  const wakeAt = (system: string, inMs: number, drain: Drain): void => {
    if (inMs > deps.beatMs * 1.5) return
    clearTimeout(retries.get(system))
    retries.set(
      system,
      setTimeout(() => drain.wake(), inMs + 2),
    )
  }

  const beatOnce = async (): Promise<void> => {
    const drains = deps.drains()
    const beganMs = deps.clock.monotonicMs()
    let beat: Beat
    try {
      beat = await deps.store.beat(deps.process, [...drains.keys()])
    } catch (error) {
      deps.log.error('sweep.failed', {}, error)
      return
    }
    const gates = new Map(beat.gates.map((gate) => [gate.system, gate]))
    deps.onBeat(beat)
    deps.metrics.systems(
      beat.gates.map((gate) => ({
        system: gate.system,
        oldestDueSeconds: gate.oldestDueMs / 1000,
        circuitOpen: gate.circuit === 'open',
        paused: gate.paused,
      })),
    )
    for (const [system, { drain, gate }] of deps.drains()) {
      const found = gates.get(system)
      gate.update(found, beat.workers, beganMs)
      const nextMs = beat.nextDueMs.get(system)
      if (nextMs !== undefined) wakeAt(system, nextMs, drain)
      if (beat.due.includes(system)) drain.wake()
    }
  }

  const renewAll = async (): Promise<void> => {
    if (renewing) return
    renewing = true
    try {
      const drains = [...deps.drains().values()].map(({ drain }) => drain)
      drains.push(...(deps.leaving?.() ?? []))
      const lanes = drains.flatMap((drain) => drain.open())
      if (lanes.length === 0) return
      const untilMs = deps.clock.monotonicMs() + deps.leaseMs
      const lost = await deps.store.renew(lanes, deps.leaseMs)
      for (const drain of drains) drain.renewed(untilMs, lanes, lost)
    } catch (error) {
      // Without a renewal the lease runs out and the run stops by itself.
      deps.log.error('sweep.failed', { step: 'renew' }, error)
    } finally {
      renewing = false
    }
  }

  const beat = (): Promise<void> => {
    running ??= beatOnce().finally(() => {
      running = undefined
    })
    return running
  }

  return {
    beat,
    start() {
      timer = setInterval(() => void beat(), deps.beatMs)
      renewTimer = setInterval(() => void renewAll(), deps.leaseMs / 4)
    },
    async stop() {
      clearInterval(timer)
      clearInterval(renewTimer)
      await running
      for (const retry of retries.values()) clearTimeout(retry)
      await deps.store.leave(deps.process.id).catch(() => undefined)
    },
  }
}
