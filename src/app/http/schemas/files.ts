import { count, type JsonSchema, moment, object, text } from './shape.ts'

export const fileSchemas: Readonly<Record<string, JsonSchema>> = {
  File: object(['Tệp / File'], {
    id: text(['Mã tệp / File id', 'Ai biết mã này thì nêu được tệp trong bản tin.'], {
      format: 'uuid',
    }),
    sha256: text(['Mã băm / SHA-256', 'SHA-256 (hex) của nội dung.'], {
      pattern: '^[0-9a-f]{64}$',
    }),
    size: count(['Số byte / Size']),
    mediaType: text(['Loại / Media type', 'Theo nội dung, không theo lời khai.']),
    name: text(['Tên tệp / Name']),
    createdAt: moment(['Lúc nhận / Created at']),
  }),
  NewFileLink: object(['Xin đường dẫn tải / Ask for a link'], {
    hours: count(['Số giờ có hiệu lực / Hours'], { minimum: 1, maximum: 8784 }),
  }),
  FileLink: object(['Đường dẫn tải tệp / Link to a file'], {
    url: text(['Địa chỉ / Address', 'Ai có địa chỉ này cũng tải được tệp, cho tới khi hết hạn.'], {
      format: 'uri',
    }),
    expiresAt: moment(['Hết hạn lúc / Expires at']),
  }),
}
