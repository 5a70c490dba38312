import { errorTable } from '../../../domain/errors.ts'
import { count, flag, type JsonSchema, listOf, object, oneOf, ref, text } from './shape.ts'

/**
 * Why a person does something; control characters would break the lines of the audit trail, and what begins as an
 * object would pass in it for what the hub itself has noted.
 */
export const reason = text(
  [
    'Lý do / Reason',
    'Vì sao làm việc này. Được ghi vào nhật ký kiểm toán; không ghi dữ liệu cá nhân.',
  ],
  { minLength: 5, maxLength: 500, pattern: '^(?!\\s*\\{)(?=.*\\S.*\\S)[^\\p{Cc}\\p{Cs}]*$' },
)

/** Shapes that every part of the API shares. */
export const commonSchemas: Readonly<Record<string, JsonSchema>> = {
  Words: object(['Lời bằng hai ngôn ngữ / Words in two languages'], {
    vi: text(['Tiếng Việt / Vietnamese']),
    en: text(['Tiếng Anh / English']),
  }),
  ErrorCode: oneOf(
    ['Mã lỗi / Error code', 'Mã ổn định, không đổi giữa các phiên bản.'],
    Object.keys(errorTable),
  ),
  ProblemFault: object(['Một lỗi trong tài liệu / One fault'], {
    pointer: text([
      'Vị trí / Pointer',
      'JSON Pointer (RFC 6901) tới chỗ sai. Không bao giờ kèm giá trị sai: đó có thể là dữ liệu cá nhân.',
    ]),
    rule: text(['Quy tắc / Rule', 'Tên quy tắc bị vi phạm.']),
    message: text(['Lời giải thích / Message', 'Bằng ngôn ngữ của Accept-Language.']),
  }),
  Problem: object(
    ['Lỗi / Problem', 'Mọi câu trả lời lỗi đều có dạng này (RFC 9457, application/problem+json).'],
    {
      type: text(['Loại / Type', 'URI kết thúc bằng mã lỗi.'], { format: 'uri' }),
      title: text(['Tên lỗi / Title', 'Không đổi đối với một mã lỗi.']),
      status: count(['Mã HTTP / Status'], { minimum: 400, maximum: 599 }),
      detail: text(['Chi tiết / Detail', 'Điều riêng của lần này.']),
      instance: text(['Nơi xảy ra / Instance', 'Đường dẫn của yêu cầu.']),
      code: ref('ErrorCode'),
      side: oneOf(
        [
          'Đến lượt ai / Whose turn',
          'Ai phải làm gì tiếp: client (bên gọi), hub (liên thông), system (hệ thống đích), network (đường truyền), configuration (cấu hình).',
        ],
        ['client', 'hub', 'system', 'network', 'configuration'],
      ),
      next: text(['Làm gì tiếp / What to do next']),
      errors: listOf(['Các lỗi / Faults'], ref('ProblemFault')),
      traceId: text(['Mã truy vết / Trace id', 'Báo mã này khi cần hỗ trợ.']),
    },
    ['detail', 'instance', 'errors', 'traceId'],
  ),
  Reason: object(['Lý do / Reason'], { reason }),
  Liveness: object(['Còn chạy / Liveness'], { live: flag(['Còn chạy / Live']) }),
  Readiness: object(['Sẵn sàng / Readiness'], {
    ready: flag(['Sẵn sàng nhận việc / Ready']),
    checks: {
      title: 'Từng điều kiện / Each condition',
      type: 'object',
      additionalProperties: { type: 'boolean' },
    },
  }),
}
