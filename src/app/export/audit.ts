/** The audit trail as a file. */
import type { AuditEntryView, AuditFilter } from '../../engine/ports/audit.ts'
import type { Hub } from '../hub.ts'
import { type ExportFormat, exportFile, type Outgoing } from './file.ts'
import type { Sheet } from './sheet.ts'

const textOf = (value: unknown): string =>
  value === null || value === undefined
    ? ''
    : typeof value === 'string'
      ? value
      : JSON.stringify(value)

const sheet: Sheet<AuditEntryView> = {
  name: 'nhat-ky',
  title: 'Nhật ký kiểm toán',
  head: [
    ...['Số', 'Thời điểm (UTC)', 'Ai', 'Việc', 'Về', 'Kết quả', 'Lý do'],
    ...['Trước', 'Sau', 'Khác', 'Đã niêm'],
  ],
  cells: (row) => [
    ...[row.id, row.at, row.actor, row.action, row.object],
    row.outcome === 'refused' ? 'bị từ chối' : 'được',
    ...[row.reason, textOf(row.before), textOf(row.after)],
    Object.keys(row.more).length > 0 ? textOf(row.more) : '',
    row.sealed ? 'rồi' : 'chưa',
  ],
}

/** A sheet of Excel holds 1,048,576 rows. The other formats have the whole trail. */
const xlsxRows = 1_000_000

export const auditExport = (
  { queries, audit }: Pick<Hub, 'queries' | 'audit'>,
  filter: Omit<AuditFilter, 'limit' | 'cursor'>,
  format: ExportFormat,
  actor: string,
): Outgoing =>
  exportFile(
    sheet,
    {
      page: (limit, cursor) =>
        queries.audit({ ...filter, limit, ...(cursor !== undefined && { cursor }) }),
      ...(format === 'xlsx' && { limit: xlsxRows }),
    },
    format,
    { actor, action: 'audit.exported', filter, note: audit.note },
  )
