/** What pulls need from the store, and what people see of them. */
import type { ErrorCode, Words } from '../../domain/errors.ts'
import type { Follow } from '../../domain/outcome.ts'
import type { Reach } from '../../domain/unit.ts'
import type { Act } from './interventions.ts'
import type { PauseView } from './systems.ts'

/** Where a pull stands after a page, and what of the page could not be accepted. */
export interface PullCursor {
  readonly job: string
  readonly system: string
  readonly operation: string
  readonly fence: string
  readonly leaseMs: number
  readonly cursor: string | undefined
  /** Null ends it. Only what is of this version still. */
  readonly follows: readonly {
    readonly subject: string
    readonly version: string
    readonly state: Follow | null
    /** RFC 3339: not due before. */
    readonly next?: string
  }[]
  /**
   * Kept as audit rows and as a problem: a record that is passed over must not vanish unseen. The event ids
   * are kept with the cursor too, for the source to be told.
   */
  readonly refused: readonly {
    /** As the message has it. Absent: a record that could not be read, and became none. */
    readonly eventId?: string
    readonly subject: string
    readonly code: ErrorCode
    readonly pointers: readonly string[]
    /** There is an audit row of it already. */
    readonly again?: boolean
  }[]
}

export interface DuePull {
  readonly job: string
  readonly cursor: string | undefined
  /** Event ids of the messages of the page behind it that were refused. */
  readonly refused: readonly string[]
  readonly fence: string
}

export interface StoredFollow {
  readonly subject: string
  readonly state: Follow
  readonly since: string
  /** Another for each delivery that sets it and each pull that moves it. */
  readonly version: string
}

/** A place in the order in which follows become due. */
export interface FollowPlace {
  /** As the store writes it. */
  readonly dueAt: string
  readonly subject: string
}

export interface DueFollows {
  /** The store's time at which the run began to read them. RFC 3339. */
  readonly until: string
  readonly after: FollowPlace | undefined
  /** Not asked about since a delivery set it. */
  readonly onlyNew: boolean
  readonly limit: number
}

export interface PullStore {
  /** The store's clock: what is due goes by it, so what comes next must too, however wrong a process's own is. */
  now(): Promise<Date>
  /** Makes sure every job has a row, and that its next run is not later than this one. */
  plan(jobs: readonly PlannedPull[]): Promise<void>
  /**
   * Moves jobs whose planned time is more than `lateMs` ago, and whose run has not begun, to this later
   * time. Returns what was passed over.
   */
  passOver(
    jobs: readonly PlannedPull[],
    lateMs: number,
  ): Promise<readonly { job: string; plannedAt: Date }[]>
  /**
   * One that is due and not paused, or whose run was broken off; also, where `prompt` names a system, by what
   * is new to be followed there; after a run that failed, by what is newer, or a minute later. Never one that
   * still runs.
   */
  claimPull(
    jobs: readonly { readonly job: string; readonly prompt: string | null }[],
    owner: string,
    leaseMs: number,
  ): Promise<DuePull | undefined>
  /** Holds a running one for longer. False when it is another's by now, or paused: then the run is to stop. */
  renewPull(due: DuePull, leaseMs: number): Promise<boolean>
  /** Gives a run back that has not ended: whoever may, goes on with it at once. */
  releasePull(due: DuePull): Promise<void>
  finishPull(run: {
    job: string
    fence: string
    nextRunAt: Date
    messages: number
    duplicates: number
    code: ErrorCode | undefined
  }): Promise<void>
  /** Of accepted messages, by event id. */
  timesOf(source: string, eventIds: readonly string[]): Promise<ReadonlyMap<string, string>>
  /** Of this system, by subject, behind `after`. */
  followed(
    system: string,
    after: string | undefined,
    limit: number,
  ): Promise<readonly StoredFollow[]>
  /** Of this system, in the order in which they became due, and the place of the last of them. */
  dueFollows(
    system: string,
    which: DueFollows,
  ): Promise<{ readonly rows: readonly StoredFollow[]; readonly last: FollowPlace | undefined }>
  /** One that runs will run again. False when there is no such job, or it is paused. */
  runNow(job: string, act: Act): Promise<boolean>
  /** False when there is no such job, or it is paused already. */
  pause(job: string, by: Act, resumeAt?: Date): Promise<boolean>
  /** False unless it was paused. */
  resume(job: string, by: Act): Promise<boolean>
  /**
   * Puts its cursor where `back` says, by the one it has; undefined: as before its first run. A run under way is
   * broken off: no page of it is saved any more. `to` is kept with the act. False when there is no such job.
   */
  rewind(
    job: string,
    back: (cursor: string | undefined) => string | undefined,
    act: Act & { readonly to: string },
  ): Promise<boolean>
}

export interface PlannedPull {
  readonly id: string
  readonly nextRunAt: Date
}

export interface FollowFilter {
  readonly reach?: Reach
  readonly system?: string
  readonly subject?: string
  readonly cursor?: string
  readonly limit: number
}

/** Something that a system is to be asked about. */
export interface FollowView {
  readonly system: string
  readonly subject: string
  /** When a delivery set it. */
  readonly since: string
  /** Null: not since it was set. */
  readonly askedAt: string | null
  /** Not to be asked about before. */
  readonly dueAt: string
  /** The pulls of the system that are switched on. */
  readonly askedBy: readonly { readonly job: string; readonly title: Words }[]
  /** As the connector keeps it, sealed texts left out. */
  readonly state: Follow
}

export interface PullView {
  readonly job: string
  readonly nextRunAt: string
  /** The next one and those after it, five in all; none while the job is switched off, or paused without an end. */
  readonly nextRuns: readonly string[]
  readonly running: boolean
  readonly paused: PauseView | null
  /** The last planned time that was missed and not made up for (`catchUp: skip`). */
  readonly skippedAt: string | null
  readonly lastRunAt: string | null
  readonly lastCode: ErrorCode | null
  readonly lastMessages: number
}
