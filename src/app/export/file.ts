/**
 * A list as a file: every row that a filter means, page by page, in the memory of one page, put on record
 * with how many rows left. CSV and XLSX are for people, JSON for programs.
 */
import type { Page } from '../../engine/ports/page.ts'
import type { AuditNote } from '../hub.ts'
import { csvPieces } from './csv-file.ts'
import { jsonPieces } from './json-file.ts'
import type { Sheet, Tally } from './sheet.ts'
import { xlsxPieces } from './xlsx-file.ts'

export const exportFormats = ['csv', 'xlsx', 'json'] as const
export type ExportFormat = (typeof exportFormats)[number]

export interface Source<Row> {
  page(limit: number, cursor: string | undefined): Promise<Page<Row>>
  /** So many rows at most; what lies behind them is said to be missing. */
  readonly limit?: number
}

/** A file on its way. */
export interface Outgoing {
  readonly name: string
  readonly type: string
  readonly body: AsyncGenerator<Uint8Array>
  readonly tally: Readonly<Tally>
}

/** Who takes what, as the audit trail tells it. */
export interface Taking {
  readonly actor: string
  readonly action: string
  readonly filter: object
  note(entry: AuditNote): Promise<void>
}

const pageSize = 1_000

async function* pagesOf<Row>(
  { page, limit = Number.POSITIVE_INFINITY }: Source<Row>,
  tally: Tally,
): AsyncGenerator<readonly Row[]> {
  for (let cursor: string | null | undefined; cursor !== null && !tally.isCut; ) {
    const { items, next } = await page(Math.min(pageSize, limit - tally.rows), cursor)
    tally.rows += items.length
    tally.isCut = next !== null && tally.rows >= limit
    cursor = next
    if (items.length > 0) yield items
  }
}

const types: Readonly<Record<ExportFormat, string>> = {
  csv: 'text/csv; charset=utf-8',
  json: 'application/json; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}
export const exportTypes = Object.values(types).map((type) => type.split(';')[0] ?? type)

const pieces = { csv: csvPieces, json: jsonPieces, xlsx: xlsxPieces } as const

/**
 * The last piece waits until the taking is on record: nobody has the whole of a file that is not. What is
 * broken off is on record as well, with the rows that may have left.
 */
async function* recorded(
  body: AsyncIterable<Uint8Array>,
  record: (isWhole: boolean) => Promise<void>,
): AsyncGenerator<Uint8Array> {
  let isRecorded = false
  let held: Uint8Array | undefined
  try {
    for await (const piece of body) {
      if (held) yield held
      held = piece
    }
    isRecorded = true
    await record(true)
    if (held) yield held
  } finally {
    if (!isRecorded) await record(false)
  }
}

export function exportFile<Row>(
  sheet: Sheet<Row>,
  source: Source<Row>,
  format: ExportFormat,
  { actor, action, filter, note }: Taking,
): Outgoing {
  const tally: Tally = { rows: 0, isCut: false }
  const record = (isWhole: boolean) => {
    const facts = { filter, rows: tally.rows, cut: tally.isCut, whole: isWhole }
    return note({ actor, action, object: format, detail: JSON.stringify(facts) })
  }
  return {
    name: `${sheet.name}-${new Date().toISOString().slice(0, 10)}.${format}`,
    type: types[format],
    body: recorded(pieces[format](sheet, pagesOf(source, tally), tally), record),
    tally,
  }
}
