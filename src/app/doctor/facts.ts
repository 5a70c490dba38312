/** What `hub doctor` looks at. Facts only; judge.ts says what they mean. */
import type { Fault, Words } from '../../domain/errors.ts'
import type { ConfigFault } from '../config/config-fault.ts'

/** Something that was looked at, or why it could not be. */
export type Seen<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly why: Words }

export interface PostgresFacts {
  /** For example 180004. */
  readonly version: number
  readonly fsync: boolean
  readonly synchronousCommit: boolean
  /** Clock of the database minus clock of this machine. */
  readonly clockOffsetMs: number
  readonly maxConnections: number
  readonly migrations: { readonly applied: number; readonly known: number }
  readonly processes: readonly {
    readonly id: string
    readonly role: string
    readonly seenSecondsAgo: number
  }[]
  readonly systems: readonly SystemFacts[]
  /** Deliveries of the last week that may have arrived twice; null: this store cannot tell yet. */
  readonly sentTwice: { readonly count: number; readonly newest: string | null } | null
}

export interface SystemFacts {
  readonly id: string
  readonly paused: boolean
  readonly circuitOpen: boolean
  readonly failed: number
  readonly oldestDueSeconds: number | null
}

export interface ConfigFacts {
  readonly faults: readonly ConfigFault[]
  readonly warnings: readonly ConfigFault[]
  /** The newest revision and how many things of the files differ from it; null when there is none. */
  readonly revision: { readonly id: number; readonly differences: number } | null
  /** Secrets that this process cannot fetch. */
  readonly secrets: readonly { readonly system: string; readonly fault: Fault }[]
}

export interface Facts {
  readonly node: string
  readonly poolSize: number
  /** No HUB_DATABASE_URL: the hub brings PostgreSQL along. */
  readonly embedded: boolean
  /** Undefined: there is none yet. */
  readonly masterKey: Seen<{ readonly path: string; readonly mode: number }> | undefined
  /** Undefined: the embedded server has never been started. */
  readonly postgres: Seen<PostgresFacts> | undefined
  /** Undefined: wake-ups travel through PostgreSQL. */
  readonly redis: Seen<{ readonly version: string; readonly maxmemoryPolicy: string }> | undefined
  readonly config: ConfigFacts
  readonly connectors: readonly { readonly id: string; readonly problem: Words | null }[]
  readonly certificates: readonly {
    readonly system: string
    readonly host: string
    readonly daysLeft: Seen<number>
  }[]
  /** Null: nobody has told where its mark is. Null in it: there is no such file. */
  readonly backup: { readonly at: string | null } | null
  readonly restoreDrill: { readonly at: string | null } | null
  readonly now: Date
  readonly disk: Seen<{
    readonly path: string
    readonly freeBytes: number
    readonly totalBytes: number
  }>
}
