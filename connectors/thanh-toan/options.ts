import type { CredentialOptions } from '../../src/connector/index.ts'

/** What a code of the platform means, where the operator has had it confirmed. */
export type Meaning = 'missing' | 'refused' | 'signature' | 'busy'

/** The options of one system, with the manifest's defaults filled in. */
export interface PaymentOptions {
  readonly baseUrl: string
  readonly paths: { readonly init: string; readonly query: string; readonly bill: string }
  readonly credentials: CredentialOptions
  readonly partnerCode: string
  readonly secret: string
  /** What stands between the last signed field and the secret. */
  readonly secretJoint: '' | '|'
  readonly version: string
  readonly channel: string
  readonly device: string
  readonly language: string
  readonly bank: string
  readonly serviceKind: string
  /** Codes other than "0" and "00", by `error_code` or `MaLoi`. */
  readonly meanings: Readonly<Record<string, Meaning>>
  /** `MaLoi` of every refusal at the IPN door. */
  readonly refusalCode: string
  /** Payments that one run of `results` looks at. */
  readonly questionsPerRun: number
  /** How long the receipt of what was paid is asked for; 0 never. */
  readonly receiptDays: number
}

/** What the manifest says when an option is absent; a test compares both. */
export const defaultOptions = {
  paths: { init: 'init', query: 'query', bill: 'bill' },
  credentials: { style: 'none' },
  secretJoint: '',
  version: '1.0.6',
  channel: '1',
  device: '1',
  language: 'vi-VN',
  bank: 'PAYMENT',
  serviceKind: '2',
  meanings: {},
  refusalCode: '99',
  questionsPerRun: 5000,
  receiptDays: 30,
} as const satisfies Partial<PaymentOptions>

type Given = Pick<PaymentOptions, 'baseUrl' | 'partnerCode' | 'secret'> &
  Partial<Omit<PaymentOptions, 'paths'>> & { readonly paths?: Partial<PaymentOptions['paths']> }

/** Reads options that have fitted the manifest's schema. */
export function readOptions(options: Readonly<Record<string, unknown>>): PaymentOptions {
  const given = options as Readonly<Record<string, unknown>> & Given
  return { ...defaultOptions, ...given, paths: { ...defaultOptions.paths, ...given.paths } }
}
