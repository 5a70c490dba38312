import {
  type AdapterAddressOptions,
  adapterAddressDefaults,
  type CredentialOptions,
} from '../../src/connector/index.ts'

/** The options of one system, with the manifest's defaults filled in. */
export interface StoreOptions extends AdapterAddressOptions {
  readonly username: string
  readonly password: string
  readonly paths: { readonly login: string; readonly results: string; readonly file: string }
  readonly sessionIn: 'bearer' | 'body'
  readonly sessionMinutes: number
  readonly successCodes: readonly string[]
  readonly missingCodes: readonly string[]
  readonly refusedCodes: readonly string[]
  /** Where papers are put; without it nothing can be put. */
  readonly local?: LocalStore
}

export interface LocalStore {
  readonly url: string
  readonly credentials: CredentialOptions
  readonly issuingAgency: 'agency' | 'handlingUnit'
  readonly dateForm: DateForm
}
export type DateForm = 'yyyy-MM-ddTHH:mm:ss' | 'yyyy-MM-dd' | 'dd/MM/yyyy' | 'yyyyMMddHHmmss'

/** What the manifest says when an option is absent; a test compares both. */
export const defaultOptions = {
  ...adapterAddressDefaults,
  paths: {
    login: 'bndp/public/v1/login',
    results: 'bndp/public/v1/GetKetQuaGiayTo',
    file: 'bndp/public/v1/GetGiayToByUrl',
  },
  sessionIn: 'bearer',
  sessionMinutes: 10,
  successCodes: ['0', '00'],
  missingCodes: [],
  refusedCodes: ['-1'],
} as const satisfies Partial<StoreOptions>

const defaultDateForm = 'yyyy-MM-ddTHH:mm:ss'

type Required = 'adapterUrl' | 'dstcode' | 'username' | 'password'
type Given = Pick<StoreOptions, Required> &
  Partial<Omit<StoreOptions, 'paths' | 'local'>> & {
    readonly paths?: Partial<StoreOptions['paths']>
    readonly local?: Omit<LocalStore, 'dateForm'> & Partial<LocalStore>
  }

/** Reads options that have fitted the manifest's schema. */
export function readOptions(options: Readonly<Record<string, unknown>>): StoreOptions {
  const { local, ...given } = options as Readonly<Record<string, unknown>> & Given
  return {
    ...defaultOptions,
    ...given,
    paths: { ...defaultOptions.paths, ...given.paths },
    ...(local && { local: { dateForm: defaultDateForm, ...local } }),
  }
}
