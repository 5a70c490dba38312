import type { CredentialOptions, DayForm, TimeForm } from '../../src/connector/index.ts'

/** The options of one system, with the manifest's defaults filled in. */
export interface CivilStatusOptions {
  readonly baseUrl: string
  readonly paths: { readonly submit: string; readonly states: string }
  readonly credentials: CredentialOptions
  readonly provinceCode: string
  /** flat: texts. two-tier: names, births and places in parts, as since 2025. */
  readonly shape: 'flat' | 'two-tier'
  readonly receivedForm: TimeForm | DayForm
  /** By which of a dossier's codes the system is asked about it. */
  readonly askBy: 'one-stop' | 'portal'
  readonly codesPerCall: number
  /** Who is named where the system names nobody; absent: such a change is not taken. */
  readonly unnamedOfficer?: string
}

/** What the manifest says when an option is absent; a test compares both. */
export const defaultOptions = {
  paths: {
    submit: 'apiLienThongKSKT/1.0/nhanHoSoDKHT',
    states: 'apiLienThongKSKT/1.0/traTrangThaiHoSo',
  },
  shape: 'two-tier',
  receivedForm: 'dd/MM/yyyy HH:mm:ss',
  askBy: 'one-stop',
  codesPerCall: 3,
} as const satisfies Partial<CivilStatusOptions>

type Given = Pick<CivilStatusOptions, 'baseUrl' | 'credentials' | 'provinceCode'> &
  Partial<Omit<CivilStatusOptions, 'paths'>> & {
    readonly paths?: Partial<CivilStatusOptions['paths']>
  }

/** Reads options that have fitted the manifest's schema. */
export function readOptions(options: Readonly<Record<string, unknown>>): CivilStatusOptions {
  const given = options as Readonly<Record<string, unknown>> & Given
  return { ...defaultOptions, ...given, paths: { ...defaultOptions.paths, ...given.paths } }
}
