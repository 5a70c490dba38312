import type { CredentialOptions } from '../../src/connector/index.ts'

/** The options of one system, with the manifest's defaults filled in. */
export interface InsuranceOptions {
  readonly baseUrl: string
  readonly paths: {
    readonly byNumber: string
    readonly byCriteria: string
    readonly household: string
  }
  readonly credentials: CredentialOptions
  readonly successCodes: readonly string[]
  readonly missingCodes: readonly string[]
  readonly birthFill: 'none' | '00' | '01'
  readonly checkNumber: string
  readonly checkOfficial?: string
}

/** What the manifest says when an option is absent; a test compares both. */
export const defaultOptions = {
  paths: {
    byNumber: 'getTraCuuTtHgdByMaSoBhxh',
    byCriteria: 'getMaSoBhxhTheoTieuChi',
    household: 'getTraCuuThongTinHgd',
  },
  successCodes: ['0', '00'],
  missingCodes: [],
  birthFill: '01',
  checkNumber: '0000000000',
} as const satisfies Partial<InsuranceOptions>

type Given = Pick<InsuranceOptions, 'baseUrl' | 'credentials'> &
  Partial<Omit<InsuranceOptions, 'paths'>> & { readonly paths?: Partial<InsuranceOptions['paths']> }

/** Reads options that have fitted the manifest's schema. */
export function readOptions(options: Readonly<Record<string, unknown>>): InsuranceOptions {
  const given = options as Readonly<Record<string, unknown>> & Given
  return { ...defaultOptions, ...given, paths: { ...defaultOptions.paths, ...given.paths } }
}
