/** The options of a file server, as connector.json says; nothing in them is known to this code. */
import type { DayForm, MappingRow, TimeForm } from '../../src/connector/index.ts'

export interface CsvFormat {
  readonly kind: 'csv'
  readonly delimiter?: string
  readonly encoding?: Encoding
  /** Default true: the first line names the columns. Without it they are 0, 1, 2 … */
  readonly header?: boolean
}

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1258'

export interface XlsxFormat {
  readonly kind: 'xlsx'
  /** Default: the first. */
  readonly sheet?: string
  /** Number of the row that names the columns; default 1. */
  readonly headerRow?: number
}

export interface XmlFormat {
  readonly kind: 'xml'
  /** Local names from the root, for example `/DanhSach/HoSo`. */
  readonly record: string
}

export type Format = CsvFormat | XlsxFormat | XmlFormat

export interface PullOptions {
  readonly name: string
  readonly types: readonly string[]
  readonly folder: string
  /** `*` and `?`; capitals do not count. */
  readonly files: string
  readonly format: Format
  readonly ready?: { readonly ageSeconds?: number; readonly marker?: string }
  /** Absent: what was taken stays where it is. */
  readonly done?: string
  /** Absent: what cannot be taken stays where it is. */
  readonly bad?: string
  readonly maxBytes?: number
  readonly pageSize?: number
  readonly message: {
    readonly subject: string
    /** What tells a record from every other; absent: all that it says. */
    readonly key?: readonly string[]
    /** Absent: the time of the file that brought it first. */
    readonly time?: string
    readonly date?: TimeForm | DayForm
    readonly data: readonly MappingRow[]
  }
}

export type Content =
  | { readonly kind: 'json'; readonly rows?: readonly MappingRow[] }
  | {
      readonly kind: 'csv'
      readonly delimiter?: string
      readonly header?: boolean
      readonly rows: readonly MappingRow[]
    }
  | {
      readonly kind: 'xml'
      readonly root: string
      readonly attributes?: Readonly<Record<string, string>>
      readonly rows: readonly MappingRow[]
    }

export interface PushOptions {
  readonly name: string
  readonly folder: string
  /** Holds `{/key}`. */
  readonly file: string
  readonly content: Content
}

interface Given {
  readonly server: string
  readonly username: string
  readonly password?: string
  readonly privateKey?: string
  readonly passphrase?: string
  readonly hostKeys: readonly string[]
  readonly retryAfterSeconds?: number
  readonly pulls?: readonly PullOptions[]
  readonly operations?: readonly PushOptions[]
}

/** What the manifest says when an option is absent; a test compares both. */
export const defaultOptions = { retryAfterSeconds: 300 } as const
export const defaultPull = { ageSeconds: 60, maxBytes: 268_435_456, pageSize: 500 } as const

export interface SftpOptions extends Given {
  readonly host: string
  readonly port: number
  readonly retryAfterSeconds: number
}

/** Reads options that have fitted the manifest's schema. */
export function readOptions(options: Readonly<Record<string, unknown>>): SftpOptions {
  const given = options as Readonly<Record<string, unknown>> & Given
  // No URL of the standard: its host would not be read as one of the web's.
  const [, host = '', port = '22'] = /^sftp:\/\/(.+?)(?::(\d+))?$/.exec(given.server) ?? []
  return {
    ...given,
    host: host.replace(/^\[|\]$/g, ''),
    port: Number(port),
    retryAfterSeconds: given.retryAfterSeconds ?? defaultOptions.retryAfterSeconds,
  }
}
