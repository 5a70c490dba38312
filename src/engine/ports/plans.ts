/** What bulk plans need from the store. */
import type { DeliveryState } from '../../domain/delivery.ts'
import type { ErrorCode, Words } from '../../domain/errors.ts'
import type { PlanAction, PlanResult, PlanState, PlanStop } from '../../domain/plan.ts'
import type { Reach } from '../../domain/unit.ts'
import type { DeliveryFilter } from './deliveries.ts'
import type { Act } from './interventions.ts'
import type { Page } from './page.ts'

// --- what people do ---------------------------------------------------------------------------------

/** What is chosen: all that is given must hold. */
export type PlanFilter = Omit<DeliveryFilter, 'limit' | 'cursor' | 'reach'> & {
  /** Id of a problem. */
  readonly problem?: number
  /** Ids of deliveries, 1,000 at most. */
  readonly ids?: readonly string[]
  /** Id of a plan: what of it has failed again. */
  readonly plan?: number
  /** Id of a correction: what it can replace. */
  readonly correction?: number
}

export interface NewPlan {
  readonly action: PlanAction
  readonly filter: PlanFilter
  /** Items a minute; undefined: worked out from the systems once they are known. */
  readonly ratePerMinute: number | undefined
  /** Starts by itself when it is prepared. */
  readonly starts: boolean
  /** And not before. */
  readonly startAt: Date | undefined
  /** Pauses by itself when of at least so many known outcomes more than this share has failed. */
  readonly stopAfter: number
  readonly stopPercent: number
  /** Of its maker: nothing beyond is of the plan, and it is for those who reach as far. */
  readonly reach: Reach
}

/**
 * Each is one transaction with its audit row. All but `create` throw `not-found`, and `state-conflict`
 * where the plan's state does not allow it.
 */
export interface PlanStore {
  create(plan: NewPlan, act: Act): Promise<number>
  /** Of one that is prepared still: it will start by itself. */
  start(id: number, startAt: Date | undefined, act: Act): Promise<void>
  pause(id: number, act: Act): Promise<void>
  resume(id: number, act: Act): Promise<void>
  setRate(id: number, ratePerMinute: number, act: Act): Promise<void>
  /** What is pending is left as it is; what was moved is watched to its end. */
  cancel(id: number, act: Act): Promise<void>
}

// --- the process that carries it out ----------------------------------------------------------------

export interface ClaimedPlan {
  readonly id: number
  readonly fence: string
  readonly state: PlanState
  readonly action: PlanAction
}

/** After a step: where the plan stands; `lost` when it is another process's by now. */
type After = PlanState | 'lost'

export interface PlanRunStore {
  /** The plan that has been due longest and that nobody has. */
  claimPlan(owner: string, leaseMs: number): Promise<ClaimedPlan | undefined>
  renewPlan(plan: ClaimedPlan, leaseMs: number): Promise<boolean>
  /** Gives it back; due again as its state asks. */
  releasePlan(plan: ClaimedPlan): Promise<void>
  /**
   * Freezes the next items. `systems`: those of the plan, when it was the last page; the plan then waits for
   * `prepared`.
   */
  prepare(
    plan: ClaimedPlan,
    limit: number,
  ): Promise<{ readonly state: After; readonly systems?: readonly string[] }>
  prepared(plan: ClaimedPlan, ratePerMinute: number): Promise<After>
  /**
   * Does to the next items what the plan is for, as many as its rate allows now and `most`: all items of a
   * lane in one commit, in the order that the rules of order ask for, each with its audit row.
   * `waitMs`: until more is allowed. `wake`: systems that have something to send.
   */
  advance(
    plan: ClaimedPlan,
    most: number,
  ): Promise<{ readonly state: After; readonly waitMs: number; readonly wake: readonly string[] }>
  /**
   * Looks what came of up to `limit` moved items, behind `after` in their order. `next` is where to go on;
   * null: from the start. `open`: moved items of the plan whose outcome is not known yet.
   */
  look(
    plan: ClaimedPlan,
    after: string | null,
    limit: number,
  ): Promise<{ readonly state: After; readonly next: string | null; readonly open: number }>
}

// --- questions --------------------------------------------------------------------------------------

export interface PlanCounts {
  readonly total: number
  readonly pending: number
  /** Acted upon: `moved` + `ok` + `failed`. */
  readonly done: number
  readonly moved: number
  readonly ok: number
  readonly failed: number
  readonly skipped: number
}

interface Counted {
  readonly count: number
}

/** What was found when the selection was frozen. */
export interface PlanSummary {
  readonly systems: readonly (Counted & { readonly system: string })[]
  readonly codes: readonly (Counted & { readonly code: ErrorCode | null })[]
  /** By the agency that a dossier's code names, and the type; the 100 most frequent. */
  readonly groups: readonly (Counted & { readonly agency: string | null; readonly type: string })[]
  readonly conflicts: readonly (Counted & { readonly code: ErrorCode })[]
}

export interface PlanView {
  readonly id: number
  readonly action: PlanAction
  readonly filter: PlanFilter
  readonly reason: string
  readonly state: PlanState
  readonly createdAt: string
  readonly createdBy: string
  readonly startAt: string | null
  readonly startedAt: string | null
  readonly endedAt: string | null
  readonly ratePerMinute: number | null
  readonly stopAfter: number
  readonly stopPercent: number
  readonly counts: PlanCounts
  /** Null while it is being prepared. */
  readonly summary: PlanSummary | null
  /** For all that is left, at its rate; null while it is being prepared. */
  readonly minutesLeft: number | null
  /** When nothing will be left, if nothing stops it; null unless it is running. */
  readonly endsAt: string | null
  /** Items a minute since it was last started or resumed; null unless it is running. */
  readonly measuredPerMinute: number | null
  readonly stopped: {
    readonly since: string
    readonly by: string
    readonly reason: Words
    /** Null when a person has. */
    readonly code: PlanStop | null
  } | null
}

export interface PlanDetail extends PlanView {
  /** By code, the most frequent first. */
  readonly failures: readonly (Counted & {
    readonly result: 'failed' | 'skipped'
    readonly code: ErrorCode
  })[]
  /** The first items in the order in which they are done. */
  readonly sample: readonly PlanItemView[]
}

export interface PlanItemView {
  /** Of the delivery. */
  readonly id: string
  readonly message: string
  readonly subject: string
  readonly system: string
  readonly type: string
  readonly agency: string | null
  /** As the selection found it. */
  readonly foundState: DeliveryState
  readonly foundCode: ErrorCode | null
  readonly conflict: ErrorCode | null
  readonly result: PlanResult
  /** Why it was skipped, or has failed again. */
  readonly code: ErrorCode | null
  /** Of the delivery, once its outcome was known. */
  readonly state: DeliveryState | null
  readonly doneAt: string | null
  readonly endedAt: string | null
}

export interface PlanItemFilter {
  readonly result?: PlanResult
  readonly cursor?: string
  readonly limit: number
}

export interface PlanQueries {
  /** Newest first. */
  plans(filter: {
    readonly reach?: Reach
    readonly state?: PlanState
    readonly cursor?: string
    readonly limit: number
  }): Promise<Page<PlanView>>
  plan(id: number, reach?: Reach): Promise<PlanDetail | undefined>
  /** In the order in which they are done. */
  planItems(id: number, filter: PlanItemFilter): Promise<Page<PlanItemView>>
}
