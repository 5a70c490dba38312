/** What corrections need from the store. */
import type { CorrectionState } from '../../domain/correction.ts'
import type { DeliveryPlace, DeliveryState } from '../../domain/delivery.ts'
import type { Fault } from '../../domain/errors.ts'
import type { Difference } from '../../domain/json-difference.ts'
import type { Message } from '../../domain/message.ts'
import type { Reach } from '../../domain/unit.ts'
import type { Act } from './interventions.ts'
import type { Page } from './page.ts'
import type { NewPlan, PlanFilter } from './plans.ts'

/** A delivery that a corrected message can take the place of. */
export interface CorrectionPlace extends DeliveryPlace {
  readonly system: string
  readonly job: string
  readonly state: DeliveryState
}

/** A message as it was accepted, and those of its deliveries that can be replaced. */
export interface Original {
  readonly message: Message
  readonly places: readonly CorrectionPlace[]
}

/** A corrected event as it is kept. */
export interface SealedEvent {
  /** Of the corrected message. */
  readonly id: string
  readonly unit: string | null
  readonly sha256: Uint8Array
  readonly size: number
  readonly keyId: number
  readonly bytes: Uint8Array
}

export interface CorrectedMessage {
  readonly original: Original
  readonly pointers: readonly string[]
  /** Not empty: it is left as it is. */
  readonly faults: readonly Fault[]
  readonly event: SealedEvent
}

export interface NewCorrection {
  readonly kind: 'one' | 'many'
  readonly personal: boolean
  readonly needsApproval: boolean
  readonly more: boolean
  readonly messages: readonly CorrectedMessage[]
}

/** One that is not sent yet, with what it would send. */
export interface Draft {
  readonly kind: 'one' | 'many'
  readonly messages: readonly { readonly original: Original; readonly data: unknown }[]
}

export interface CorrectionStore {
  /** Undefined: unknown, out of reach, or its body is gone. */
  original(message: string, reach: Reach): Promise<Original | undefined>
  /** The messages of these deliveries, so many at the most, each with the chosen ones of its places. */
  chosen(
    filter: PlanFilter,
    reach: Reach,
    most: number,
  ): Promise<{ readonly originals: readonly Original[]; readonly more: boolean }>
  /** With its audit row, as all that follow. */
  create(correction: NewCorrection, act: Act): Promise<number>
  /** Throws `not-found`, and `state-conflict` unless it is in one of these states, or where `act` is its author's. */
  change(
    id: number,
    change: {
      readonly from: readonly CorrectionState[]
      readonly to: CorrectionState
      readonly notByAuthor?: boolean
    },
    act: Act,
  ): Promise<void>
  /** What of it fits, `most` messages of it at the most; undefined when there is no such correction. */
  draft(id: number, most?: number): Promise<Draft | undefined>
  /**
   * One: its messages take their places now. Throws why not when none can. Many: as a plan, whose number is
   * returned. Throws `state-conflict` unless it may be sent.
   */
  send(
    id: number,
    events: ReadonlyMap<string, SealedEvent>,
    revision: number,
    plan: Omit<NewPlan, 'action' | 'filter'>,
    act: Act,
  ): Promise<{ readonly plan: number | null; readonly systems: readonly string[] }>
}

// --- questions --------------------------------------------------------------------------------------

export interface CorrectionView {
  readonly id: number
  readonly kind: 'one' | 'many'
  readonly state: CorrectionState
  readonly reason: string
  readonly author: string
  readonly createdAt: string
  readonly personal: boolean
  readonly needsApproval: boolean
  /** JSON Pointers of what it changes. */
  readonly pointers: readonly string[]
  /** Its filter had chosen more than one correction may hold. */
  readonly more: boolean
  readonly decidedAt: string | null
  readonly decidedBy: string | null
  readonly decidedWhy: string | null
  readonly endedAt: string | null
  readonly endedBy: string | null
  /** That carries it out. */
  readonly plan: number | null
  readonly counts: {
    readonly messages: number
    /** Left as they are. */
    readonly faulty: number
    readonly deliveries: number
    /** Whose place is taken by now. */
    readonly replaced: number
  }
  /** Of the first of its messages. */
  readonly subject: string | null
  readonly type: string | null
}

export interface CorrectionItemView {
  /** The original. */
  readonly message: string
  /** The corrected one, once it has taken a place. */
  readonly corrected: string | null
  readonly subject: string
  readonly type: string
  readonly deliveries: readonly {
    readonly id: string
    readonly system: string
    /** The delivery that the original's has become. */
    readonly replaced: string | null
  }[]
  readonly pointers: readonly string[]
  /** Null where a body of the two is kept no more. */
  readonly changes: readonly Difference[] | null
  readonly faults: readonly Fault[]
}

export interface CorrectionQueries {
  /** Newest first. */
  corrections(filter: {
    readonly state?: CorrectionState
    readonly reach?: Reach
    readonly cursor?: string
    readonly limit: number
  }): Promise<Page<CorrectionView>>
  correction(id: number, reach?: Reach): Promise<CorrectionView | undefined>
  correctionItems(
    id: number,
    page: { readonly faulty?: boolean; readonly cursor?: string; readonly limit: number },
  ): Promise<Page<CorrectionItemView>>
}
