import type { OutcomeKind } from '../domain/outcome.ts'

/** What the engine counts. Labels come from a bounded set: systems and outcomes, never ids. */
export interface Metrics {
  accepted(messages: number): void
  attempted(system: string, outcome: OutcomeKind, seconds: number): void
  /** From the beat: milliseconds the oldest due lane of a system has been waiting, 0 when none. */
  gauges(
    system: string,
    values: { readonly circuitOpen: boolean; readonly lanesInWork: number },
  ): void
}
