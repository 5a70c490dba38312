import type { CredentialOptions } from '../../src/connector/index.ts'

/** The options of one system, with the manifest's defaults filled in. */
export interface RegistryOptions {
  readonly baseUrl: string
  readonly credentials: CredentialOptions
  /** Rows asked for at once. */
  readonly pageSize: number
  /** `yyyy-MM-dd` of the very first window; undefined: the last five days. */
  readonly pullFrom?: string
  /** What the service writes beside status 0 when there is simply nothing. */
  readonly missingMessages: readonly string[]
  /** Enterprise that the connection test asks about. */
  readonly checkCode: string
  /** Whose key the connection test takes, where every official has one. */
  readonly checkOfficial?: string
}

/** What the manifest says when an option is absent; a test compares both. */
export const defaultOptions = {
  pageSize: 100,
  missingMessages: [],
  checkCode: '0000000000',
} as const satisfies Partial<RegistryOptions>

type Given = Omit<RegistryOptions, keyof typeof defaultOptions> & Partial<RegistryOptions>

/** Reads options that have fitted the manifest's schema. */
export const readOptions = (options: Readonly<Record<string, unknown>>): RegistryOptions => ({
  ...defaultOptions,
  ...(options as Readonly<Record<string, unknown>> & Given),
})
