/** The options of a system over REST, as connector.json says; nothing in them is known to this code. */
import type {
  CredentialOptions,
  DayForm,
  MappingRow,
  TimeForm,
  VerdictRow,
} from '../../src/connector/index.ts'

export interface Question {
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: readonly MappingRow[]
}

interface Asked {
  readonly request: Question
  readonly answers: readonly VerdictRow[]
}

export interface PushOptions {
  readonly name: string
  readonly request: Question & {
    readonly method: 'POST' | 'PUT'
    readonly body: readonly MappingRow[]
    readonly idempotencyHeader?: string
    readonly schema?: string
  }
  readonly answers: readonly VerdictRow[]
  readonly confirm?: Asked
}

export interface Paging {
  readonly style: 'none' | 'cursor' | 'page' | 'offset' | 'link'
  readonly parameter?: string
  readonly next?: string
  readonly sizeParameter?: string
  readonly size?: number
  readonly firstPage?: 0 | 1
}

export interface PullOptions extends Asked {
  readonly name: string
  readonly types: readonly string[]
  readonly items: string
  readonly changedSince?: {
    readonly parameter: string
    readonly date?: TimeForm | DayForm
    readonly first: string
  }
  readonly paging: Paging
  readonly message: {
    readonly subject: string
    readonly time: string
    readonly date?: TimeForm
    readonly data: readonly MappingRow[]
  }
}

export interface LookupOptions extends Asked {
  readonly name: string
  readonly answer: readonly MappingRow[]
}

export interface RestOptions {
  readonly address: string
  readonly credentials: CredentialOptions
  readonly check: Asked
  readonly operations?: readonly PushOptions[]
  readonly pulls?: readonly PullOptions[]
  readonly lookups?: readonly LookupOptions[]
}
