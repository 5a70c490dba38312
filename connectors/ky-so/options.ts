import type { CredentialOptions } from '../../src/connector/index.ts'

/** The options of one system, with the manifest's defaults filled in. */
export interface SignatureOptions {
  readonly baseUrl: string
  readonly paths: { readonly certificate: string; readonly signFile: string }
  readonly credentials: CredentialOptions
  readonly successCodes: readonly number[]
  readonly missingCodes: readonly number[]
  readonly checkUser: string
  readonly checkAuthority: string
}

/** What the manifest says when an option is absent; a test compares both. */
export const defaultOptions = {
  paths: { certificate: 'get_certificate', signFile: 'sign_file' },
  successCodes: [200],
  missingCodes: [],
  checkUser: '000000000000',
  checkAuthority: 'VNPT-CA',
} as const satisfies Partial<SignatureOptions>

type Given = Pick<SignatureOptions, 'baseUrl' | 'credentials'> &
  Partial<Omit<SignatureOptions, 'paths'>> & {
    readonly paths?: Partial<SignatureOptions['paths']>
  }

/** Reads options that have fitted the manifest's schema. */
export function readOptions(options: Readonly<Record<string, unknown>>): SignatureOptions {
  const given = options as Readonly<Record<string, unknown>> & Given
  return { ...defaultOptions, ...given, paths: { ...defaultOptions.paths, ...given.paths } }
}
