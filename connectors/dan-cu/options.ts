import type { CredentialOptions } from '../../src/connector/index.ts'

/** The options of one system, with the manifest's defaults filled in. */
export interface PopulationOptions {
  readonly serviceUrl: string
  readonly transport: 'soap' | 'proxy'
  readonly credentials: CredentialOptions
  readonly nameForm: 'upper' | 'ascii'
  readonly officialDetails: boolean
  readonly namespace: string
  readonly relativesNamespace: string
  readonly checkOfficial: string
  readonly checkServiceCode: string
}

/** What the manifest says when an option is absent; a test compares both. */
export const defaultOptions = {
  transport: 'soap',
  nameForm: 'upper',
  officialDetails: true,
  namespace: 'http://dancuquocgia.bca',
  relativesNamespace: 'http://gtel.vn/qldc',
} as const satisfies Partial<PopulationOptions>

type Given = Omit<PopulationOptions, keyof typeof defaultOptions> & Partial<PopulationOptions>

/** Reads options that have fitted the manifest's schema. */
export const readOptions = (options: Readonly<Record<string, unknown>>): PopulationOptions => ({
  ...defaultOptions,
  ...(options as Readonly<Record<string, unknown>> & Given),
})
