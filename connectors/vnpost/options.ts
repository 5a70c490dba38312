import type { CredentialOptions } from '../../src/connector/index.ts'

/** The options of one system, with the manifest's defaults filled in. */
export interface PostOptions {
  readonly baseUrl: string
  readonly variant: 'ngsp' | 'lgsp'
  readonly customerCode: string
  readonly credentials: CredentialOptions
  readonly paths: { readonly order: string; readonly cancel: string; readonly tracking: string }
  readonly flagConfig: number
  readonly successCodes: readonly string[]
  /** Codes that do not tell whether the order is there. */
  readonly doubtfulCodes: readonly string[]
  readonly withoutDistrict: 'refuse' | 'zero'
  readonly pageSize: number
}

/** What the manifest says when an option is absent; a test compares both. */
export const defaultOptions = {
  variant: 'ngsp',
  paths: { order: 'order/post', cancel: 'order/cancel', tracking: 'order/tracking' },
  flagConfig: 2,
  successCodes: ['100'],
  doubtfulCodes: ['101'],
  withoutDistrict: 'refuse',
  pageSize: 50,
} as const satisfies Partial<PostOptions>

type Given = Pick<PostOptions, 'baseUrl' | 'customerCode' | 'credentials'> &
  Partial<Omit<PostOptions, 'paths'>> & { readonly paths?: Partial<PostOptions['paths']> }

/** Reads options that have fitted the manifest's schema. */
export function readOptions(options: Readonly<Record<string, unknown>>): PostOptions {
  const given = options as Readonly<Record<string, unknown>> & Given
  return { ...defaultOptions, ...given, paths: { ...defaultOptions.paths, ...given.paths } }
}
