/**
 * The outside as the engine needs it, in the smallest form. Adapters implement these; the engine
 * knows no technology behind them.
 */
import type { Configuration, LookupLimits, Revision, Route } from '../domain/configuration.ts'
import type {
  Attempt,
  DeliveryPlace,
  DeliveryState,
  Intervention,
  LanePolicy,
} from '../domain/delivery.ts'
import type { ErrorCode, Fault, Words } from '../domain/errors.ts'
import type { Cause } from '../domain/fingerprint.ts'
import type { EventAttributes, Message, Receipt } from '../domain/message.ts'
import type { Evidence, Follow, Memo } from '../domain/outcome.ts'
import type { Reach } from '../domain/unit.ts'
import type { WaitsFor } from '../domain/waiting.ts'
import type { ProblemDetail, ProblemFilter, ProblemView } from './ports-problems.ts'
import type { CheckView, NowView, SystemHealth, TrafficSpan, WindowView } from './ports-systems.ts'

export interface Clock {
  now(): Date
  monotonicMs(): number
}

// --- accept --------------------------------------------------------------------------------------

/** Who speaks: a client system, known by its key (or, at a door, by its address). */
export interface Client {
  readonly id: string
  readonly scopes: readonly string[]
  /** CloudEvents sources it may use; `*` at the end matches any rest. */
  readonly sources: readonly string[]
  readonly types: readonly string[]
}

/** How the bytes are laid out: the whole event, or its data alone (attributes in the row). */
export type ContentMode = 'structured' | 'binary'

export interface NewMessage extends EventAttributes {
  readonly id: string
  /** In the new form of codes; null: it concerns none, or the type does not tell. */
  readonly unit: string | null
  readonly client: string
  readonly revision: number
  readonly mode: ContentMode
  readonly sha256: Uint8Array
  readonly size: number
  readonly keyId: number
  readonly cipher: Uint8Array
  /** May have been accepted and sent before, by a store that was lost: it is asked about first. */
  readonly doubtful: boolean
  readonly routes: readonly (Route & { readonly snapshot: boolean })[]
}

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

/** An item is known by its code and, where one code has several periods of validity, by its first day. */
export interface CatalogueKey {
  readonly code: string
  /** `YYYY-MM-DD`, or empty. */
  readonly period: string
}

export type CatalogueChangeKind = 'added' | 'changed' | 'reissued' | 'vanished'

/** A new version of an item, with the message that tells of it. */
export interface CatalogueChange extends CatalogueKey {
  /** Of the message, so that a change nobody can be told of is not written. */
  readonly eventId: string
  readonly change: CatalogueChangeKind
  readonly version: number
  /** JSON text; undefined when it has vanished. */
  readonly content: string | undefined
  readonly hash: Uint8Array
  readonly identity: string | undefined
  readonly mark: string | undefined
  /** The source itself says when it is valid. */
  readonly stated: boolean
  readonly validFrom: string | undefined
  readonly validTo: string | undefined
}

/** What a page of a listing does to a catalogue, worked out against one state of it. */
export interface CatalogueWrite {
  readonly catalogue: string
  /** A pull job, or `file`. */
  readonly source: string
  /** Of the state it was worked out against; any other write since then refuses this one. */
  readonly turn: string
  /** The number of the listing; undefined when another source has begun one since. */
  readonly listing: number | undefined
  readonly complete: boolean
  /** Shown by this page and unchanged; `read`: with its content. */
  readonly seen: readonly (CatalogueKey & { readonly mark?: string; readonly read: boolean })[]
  readonly changes: readonly CatalogueChange[]
  /** The day (in Vietnam) from which a change holds; the version before it ends on `dayBefore`. */
  readonly dayBefore: string
}

export type Stored =
  | { readonly kind: 'accepted' | 'duplicate'; readonly receipt: Receipt }
  | { readonly kind: 'conflict' }

export interface AcceptStore {
  /**
   * One transaction: messages, bodies, lanes, deliveries, audit rows and, for a pull, the cursor and
   * its part of a catalogue. Answers per message, in order. Throws `store-unavailable` when nothing is
   * known to be saved, `state-conflict` when the catalogue has been written meanwhile.
   */
  accept(
    messages: readonly NewMessage[],
    cursor?: PullCursor,
    catalogue?: CatalogueWrite,
  ): Promise<readonly Stored[]>
}

export interface MessageSchemas {
  /** Undefined when the type is not in the catalogue. */
  validateMessage(type: string, data: unknown): readonly Fault[] | undefined
  /** The subject that a message with this data must have. */
  subjectOf(type: string, data: unknown): string | undefined
  /** The unit it concerns, if the type tells of one. */
  unitOf(type: string, data: unknown): string | undefined
}

export interface Cipher {
  encrypt(plain: Uint8Array, aad: string): { keyId: number; bytes: Uint8Array }
  decrypt(keyId: number, bytes: Uint8Array, aad: string): Uint8Array
}

export interface Digest {
  sha256(bytes: Uint8Array): Uint8Array
  /** The same over what passes by. */
  running(): { add(bytes: Uint8Array): void; end(): Uint8Array }
}

// --- files ---------------------------------------------------------------------------------------

/** Contents of files, encrypted already, by name. All but `sweep` throw `files-unavailable`. */
export interface FileStore {
  /** Durable when it resolves. When it or `content` throws, nothing is left but what `sweep` removes. */
  put(name: string, content: AsyncIterable<Uint8Array>): Promise<void>
  /** Throws `file-unreadable` with the first piece when there is none. */
  read(name: string): AsyncIterable<Uint8Array>
  /** Also when there is none. */
  remove(name: string): Promise<void>
  /** What uploads that were killed have left on this machine, older than so many milliseconds. */
  sweep(olderThanMs: number): Promise<void>
}

/** Each file has a key of its own. What is not whole, not in order or was changed is never given. */
export interface FileCipher {
  newKey(): Uint8Array
  /** `words` bind the content to what it belongs to. */
  seal(key: Uint8Array, words: string, plain: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array>
  /** Throws `file-unreadable` at the piece that is wrong, or at the end when the end is missing. */
  open(key: Uint8Array, words: string, sealed: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array>
}

export interface FileRow {
  readonly id: string
  readonly client: string
  readonly createdAt: Date
  readonly sha256: Uint8Array
  readonly size: number
  readonly mediaType: string
  readonly keyId: number
  /** Name and key of the content. */
  readonly sealed: Uint8Array
}

export type NewFileRow = Omit<FileRow, 'createdAt'> & {
  /** Keyed hash of the name: what is the same file for the same client. */
  readonly nameHash: Uint8Array
}

export interface FileIndex {
  /** Before the first byte is stored, so that nothing in the store is unknown here. */
  begin(id: string, client: string): Promise<void>
  /**
   * The file is kept, with its audit row; or the one that is there already for this client, name and
   * content. Throws `files-unavailable` when it has taken so long that it was given up.
   */
  finish(row: NewFileRow): Promise<{ readonly row: FileRow; readonly duplicate: boolean }>
  /** The file counts as used now. Undefined: unknown, unfinished or purged. */
  use(id: string): Promise<FileRow | undefined>
  /** An address was made by which anybody can fetch it. */
  linked(id: string, client: string, until: Date): Promise<void>
  /** From now on this file cannot be opened; it waits for its content to be removed. */
  giveUp(id: string): Promise<void>
  /** The same for files unused for so long, and uploads that never ended; ids of all that wait. */
  expire(unusedDays: number, limit: number): Promise<readonly string[]>
  /** Their contents are gone. */
  removed(ids: readonly string[]): Promise<void>
}

// --- drain ---------------------------------------------------------------------------------------

/** A wake-up says "this system has due lanes". It may be lost, doubled or late without harm. */
export interface Wakeups {
  /** Never throws, never waits. */
  wake(system: string): void
}

export interface ClaimRequest {
  readonly system: string
  readonly lanes: number
  readonly runAhead: number
  readonly leaseMs: number
}

export interface ClaimedDelivery {
  readonly number: number
  /** The state it was found in. `sending` means another worker was lost while it had it. */
  readonly found: 'waiting' | 'sending' | 'unknown'
  /** Not sent from here yet; a store that was lost may have sent it, and others after it. */
  readonly doubtful: boolean
  /** Sends so far, this one included when it was waiting. */
  readonly tries: number
  /** Questions asked about it so far. */
  readonly asked: number
  readonly policy: LanePolicy
  readonly snapshot: boolean
  readonly attributes: EventAttributes & { readonly id: string }
  readonly mode: ContentMode
  readonly sha256: Uint8Array
  readonly keyId: number
  /** Null when the body has been purged, which only happens by mistake. */
  readonly cipher: Uint8Array | null
}

export interface ClaimedLane {
  readonly lane: string
  readonly fence: string
  readonly memo: Memo | undefined
  /** In order, all waiting or all unresolved; empty when nothing is open after all. */
  readonly deliveries: readonly ClaimedDelivery[]
  /**
   * A person or a newer snapshot has stopped one of these while the claim waited for the lane. Sending
   * the others would pass it by, so nothing is sent: they are given back, the lane is worked out anew.
   */
  readonly overtaken?: boolean
}

export interface SettledDelivery {
  readonly number: number
  readonly state: Exclude<DeliveryState, 'sending' | 'discarded' | 'held'>
  readonly code: ErrorCode | undefined
  readonly asked: number
  /** False when the claim is handed back without a try: it then counts as none. */
  readonly tried: boolean
  /** It was doubtful and still is: nobody has been asked. */
  readonly doubtful?: boolean
  readonly operation: string
  /** Of what waits for a person. */
  readonly cause?: Cause
  readonly attempt?: Attempt & {
    readonly detail: Words | undefined
    readonly faults: readonly Fault[]
    readonly evidence: Evidence | undefined
  }
}

export interface SettledLane {
  readonly lane: string
  readonly fence: string
  readonly deliveries: readonly SettledDelivery[]
  /** The lowest number that is still open; undefined when the claim came back empty. */
  readonly head: number | undefined
  /** Milliseconds until the lane is due again; null when its head waits for a person. */
  readonly wakeMs: number | null
  readonly memo?: Memo
  readonly follow?: Follow
}

export interface DrainStore {
  claim(request: ClaimRequest): Promise<readonly ClaimedLane[]>
  /**
   * Writes what holds the fence still. `lost`: the lanes whose lease had been lost. `due`: some of
   * these lanes can be claimed again at once.
   */
  settle(
    system: string,
    lanes: readonly SettledLane[],
  ): Promise<{ readonly lost: readonly string[]; readonly due: boolean }>
  /** Prolongs leases; returns the lanes that are no longer ours. */
  renew(
    lanes: readonly { lane: string; fence: string }[],
    leaseMs: number,
  ): Promise<readonly string[]>
}

// --- sweep: the beat of a process -----------------------------------------------------------------

export interface SystemGate {
  readonly system: string
  readonly paused: boolean
  readonly circuit: 'closed' | 'open'
  /** Milliseconds until a probe may pass; only while open. */
  readonly probeInMs: number
  /** Milliseconds since the circuit closed after having been open; large when it never was. */
  readonly closedForMs: number
  /** How long the oldest due lane has been due; 0 when none is. */
  readonly oldestDueMs: number
}

export interface Beat {
  /** Newest revision id. */
  readonly revision: number
  /** Workers alive, this one included, in a fixed order. */
  readonly workers: readonly string[]
  readonly gates: readonly SystemGate[]
  /** Systems with a due lane and no lease on it. */
  readonly due: readonly string[]
  /** Milliseconds until the next lane of a system becomes due. */
  readonly nextDueMs: ReadonlyMap<string, number>
}

export interface SweepStore {
  beat(process: { id: string; role: string }, systems: readonly string[]): Promise<Beat>
  leave(process: string): Promise<void>
}

export interface GateStore {
  openCircuit(system: string, probeAfterMs: number, reason: ErrorCode): Promise<boolean>
  /** True for one process only per `probeAfterMs`. */
  takeProbe(system: string, probeAfterMs: number): Promise<boolean>
  closeCircuit(system: string): Promise<boolean>
  pause(system: string, by: Act, resumeAt?: Date, code?: ErrorCode): Promise<boolean>
  resume(system: string, by: Act): Promise<boolean>
}

// --- people --------------------------------------------------------------------------------------

/** Who does something, and why. */
export interface Act {
  readonly actor: string
  readonly reason: string
}

export interface InterveneStore {
  /**
   * Moves one delivery by the table of interventions, in one transaction with its audit row.
   * Throws `not-found`, `state-conflict`, `order-would-break`. Returns the system to wake.
   */
  intervene(place: DeliveryPlace, intervention: Intervention, act: Act): Promise<{ system: string }>
}

// --- pull ----------------------------------------------------------------------------------------

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

// --- dry runs --------------------------------------------------------------------------------------

/** A message as it was accepted, or why it cannot be read. */
export type HistoryMessage = EventAttributes &
  (
    | { readonly message: Message; readonly sha256: Uint8Array }
    | { readonly unreadable: 'purged' | ErrorCode }
  )

/** Empty `sources`: all. */
export interface HistoryFilter {
  readonly types: readonly string[]
  readonly sources: readonly string[]
}

export interface DryRunStore {
  /** Why the system is paused, in the operator's words; undefined: it is not. */
  pausedFor(system: string): Promise<string | undefined>
  /**
   * Some of the messages before this place, newest first, at most `limit`; perhaps none though there are more:
   * one question walks a bounded part of the history. `next` undefined: there is nothing before.
   */
  history(
    filter: HistoryFilter,
    before: string | undefined,
    limit: number,
  ): Promise<{ readonly messages: readonly HistoryMessage[]; readonly next: string | undefined }>
  /** Those of these messages that fit, newest first. */
  these(ids: readonly string[], filter: HistoryFilter): Promise<readonly HistoryMessage[]>
  /** Of these natural keys, those that have been accepted: `<source>\n<event id>` to the hash of the bytes. */
  known(
    keys: readonly Pick<EventAttributes, 'source' | 'eventId'>[],
  ): Promise<ReadonlyMap<string, Uint8Array>>
  /** Where a pull stands; undefined before its first page. */
  cursor(job: string): Promise<Pick<DuePull, 'cursor' | 'refused'> | undefined>
  /** Puts on record who lets which job run dry, and over what. */
  begun(job: string, over: Readonly<Record<string, unknown>>, act: Act): Promise<void>
}

// --- catalogues -----------------------------------------------------------------------------------

export interface CatalogueStanding {
  readonly turn: string
  readonly source: string | undefined
  readonly listing: number
  /** Whether a listing has ever come to its end. */
  readonly complete: boolean
  readonly mayShrink: boolean
  /** Items that have not vanished. */
  readonly live: number
}

export interface CatalogueItem extends CatalogueKey {
  readonly version: number
  readonly hash: Uint8Array
  readonly identity: string | undefined
  readonly mark: string | undefined
  readonly readAt: Date
  /** The last listing that showed it. */
  readonly seen: number
  readonly vanished: boolean
}

export interface CatalogueStore {
  /** All zero for a catalogue that is not there yet. */
  standing(catalogue: string): Promise<CatalogueStanding>
  /** Those of these items that have ever been there, vanished ones included. */
  items(catalogue: string, keys: readonly CatalogueKey[]): Promise<readonly CatalogueItem[]>
  /** What is there and has not been shown by this listing. */
  unseen(catalogue: string, listing: number): Promise<readonly CatalogueItem[]>
  /** The next listing may lose as many codes as it likes. False: there is no such catalogue. */
  allowShrink(catalogue: string, act: Act): Promise<boolean>
  /** A person has seen to it. False: no such problem is open. */
  closeProblem(catalogue: string, code: string, act: Act): Promise<boolean>
  /** Puts on record who loaded a catalogue from a file. */
  loaded(catalogue: string, entries: number, act: Act): Promise<void>
}

export interface CatalogueState {
  readonly name: string
  /** Counts the writes that changed something. */
  readonly revision: number
  readonly changedAt: string | null
  /** Of the last listing that came to its end. */
  readonly synchronisedAt: string | null
}

export interface CatalogueSummary extends CatalogueState {
  readonly source: string | null
  /** Without those that have vanished. */
  readonly items: number
  readonly vanished: number
  readonly problems: number
  readonly ageSeconds: number | null
}

export interface CatalogueEntryView {
  readonly code: string
  readonly version: number
  readonly change: CatalogueChangeKind
  readonly vanished: boolean
  /** Days, both inclusive; null: no bound. */
  readonly validFrom: string | null
  readonly validTo: string | null
  /** Hex. */
  readonly hash: string
  /** When the hub learnt it. */
  readonly since: string
  /** Null when it has vanished. */
  readonly content: unknown
}

export interface CatalogueVersionView extends CatalogueEntryView {
  /** When the next version took its place; null: it is the present one. */
  readonly until: string | null
}

export interface CatalogueFilter {
  /** Changed after this moment, vanished ones included. */
  readonly changedSince?: string
  /** Valid on this day, `YYYY-MM-DD`. */
  readonly at?: string
  readonly cursor?: string
  readonly limit: number
}

export interface CatalogueProblemView {
  readonly code: string
  readonly kind: 'vanished' | 'reissued'
  readonly since: string
  /** Codes under which the source now has the record that this code named. */
  readonly successors: readonly string[]
  /** What of the configuration in force uses the code. */
  readonly codeTables: readonly string[]
  readonly jobs: readonly string[]
}

// --- prune, audit, revisions ----------------------------------------------------------------------

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

export interface RevisionStore {
  current(): Promise<Revision | undefined>
  /** Saves a new revision unless nothing differs; returns its id. */
  apply(configuration: Configuration, act: Act): Promise<{ id: number; changed: boolean }>
  /** The same with one that is made of the newest while nobody else can add one; what it tells is on record besides. */
  change(change: ConfigurationChange, act: Act): Promise<{ id: number; changed: boolean }>
  list(limit: number): Promise<readonly RevisionSummary[]>
  get(id: number): Promise<Revision | undefined>
}

/** Throws what forbids it. */
export type ConfigurationChange = (newest: Configuration | undefined) => {
  readonly configuration: Configuration
  readonly told: {
    readonly action: string
    readonly object: string
    readonly before: unknown
    readonly after: unknown
  }
}

export interface RevisionSummary {
  readonly id: number
  readonly at: string
  readonly author: string
  readonly reason: string
}

// --- lookups ---------------------------------------------------------------------------------------

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

// --- questions (read only) -------------------------------------------------------------------------

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
  /** Those that this problem has now. */
  readonly problem?: number
  /** RFC 3339 bounds of acceptance. */
  readonly from?: string
  readonly to?: string
  /** Opaque, from the page before. */
  readonly cursor?: string
  readonly limit: number
}

export interface Page<T> {
  readonly items: readonly T[]
  readonly next: string | null
}

/** Of a system, or of a pull. */
export interface PauseView {
  readonly since: string
  readonly by: string
  readonly reason: string
  readonly resumeAt: string | null
  /** Why the hub itself has paused it; null when a person has. */
  readonly code: ErrorCode | null
}

export interface SystemView {
  readonly id: string
  readonly connector: string
  readonly title: Words
  readonly paused: PauseView | null
  readonly circuit: 'closed' | 'open'
  readonly circuitSince: string | null
  readonly maintenance: { readonly reason: string; readonly until: string } | null
  readonly problem: Words | null
  readonly waiting: number
  readonly failed: number
  readonly oldestDueSeconds: number | null
  readonly health: SystemHealth
  /** The newest connection test. */
  readonly check: CheckView | null
  readonly limits: { readonly ratePerSecond: number | null; readonly concurrency: number }
  /** Those that are not over. */
  readonly windows: readonly WindowView[]
}

/** What lies beyond `reach` is not there. Without one everything is. */
export interface Queries {
  message(id: string, reach?: Reach): Promise<MessageView | undefined>
  /** The message itself, decrypted. Undefined when unknown or purged. */
  body(id: string, reach?: Reach): Promise<Message | undefined>
  latest(subject: string, types: readonly string[]): Promise<Message | undefined>
  dossier(code: string, reach?: Reach): Promise<DossierView | undefined>
  deliveries(filter: DeliveryFilter): Promise<Page<DeliverySummary>>
  delivery(place: DeliveryPlace, reach?: Reach): Promise<DeliveryView | undefined>
  /** By the beginning of a dossier's code, or the id of a message or delivery; at most a dozen. */
  search(text: string, reach?: Reach): Promise<readonly Hit[]>
  systems(reach?: Reach): Promise<readonly SystemView[]>
  systemTrend(system: string): Promise<readonly TrafficSpan[]>
  now(reach?: Reach): Promise<NowView>
  problems(filter: ProblemFilter): Promise<Page<ProblemView>>
  problem(id: number, reach?: Reach): Promise<ProblemDetail | undefined>
  problemDeliveries(
    id: number,
    page: { readonly cursor?: string; readonly limit: number; readonly reach?: Reach },
  ): Promise<Page<DeliverySummary>>
  pulls(reach?: Reach): Promise<readonly PullView[]>
  follows(filter: FollowFilter): Promise<Page<FollowView>>
  lookups(filter: LookupFilter): Promise<Page<LookupView>>
  /** `month` is `YYYY-MM` in Vietnam. */
  lookupUsage(month: string, reach?: Reach): Promise<readonly LookupUsage[]>
  catalogues(): Promise<readonly CatalogueSummary[]>
  catalogueState(name: string): Promise<CatalogueState | undefined>
  catalogue(name: string, filter: CatalogueFilter): Promise<Page<CatalogueEntryView>>
  /** Every period and version of one code, newest first, at most 200; empty when it never was there. */
  catalogueCode(name: string, code: string): Promise<readonly CatalogueVersionView[]>
  /** Open ones, of one catalogue. */
  catalogueProblems(name: string): Promise<readonly CatalogueProblemView[]>
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

// --- clients ---------------------------------------------------------------------------------------

export interface ClientView extends Client {
  readonly title: string
  readonly createdAt: string
  /** Its keys are refused until it is enabled again; a revoked one stays so. */
  readonly disabledAt: string | null
  readonly revokedAt: string | null
  readonly keys: readonly {
    readonly id: string
    readonly createdAt: string
    readonly expiresAt: string
    readonly lastUsedAt: string | null
    readonly revokedAt: string | null
  }[]
}

export interface ClientStore {
  create(client: Client & { title: string }, act: Act): Promise<void>
  /** Saves the hash only. */
  addKey(
    client: string,
    key: { id: string; hash: Uint8Array; expiresAt: Date },
    act: Act,
  ): Promise<void>
  revoke(target: { client: string } | { key: string }, act: Act): Promise<boolean>
  list(): Promise<readonly ClientView[]>
  /** Live keys only; the caller compares the hash in constant time. */
  findKey(keyId: string): Promise<{ hash: Uint8Array; client: Client } | undefined>
  /** Its secret was right. */
  keyUsed(keyId: string): Promise<void>
}
