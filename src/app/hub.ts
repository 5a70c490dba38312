/** The composed hub as its doors see it: the HTTP API, the command line and the demo. */
import type { AcceptResult, Door } from '../connector/door.ts'
import type { OpenFile } from '../connector/files.ts'
import type { Configuration, Revision } from '../domain/configuration.ts'
import type { DeliveryPlace, Intervention } from '../domain/delivery.ts'
import type { Logger } from '../domain/log-events.ts'
import type { IncomingMessage } from '../domain/message.ts'
import type { Reach } from '../domain/unit.ts'
import type { Submission } from '../engine/accept/accept.ts'
import type { CorrectionDesk, OneCorrection } from '../engine/corrections/correction-desk.ts'
import type { DryPullReport } from '../engine/dry-run/dry-pull.ts'
import type { DryPushReport } from '../engine/dry-run/dry-push.ts'
import type { Files, StoredFile } from '../engine/files/files.ts'
import type { Lookup } from '../engine/lookups/lookup.ts'
import type { PlanDesk } from '../engine/plans/plan-desk.ts'
import type { Client } from '../engine/ports/accept.ts'
import type { AuditQueries } from '../engine/ports/audit.ts'
import type { ClientChanges, ClientStore } from '../engine/ports/clients.ts'
import type { CodeTables } from '../engine/ports/codes.ts'
import type { ConfigurationDesk, RevisionStore } from '../engine/ports/configuration.ts'
import type { CorrectionQueries } from '../engine/ports/corrections.ts'
import type { Act } from '../engine/ports/interventions.ts'
import type { Live } from '../engine/ports/live.ts'
import type { PlanQueries } from '../engine/ports/plans.ts'
import type { ProblemStore } from '../engine/ports/problems.ts'
import type { Queries } from '../engine/ports/queries.ts'
import type { SystemDesk } from '../engine/ports/system-desk.ts'
import type { Restoration } from '../engine/ports/upkeep.ts'
import type { About } from './about.ts'
import type { CandidateParts } from './config/candidate.ts'
import type { People } from './people.ts'

export interface Hub {
  readonly log: Logger
  /** Accepts submissions of one client together; one result each, in order. Throws only `store-unavailable`/`hub-stopping`. */
  accept(submissions: readonly Submission[], client: Client): Promise<readonly AcceptResult[]>
  /** The same for messages without bytes of their own (doors, pulls). */
  acceptMessages(
    messages: readonly IncomingMessage[],
    client: Client,
  ): Promise<readonly AcceptResult[]>
  readonly queries: Queries & PlanQueries & CorrectionQueries & AuditQueries
  /** One intervention on many, carried out in the background by processes that send. */
  readonly plans: PlanDesk
  /** New messages in the place of what could not be delivered. */
  readonly corrections: CorrectionDesk & {
    /** What each system would be sent; throws as `dryRuns.run` does, and `not-found`, `schema-violation`. */
    tryOne(
      request: OneCorrection,
      reach: Reach,
      act: Act,
      signal: AbortSignal,
    ): Promise<readonly CorrectionDryRun[]>
    /** The same of the first messages of one that is not sent. */
    tryDraft(id: number, act: Act, signal: AbortSignal): Promise<readonly CorrectionDryRun[]>
  }
  intervene(place: DeliveryPlace, intervention: Intervention, act: Act): Promise<void>
  readonly systems: SystemDesk & {
    pause(system: string, act: Act, resumeAt?: Date): Promise<void>
    resume(system: string, act: Act): Promise<void>
    /** Doors of all systems of the current revision, with the system's trusted addresses. */
    doors(): readonly {
      system: string
      door: Door
      trusted: readonly { cidr: string; client: string }[]
    }[]
  }
  readonly lookups: {
    ask: Lookup['ask']
    /** Hex. */
    citizenHash(number: string): string
  }
  /** As the port of the engine, but that what is not found is thrown: `not-found`. */
  readonly files: Pick<Files, 'keep' | 'openLink' | 'prune'> & {
    find(...which: Parameters<Files['find']>): Promise<StoredFile>
    open(...which: Parameters<Files['open']>): Promise<OpenFile>
    /** The address at which anybody can fetch it until then. */
    link(...which: Parameters<Files['link']>): Promise<string>
  }
  readonly catalogues: {
    /**
     * A file as a complete listing. Throws `request-invalid` with every fault of it, and
     * `catalogue-shrunk` when too much is missing and `shrink` does not allow it.
     */
    load(
      name: string,
      file: { readonly name: string; readonly bytes: Uint8Array },
      options: { readonly shrink: boolean },
      act: Act,
    ): Promise<CatalogueCounts>
    /** The next listing may lose many codes. Throws `not-found`. */
    allowShrink(name: string, act: Act): Promise<void>
    /** Somebody has seen to a vanished or re-issued code. Throws `not-found`. */
    closeProblem(name: string, code: string, act: Act): Promise<void>
  }
  readonly codeTables: CodeTables
  readonly live: Live
  readonly configuration: ConfigurationDesk
  readonly problems: Pick<ProblemStore, 'change'>
  readonly clients: Omit<ClientStore & ClientChanges, 'replaceKeys' | 'addUse'> & {
    /**
     * Makes a key, saves its hash, returns the key: the only time it can be seen. `othersEndAt`: the other keys end
     * then, unless they end before; `ended` are their ids.
     */
    issueKey(
      client: string,
      days: number,
      act: Act,
      othersEndAt?: Date,
    ): Promise<{ id: string; key: string; expiresAt: Date; ended: readonly string[] }>
    /** The client of a key; throws `key-missing` or `key-invalid`. Cached for at most 5 s. */
    authenticate(key: string | undefined): Promise<Client>
    /** The client a trusted address counts as. */
    byId(client: string): Promise<Client | undefined>
  }
  readonly people: People
  readonly revisions: Omit<RevisionStore, 'change'> & { running(): Revision | undefined }
  readonly schemas: {
    messageTypes(): readonly { type: string; schemaId: string; title: string }[]
    schema(id: string): object | undefined
    /** The data of a message without what is personal in it; `masked` are JSON Pointers. */
    maskPersonal(type: string, data: unknown): { data: unknown; masked: readonly string[] }
  }
  readonly keys: {
    rotate(act: Act): Promise<{ keyId: number; rewrapped: number; reencrypted: number }>
  }
  readonly pulls: {
    /** One that runs will run again. Throws `not-found`, and `state-conflict` when it is paused or switched off. */
    runNow(job: string, act: Act): Promise<void>
    pause(job: string, act: Act, resumeAt?: Date): Promise<void>
    resume(job: string, act: Act): Promise<void>
    /**
     * From its next run on it reads again what has changed since `to` (as its connector can tell), or everything,
     * as at its very first run. Throws `not-found`, `request-invalid` where `to` is to come or its connector knows no
     * moments, `system-misconfigured`.
     */
    rewind(job: string, to: Date | 'start', act: Act): Promise<void>
  }
  readonly dryRuns: {
    /** The configuration in force with these parts in the place of its own. Throws `request-invalid` with every fault. */
    candidate(parts: CandidateParts): Configuration
    /**
     * Sends nothing and keeps nothing but who has asked for it. Throws `not-found` (the job), `request-invalid`
     * (a sample, or what does not go with this kind of job), `system-misconfigured`, `dry-run-impossible`,
     * `state-conflict` (a paused source), `rate-limited`, and what a source makes a pull throw. Aborting `signal`
     * ends it: of a push with what has been found so far.
     */
    run(request: DryRunRequest, act: Act, signal: AbortSignal): Promise<DryRunReport>
  }
  readonly audit: {
    verify(anchor?: string): Promise<AuditVerdict>
    /** Puts on record what changes nothing in the store. No personal data. */
    note(entry: AuditNote): Promise<void>
  }
  readonly about: About
  /** After a restore from a backup, with no other process running; see the port of the same name. */
  restored(lostUntil: Date | undefined, act: Act): Promise<Restoration>
  /** The checks of `hub verify`: conservation and order, from the database alone. */
  verify(): Promise<readonly Verdict[]>
  metrics(): Promise<{ contentType: string; body: string }>
  /** Counts an answered request. */
  served(request: {
    operation: string
    status: number
    durationMs: number
    client?: string | undefined
  }): void
  /** `live`: the event loop turns. `ready`: the store answers, migrations and configuration are in. */
  ready(): Promise<{ ready: boolean; checks: Readonly<Record<string, boolean>> }>
  /** From now on it sends and pulls, if that is its role, and follows new configurations. */
  start(): Promise<void>
  close(): Promise<void>
}

export interface CorrectionDryRun {
  readonly system: string
  readonly job: string
  readonly report: DryRunReport
}

export interface DryRunRequest {
  readonly job: string
  /** CloudEvents, as they would be submitted. */
  readonly samples?: readonly unknown[]
  /** Push: messages of the store, by id; those that the job does not route are left out. */
  readonly messages?: readonly string[]
  /** Push: so many messages of the history; 0 unless it is said when there are samples or messages, else 100. Pull: so many rows. */
  readonly last?: number
  /** Pull: as at its very first run. */
  readonly fromStart?: boolean
  readonly candidate?: Configuration
  readonly mostBytes: number
}

export type DryRunReport = {
  readonly job: string
  /** The revision in force. */
  readonly revision: number | null
  readonly hasCandidate: boolean
  /** The moment of the run: as if everything was sent then. RFC 3339. */
  readonly at: string
} & (DryPushReport | DryPullReport)

export interface CatalogueCounts {
  readonly entries: number
  readonly added: number
  readonly changed: number
  readonly reissued: number
  readonly vanished: number
}

export interface Verdict {
  readonly name: string
  readonly ok: boolean
  readonly count: number
  /** A few places where it does not hold. */
  readonly examples: readonly string[]
}

export interface AuditNote {
  readonly actor: string
  readonly action: string
  readonly object: string
  readonly detail: string
}

export interface AuditVerdict {
  readonly ok: boolean
  readonly sealed: number
  readonly unsealed: number
  readonly head: string | null
  /** Where the chain breaks, when it does. */
  readonly broken: string | null
}
