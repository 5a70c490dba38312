/** The options of one TTHC system, with the manifest's defaults filled in. */
export interface TthcOptions {
  readonly baseUrl: string
  readonly auth: 'api-key' | 'oauth2'
  readonly apiKeyHeader: string
  readonly apiKey: string | undefined
  readonly tokenPath: string
  readonly clientId: string | undefined
  readonly clientSecret: string | undefined
  readonly tokenMinutes: number
  readonly eventsPath: string
  readonly changesPath: string
  readonly pageSize: number
  readonly pullFrom: string | undefined
  /** CloudEvents source of what this system says; undefined: `/<province>/<system>`. */
  readonly source: string | undefined
  readonly agencyCode: string
  /** The account which the software logs in with at the door `mapi/login`. */
  readonly doorAccount: { readonly username: string; readonly password: string } | undefined
  readonly sessionMinutes: number
  readonly constants: Constants
  readonly attachments: 'refuse' | 'leave-out'
}

/**
 * Facts that hold for everything this software sends and that its shape has no field for. An
 * operator states them; the hub fills in nothing else.
 */
export interface Constants {
  readonly channel?: 'direct' | 'online' | 'postal'
  readonly submittedFrom?: 'portal' | 'province'
  readonly returnMethod?: 'direct' | 'postal'
  readonly digitised?: boolean
  readonly verifiedByVNeID?: boolean
  readonly onlinePayment?: 'none' | 'portal' | 'province' | 'offline'
  readonly databasesConsulted?: readonly string[]
  /** `accepted-at`: the software registers what is handed in at once, so both times are one. */
  readonly submittedAt?: 'accepted-at'
  readonly feeCollection?: 'upfront' | 'afterwards' | 'exempt'
  readonly component?: {
    readonly digitised?: boolean
    readonly reuse?: 'none' | 'reused'
    readonly fromPortalStore?: boolean
  }
}

/** What the manifest says when an option is absent; a test compares both. */
export const defaultOptions = {
  auth: 'api-key',
  apiKeyHeader: 'X-API-Key',
  apiKey: undefined,
  tokenPath: '/oauth2/token',
  clientId: undefined,
  clientSecret: undefined,
  tokenMinutes: 50,
  eventsPath: '/api/lien-thong/v1/events',
  changesPath: '/api/lien-thong/v1/changes',
  pageSize: 100,
  pullFrom: undefined,
  source: undefined,
  doorAccount: undefined,
  sessionMinutes: 10,
  constants: {},
  attachments: 'refuse',
} as const satisfies Partial<TthcOptions>

/** Reads options that have fitted the manifest's schema. */
export const readOptions = (options: Readonly<Record<string, unknown>>): TthcOptions =>
  ({ ...defaultOptions, ...options }) as TthcOptions
