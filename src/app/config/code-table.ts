/** Code tables: CSV with the columns canonical, remote, valid_from, valid_to and, if wanted, note. */
import { CsvError, type Info, parse } from 'csv-parse/sync'
import type { CodeRow } from '../../domain/configuration.ts'
import type { ConfigFault } from './config-fault.ts'

const required = ['canonical', 'remote', 'valid_from', 'valid_to'] as const
const columns = [...required, 'note'] as const
type Column = (typeof columns)[number]

type Say = (line: number, pointer: string, rule: string, vi: string, en: string) => void

interface Line {
  readonly line: number
  readonly cells: Readonly<Record<Column, string>>
}

/** The rows of one table, or every fault of the file. */
export function parseCodeTable(file: string, bytes: Uint8Array): CodeRow[] | ConfigFault[] {
  const faults: ConfigFault[] = []
  const say: Say = (line, pointer, rule, vi, en) =>
    void faults.push({ file, line, column: 1, pointer, rule, vi, en })
  const lines = readLines(bytes, say)
  lines.forEach((line, index) => {
    checkCells(line, index, say)
  })
  checkOverlaps(lines, say)
  return faults.length > 0 ? faults : lines.map(({ cells }) => rowOf(cells))
}

export const isCodeRows = (result: CodeRow[] | ConfigFault[]): result is CodeRow[] =>
  result.every((entry) => !('rule' in entry))

const rowOf = (cells: Line['cells']): CodeRow => ({
  canonical: cells.canonical,
  remote: cells.remote,
  validFrom: cells.valid_from,
  validTo: cells.valid_to,
})

function readLines(bytes: Uint8Array, say: Say): Line[] {
  let records: { record: string[]; info: Info }[]
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    records = parse(text, {
      bom: true,
      info: true,
      relax_column_count: true,
      record_delimiter: ['\r\n', '\n'],
    }) as never
  } catch (error) {
    if (error instanceof CsvError) {
      const line = Number(error.lines ?? 1)
      say(line, '', 'csv', `Sai cú pháp CSV (${error.code}).`, `Not valid CSV (${error.code}).`)
    } else say(1, '', 'utf-8', 'Tệp không phải văn bản UTF-8.', 'Not UTF-8 text.')
    return []
  }
  const [header, ...rest] = records
  const names = header?.record ?? []
  if (!isHeader(names)) {
    const list = columns.join(',')
    const vi = `Dòng đầu phải là các cột ${list} (note không bắt buộc), cách nhau bằng dấu phẩy.`
    const en = `The first line must name the columns ${list} (note is optional), with commas.`
    say(1, '', 'header', vi, en)
    return []
  }
  return rest.flatMap(({ record, info }) => {
    // `lines` is where the record ends; no cell may hold a line break, so it is where it stands.
    if (record.length === names.length) return [{ line: info.lines, cells: cellsOf(names, record) }]
    const vi = `Dòng có ${record.length} ô, dòng đầu có ${names.length}.`
    const en = `The line has ${record.length} cells, the header has ${names.length}.`
    say(info.lines, '', 'columns', vi, en)
    return []
  })
}

const isColumn = (name: string): name is Column => (columns as readonly string[]).includes(name)

const isHeader = (names: readonly string[]): names is Column[] =>
  names.every(isColumn) &&
  new Set(names).size === names.length &&
  required.every((name) => names.includes(name))

const cellsOf = (names: readonly Column[], record: readonly string[]): Line['cells'] => {
  const cells = { canonical: '', remote: '', valid_from: '', valid_to: '', note: '' }
  names.forEach((name, index) => {
    cells[name] = record[index] ?? ''
  })
  return cells
}

const isDay = (text: string): boolean => {
  const day = new Date(`${text}T00:00:00Z`)
  return (
    /^\d{4}-\d{2}-\d{2}$/.test(text) &&
    !Number.isNaN(day.getTime()) &&
    day.toISOString().startsWith(text)
  )
}

function checkCells({ line, cells }: Line, index: number, say: Say): void {
  const at = (column: Column) => `/${index}/${column}`
  for (const column of columns) {
    const cell = cells[column]
    if (cell !== cell.trim() || /\p{Cc}/u.test(cell))
      say(
        line,
        at(column),
        'whitespace',
        'Ô có khoảng trắng thừa ở đầu, cuối hoặc ký tự điều khiển.',
        'The cell has spaces around it or control characters.',
      )
    if (cell !== cell.normalize('NFC'))
      say(
        line,
        at(column),
        'unicode',
        'Ô phải viết theo Unicode dựng sẵn (NFC).',
        'Not Unicode NFC.',
      )
  }
  for (const column of ['canonical', 'remote'] as const)
    if (cells[column] === '') say(line, at(column), 'required', 'Ô trống.', 'The cell is empty.')
  for (const column of ['valid_from', 'valid_to'] as const)
    if (cells[column] !== '' && !isDay(cells[column]))
      say(
        line,
        at(column),
        'date',
        'Phải là ngày có thật, dạng NĂM-THÁNG-NGÀY (2025-07-01), hoặc để trống.',
        'Must be a real day, YYYY-MM-DD (2025-07-01), or empty.',
      )
  if (cells.valid_from && cells.valid_to && cells.valid_from > cells.valid_to)
    say(
      line,
      at('valid_to'),
      'period',
      'Ngày hết hiệu lực trước ngày có hiệu lực.',
      'The period ends before it begins.',
    )
}

const first = (line: Line): string => line.cells.valid_from || '0000-00-00'
const last = (line: Line): string => line.cells.valid_to || '9999-99-99'

/** One canonical code must mean one remote code on every day. */
function checkOverlaps(lines: readonly Line[], say: Say): void {
  const sorted = [...lines.entries()].sort(([, a], [, b]) => first(a).localeCompare(first(b)))
  const longest = new Map<string, Line>()
  for (const [index, row] of sorted) {
    const code = row.cells.canonical
    const before = longest.get(code)
    if (before && first(row) <= last(before)) {
      const vi = `Mã này đã có ở dòng ${before.line} với thời gian hiệu lực trùng nhau.`
      const en = `Line ${before.line} has the same code for an overlapping period.`
      say(row.line, `/${index}/canonical`, 'overlap', vi, en)
    }
    if (!before || last(row) > last(before)) longest.set(code, row)
  }
}
