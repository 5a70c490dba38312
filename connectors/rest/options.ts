/** The options of a system over REST, as connector.json says; nothing in them is known to this code. */
import type {
  Asked,
  ConfiguredOptions,
  CredentialOptions,
  DayForm,
  MappingRow,
  TimeForm,
} from '../../src/connector/index.ts'

export interface RestRequest {
  /** Absent: GET, or POST where it has a body. */
  readonly method?: 'POST' | 'PUT'
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: readonly MappingRow[]
  readonly idempotencyHeader?: string
  readonly schema?: string
}

export interface Paging {
  readonly style: 'none' | 'cursor' | 'page' | 'offset' | 'link'
  readonly parameter?: string
  readonly next?: string
  readonly sizeParameter?: string
  readonly size?: number
  readonly firstPage?: 0 | 1
}

export interface PullOptions extends Asked<RestRequest> {
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

export interface RestOptions extends ConfiguredOptions<RestRequest> {
  readonly address: string
  readonly credentials: CredentialOptions
  readonly pulls?: readonly PullOptions[]
}
