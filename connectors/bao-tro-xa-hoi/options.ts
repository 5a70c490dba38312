import type { CredentialOptions } from '../../src/connector/index.ts'

/** The options of one system, with the manifest's defaults filled in. */
export interface ProtectionOptions {
  readonly baseUrl: string
  readonly path: string
  readonly acceptKey: string
  readonly credentials: CredentialOptions
  readonly successCodes: readonly string[]
  /** What stands between the codes of several databases; undefined: not known, so several are refused. */
  readonly databaseSeparator?: string
}

/** What the manifest says when an option is absent; a test compares both. */
export const defaultOptions = {
  path: 'apiBTXH/DongBoDVC',
  successCodes: ['0'],
} as const satisfies Partial<ProtectionOptions>

type Given = Omit<ProtectionOptions, keyof typeof defaultOptions> & Partial<ProtectionOptions>

/** Reads options that have fitted the manifest's schema. */
export const readOptions = (options: Readonly<Record<string, unknown>>): ProtectionOptions => ({
  ...defaultOptions,
  ...(options as Readonly<Record<string, unknown>> & Given),
})
