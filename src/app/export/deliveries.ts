/** The list of deliveries as a file: what the list shows, and nothing of what a message says. */
import type { DeliveryState } from '../../domain/delivery.ts'
import { errorTable } from '../../domain/errors.ts'
import type { DeliveryFilter, DeliverySummary } from '../../engine/ports/deliveries.ts'
import type { Hub } from '../hub.ts'
import { type ExportFormat, exportFile, type Outgoing } from './file.ts'
import { inVietnam, shownInVietnam } from './moment.ts'
import type { Sheet } from './sheet.ts'

/** Of one file of deliveries or problems. */
export const exportLimit = 200_000

const states: Readonly<Record<DeliveryState, string>> = {
  waiting: 'Đang chờ',
  sending: 'Đang gửi',
  unknown: 'Chưa rõ kết quả',
  held: 'Tạm giữ',
  dead: 'Bị dừng',
  delivered: 'Đã gửi',
  superseded: 'Đã thay thế',
  discarded: 'Đã bỏ',
}

const causeOf = ({ code }: DeliverySummary): string | null => code && errorTable[code].title.vi

const sheet: Sheet<DeliverySummary> = {
  name: 'luot-gui',
  title: 'Lượt gửi',
  head: [
    ...['Mã lượt gửi', 'Hồ sơ', 'Đơn vị', 'Loại bản tin', 'Hệ thống', 'Công việc'],
    ...['Trạng thái', 'Mã trạng thái', 'Mã lỗi', 'Nguyên nhân', 'Số lần gửi'],
    ...['Nhận lúc', 'Gửi gần nhất', 'Kết thúc lúc', 'Mã bản tin'],
  ],
  cells: (row) => [
    ...[row.id, row.subject, row.unit, row.type, row.system, row.job],
    ...[states[row.state], row.state, row.code, causeOf(row), row.tries],
    ...[row.acceptedAt, row.sentAt, row.finishedAt].map(shownInVietnam),
    row.message,
  ],
  json: (row) => ({
    ...row,
    stateWords: states[row.state],
    cause: causeOf(row),
    acceptedAt: inVietnam(row.acceptedAt, 'T'),
    sentAt: row.sentAt && inVietnam(row.sentAt, 'T'),
    finishedAt: row.finishedAt && inVietnam(row.finishedAt, 'T'),
  }),
}

export function deliveryExport(
  { queries, audit }: Pick<Hub, 'queries' | 'audit'>,
  filter: Omit<DeliveryFilter, 'limit' | 'cursor'>,
  format: ExportFormat,
  actor: string,
  limit = exportLimit,
): Outgoing {
  const { reach: _, ...told } = filter
  const page = (size: number, cursor: string | undefined) =>
    queries.deliveries({ ...filter, limit: size, ...(cursor !== undefined && { cursor }) })
  const taking = { actor, action: 'delivery.exported', filter: told, note: audit.note }
  return exportFile(sheet, { page, limit }, format, taking)
}
