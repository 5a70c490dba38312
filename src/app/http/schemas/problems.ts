import { problemSides } from '../../../domain/problem.ts'
import { problemStates } from '../../../engine/ports/problems.ts'
import { reason } from './problem.ts'
import {
  count,
  type JsonSchema,
  listOf,
  moment,
  nullable,
  object,
  oneOf,
  pageOf,
  ref,
  text,
} from './shape.ts'

const own = {
  id: count(['Mã / Id']),
  system: text(['Hệ thống / System']),
  operation: text(['Nghiệp vụ / Operation']),
  code: ref('ErrorCode'),
  title: text([
    'Điểm chung / In common',
    'Đã che; chỉ gồm những từ trong danh sách cố định, mã và vị trí lỗi. Trống: mã lỗi nói đủ.',
  ]),
  remoteCode: nullable(text(['Mã của hệ thống đích / The code of the system'])),
  side: oneOf(
    [
      'Phía nào / Side',
      'ours (liên thông), source (nguồn), target (hệ thống đích), network (đường truyền), data (dữ liệu hoặc bảng mã).',
    ],
    problemSides,
  ),
  lacking: nullable(
    object(
      [
        'Mã còn thiếu / Missing code',
        'Dòng mà bảng mã còn thiếu; thêm dòng ấy là sửa được. null: không phải nguyên nhân ấy.',
      ],
      { table: text(['Bảng mã / Code table']), code: text(['Mã / Code']) },
    ),
  ),
  cause: ref('Words'),
  next: ref('Words'),
  status: oneOf(['Tình trạng / Status'], problemStates),
  owner: nullable(text(['Người phụ trách / Owner'])),
  mutedUntil: nullable(moment(['Im lặng tới / Muted until'])),
  open: count(['Số lượt gửi còn mở / Open deliveries']),
  dossiers: count(['Số hồ sơ còn vướng / Dossiers hit']),
  total: count(['Tổng số lần / Total ever']),
  firstSeen: moment(['Lần đầu / First seen']),
  lastSeen: moment(['Lần gần nhất / Last seen']),
  openedAt: moment(['Mở từ / Opened at', 'Lần phát sinh này; khác firstSeen khi đã tái diễn.']),
  resolvedAt: nullable(moment(['Giải quyết lúc / Resolved at'])),
  reopened: count(['Số lần tái diễn / Times reopened']),
}

const notes = listOf(
  ['Ghi chú, mới nhất trước / Notes'],
  object(['Ghi chú / Note'], {
    at: moment(['Lúc / At']),
    author: text(['Người ghi / Author']),
    text: text(['Nội dung / Text']),
  }),
)

export const problemSchemas: Readonly<Record<string, JsonSchema>> = {
  DeliveryProblem: object(
    ['Vướng mắc / Problem', 'Nhiều lượt gửi thất bại vì cùng một nguyên nhân.'],
    own,
  ),
  DeliveryProblemPage: pageOf(['Một trang vướng mắc / A page of problems'], ref('DeliveryProblem')),
  DeliveryProblemDetail: object(['Một vướng mắc / One problem'], {
    ...own,
    notes,
    trend: object(['Diễn biến / Trend', 'Chỉ những giờ và ngày có phát sinh, mới nhất trước.'], {
      hours: listOf(
        ['24 giờ qua / Last 24 hours'],
        object(['Một giờ / An hour'], { at: moment(['Giờ / Hour']), count: count(['Số / Count']) }),
      ),
      days: listOf(
        ['14 ngày qua / Last 14 days'],
        object(['Một ngày / A day'], {
          day: text(['Ngày theo giờ Việt Nam / Day in Vietnam'], { format: 'date' }),
          count: count(['Số / Count']),
        }),
      ),
    }),
    sample: nullable({
      ...ref('Delivery'),
      title: 'Một lượt gửi để xem, đã che / A sample, masked',
    }),
    changes: listOf(
      ['Điều đã thay đổi trong 24 giờ trước đó / What changed in the day before'],
      object(['Một thay đổi / A change'], {
        at: moment(['Lúc / At']),
        kind: oneOf(['Loại / Kind'], ['revision', 'release', 'catalogue']),
        what: text(['Cái gì / What']),
        by: nullable(text(['Bởi / By'])),
        reason: nullable(text(['Lý do / Reason'])),
      }),
    ),
    similar: listOf(
      ['Vướng mắc giống vậy đã giải quyết / Similar ones, resolved'],
      object(['Vướng mắc / Problem'], {
        id: own.id,
        system: own.system,
        operation: own.operation,
        title: own.title,
        resolvedAt: moment(['Giải quyết lúc / Resolved at']),
        notes,
      }),
    ),
  }),
  AssignProblem: object(['Giao phụ trách / Assign'], {
    reason,
    owner: nullable(
      text(['Người phụ trách; null là thôi giao / Owner; null for nobody'], {
        minLength: 1,
        maxLength: 100,
        pattern: '^[^\\p{Cc}\\p{Cs}]*$',
      }),
    ),
  }),
  MuteProblem: object(['Im lặng / Mute'], {
    reason,
    until: text(['Tới lúc, ở tương lai / Until, in the future'], {
      format: 'date-time',
      pattern: '^20\\d\\d-',
    }),
  }),
}
