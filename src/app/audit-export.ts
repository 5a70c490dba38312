/** The audit trail as a file: every row that a filter means, page by page. */
import type { AuditEntryView, AuditFilter, AuditQueries } from '../engine/ports-audit.ts'
import { byteOrderMark, csvRow } from './csv.ts'

export const auditFormats = ['csv', 'json'] as const
export type AuditFormat = (typeof auditFormats)[number]

const pageSize = 1_000

const head = [
  'Số',
  'Thời điểm (UTC)',
  'Ai',
  'Việc',
  'Về',
  'Kết quả',
  'Lý do',
  'Trước',
  'Sau',
  'Khác',
  'Đã niêm',
]

const textOf = (value: unknown): string =>
  value === null || value === undefined
    ? ''
    : typeof value === 'string'
      ? value
      : JSON.stringify(value)

const csvOf = (row: AuditEntryView): string =>
  csvRow([
    ...[row.id, row.at, row.actor, row.action, row.object],
    row.outcome === 'refused' ? 'bị từ chối' : 'được',
    ...[row.reason, textOf(row.before), textOf(row.after)],
    Object.keys(row.more).length > 0 ? textOf(row.more) : '',
    row.sealed ? 'rồi' : 'chưa',
  ])

async function* pages(queries: Pick<AuditQueries, 'audit'>, filter: Omit<AuditFilter, 'limit'>) {
  for (let cursor: string | null | undefined = filter.cursor; cursor !== null; ) {
    const page = await queries.audit({
      ...filter,
      limit: pageSize,
      ...(cursor !== undefined && { cursor }),
    })
    if (page.items.length > 0) yield page.items
    cursor = page.next
  }
}

/** A trail of any length takes the memory of one page. */
export async function* auditExport(
  queries: Pick<AuditQueries, 'audit'>,
  filter: Omit<AuditFilter, 'limit'>,
  format: AuditFormat,
): AsyncGenerator<string> {
  if (format === 'csv') {
    yield byteOrderMark + csvRow(head)
    for await (const rows of pages(queries, filter)) yield rows.map(csvOf).join('')
    return
  }
  yield '{"items":['
  let between = ''
  for await (const rows of pages(queries, filter)) {
    yield between + rows.map((row) => JSON.stringify(row)).join(',\n')
    between = ',\n'
  }
  yield ']}\n'
}
