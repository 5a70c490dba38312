/** The list of problems as a file. */
import type { ProblemSide } from '../../domain/problem.ts'
import type { ProblemFilter, ProblemState, ProblemView } from '../../engine/ports/problems.ts'
import type { Hub } from '../hub.ts'
import { exportLimit } from './deliveries.ts'
import { type ExportFormat, exportFile, type Outgoing } from './file.ts'
import { shownInVietnam } from './moment.ts'
import type { Sheet } from './sheet.ts'

const statuses: Readonly<Record<ProblemState, string>> = {
  open: 'Đang mở',
  acknowledged: 'Đã nhận biết',
  muted: 'Im lặng',
  resolved: 'Đã giải quyết',
}

const sides: Readonly<Record<ProblemSide, string>> = {
  ours: 'Liên thông',
  source: 'Hệ thống nguồn',
  target: 'Hệ thống đích',
  network: 'Đường truyền',
  data: 'Dữ liệu, bảng mã',
}

const sheet: Sheet<ProblemView> = {
  name: 'vuong-mac',
  title: 'Vướng mắc',
  head: [
    ...['Mã', 'Hệ thống', 'Thao tác', 'Mã lỗi', 'Nguyên nhân', 'Chi tiết', 'Cần làm'],
    ...['Mã của hệ thống đích', 'Phía', 'Tình trạng', 'Mã tình trạng', 'Người phụ trách'],
    ...['Còn vướng', 'Hồ sơ', 'Tổng số lần', 'Từ đầu', 'Gần nhất', 'Mở lúc', 'Giải quyết lúc'],
  ],
  cells: (row) => [
    ...[row.id, row.system, row.operation, row.code, row.cause.vi, row.title, row.next.vi],
    ...[row.remoteCode, sides[row.side], statuses[row.status], row.status, row.owner],
    ...[row.open, row.dossiers, row.total],
    ...[row.firstSeen, row.lastSeen, row.openedAt, row.resolvedAt].map(shownInVietnam),
  ],
}

export function problemExport(
  { queries, audit }: Pick<Hub, 'queries' | 'audit'>,
  filter: Omit<ProblemFilter, 'limit' | 'cursor'>,
  format: ExportFormat,
  actor: string,
): Outgoing {
  const { reach: _, ...told } = filter
  const page = (size: number, cursor: string | undefined) =>
    queries.problems({ ...filter, limit: size, ...(cursor !== undefined && { cursor }) })
  const taking = { actor, action: 'problem.exported', filter: told, note: audit.note }
  return exportFile(sheet, { page, limit: exportLimit }, format, taking)
}
