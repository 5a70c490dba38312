import { deliveryStates } from '../../../domain/delivery.ts'
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
  ref,
  text,
} from './shape.ts'

const receipt = {
  id: text(['Mã bản tin / Message id', 'Mã do liên thông cấp (UUIDv7).'], { format: 'uuid' }),
  duplicate: flag([
    'Gửi trùng / Duplicate',
    'Đúng khi bản tin này đã được nhận từ trước; câu trả lời là biên nhận đầu tiên.',
  ]),
  acceptedAt: moment(['Thời điểm nhận / Accepted at']),
  sha256: text(
    [
      'Mã băm / SHA-256',
      'SHA-256 (hex) của bản tin như đã nhận; với binary gồm cả các tiêu đề ce-*.',
    ],
    { pattern: '^[0-9a-f]{64}$' },
  ),
  deliveries: listOf(
    ['Các lượt gửi / Deliveries', 'Mỗi hệ thống đích một lượt gửi.'],
    object(['Lượt gửi / Delivery'], {
      id: text(['Mã lượt gửi / Delivery id']),
      system: text(['Hệ thống đích / System']),
    }),
  ),
  links: object(['Đường dẫn / Links'], {
    status: text(['Tra trạng thái / Status', 'Đường dẫn để xem bản tin và các lượt gửi.']),
  }),
}

const eventName = object(
  ['Khoá tự nhiên / Natural key', 'Nguồn và mã sự kiện như bên gửi đã đặt.'],
  {
    source: nullable(text(['Nguồn / Source'])),
    id: nullable(text(['Mã sự kiện / Event id'])),
  },
)

const attributes = {
  source: text(['Nguồn / Source']),
  eventId: text(['Mã sự kiện / Event id', 'Thuộc tính id của CloudEvents.']),
  type: text(['Loại bản tin / Type']),
  subject: text(['Chủ đề / Subject', 'Mã hồ sơ hoặc khoá nghiệp vụ khác.']),
  time: text(['Thời điểm phát sinh / Time']),
  dataschema: text(['Lược đồ dữ liệu / Data schema']),
}

export const deliverySummary: Readonly<Record<string, JsonSchema>> = {
  id: text(['Mã lượt gửi / Delivery id', 'Dạng <hàng>.<số thứ tự>, ví dụ 1842.3.']),
  message: text(['Mã bản tin / Message id']),
  system: text(['Hệ thống đích / System']),
  job: text(['Việc đồng bộ / Sync job']),
  subject: text(['Chủ đề / Subject']),
  type: text(['Loại bản tin / Type']),
  unit: nullable(text(['Đơn vị mà bản tin nói tới / Unit it concerns'])),
  state: oneOf(['Trạng thái / State'], deliveryStates),
  code: nullable({ ...ref('ErrorCode'), title: 'Mã lỗi / Error code' }),
  tries: count(['Số lần gửi / Tries']),
  acceptedAt: moment(['Thời điểm nhận / Accepted at']),
  sentAt: nullable(moment(['Thời điểm gửi gần nhất / Last sent at'])),
  finishedAt: nullable(moment(['Thời điểm kết thúc / Finished at'])),
  revision: count(['Bản cấu hình / Revision', 'Bản cấu hình đã sinh ra lượt gửi này.']),
}

export const messageSchemas: Readonly<Record<string, JsonSchema>> = {
  Receipt: object(['Biên nhận / Receipt'], receipt),
  BatchReceipt: object(
    ['Kết quả của lô / Result of a batch', 'Mỗi bản tin một kết quả, theo đúng thứ tự đã gửi.'],
    {
      accepted: count(['Số đã nhận / Accepted']),
      duplicates: count(['Số gửi trùng / Duplicates']),
      refused: count(['Số bị từ chối / Refused']),
      results: listOf(['Kết quả từng bản tin / Results'], {
        oneOf: [
          object(['Đã nhận / Accepted'], {
            status: oneOf(['Kết quả / Status'], ['accepted', 'duplicate']),
            event: eventName,
            receipt: ref('Receipt'),
          }),
          object(['Bị từ chối / Refused'], {
            status: oneOf(['Kết quả / Status'], ['refused']),
            event: eventName,
            problem: ref('Problem'),
          }),
        ],
      }),
    },
  ),
  SubmitAnswer: {
    title: 'Biên nhận hoặc kết quả của lô / Receipt or result of a batch',
    oneOf: [ref('Receipt'), ref('BatchReceipt')],
  },
  DeliverySummary: object(['Lượt gửi / Delivery'], deliverySummary),
  Message: object(
    ['Bản tin / Message'],
    {
      id: receipt.id,
      ...attributes,
      acceptedAt: receipt.acceptedAt,
      client: text(['Hệ thống gửi / Client']),
      size: count(['Số byte / Size']),
      sha256: receipt.sha256,
      bodyPurged: flag([
        'Nội dung đã xoá / Body purged',
        'Đã xoá theo thời hạn lưu; mã băm vẫn còn.',
      ]),
      corrects: text(['Sửa cho bản tin / Corrects', 'Bản gốc mà bản tin này thế chỗ.']),
      correctedBy: listOf(
        ['Được sửa bởi / Corrected by', 'Các bản sửa, mới nhất trước.'],
        text(['Mã bản tin / Message id']),
      ),
      deliveries: listOf(['Các lượt gửi / Deliveries'], ref('DeliverySummary')),
    },
    ['dataschema', 'corrects', 'correctedBy'],
  ),
  MessageContent: object(['Nội dung đã che / Masked content'], {
    data: { title: 'Dữ liệu / Data' },
    masked: listOf(
      ['Những chỗ đã che / What is hidden', 'JSON Pointer.'],
      text(['Vị trí / Pointer']),
    ),
  }),
  RevealedContent: object(['Nội dung không che / Whole content'], {
    data: { title: 'Dữ liệu / Data' },
    until: moment(['Được xem tới lúc / To be shown until']),
    seconds: count(['Được xem bao nhiêu giây / For so many seconds']),
  }),
  MessageType: object(['Loại bản tin / Message type'], {
    type: text(['Loại / Type']),
    title: text(['Tên / Title']),
    schemaId: text(['Mã lược đồ / Schema id']),
  }),
  MessageTypes: allOf(['Danh mục loại bản tin / Message types'], ref('MessageType')),
  MessageTypeDetail: object(['Loại bản tin và lược đồ / Message type and schema'], {
    type: text(['Loại / Type']),
    title: text(['Tên / Title']),
    schemaId: text(['Mã lược đồ / Schema id']),
    schema: {
      title: 'Lược đồ / Schema',
      description: 'JSON Schema 2020-12 của data.',
      type: 'object',
    },
    references: {
      title: 'Các lược đồ được dẫn tới / Referenced schemas',
      description: 'Theo mã lược đồ.',
      type: 'object',
      additionalProperties: { type: 'object' },
    },
  }),
}
