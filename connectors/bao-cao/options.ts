import type { CredentialOptions, MappingRow } from '../../src/connector/index.ts'

/** What the manifest says when an option is absent; a test compares both. */
export const defaultOptions = {
  path: 'Statistic',
  names: {
    agencyCode: 'MA_DON_VI',
    agencyName: 'TEN_DON_VI',
    year: 'NAM',
    month: 'THANG',
    newlyReceived: 'TIEP_NHAN_MOI',
    carriedOver: 'KY_TRUOC_CHUYEN_SANG',
    total: 'TONG_SO',
    solved: 'DA_GIAI_QUYET',
    solvedInTime: 'GIAI_QUYET_DUNG_HAN',
    solvedLate: 'GIAI_QUYET_QUA_HAN',
    pending: 'DANG_GIAI_QUYET',
    pendingInTime: 'DANG_GIAI_QUYET_TRONG_HAN',
    pendingLate: 'DANG_GIAI_QUYET_QUA_HAN',
    solvedInTimePercent: 'TY_LE_DUNG_HAN',
    solvedLatePercent: 'TY_LE_QUA_HAN',
  },
} as const

export type FieldNames = { readonly [name in keyof typeof defaultOptions.names]: string }

/** The options of one system, with the manifest's defaults filled in. */
export interface ReportOptions {
  readonly baseUrl: string
  readonly shape: 'consumer-adapter' | 'ndxp'
  readonly path: string
  readonly agencyCode: string
  readonly names: FieldNames
  /** How the service index is sent; without it, it is not. */
  readonly index?: { readonly path: string; readonly body: readonly MappingRow[] }
  readonly credentials: CredentialOptions
}

/** Reads options that have fitted the manifest's schema. */
export function readOptions(options: Readonly<Record<string, unknown>>): ReportOptions {
  const given = options as unknown as ReportOptions
  return { ...defaultOptions, ...given, names: { ...defaultOptions.names, ...given.names } }
}
