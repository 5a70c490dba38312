/** The options of one system, with the manifest's defaults filled in. */
export interface ProcedureOptions {
  readonly baseUrl: string
  readonly listing: 'cursor' | 'pages'
  readonly pageSize: number
  readonly departmentCode: string | undefined
  readonly level: 'COMMUNE' | 'PROVINCE' | 'MINISTRY' | undefined
  readonly details: 'changed' | 'none'
  readonly detailDays: number
  readonly requestsPerSecond: number
  /** Below `baseUrl`. */
  readonly paths: { readonly list: string; readonly pages: string; readonly detail: string }
}

/** What the manifest says when an option is absent; a test compares both. */
export const defaultOptions = {
  listing: 'cursor',
  pageSize: 50,
  departmentCode: undefined,
  level: undefined,
  details: 'changed',
  detailDays: 7,
  requestsPerSecond: 1,
  paths: {
    list: 'submitting/formality/list-all-public-formality-by-citizen',
    pages: 'reporting/formalities',
    detail: 'configuring/formality/get-formality-by-citizen',
  },
} as const satisfies Partial<ProcedureOptions>

/** Reads options that have fitted the manifest's schema. */
export function readOptions(options: Readonly<Record<string, unknown>>): ProcedureOptions {
  const given = options as unknown as ProcedureOptions
  return { ...defaultOptions, ...given, paths: { ...defaultOptions.paths, ...given.paths } }
}
