import type { CircuitRule } from './circuit.ts'
import type { LanePolicy } from './delivery.ts'
import type { Words } from './errors.ts'
import type { MaintenanceWindow } from './maintenance.ts'
import type { RetrySchedule } from './retry-schedule.ts'

/** One configured instance of a connector, defaults filled in. Secrets are still references. */
export interface System {
  readonly id: string
  readonly connector: string
  readonly title: Words
  /** Options of the connector, as its manifest's schema says; `env:NAME` and `file:PATH` unresolved. */
  readonly options: Readonly<Record<string, unknown>>
  /** How many requests may be open at once, over all processes. */
  readonly concurrency: number
  /** Requests a second over all processes; undefined means no limit. */
  readonly ratePerSecond: number | undefined
  /** How many deliveries of one lane a worker takes at a time, each sent after the answer before. */
  readonly runAhead: number
  /** The longest a request may take, connecting included. */
  readonly timeoutMs: number
  /** How long an unknown outcome rests before the system is asked: at least its slowest apply. */
  readonly settleMs: number
  readonly retry: RetrySchedule
  readonly circuit: CircuitRule
  readonly maintenance: readonly MaintenanceWindow[]
  readonly lookups: LookupLimits
  /** PEM files (paths relative to the configuration folder); verification cannot be switched off. */
  readonly tls: SystemTls | undefined
  /** Who may use the doors of this system without a key: addresses (CIDR) → the client they count as. */
  readonly trusted: readonly { readonly cidr: string; readonly client: string }[]
}

/** Of synchronous questions; the quotas hold over all processes. */
export interface LookupLimits {
  /** The system has so long to answer. */
  readonly timeoutMs: number
  readonly perOfficialPerHour: number
  readonly perClientPerMinute: number
}

export const defaultLookupLimits: LookupLimits = {
  timeoutMs: 10_000,
  perOfficialPerHour: 200,
  perClientPerMinute: 600,
}

export interface SystemTls {
  /** Authorities, instead of those of the machine. */
  readonly caFile?: string
  /** Certificate and key that the hub shows, both or none. */
  readonly certFile?: string
  readonly keyFile?: string
}

/** Which accepted messages go to a system. */
export interface PushJob {
  readonly kind: 'push'
  readonly id: string
  readonly title: Words
  readonly enabled: boolean
  /** CloudEvents sources this job listens to; empty means all. */
  readonly sources: readonly string[]
  readonly types: readonly string[]
  readonly to: string
  readonly policy: LanePolicy
}

/** What is fetched from a system on a schedule. */
export interface PullJob {
  readonly kind: 'pull'
  readonly id: string
  readonly title: Words
  readonly enabled: boolean
  readonly from: string
  readonly operation: string
  /** Cron in Asia/Ho_Chi_Minh. */
  readonly schedule: string
  /** How far behind the cursor each run starts, to catch late commits at the source. */
  readonly overlapSeconds: number
  readonly catchUp: CatchUp
}

/**
 * What becomes of planned times at which a pull could not begin (nothing ran, or it was paused). `one`: a
 * single run as soon as it can, however many were missed. `skip`: none, it waits for the next planned time.
 */
export type CatchUp = 'one' | 'skip'

export type SyncJob = PushJob | PullJob

/** Rows of a code table: what a canonical code is called at a system, and when that held. */
export interface CodeRow {
  readonly canonical: string
  readonly remote: string
  /** `YYYY-MM-DD`, inclusive; empty means no bound. */
  readonly validFrom: string
  readonly validTo: string
}

export interface HubSettings {
  readonly province: string
  readonly publicUrl: string
  readonly retention: {
    readonly bodiesDays: number
    readonly evidenceDays: number
    /** Since a file came or was last used. */
    readonly filesDays: number
  }
}

/** Everything operators decide. Immutable; a change is a new revision. */
export interface Configuration {
  readonly hub: HubSettings
  readonly systems: readonly System[]
  readonly jobs: readonly SyncJob[]
  readonly codes: Readonly<Record<string, readonly CodeRow[]>>
}

export interface Revision {
  readonly id: number
  readonly configuration: Configuration
}

export interface Route {
  readonly system: string
  readonly job: string
  readonly policy: LanePolicy
}

/** The systems a message goes to. The first job that names a system decides its lane policy. */
export function routesOf(
  jobs: readonly SyncJob[],
  message: { readonly source: string; readonly type: string },
): Route[] {
  const routes = new Map<string, Route>()
  for (const job of jobs) {
    if (job.kind !== 'push' || !job.enabled || routes.has(job.to)) continue
    if (!job.types.includes(message.type)) continue
    if (job.sources.length > 0 && !job.sources.includes(message.source)) continue
    routes.set(job.to, { system: job.to, job: job.id, policy: job.policy })
  }
  return [...routes.values()]
}
