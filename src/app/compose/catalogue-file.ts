/**
 * Catalogues that operators keep in files. CSV: a header with `code` and, if wanted, `valid_from`,
 * `valid_to` (days, inclusive) and `identity`; every other column is content, empty cells left out.
 * JSON: an array of objects with the same names.
 */
import { CsvError, parse } from 'csv-parse/sync'
import { readStrictJson } from '../../adapters/json/strict-json.ts'
import type { CatalogueEntry } from '../../connector/contract.ts'
import { type Fault, HubError } from '../../domain/errors.ts'

const mostFaults = 100
const depth = 32

type Row = Readonly<Record<string, unknown>>

const fault = (pointer: string, rule: string, vi: string, en: string): Fault => ({
  ...{ pointer, rule, vi, en },
})

const refuse = (faults: readonly Fault[]): never => {
  throw new HubError('request-invalid', { faults: faults.slice(0, mostFaults) })
}

/** Pointers count records from 0. Throws `request-invalid` with every fault, or as the strict reader does. */
export function readCatalogueFile(fileName: string, bytes: Uint8Array): CatalogueEntry[] {
  const rows = /\.json$/i.test(fileName) ? readJson(bytes) : readCsv(bytes)
  const faults: Fault[] = []
  const places = new Map<string, number>()
  const entries = rows.map((row, index) => {
    const entry = entryOf(row, index, faults)
    const key = `${entry.code}\n${entry.validFrom ?? ''}`
    const before = places.get(key)
    if (before === undefined) places.set(key, index)
    else
      faults.push(
        fault(
          `/${index}/code`,
          'unique',
          `mã này đã có ở bản ghi ${before} với cùng ngày bắt đầu`,
          `record ${before} has this code with the same first day`,
        ),
      )
    return entry
  })
  if (entries.length === 0)
    refuse([fault('', 'empty', 'Tệp không có bản ghi nào.', 'The file has no records.')])
  if (faults.length > 0) refuse(faults)
  return entries
}

function readJson(bytes: Uint8Array): Row[] {
  const { value } = readStrictJson(bytes, { depth })
  const rows = Array.isArray(value) ? (value as unknown[]) : []
  if (!Array.isArray(value) || !rows.every(isRow))
    return refuse([
      fault('', 'array', 'Phải là danh sách các đối tượng.', 'Must be an array of objects.'),
    ])
  return rows as Row[]
}

const isRow = (value: unknown): value is Row =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function readCsv(bytes: Uint8Array): Row[] {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    const records = parse(text, {
      bom: true,
      columns: (names: string[]) => uniqueNames(names),
      record_delimiter: ['\r\n', '\n'],
      skip_empty_lines: true,
    }) as Record<string, string>[]
    return records.map((record) =>
      Object.fromEntries(Object.entries(record).filter(([, cell]) => cell !== '')),
    )
  } catch (error) {
    if (error instanceof HubError) throw error
    if (!(error instanceof CsvError))
      return refuse([
        fault('', 'utf-8', 'Tệp không phải văn bản UTF-8.', 'The file is not UTF-8 text.'),
      ])
    const line = Number(error.lines ?? 1)
    return refuse([
      fault(
        '',
        'csv',
        `Sai cú pháp CSV tại dòng ${line} (${error.code}).`,
        `Not valid CSV at line ${line} (${error.code}).`,
      ),
    ])
  }
}

/** A column named twice would lose one of its cells, and an unnamed one cannot be asked for. */
function uniqueNames(names: readonly string[]): string[] {
  if (new Set(names).size === names.length && !names.includes('')) return [...names]
  return refuse([
    fault(
      '',
      'header',
      'Dòng đầu có cột không tên hoặc trùng tên.',
      'The header has a column without a name, or one name twice.',
    ),
  ])
}

const isDay = (text: string): boolean => {
  const day = new Date(`${text}T00:00:00Z`)
  return (
    /^\d{4}-\d\d-\d\d$/.test(text) &&
    !Number.isNaN(day.getTime()) &&
    day.toISOString().startsWith(text)
  )
}

function entryOf(row: Row, index: number, faults: Fault[]): CatalogueEntry {
  const { code, valid_from: from, valid_to: to, identity, ...content } = row
  const text = (name: string, value: unknown): string | undefined => {
    if (value === undefined || typeof value === 'string') return value
    const pointer = `/${index}/${name}`
    faults.push(fault(pointer, 'type', 'phải là chuỗi ký tự', 'must be a text'))
    return undefined
  }
  const day = (name: string, value: unknown): string | undefined => {
    const given = text(name, value)
    if (given === undefined || isDay(given)) return given
    const vi = 'phải là ngày có thật, dạng NĂM-THÁNG-NGÀY'
    faults.push(fault(`/${index}/${name}`, 'date', vi, 'must be a real day, YYYY-MM-DD'))
    return undefined
  }
  const validFrom = day('valid_from', from)
  const validTo = day('valid_to', to)
  const id = text('identity', identity)
  const named = text('code', code)
  if (code === undefined)
    faults.push(fault(`/${index}/code`, 'required', 'thiếu mã', 'the code is missing'))
  if (validFrom !== undefined && validTo !== undefined && validFrom > validTo)
    faults.push(
      fault(
        `/${index}/valid_to`,
        'period',
        'hết hiệu lực trước khi có hiệu lực',
        'ends before it begins',
      ),
    )
  return {
    code: named ?? '',
    content,
    ...(validFrom !== undefined && { validFrom }),
    ...(validTo !== undefined && { validTo }),
    ...(id !== undefined && { identity: id }),
  }
}
