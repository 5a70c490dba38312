import { storageGroups } from '../../../engine/ports/about.ts'
import {
  allOf,
  count,
  flag,
  type JsonSchema,
  listOf,
  moment,
  nullable,
  object,
  oneOf,
  text,
} from './shape.ts'

const words = (title: string) =>
  object([title], { vi: text(['Tiếng Việt']), en: text(['English']) })

const mark = (title: string) =>
  nullable(
    object([title, 'null: liên thông không được cho biết. / null: the hub has not been told.'], {
      at: nullable(moment(['Lúc / Moment'])),
    }),
  )

const finding = object(['Điều khám thấy / Finding'], {
  check: text(['Điểm khám / Check']),
  state: oneOf(
    ['Tình trạng / State', 'warn: chạy được nhưng cần để ý; skip: không có gì để khám.'],
    ['ok', 'warn', 'fail', 'skip'],
  ),
  title: words('Khám gì / What'),
  found: words('Thấy gì / Found'),
  next: nullable(words('Làm gì tiếp / What to do')),
})

const about = object(['Về liên thông này / About this hub'], {
  version: text(['Phiên bản / Version']),
  node: text(['Node.js']),
  postgres: text(['PostgreSQL']),
  startedAt: moment(['Tiến trình trả lời chạy từ / The answering process started']),
  environment: text(['Môi trường / Environment']),
  role: text(['Vai trò của tiến trình / Role of the process']),
  revision: nullable(
    object(['Cấu hình đang chạy / Configuration in force'], {
      id: count(['Số bản / Revision']),
    }),
  ),
  releases: listOf(
    ['Các phiên bản đã chạy / Versions that have run'],
    object(['Phiên bản / Version'], {
      version: text(['Phiên bản / Version']),
      since: moment(['Từ lúc / Since']),
    }),
  ),
  migrations: listOf(
    ['Các bước của lược đồ dữ liệu / Migrations'],
    object(['Bước / Migration'], {
      number: count(['Số / Number']),
      name: text(['Tên / Name']),
      at: moment(['Áp dụng lúc / Applied']),
    }),
  ),
  processes: listOf(
    ['Tiến trình / Processes'],
    object(['Tiến trình / Process'], {
      id: text(['Tên / Id']),
      role: text(['Vai trò / Role']),
      seenSecondsAgo: count(['Thấy cách đây, giây / Seen, seconds ago']),
    }),
  ),
  storage: object(['Dung lượng / Storage'], {
    bytes: count(['Tổng, byte / Bytes']),
    groups: listOf(
      ['Theo nhóm / By group'],
      object(['Nhóm / Group'], {
        group: oneOf(['Nhóm / Group'], storageGroups),
        bytes: count(['Byte / Bytes']),
        rows: count(['Số dòng ước tính / Rows, estimated']),
      }),
    ),
  }),
  backup: mark('Sao lưu gần nhất / Last backup'),
  restoreDrill: mark('Diễn tập phục hồi gần nhất / Last drill of a restore'),
  restoredAt: nullable(moment(['Đã phục hồi từ bản sao lưu lúc / Restored from a backup'])),
  connectors: listOf(
    ['Connector / Connectors'],
    object(['Connector'], {
      id: text(['Mã / Id']),
      problem: nullable(words('Vì sao không dùng được / Why it cannot be used')),
    }),
  ),
  settings: listOf(
    ['Thiết lập có hiệu lực / Settings in force'],
    object(['Thiết lập / Setting'], {
      name: text(['Tên / Name']),
      what: words('Là gì / What it is'),
      value: nullable(
        text(['Giá trị / Value', 'Bí mật chỉ cho biết là có. / Of a secret: that it is set.']),
      ),
      otherwise: words('Khi không đặt / When not set'),
      secret: flag(['Bí mật / Secret']),
    }),
  ),
})

const rows = (title: string) => listOf([title], { type: 'object' })

export const aboutSchemas: Readonly<Record<string, JsonSchema>> = {
  About: about,
  Findings: allOf(['Kết quả khám / Findings'], finding),
  Bundle: object(['Gói chẩn đoán / Diagnostic bundle'], {
    madeAt: moment(['Lập lúc / Made']),
    about: nullable(about),
    findings: listOf(['Kết quả khám / Findings'], finding),
    systems: rows('Hệ thống / Systems'),
    pulls: rows('Việc lấy về / Pulls'),
    problems: rows('Vướng mắc / Problems'),
    verdicts: rows('Các bảo đảm / Guarantees'),
  }),
}
