/** What a file gives, whatever its format: records one by one, each readable or told. */
import type { ErrorCode } from '../../src/connector/index.ts'

export type ReadRecord =
  | { readonly value: unknown }
  /** By the pointers of the members that are at fault. */
  | { readonly code: ErrorCode; readonly pointers: readonly string[] }

/** A file, as a reader of formats needs it. */
export interface Source {
  readonly size: number
  /** From byte `from` up to byte `to`, excluded. Throws outcomes only: they say nothing about the file. */
  read(from?: number, to?: number): AsyncGenerator<Uint8Array>
}

/** The file itself cannot be read, or not further: a fault of the file, told by its name. */
export class FileFault extends Error {
  override readonly name = 'FileFault'
  readonly code: ErrorCode
  readonly pointers: readonly string[]
  constructor(code: ErrorCode, pointers: readonly string[] = []) {
    super(`the file cannot be read: ${code}`)
    this.code = code
    this.pointers = pointers
  }
}

/** Of one row; a table that is wider is none. */
const mostColumns = 1000

/** The names of columns, in composed Unicode: a name is the operator's, and how it was typed is nobody's. */
export function columnsOf(cells: readonly string[]): readonly string[] {
  if (cells.length > mostColumns) throw new FileFault('file-too-large')
  const names = cells.map((cell) => cell.normalize('NFC').trim())
  const given = names.filter((name) => name !== '')
  if (new Set(given).size !== given.length || given.length === 0)
    throw new FileFault('file-type-mismatch')
  return names
}

/** Without one of these columns no row could be read: said once, not for each row. */
export function requireColumns(names: readonly string[], required: readonly string[]): void {
  const missing = required.filter((name) => !names.includes(name))
  if (missing.length > 0)
    throw new FileFault(
      'mapping-failed',
      missing.map((name) => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`),
    )
}

/** Own members only, whatever the columns are called. */
export const recordOf = (
  names: readonly string[],
  cells: readonly (string | undefined)[],
): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    names.flatMap((name, index) => {
      const cell = cells[index]
      return name === '' || cell === undefined ? [] : [[name, cell] as const]
    }),
  )
