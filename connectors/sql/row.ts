/** One row of a table → one record, by the names of its columns. Pure. */
import { type Fault, type MappingRow, permanent } from '../../src/connector/index.ts'
import { type Cell, isUnreadable } from './cells.ts'
import { columnAt } from './options.ts'

export type Row = Readonly<Record<string, string | boolean | null>>

/** What a mapping reads of a row, each once. Of other columns nothing is ever asked. */
export function columnsOf(
  rows: readonly MappingRow[],
  others: readonly (string | undefined)[],
): readonly string[] {
  const pointers = rows.map(({ from, each }) => from ?? each)
  return [...new Set([...pointers.map(columnAt), ...others])].filter((name) => name !== undefined)
}

export const pointerTo = (column: string): string =>
  `/${column.replaceAll('~', '~0').replaceAll('/', '~1')}`

/** What can be told truly of it, and every column that holds what cannot. Throws where that is so in any row. */
export function readRow(
  columns: readonly string[],
  cells: readonly Cell[],
): { readonly value: Row; readonly faults: readonly Fault[] } {
  const faults: Fault[] = []
  let isOfColumn = false
  const row: Record<string, string | boolean | null> = {}
  for (const [index, name] of columns.entries()) {
    const cell = cells[index] ?? null
    if (isUnreadable(cell)) {
      faults.push({ pointer: pointerTo(name), rule: 'value', ...cell.wrong })
      isOfColumn ||= cell.isOfColumn === true
    } else Object.defineProperty(row, name, { value: cell, enumerable: true })
  }
  if (isOfColumn) throw permanent('mapping-failed', { faults })
  return { value: row, faults }
}

/** Throws `mapping-failed` naming every column that holds what cannot be told truly. */
export function rowOf(columns: readonly string[], cells: readonly Cell[]): Row {
  const { value, faults } = readRow(columns, cells)
  if (faults.length > 0) throw permanent('mapping-failed', { faults })
  return value
}
