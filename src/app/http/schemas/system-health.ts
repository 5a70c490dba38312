/** How a system does: figures, the last connection test, rate and maintenance windows. */
import { reason } from './problem.ts'
import {
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

const amount = (words: readonly [string, string?]): JsonSchema => ({
  title: words[0],
  ...(words[1] !== undefined && { description: words[1] }),
  ...{ type: 'number', minimum: 0 },
})
const actor = text(['Ai / By'])

/** Of a system, wherever it is listed. */
export const healthOfSystem: Readonly<Record<string, JsonSchema>> = {
  health: ref('SystemHealth'),
  check: nullable({
    ...ref('ConnectionCheck'),
    title: 'Lần kiểm tra kết nối gần nhất / Last connection test',
  }),
  limits: object(['Giới hạn / Limits'], {
    ratePerSecond: nullable(
      amount(['Lời gọi mỗi giây / Requests a second', 'null: không giới hạn. / null: no limit.']),
    ),
    concurrency: count(['Lời gọi cùng lúc / Requests at once']),
  }),
  windows: listOf(
    ['Thời gian bảo trì chưa qua / Maintenance windows that are not over', 'Gần nhất trước.'],
    object(['Một thời gian bảo trì / A window'], {
      window: ref('MaintenanceWindow'),
      inForce: flag(['Đang diễn ra / In force']),
      from: moment(['Lần này hoặc lần tới, từ / From']),
      until: moment(['Tới / Until']),
    }),
  ),
}

export const courseOfSystem: Readonly<Record<string, JsonSchema>> = {
  trend: listOf(
    ['Một giờ qua, từng năm phút / The last hour, five minutes each', 'Mới nhất sau cùng.'],
    object(['Năm phút / Five minutes'], {
      from: moment(['Từ lúc / From']),
      attempts: count(['Lần thử / Attempts']),
      failed: count(['Không thành / Failed']),
      delivered: count(['Gửi xong / Delivered']),
    }),
  ),
}

const certificate = {
  host: text(['Máy chủ / Host']),
  subject: text(['Cấp cho / Subject']),
  expiresAt: moment(['Hết hạn / Expires at']),
  daysLeft: { title: 'Còn mấy ngày / Days left', type: 'integer' },
}

const maintenanceWindow = object(
  [
    'Thời gian bảo trì / Maintenance window',
    'once: from, to là thời điểm RFC 3339. weekly: days (1 là thứ Hai … 7 là Chủ nhật), from, to là giờ Việt Nam GG:PP.',
  ],
  {
    kind: oneOf(['Loại / Kind'], ['once', 'weekly']),
    days: listOf(
      ['Các ngày trong tuần / Days'],
      { type: 'integer', minimum: 1, maximum: 7 },
      { maxItems: 7 },
    ),
    from: text(['Từ / From'], { maxLength: 40 }),
    to: text(['Đến / To'], { maxLength: 40 }),
    reason: text(['Lý do / Reason'], { maxLength: 300 }),
  },
  ['days'],
)

export const systemHealthSchemas: Readonly<Record<string, JsonSchema>> = {
  Traffic: object(
    [
      'Các lần thử trong một khoảng / Attempts of a time',
      'Thời gian trả lời đúng tới một phần mười.',
    ],
    {
      attempts: count(['Lần thử / Attempts']),
      failed: count(['Không thành, vì bất cứ lẽ gì / Failed, for whatever reason']),
      refused: count([
        'Trong đó hệ thống từ chối nội dung / Of these the system refused the content',
      ]),
      errorRate: nullable({
        ...{ title: 'Tỷ lệ lỗi, 0 đến 1 / Error rate, 0 to 1', type: 'number' },
        ...{
          description: 'null: không có lần thử nào. / null: no attempts.',
          minimum: 0,
          maximum: 1,
        },
      }),
      p50Ms: nullable(amount(['Một nửa trả lời trong (ms) / Half answered within (ms)'])),
      p95Ms: nullable(amount(['95% trả lời trong (ms) / 95% answered within (ms)'])),
    },
  ),
  SystemHealth: object(['Số đo / Figures'], {
    last15Minutes: ref('Traffic'),
    lastHour: ref('Traffic'),
    deliveredPerMinute: amount(['Gửi xong mỗi phút / Delivered a minute', 'Của năm phút qua.']),
    backlog: count(['Lượt gửi đang chờ / Deliveries that wait', 'Đếm tới 10.000 hồ sơ.']),
    drain: object(['Gửi hết hàng chờ / Until all is sent'], {
      seconds: nullable(
        count([
          'Sau chừng (giây) / After about (seconds)',
          'Theo nhịp gửi đo được, không vượt tốc độ cho phép. null: chưa nói được, vì reason.',
        ]),
      ),
      atLeast: flag(['Ít nhất bấy nhiêu / At least so long']),
      reason: nullable({ ...ref('Words'), title: 'Vì sao chưa nói được / Why it cannot be said' }),
    }),
    certificate: nullable({
      ...ref('Certificate'),
      title: 'Chứng thư hết hạn trước nhất / The certificate that ends first',
    }),
  }),
  Certificate: object(['Chứng thư máy chủ / Server certificate'], certificate),
  ConnectionCheck: object(['Kết quả kiểm tra kết nối / Connection check'], {
    at: moment(['Lúc / At']),
    by: actor,
    ok: flag(['Đạt / Ok', 'Đúng khi mọi bước đều đạt.']),
    steps: listOf(
      ['Các bước / Steps', 'Sau bước đầu tiên không đạt thì không thử nữa: tried = false.'],
      object(['Một bước / Step'], {
        name: oneOf(['Bước / Name'], ['dns', 'tcp', 'tls', 'credentials', 'call']),
        ok: flag(['Đạt / Ok']),
        tried: flag(['Đã thử / Tried']),
        durationMs: amount(['Thời gian (ms) / Duration']),
        detail: ref('Words'),
      }),
    ),
    certificates: listOf(
      ['Chứng thư của các máy chủ / Certificates', 'Thấy trong lần kiểm tra này hay lần trước.'],
      ref('Certificate'),
    ),
  }),
  MaintenanceWindow: maintenanceWindow,
  NewRate: object(['Tốc độ, vì sao / Rate, and why'], {
    ratePerSecond: {
      title: 'Lời gọi mỗi giây / Requests a second',
      description: 'Trên toàn bộ các tiến trình. null: không giới hạn. / null: no limit.',
      type: ['number', 'null'],
      ...{ exclusiveMinimum: 0, maximum: 10_000 },
    },
    reason,
  }),
  WindowChange: object(
    ['Thêm hoặc bỏ, vì sao / Add or remove, and why', 'Đúng một trong hai: add hoặc remove.'],
    { add: maintenanceWindow, remove: maintenanceWindow, reason },
    ['add', 'remove'],
  ),
  SystemChange: object(['Hệ thống sau khi đổi / The system afterwards'], {
    revision: count(['Bản cấu hình / Revision'], { minimum: 1 }),
    changed: flag(['Có thay đổi / Changed']),
    system: ref('System'),
  }),
  Now: object(['Lúc này / Right now'], {
    acceptedPerMinute: nullable(
      amount([
        'Bản tin nhận mỗi phút / Messages accepted a minute',
        'null với người bị giới hạn đơn vị hay hệ thống.',
      ]),
    ),
    deliveredPerMinute: amount(['Lượt gửi xong mỗi phút / Delivered a minute']),
    blockedDossiers: count([
      'Hồ sơ bị chặn / Blocked dossiers',
      'Có lượt gửi chờ người xử lý nên các lượt sau của hồ sơ ấy phải đợi.',
    ]),
    workers: object(['Tiến trình gửi / Processes that send'], {
      alive: count(['Đang chạy / Alive']),
      lastSeen: nullable(moment(['Thấy lần cuối / Last seen'])),
    }),
  }),
}
