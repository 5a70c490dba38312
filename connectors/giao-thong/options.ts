import {
  type CredentialOptions,
  type MapiAccount,
  mapiDefaults,
} from '../../src/connector/index.ts'

/** The licence system: its account, and the adapter or the sharing platform that leads to it. */
export interface LicenceOptions extends MapiAccount {
  readonly adapterUrl?: string
  readonly forwardPath: string
  readonly dstcode?: string
  readonly dstcodeIn: 'query' | 'header'
  readonly providerUrl: string | undefined
  readonly platformUrl?: string
  readonly platformCredentials: CredentialOptions
  /** Repeated in every call as `donViXuLy`. */
  readonly handlingUnit: string
}

/** The list of dossiers that the ministry keeps. */
export interface MinistryOptions {
  readonly ministryUrl: string
  readonly ministryAgency: string
  readonly ministryCredentials: CredentialOptions
  readonly ministryKeyInQuery: boolean
}

/** The options of one system, with the manifest's defaults filled in. */
export interface TransportOptions {
  readonly licences: LicenceOptions | undefined
  readonly ministry: MinistryOptions | undefined
  /** How many days before today a run begins. */
  readonly pullDays: number
  /** `YYYY-MM-DD`: where the very first run begins. */
  readonly pullFrom?: string
  readonly portrait: boolean
}

/** What the manifest says when an option is absent; a test compares both. */
export const defaultOptions = {
  ...mapiDefaults,
  pullDays: 3,
  portrait: false,
  ministryKeyInQuery: false,
} as const

/** Reads options that have fitted the manifest's schema: it says which of them come together. */
export function readOptions(options: Readonly<Record<string, unknown>>): TransportOptions {
  const all = {
    ...{ platformCredentials: { style: 'none' } },
    ...defaultOptions,
    ...options,
  } as Readonly<Record<string, unknown>> & LicenceOptions & MinistryOptions & TransportOptions
  return {
    ...all,
    licences: options.username === undefined ? undefined : all,
    ministry: options.ministryUrl === undefined ? undefined : all,
  }
}
