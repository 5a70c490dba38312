/**
 * What a connector sees, and nothing more.
 *
 * A connector folder (`connectors/<id>/`) exports by default a `CreateConnector`. The engine calls it
 * once per system and configuration revision, then:
 *
 *   check      when an operator tests the connection; proves reach and credentials, changes nothing
 *   send       once per attempt, never twice at once for the same lane, in lane order
 *   sendBatch  instead of send where the manifest's operation declares `batch`
 *   confirm    after an attempt whose outcome is unknown, when the system's settle time has passed
 *   pull       by schedule; the cursor it returns is saved together with its messages
 *   rewind     when a person has a pull read again from an earlier moment
 *   lookup     while a caller waits
 *   doors      requests that come from the system to the hub
 *   close      once at the end; safe to call twice
 *
 * Every part is optional but `check` and `close`. A part reports failure by returning an `Outcome`
 * or by throwing a `ConnectorError`; anything else that is thrown is treated as a bug of the
 * connector: dead letter at once, code `bug`.
 */
import type { ErrorCode, Words } from '../domain/errors.ts'
import type { LogEvent, LogFields } from '../domain/log-events.ts'
import type { IncomingMessage, Message } from '../domain/message.ts'
import type { Confirmation, Follow, Memo, Outcome } from '../domain/outcome.ts'
import type { Door } from './door.ts'
import type { ConnectorFiles } from './files.ts'
import type { HttpClient } from './http.ts'
import type { Outgoing } from './outgoing.ts'
import type { Session, SessionRules } from './session.ts'

export type CreateConnector = (context: ConnectorContext) => Connector

export interface Connector {
  check(signal: AbortSignal): Promise<readonly CheckStep[]>
  send?(delivery: OutgoingDelivery, signal: AbortSignal): Promise<Outcome>
  /** One outcome per delivery, in the same order. A throw counts for all of them. */
  sendBatch?(
    deliveries: readonly OutgoingDelivery[],
    signal: AbortSignal,
  ): Promise<readonly Outcome[]>
  confirm?(delivery: OutgoingDelivery, signal: AbortSignal): Promise<Confirmation>
  pull?(request: PullRequest, signal: AbortSignal): Promise<PullPage>
  /**
   * The cursor of a pull that is to read again what has changed since `to`, never later than `cursor`; undefined:
   * as at its very first run. Asks nobody. Left out where a pull cannot be sent back to a moment.
   */
  rewind?(operation: string, cursor: string | undefined, to: Date): string | undefined
  /**
   * The record asked for, by the manifest's names; more than was asked for is thrown away. Undefined
   * only when the system itself says that there is none: what fails must throw.
   */
  lookup?(question: LookupQuestion, signal: AbortSignal): Promise<LookupRecord | undefined>
  readonly doors?: readonly Door[]
  close(): Promise<void>
}

/** What the hub gives to a connector. Frozen; lives as long as the connector. */
export interface ConnectorContext {
  /** The system's id in the configuration. */
  readonly system: string
  /** Fitted the manifest's `options` schema; secrets are resolved. */
  readonly options: Readonly<Record<string, unknown>>
  readonly province: string
  /** Where the hub is reached from outside, for links that a system is to follow. */
  readonly publicUrl: string
  readonly http: HttpClient
  /** The longest one exchange may take, connecting included; `http` keeps to it by itself. */
  readonly timeoutMs: number
  readonly clock: { now(): Date }
  readonly log: {
    info(event: LogEvent, fields?: LogFields): void
    warn(event: LogEvent, fields?: LogFields): void
  }
  readonly codes: CodeTables
  /** Undefined where this hub evaluates no expressions (HUB_EXPRESSIONS). `createMapping` asks it. */
  readonly evaluate: Evaluate | undefined
  /** Attachments, by reference; see files.ts and `fileContent`. */
  readonly files: ConnectorFiles
  /** A session shared by all calls of this system in this process; see session.ts. */
  session(rules: SessionRules): Session
  /**
   * Marks a value as fit to leave: throws `payload-invalid` with every fault unless it fits the
   * schema with this `$id` suffix, for example `dvcqg/dossier-push/v1`. HttpClient takes nothing else.
   */
  outgoing<T>(schema: string, value: T): Outgoing<T>
  /** Throws `answer-invalid` (outcome unknown) unless the answer fits the schema. */
  answer<T>(schema: string, value: unknown): T
  /** Encrypts a short text (a link's target, say) so that only this hub can open it again. */
  seal(text: string): string
  open(sealed: string): string | undefined
}

export interface CodeTables {
  /**
   * Canonical → remote on the day `at`. Throws `code-untranslated` naming the table, the code and
   * the pointer of the field: a code without a translation is a fault, never a guess.
   */
  toRemote(table: string, canonical: string, at: Date, pointer: string): string
  toCanonical(table: string, remote: string, at: Date, pointer: string): string
}

/**
 * Evaluates a JSONata text over a JSON value, in a process of its own with neither secrets nor network: 200 ms
 * and 64 MB. The same text and value give the same result. Throws `expression-unavailable` (retry) where the
 * process cannot be had, and when the signal is aborted.
 */
export type Evaluate = (
  expression: string,
  input: unknown,
  signal?: AbortSignal,
) => Promise<Evaluated>

/** `value` is JSON, or undefined where the expression finds nothing; `why` repeats no data. */
export type Evaluated =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly why: Words }

export interface OutgoingDelivery {
  /** `<lane>.<number>` */
  readonly id: string
  /** The same for every attempt of this delivery, for ever. */
  readonly idempotencyKey: string
  /** 1 at the first try. */
  readonly attempt: number
  /** Name of the manifest's operation that takes this message type. */
  readonly operation: string
  readonly message: Message
  readonly memo: Memo | undefined
}

/** One step of a connection test. Nothing is tried after the first that is not ok. */
export interface CheckStep {
  readonly name: 'dns' | 'tcp' | 'tls' | 'credentials' | 'call'
  readonly ok: boolean
  /** Absent: it was. Listed all the same, so that it is seen what is still to be proven. */
  readonly tried?: false
  readonly durationMs: number
  /** What was found, in the operator's words; never a secret. */
  readonly detail: Words
}

/**
 * A run begins when its job is due or when one that was broken off goes on, and asks until there is no more.
 * However many planned times were missed, one run makes up for them: a source that is read by windows of time
 * keeps the end of the last window as its cursor and gives a window a page. A source that has page numbers or
 * offsets only is read with `walkPages` (page-walk.ts), which notices when rows move under it.
 */
export interface PullRequest {
  readonly operation: string
  /** What the last accepted page returned; undefined at the very first run. */
  readonly cursor: string | undefined
  readonly overlapSeconds: number
  /** The cursor at which this run began (before overlap); equal to `cursor` on its first page. */
  readonly startedFrom: string | undefined
  /**
   * Event ids of the messages of the page behind `cursor` that the hub refused (a schema, an unknown type, other
   * bytes under an id that is known). Saved with that cursor, so it is told in another run and process as well:
   * what is done at the source once a record has been taken must not be done for these.
   */
  readonly refused: readonly string[]
  /**
   * What deliveries of this system have asked to be followed, by subject in the order of its bytes: those
   * behind `after`, at most `limit` of them.
   */
  followed(after: string | undefined, limit: number): Promise<readonly Followed[]>
  /**
   * Of these only what is due, the longest overdue first, at most `limit`; each call goes on behind the one
   * before, and a run ends with what was due when it began. What a delivery sets is due at once, what a page
   * moves on at its `next`. `new`: of these, what has not been moved on since a delivery set it.
   */
  due(limit: number, only?: 'new'): Promise<readonly Followed[]>
  /** As at a door: the newest accepted message of this subject among these types. */
  latest(subject: string, types: readonly string[]): Promise<Message | undefined>
  /**
   * The times of the accepted messages among these, by event id. A record that tells no time of its own keeps the
   * one it was first given: with another it would be other bytes under its id, and refused.
   */
  timesOf(source: string, eventIds: readonly string[]): Promise<ReadonlyMap<string, string>>
  /**
   * What the hub holds of these codes, so that a detail is fetched only where it is needed. What has
   * vanished is not held. Absent in a run whose pages are kept nowhere.
   */
  readonly held?: (
    catalogue: string,
    codes: readonly string[],
  ) => Promise<ReadonlyMap<string, HeldItem>>
}

/** A subject that the system has to be asked about. */
export interface Followed {
  readonly subject: string
  readonly state: Follow
  /** When a delivery set it. RFC 3339. */
  readonly since: string
}

export interface HeldItem {
  readonly mark: string | undefined
  /** When its content was last given. */
  readonly readAt: Date
}

export interface PullPage {
  readonly messages: readonly IncomingMessage[]
  /**
   * What has become of subjects that `followed` or `due` has given; null: it need not be asked about any more.
   * Saved in the same commit, but where a message of the subject was refused, or a newer delivery has set it
   * anew or another pull moved it on meanwhile: then it stays, and is asked about again.
   */
  readonly follows?: readonly {
    readonly subject: string
    readonly state: Follow | null
    /** RFC 3339: `due` does not give it before. */
    readonly next?: string
  }[]
  /** Records that could not be read: kept as audit rows and as a problem, and the others are taken. */
  readonly unread?: readonly UnreadRecord[]
  /** Saved in the same commit as the messages. */
  readonly cursor: string | undefined
  /** Whether to ask for the next page at once. */
  readonly more: boolean
  /** A part of a catalogue, kept in the same commit. The hub compares, and tells what has changed. */
  readonly catalogue?: CataloguePage
}

/**
 * A piece of a listing: everything a source has, page by page, over one run or several. A listing that
 * does not come to its end makes nothing vanish.
 */
export interface CataloguePage {
  /** `[a-z][a-z0-9-]{0,39}`, for example `procedures`. */
  readonly name: string
  /** With this page a listing begins. */
  readonly begins?: boolean
  /** With this page it ends: what it has not shown is gone at the source. Say it only when that is sure. */
  readonly complete?: boolean
  readonly entries: readonly CatalogueEntry[]
}

export interface CatalogueEntry {
  readonly code: string
  /** Left out: it is there, and is as it was when it was given with the same `mark` (see `held`). */
  readonly content?: Readonly<Record<string, unknown>>
  /** What the source's list says of it, in short; when this changes its content is to be read again. */
  readonly mark?: string
  /**
   * The source's own id of the record: the same code with another one has been issued anew. Where a
   * catalogue can be read from two registers, the id begins with the register's name and a colon: ids of
   * different registers are not compared.
   */
  readonly identity?: string
  /** Days, both inclusive, where the source itself says when it is valid. */
  readonly validFrom?: string
  readonly validTo?: string
}

export interface UnreadRecord {
  readonly subject: string
  readonly code: ErrorCode
  /** Of the record's members that are at fault. */
  readonly pointers: readonly string[]
  /** It has been told before: that it is so still is no news for the audit trail. */
  readonly again?: boolean
}

export type LookupRecord = Readonly<Record<string, unknown>>

/** A question on behalf of an official. Neither it nor its answer is ever stored, logged or traced. */
export interface LookupQuestion {
  /** Of this question alone, for systems that want one. */
  readonly id: string
  readonly operation: string
  readonly official: string
  readonly unit: string
  readonly dossier: string
  readonly purpose: string
  /** Some of the manifest's fields. */
  readonly fields: readonly string[]
  /** Fitted the manifest's schema. */
  readonly parameters: Readonly<Record<string, unknown>>
}
