/** Problems: many failures with one cause, as people work on them. */
import type { ErrorCode, Words } from '../../domain/errors.ts'
import type { LackingEntry } from '../../domain/fingerprint.ts'
import type { ProblemSide } from '../../domain/problem.ts'
import type { Reach } from '../../domain/unit.ts'

export const problemStates = ['open', 'acknowledged', 'muted', 'resolved'] as const
export type ProblemState = (typeof problemStates)[number]

export const problemSorts = ['last-seen', 'count', 'dossiers'] as const

export interface ProblemFilter {
  /** Without one: all but those that are resolved. */
  readonly status?: ProblemState
  readonly system?: string
  readonly code?: ErrorCode
  readonly side?: ProblemSide
  readonly owner?: string
  /** Bounds of the time last seen. */
  readonly from?: string
  readonly to?: string
  readonly reach?: Reach
  readonly sort?: (typeof problemSorts)[number]
  readonly cursor?: string
  readonly limit: number
}

export interface ProblemView {
  readonly id: number
  readonly system: string
  readonly operation: string
  readonly code: ErrorCode
  /** What the failures have in common, masked; empty when the code says it all. */
  readonly title: string
  readonly remoteCode: string | null
  /** The entry that a code table lacks, where adding it is the repair. */
  readonly lacking: LackingEntry | null
  readonly side: ProblemSide
  /** Of the connector, else of the table of error codes. */
  readonly cause: Words
  readonly next: Words
  readonly status: ProblemState
  readonly owner: string | null
  readonly mutedUntil: string | null
  /** Failures that wait for a person now. */
  readonly open: number
  /** Dossiers with such a failure. */
  readonly dossiers: number
  /** Ever. */
  readonly total: number
  readonly firstSeen: string
  readonly lastSeen: string
  /** When it came, or came again, after having been resolved. */
  readonly openedAt: string
  readonly resolvedAt: string | null
  readonly reopened: number
}

export interface ProblemNote {
  readonly at: string
  readonly author: string
  readonly text: string
}

export interface ProblemDetail extends ProblemView {
  readonly notes: readonly ProblemNote[]
  /** Newest first; hours of the last day and days (in Vietnam) of the last fortnight with any. */
  readonly trend: {
    readonly hours: readonly { readonly at: string; readonly count: number }[]
    readonly days: readonly { readonly day: string; readonly count: number }[]
  }
  /** A failure to look at, the newest: an id of a delivery. */
  readonly sample: string | null
  /** What changed in the day before it opened. */
  readonly changes: readonly {
    readonly at: string
    readonly kind: 'revision' | 'release' | 'catalogue'
    readonly what: string
    readonly by: string | null
    readonly reason: string | null
  }[]
  /** Resolved earlier, newest first. */
  readonly similar: readonly {
    readonly id: number
    readonly system: string
    readonly operation: string
    readonly title: string
    readonly resolvedAt: string
    readonly notes: readonly ProblemNote[]
  }[]
}

export const problemActions = [
  'acknowledge',
  'assign',
  'note',
  'mute',
  'unmute',
  'resolve',
] as const
export type ProblemAction = (typeof problemActions)[number]

export interface ProblemChange {
  readonly action: ProblemAction
  /** Of `assign`; null takes it away. */
  readonly owner?: string | null
  /** Of `mute`. */
  readonly until?: Date
  /** Of `note`. */
  readonly text?: string
}

export interface ProblemStore {
  /** Throws `not-found`, `state-conflict`. */
  change(
    id: number,
    change: ProblemChange,
    act: { readonly actor: string; readonly reason: string },
  ): Promise<void>
  /** When operations last succeeded, in milliseconds ago. */
  succeeded(
    operations: readonly { system: string; operation: string; agoMs: number }[],
  ): Promise<void>
  /** Resolves what is over, forgets what is old; how many were resolved. */
  sweep(): Promise<number>
  /** A process of this version of the hub has begun. */
  joined(version: string): Promise<void>
}
