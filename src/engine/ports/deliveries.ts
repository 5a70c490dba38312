/** Deliveries, messages and dossiers as people look at them. */
import type { DeliveryState } from '../../domain/delivery.ts'
import type { ErrorCode, Fault, Words } from '../../domain/errors.ts'
import type { EventAttributes } from '../../domain/message.ts'
import type { Evidence } from '../../domain/outcome.ts'
import type { Reach } from '../../domain/unit.ts'
import type { WaitsFor } from '../../domain/waiting.ts'

export interface DeliverySummary {
  readonly id: string
  readonly message: string
  readonly system: string
  readonly job: string
  readonly subject: string
  readonly type: string
  /** The unit that the message concerns. */
  readonly unit: string | null
  readonly state: DeliveryState
  /** Why it is dead, unknown or waiting for a retry. */
  readonly code: ErrorCode | null
  readonly tries: number
  readonly acceptedAt: string
  readonly sentAt: string | null
  readonly finishedAt: string | null
  readonly revision: number
}

export interface AttemptView {
  readonly kind: 'send' | 'confirm'
  readonly number: number
  readonly startedAt: string
  readonly durationMs: number
  readonly outcome: string
  readonly code: ErrorCode | null
  readonly detail: Words | null
  readonly faults: readonly Fault[]
  /** Decrypted; the caller masks it unless the reader may see personal data. */
  readonly evidence: Evidence | null
}

/** Why a delivery waits for a person. */
export interface FailureView {
  readonly delivery: string
  /** The problem it belongs to; null while it has not been counted yet. */
  readonly problem: number | null
  readonly code: ErrorCode
  readonly cause: Words
  readonly next: Words
  readonly since: string
}

export interface DeliveryView extends DeliverySummary {
  readonly waitsFor: WaitsFor
  readonly failure: FailureView | null
  readonly attempts: readonly AttemptView[]
}

/** Where what somebody has at hand leads. */
export interface Hit {
  readonly kind: 'dossier' | 'message' | 'delivery'
  readonly id: string
  readonly subject: string
}

export interface MessageView extends EventAttributes {
  readonly id: string
  readonly acceptedAt: string
  readonly client: string
  readonly size: number
  readonly sha256: string
  readonly bodyPurged: boolean
  /** The message that this one stands for, as a correction. */
  readonly corrects?: string
  /** Those that stand for this one, newest first. */
  readonly correctedBy?: readonly string[]
  readonly deliveries: readonly DeliverySummary[]
}

export interface DossierView {
  readonly code: string
  readonly systems: readonly {
    readonly system: string
    readonly lane: string
    readonly accepted: number
    readonly delivered: number
    readonly open: number
    readonly lastDeliveredAt: string | null
    readonly waitsFor: WaitsFor
    /** Of the delivery that stands in front. */
    readonly failure: FailureView | null
  }[]
  /** Newest last; at most 500 entries, `truncated` says that there are more. */
  readonly timeline: readonly {
    readonly at: string
    readonly what: 'accepted' | 'attempt' | 'intervention' | 'finished'
    readonly system: string | null
    readonly delivery: string | null
    readonly message: string
    readonly type: string
    readonly state: string
    readonly code: ErrorCode | null
    readonly words: Words
  }[]
  readonly truncated: boolean
}

export interface DeliveryFilter {
  readonly reach?: Reach
  readonly state?: DeliveryState
  readonly system?: string
  readonly subject?: string
  readonly type?: string
  readonly code?: ErrorCode
  /** An agency with all below it, in either form of its code. */
  readonly unit?: string
  /** Those that this problem has now. */
  readonly problem?: number
  /** RFC 3339 bounds of acceptance. */
  readonly from?: string
  readonly to?: string
  /** Opaque, from the page before. */
  readonly cursor?: string
  readonly limit: number
}

/** A dossier that goes no further at one system until a person decides, by the delivery that stands in front. */
export interface BlockedDossier extends DeliverySummary {
  readonly failure: FailureView
  /** Of the problem that the failure belongs to. */
  readonly owner: string | null
  /** Deliveries of the dossier to this system that wait behind it. */
  readonly behind: number
}

export interface BlockedFilter {
  readonly reach?: Reach
  readonly system?: string
  readonly code?: ErrorCode
  /** An agency with all below it. */
  readonly unit?: string
  /** Who has taken on the problem. */
  readonly owner?: string
  readonly cursor?: string
  readonly limit: number
}
