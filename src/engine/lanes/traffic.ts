/**
 * Counts in this process how attempts at each system went; upkeep takes the counts to the store every few seconds.
 * Of a process that is killed the last seconds are lost: they are figures, and what was sent stands elsewhere.
 */
import { noTraffic, slotOf, type Traffic, together } from '../../domain/traffic.ts'
import type { Metrics } from '../ports/metrics.ts'

interface TrafficCounter<M extends Metrics> {
  /** The same metrics, that count here as well. */
  readonly metrics: M
  /** What is new since the last time; put back when it could not be written. */
  take(): ReadonlyMap<string, Traffic>
  putBack(taken: ReadonlyMap<string, Traffic>): void
}

/** Changed in its place: this happens at every attempt. */
interface Counts {
  attempts: number
  failed: number
  refused: number
  delivered: number
  readonly slots: number[]
}

export function createTraffic<M extends Metrics>(metrics: M): TrafficCounter<M> {
  let counts = new Map<string, Counts>()
  const of = (system: string): Counts => {
    const known = counts.get(system)
    if (known) return known
    const fresh = { ...noTraffic, slots: [...noTraffic.slots] }
    counts.set(system, fresh)
    return fresh
  }
  return {
    metrics: {
      ...metrics,
      attempted(system, outcome, durationMs) {
        metrics.attempted(system, outcome, durationMs)
        const count = of(system)
        const slot = slotOf(durationMs)
        count.attempts += 1
        if (outcome === 'delivered') count.delivered += 1
        else count.failed += 1
        if (outcome === 'permanent') count.refused += 1
        count.slots[slot] = (count.slots[slot] ?? 0) + 1
      },
    },
    take() {
      const taken = counts
      counts = new Map()
      return taken
    },
    putBack(taken) {
      for (const [system, traffic] of taken) {
        const sum = together([of(system), traffic])
        counts.set(system, { ...sum, slots: [...sum.slots] })
      }
    },
  }
}
