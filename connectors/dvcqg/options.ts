import { type MapiOptions, mapiDefaults } from '../../src/connector/index.ts'

/** The options of one system, with the manifest's defaults filled in. */
export interface PortalOptions extends MapiOptions {
  readonly agencyCode: string
  readonly generation: 1 | 2
  readonly resultCodeField: 'MaGiayToKetQua' | 'MaKetQua'
  readonly identitiesNotSent: readonly string[]
  readonly progressChunk: number
  readonly progressField: string
  readonly fileLinks: 'source' | 'hub'
  readonly fileLinkDays: number
  readonly fileOrigins: readonly string[]
  readonly fileMaxMegabytes: number
}

/** What the manifest says when an option is absent; a test compares both. */
export const defaultOptions = {
  ...mapiDefaults,
  generation: 2,
  resultCodeField: 'MaGiayToKetQua',
  identitiesNotSent: ['tax-code', 'business-registration', 'agency-code'],
  progressChunk: 10,
  progressField: 'DanhSachTienDo',
  fileLinks: 'source',
  fileLinkDays: 30,
  fileOrigins: [],
  fileMaxMegabytes: 50,
} as const satisfies Partial<PortalOptions>

type Required = 'adapterUrl' | 'dstcode' | 'username' | 'password' | 'agencyCode'
type Given = Pick<PortalOptions, Required> & Partial<PortalOptions>

/** Reads options that have fitted the manifest's schema. */
export const readOptions = (options: Readonly<Record<string, unknown>>): PortalOptions => ({
  ...defaultOptions,
  ...(options as Readonly<Record<string, unknown>> & Given),
})
