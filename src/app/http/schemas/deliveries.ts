import { outcomeKinds } from '../../../domain/outcome.ts'
import { deliverySummary } from './messages.ts'
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
  pageOf,
  ref,
  text,
} from './shape.ts'

const waitKinds = [
  'nothing',
  'turn',
  'answer',
  'retry',
  'settle',
  'person',
  'earlier',
  'pause',
  'circuit',
  'maintenance',
  'configuration',
]

export const deliverySchemas: Readonly<Record<string, JsonSchema>> = {
  WaitsFor: object(
    ['Đang chờ gì / What it waits for'],
    {
      kind: oneOf(
        [
          'Loại chờ / Kind',
          'nothing: không chờ; turn: sắp tới lượt; answer: đang chờ trả lời; retry: chờ gửi lại; settle: chờ hỏi lại hệ thống đích; person: chờ người xử lý; earlier: chờ lượt trước; pause: hệ thống tạm dừng; circuit: ngắt mạch; maintenance: bảo trì; configuration: hệ thống cấu hình chưa đúng.',
        ],
        waitKinds,
      ),
      delivery: text(['Lượt gửi đang chặn / Delivery in the way']),
      code: ref('ErrorCode'),
      until: moment(['Tới lúc / Until']),
      words: ref('Words'),
    },
    ['delivery', 'code', 'until'],
  ),
  Fault: object(['Lỗi dữ liệu / Fault'], {
    pointer: text(['Vị trí / Pointer']),
    rule: text(['Quy tắc / Rule']),
    vi: text(['Tiếng Việt / Vietnamese']),
    en: text(['Tiếng Anh / English']),
  }),
  Evidence: object(
    [
      'Lời của hệ thống đích / What the system said',
      'Dãy từ 6 chữ số trở lên và địa chỉ thư được che, trừ khi khoá có quyền personal-data:read.',
    ],
    {
      httpStatus: count(['Mã HTTP / HTTP status']),
      remoteCode: text(['Mã trả lời / Code']),
      remoteMessage: text(['Lời trả lời / Message']),
    },
    ['httpStatus', 'remoteCode', 'remoteMessage'],
  ),
  Attempt: object(['Một lần thử / Attempt'], {
    kind: oneOf(['Loại / Kind', 'send: gửi; confirm: hỏi lại.'], ['send', 'confirm']),
    number: count(['Lần thứ / Number']),
    startedAt: moment(['Bắt đầu / Started at']),
    durationMs: { title: 'Thời gian (ms) / Duration', type: 'number', minimum: 0 },
    outcome: text([
      'Kết quả / Outcome',
      `Một trong: ${outcomeKinds.join(', ')}, hoặc câu trả lời khi hỏi lại.`,
    ]),
    code: nullable({ ...ref('ErrorCode'), title: 'Mã lỗi / Error code' }),
    detail: nullable({ ...ref('Words'), title: 'Chi tiết / Detail' }),
    faults: listOf(['Các lỗi dữ liệu / Faults'], ref('Fault')),
    evidence: nullable({ ...ref('Evidence'), title: 'Bằng chứng / Evidence' }),
  }),
  Failure: object(['Vì sao cần người xử lý / Why a person is needed'], {
    delivery: text(['Lượt gửi / Delivery']),
    problem: nullable(count(['Vướng mắc / Problem', 'Trống khi chưa được gộp.'])),
    code: ref('ErrorCode'),
    cause: ref('Words'),
    next: ref('Words'),
    since: moment(['Từ lúc / Since']),
  }),
  Delivery: object(['Lượt gửi và các lần thử / Delivery with attempts'], {
    ...deliverySummary,
    waitsFor: ref('WaitsFor'),
    failure: nullable({
      ...ref('Failure'),
      title: 'Vì sao cần người xử lý / Why a person is needed',
    }),
    attempts: listOf(['Các lần thử / Attempts'], ref('Attempt')),
  }),
  DeliveryPage: pageOf(['Trang lượt gửi / Page of deliveries'], ref('DeliverySummary')),
  BlockedDossier: object(['Hồ sơ bị chặn / Blocked dossier', 'Theo lượt gửi đứng đầu.'], {
    ...deliverySummary,
    failure: ref('Failure'),
    owner: nullable(text(['Người phụ trách vướng mắc / Owner of the problem'])),
    behind: count(['Lượt gửi chờ phía sau / Deliveries behind it']),
  }),
  BlockedDossierPage: pageOf(
    ['Trang hồ sơ bị chặn / Page of blocked dossiers'],
    ref('BlockedDossier'),
  ),
  Hit: object(['Nơi dẫn tới / Where it leads'], {
    kind: oneOf(['Loại / Kind'], ['dossier', 'message', 'delivery']),
    id: text(['Mã / Id']),
    subject: text(['Chủ đề, thường là mã hồ sơ / Subject']),
  }),
  Hits: allOf(['Những gì tìm thấy / What was found'], ref('Hit')),
  Dossier: object(['Hồ sơ trong liên thông / A dossier in the hub'], {
    code: text(['Mã hồ sơ / Code']),
    systems: listOf(
      ['Theo từng hệ thống / By system'],
      object(['Tình trạng tại một hệ thống / State at one system'], {
        system: text(['Hệ thống / System']),
        lane: text(['Hàng đợi / Lane']),
        accepted: count(['Đã nhận / Accepted']),
        delivered: count(['Đã gửi tới / Delivered']),
        open: count(['Còn mở / Open']),
        lastDeliveredAt: nullable(moment(['Lần gửi tới gần nhất / Last delivered at'])),
        waitsFor: ref('WaitsFor'),
        failure: nullable({ ...ref('Failure'), title: 'Của lượt đứng đầu / Of the one in front' }),
      }),
    ),
    timeline: listOf(
      ['Diễn biến / Timeline', 'Mới nhất ở cuối, tối đa 500 mục.'],
      object(['Một việc / Entry'], {
        at: moment(['Lúc / At']),
        what: oneOf(['Việc gì / What'], ['accepted', 'attempt', 'intervention', 'finished']),
        system: nullable(text(['Hệ thống / System'])),
        delivery: nullable(text(['Lượt gửi / Delivery'])),
        message: text(['Bản tin / Message']),
        type: text(['Loại bản tin / Type']),
        state: text(['Trạng thái / State']),
        code: nullable({ ...ref('ErrorCode'), title: 'Mã lỗi / Error code' }),
        words: ref('Words'),
      }),
    ),
    truncated: flag(['Còn mục cũ hơn / Truncated']),
  }),
}
