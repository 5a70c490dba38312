import { type MapiOptions, mapiDefaults } from '../../src/connector/index.ts'

/** How a list is read, whatever the way. */
export interface ListingOptions {
  readonly details: 'changed' | 'none'
  readonly detailDays: number
}

interface CommonOptions extends ListingOptions {
  readonly pageSize: number
  readonly requestsPerSecond: number
}

/** The public read API. */
export interface PublicOptions extends CommonOptions {
  readonly source: 'public-api'
  readonly baseUrl: string
  readonly listing: 'cursor' | 'pages'
  readonly departmentCode: string | undefined
  readonly level: 'COMMUNE' | 'PROVINCE' | 'MINISTRY' | undefined
  /** Below `baseUrl`. */
  readonly paths: { readonly list: string; readonly pages: string; readonly detail: string }
}

/** From a word of the source to the word the catalogue keeps; any other stays as it is. */
export type WordTable = Readonly<Record<string, string>>

/** The services of `mapi` through the adapter. */
export interface ServiceOptions extends CommonOptions, MapiOptions {
  readonly source: 'mapi'
  /** Repeated in every call as `madonvi`. */
  readonly agencyCode: string
  /** Where details are asked for: `integration` beside `share`. `servicePath` unless it is said. */
  readonly detailPath: string | undefined
  readonly words: Readonly<Record<'channels' | 'units' | 'states' | 'kinds', WordTable>>
}

/** The options of one system, with the manifest's defaults filled in. */
export type ProcedureOptions = PublicOptions | ServiceOptions

/** What the manifest says when an option is absent; a test compares both. */
export const defaultOptions = {
  ...mapiDefaults,
  source: 'public-api',
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
  detailPath: undefined,
  words: {
    channels: { '1': 'DIRECT', '2': 'ONLINE', '3': 'POSTAL' },
    units: {},
    states: {},
    kinds: {},
  },
} as const

/** Reads options that have fitted the manifest's schema: it says which of them belong to which source. */
export function readOptions(options: Readonly<Record<string, unknown>>): ProcedureOptions {
  const given = options as Partial<PublicOptions> & Partial<ServiceOptions>
  const { paths, words } = defaultOptions
  return {
    ...{ ...defaultOptions, ...given },
    paths: { ...paths, ...given.paths },
    words: { ...words, ...given.words },
  } as ProcedureOptions
}
