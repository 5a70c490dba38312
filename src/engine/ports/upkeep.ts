/** What comes round by itself, and what happens once, after a restore. */
import type { Act } from './interventions.ts'

export interface PruneStore {
  /** Deletes bodies of messages whose deliveries are all final since before the limit. */
  pruneBodies(olderThanDays: number, limit: number): Promise<number>
  pruneEvidence(olderThanDays: number, limit: number): Promise<number>
  /** Items of plans that ended before the limit; their counts stay. */
  prunePlans(olderThanDays: number, limit: number): Promise<number>
  /** Corrections that nobody has sent are withdrawn; of others nothing is kept but where they changed something. */
  pruneCorrections(olderThanDays: number): Promise<number>
}

/** A restore from a backup, as an operator has told it. */
export interface RestoreStore {
  /** Until when there was a store of which nothing is left; undefined when none was lost of late. */
  lostUntil(): Promise<Date | undefined>
  /**
   * Pauses every system, and puts in doubt whatever may have been sent since the backup: once its system
   * is resumed it is asked about before it is sent, or waits for a person. `lostUntil` is now, by the
   * store's clock and a little more, when it is undefined; it is impossible before the newest message that
   * is left, and in the future. No hub process may run.
   */
  restored(
    lostUntil: Date | undefined,
    act: Act,
  ): Promise<
    | { readonly kind: 'running'; readonly processes: readonly string[] }
    | { readonly kind: 'impossible'; readonly newest: Date | null; readonly now: Date }
    | ({ readonly kind: 'done' } & Restoration)
  >
}

export interface Restoration {
  /** RFC 3339. */
  readonly lostUntil: string
  /** When the newest message that is left was accepted; null when there is none. RFC 3339. */
  readonly newestLeft: string | null
  /** Waiting deliveries that are asked about before they are sent. */
  readonly doubted: number
  /** Deliveries that wait for a person: dead or held. Sent again, they are asked about as well. */
  readonly stopped: number
  /** Systems that were not paused before. */
  readonly paused: readonly string[]
}

export interface AuditStore {
  /** Adds links over all rows that can no longer change; returns how many rows were sealed. */
  seal(): Promise<{ rows: number; head: string | undefined }>
}
