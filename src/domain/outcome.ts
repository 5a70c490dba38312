import type { ErrorCode, Fault, Words } from './errors.ts'

/**
 * What an attempt ended in. Exactly one of five, decided by the connector by code, never by the
 * mere absence of an exception:
 *
 *   delivered   the success schema matched, or "already there" with the same content
 *   permanent   the system will never take this message as it is → dead letter
 *   retry       surely not applied, worth trying later → back-off
 *   auth        the session was refused twice → the system is paused for a person
 *   unknown     the bytes may have been applied → ask the system, never guess
 */
export const outcomeKinds = ['delivered', 'permanent', 'retry', 'auth', 'unknown'] as const
export type OutcomeKind = (typeof outcomeKinds)[number]

/**
 * A lane's memory for its connector: what it must know about earlier deliveries of the same subject
 * to the same system (for example hashes of rows already sent). At most 8 kB as JSON; no personal
 * data, so hashes and flags only. Saved with the outcome, in the same commit.
 */
export type Memo = Readonly<Record<string, unknown>>

/**
 * What a system will be asked about later, because it says only when asked what became of a subject: for
 * example the codes to ask by, and how far it was the last time. At most 8 kB as JSON; no personal data but
 * the dossier's code. Saved with the outcome, in the same commit; a pull reads it and moves it on.
 */
export type Follow = Readonly<Record<string, unknown>>

/** What the system said, for the administrator. Encrypted at rest, shown masked. */
export interface Evidence {
  readonly httpStatus?: number
  /** The system's own code, as it came. */
  readonly remoteCode?: string
  /** The system's own words, cut at 1,000 characters. */
  readonly remoteMessage?: string
}

export interface Delivered {
  readonly kind: 'delivered'
  readonly memo?: Memo
  /** Takes the place of the one that an earlier delivery of the subject has set. */
  readonly follow?: Follow
  readonly evidence?: Evidence
}

export interface Failed {
  readonly kind: Exclude<OutcomeKind, 'delivered'>
  readonly code: ErrorCode
  /** Never contains data of a message. */
  readonly detail?: Words
  readonly faults?: readonly Fault[]
  /** The system asked for this much patience. */
  readonly retryAfterMs?: number
  readonly evidence?: Evidence
  /** Kept even when the attempt failed: a part of it may have been applied. */
  readonly memo?: Memo
}

export type Outcome = Delivered | Failed

/**
 * The answer to "did you apply it?". Only the system's own word counts: a question that failed is
 * an exception or `cannot-tell`, and never `not-applied`.
 */
export type Verdict = 'applied' | 'not-applied' | 'cannot-tell'

/** With what the answer to the lost attempt would have brought along. */
export interface Applied {
  readonly answer: 'applied'
  readonly follow: Follow
}

export type Confirmation = Verdict | Applied
