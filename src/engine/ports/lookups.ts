/** Questions to a system while an official waits: who asked, when and why. */
import type { LookupLimits } from '../../domain/configuration.ts'
import type { ErrorCode } from '../../domain/errors.ts'
import type { Reach } from '../../domain/unit.ts'

/** Who asks what of which system, for whom and why: everything about a question but the question. */
export interface LookupCircumstances {
  readonly system: string
  readonly operation: string
  readonly official: string
  readonly unit: string
  readonly dossier: string
  readonly purpose: string
  readonly fields: readonly string[]
}

/** A question as it is kept; what was said only as keyed hashes. */
export interface LookupEntry extends LookupCircumstances {
  readonly id: string
  readonly client: string
  readonly citizen: Uint8Array | null
  readonly question: Uint8Array
  /** Whether an answer gives data, and not only a yes or no. */
  readonly record: boolean
}

export type LookupAdmission =
  | { readonly kind: 'begun' }
  | {
      readonly kind: 'quota'
      readonly of: 'official' | 'client'
      readonly retryAfterSeconds: number
    }
  | { readonly kind: 'paused'; readonly reason: string }

export interface LookupEnd {
  readonly outcome: 'found' | 'missing' | 'failed'
  readonly code: ErrorCode | null
  readonly answer: Uint8Array | null
  readonly durationMs: number
}

export interface LookupStore {
  /** Counts, looks whether the system is paused, and puts the question on record, in one transaction. */
  begin(entry: LookupEntry, limits: LookupLimits): Promise<LookupAdmission>
  finish(id: string, end: LookupEnd): Promise<void>
}

export interface LookupFilter {
  readonly reach?: Reach
  readonly system?: string
  readonly official?: string
  readonly unit?: string
  readonly dossier?: string
  /** Hex of the keyed hash. */
  readonly citizen?: string
  readonly from?: string
  readonly to?: string
  readonly cursor?: string
  readonly limit: number
}

export interface LookupView extends LookupCircumstances {
  readonly id: string
  readonly at: string
  readonly client: string
  readonly citizen: string | null
  readonly question: string
  readonly answer: string | null
  /** Null: the process was lost, or the question is open still. */
  readonly outcome: LookupEnd['outcome'] | null
  readonly code: ErrorCode | null
  readonly durationMs: number | null
}

/** What one unit has asked in a month. `reused` counts the records that need not be asked of the citizen. */
export interface LookupUsage {
  readonly unit: string
  readonly system: string
  readonly operation: string
  readonly asked: number
  readonly found: number
  readonly reused: number
  readonly missing: number
  readonly failed: number
}
