/** One row of a table → one record by the names of its columns → one message. Pure but for the mapping. */
import { createHash } from 'node:crypto'
import {
  type ConnectorContext,
  type Fault,
  formatTime,
  type IncomingMessage,
  type Mapping,
  type MappingRow,
  parseTime,
  permanent,
  readPointer,
  type Words,
} from '../../src/connector/index.ts'
import { type Cell, isUnreadable } from './cells.ts'
import { columnAt, type PullOptions } from './options.ts'

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

/** Throws `mapping-failed` naming every column that holds what cannot be told truly. */
export function rowOf(columns: readonly string[], cells: readonly Cell[]): Row {
  const faults: Fault[] = []
  const row: Record<string, string | boolean | null> = {}
  for (const [index, name] of columns.entries()) {
    const cell = cells[index] ?? null
    if (isUnreadable(cell)) faults.push({ pointer: pointerTo(name), rule: 'value', ...cell.wrong })
    else Object.defineProperty(row, name, { value: cell, enumerable: true })
  }
  if (faults.length > 0) throw permanent('mapping-failed', { faults })
  return row
}

interface RowTools {
  readonly context: ConnectorContext
  readonly pull: PullOptions
  readonly data: Mapping
}

/** Its natural key is what it says: subject, time and content. */
export async function messageOf(
  { context, pull, data }: RowTools,
  row: Row,
): Promise<IncomingMessage> {
  const subject = textAt(row, pull.message.subject)
  const time = timeOf(pull, row)
  const content = await data(row, new Date(time))
  return {
    source: `/${context.province.toLowerCase()}/${context.system}`,
    eventId: `${pull.name}.${digest([subject, time, content])}`,
    type: pull.types[0] ?? '',
    subject,
    time,
    data: content,
  }
}

/** RFC 3339 with offset. */
function timeOf({ message: { time: pointer, date } }: PullOptions, row: Row): string {
  const text = textAt(row, pointer)
  if (date !== undefined) return parseTime(text, date, pointer)
  // Throws unless it is one.
  formatTime(text, 'yyyyMMddHHmmss', pointer)
  return text
}

function textAt(row: Row, pointer: string): string {
  const value = readPointer(row, pointer)
  if (typeof value === 'string' && value !== '') return value
  throw permanent('mapping-failed', { faults: [{ pointer, rule: 'required', ...missing }] })
}

const digest = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 40)

const missing: Words = { vi: 'bắt buộc phải có', en: 'is required' }
