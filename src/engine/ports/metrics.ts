import type { OutcomeKind } from '../../domain/outcome.ts'

/** How things stand with one system, as the sweeper sees it. */
export interface SystemGauge {
  readonly system: string
  /** How long the oldest due lane has been due; 0 when none is. */
  readonly oldestDueSeconds: number
  readonly circuitOpen: boolean
  readonly paused: boolean
}

/**
 * What the engine counts. Plain functions that never throw and never wait. Labels are the ids of
 * configured systems and words of fixed lists: never ids of messages, dossiers or persons.
 */
export interface Metrics {
  /** Messages at the door; `refused` includes conflicts. */
  accepted(kind: 'accepted' | 'duplicate' | 'refused', count: number): void
  /** One commit of accepted messages: how many shared it. */
  committed(messages: number): void
  /** A closed attempt. */
  attempted(system: string, outcome: OutcomeKind, durationMs: number): void
  /** From acceptance to the answer of the system. */
  delivered(system: string, sinceAcceptedMs: number): void
  /** Deliveries that became dead. */
  died(system: string, count: number): void
  /** Lanes whose lease was lost before the outcome was written. */
  leaseLost(system: string, count: number): void
  /** Replaces what was said before: a system that is not named any more disappears. */
  systems(gauges: readonly SystemGauge[]): void
}
