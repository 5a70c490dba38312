/** What a file leaves out. The schemas say the same numbers (a test compares). */
import { defaultCircuitRule } from '../../domain/circuit.ts'
import {
  defaultLookupLimits,
  type HubSettings,
  type PullJob,
  type PushJob,
  type SyncJob,
  type System,
} from '../../domain/configuration.ts'
import { defaultRetrySchedule } from '../../domain/retry-schedule.ts'

type Partly<T> = { readonly [K in keyof T]?: T[K] }

/** The shapes that schemas/hub admit: what is optional there is optional here. */
export type HubFile = Omit<HubSettings, 'retention'> & {
  readonly retention?: Partly<HubSettings['retention']>
}
export type SystemFile = Pick<System, 'id' | 'connector' | 'title' | 'options'> &
  Partly<Omit<System, 'retry' | 'circuit' | 'lookups'>> & {
    readonly retry?: Partly<System['retry']>
    readonly circuit?: Partly<System['circuit']>
    readonly lookups?: Partly<System['lookups']>
  }
export type JobFile =
  | (Pick<PushJob, 'kind' | 'id' | 'title' | 'types' | 'to'> & Partly<PushJob>)
  | (Pick<PullJob, 'kind' | 'id' | 'title' | 'from' | 'operation' | 'schedule'> & Partly<PullJob>)

const systemDefaults = {
  concurrency: 16,
  runAhead: 16,
  timeoutMs: 30_000,
  settleMs: 60_000,
  maintenance: [],
  trusted: [],
} as const
const retentionDefaults = { bodiesDays: 90, evidenceDays: 90 } as const
const pushDefaults = { enabled: true, sources: [], policy: 'block' } as const
const pullDefaults = { enabled: true, overlapSeconds: 600, catchUp: 'one' } as const

/** Files are kept as long as bodies, unless it is said otherwise. */
export const completeHub = (file: HubFile): HubSettings => {
  const retention = { ...retentionDefaults, ...file.retention }
  return {
    province: file.province,
    publicUrl: file.publicUrl,
    retention: { filesDays: retention.bodiesDays, ...retention },
  }
}

export const completeSystem = (file: SystemFile): System => ({
  ...systemDefaults,
  ratePerSecond: undefined,
  tls: undefined,
  ...file,
  retry: { ...defaultRetrySchedule, ...file.retry },
  circuit: { ...defaultCircuitRule, ...file.circuit },
  lookups: { ...defaultLookupLimits, ...file.lookups },
})

export const completeJob = (file: JobFile): SyncJob =>
  file.kind === 'push' ? { ...pushDefaults, ...file } : { ...pullDefaults, ...file }
