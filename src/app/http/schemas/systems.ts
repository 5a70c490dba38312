import { reason } from './problem.ts'
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
import { courseOfSystem, healthOfSystem } from './system-health.ts'

const paused = nullable(
  object(['Đang tạm dừng / Paused'], {
    since: moment(['Từ lúc / Since']),
    by: text(['Bởi / By']),
    reason: text(['Lý do / Reason']),
    resumeAt: nullable(moment(['Tự chạy lại lúc / Resume at'])),
    code: nullable({ ...ref('ErrorCode'), title: 'Mã lỗi / Error code' }),
  }),
)

const system = {
  id: text(['Mã hệ thống / Id']),
  connector: text(['Connector']),
  title: ref('Words'),
  paused,
  circuit: oneOf(['Ngắt mạch / Circuit'], ['closed', 'open']),
  circuitSince: nullable(moment(['Từ lúc / Since'])),
  maintenance: nullable(
    object(['Đang bảo trì / Maintenance'], {
      reason: text(['Lý do / Reason']),
      until: moment(['Tới lúc / Until']),
    }),
  ),
  problem: nullable({ ...ref('Words'), title: 'Vướng mắc cấu hình / Problem' }),
  waiting: count(['Đang chờ / Waiting']),
  failed: count(['Thất bại / Failed']),
  oldestDueSeconds: nullable({
    title: 'Chờ lâu nhất (giây) / Oldest due (seconds)',
    type: 'number',
    minimum: 0,
  }),
  ...healthOfSystem,
}

export const systemSchemas: Readonly<Record<string, JsonSchema>> = {
  System: object(['Hệ thống / System'], system),
  SystemDetail: object(['Hệ thống, với diễn biến / System, with its course'], {
    ...system,
    ...courseOfSystem,
  }),
  Systems: allOf(['Các hệ thống / Systems'], ref('System')),
  Pause: object(
    ['Tạm dừng / Pause'],
    {
      reason,
      resumeAt: text(
        [
          'Tự chạy lại lúc / Resume at',
          'RFC 3339, ở tương lai. Không có thì chờ người cho chạy lại.',
        ],
        { format: 'date-time', pattern: '^20\\d\\d-' },
      ),
    },
    ['resumeAt'],
  ),
  Rewind: object(['Đọc lại / Rewind'], {
    reason,
    to: {
      title: 'Từ / To',
      description:
        'start: đọc lại từ đầu, như lần lấy đầu tiên. Hoặc một thời điểm RFC 3339 đã qua: đọc lại những gì đổi từ đó.',
      anyOf: [
        { type: 'string', const: 'start' },
        { type: 'string', format: 'date-time', pattern: '^20\\d\\d-' },
      ],
    },
  }),
  Pull: object(['Việc lấy về / Pull'], {
    job: text(['Việc đồng bộ / Sync job']),
    nextRunAt: moment(['Lần chạy tới / Next run']),
    nextRuns: listOf(
      [
        'Năm lần chạy tới / Next five runs',
        'Trống khi việc này đang tắt, hoặc tạm dừng chưa hẹn ngày chạy lại.',
      ],
      moment(['Lúc / At']),
    ),
    running: flag([
      'Đang chạy / Running',
      'Không bao giờ chạy hai lần cùng lúc: giờ chạy tới trong khi đang chạy thì bỏ qua, lần đang chạy đọc tới hết.',
    ]),
    paused,
    skippedAt: nullable(
      moment(['Giờ chạy bị lỡ gần nhất / Last time missed', 'Chỉ với catchUp: skip.']),
    ),
    lastRunAt: nullable(moment(['Lần chạy gần nhất / Last run'])),
    lastCode: nullable({ ...ref('ErrorCode'), title: 'Mã lỗi lần gần nhất / Last error' }),
    lastMessages: count(['Số bản tin lần gần nhất / Messages of the last run']),
  }),
  Follow: object(['Đang theo dõi / Followed', 'Một việc còn phải hỏi hệ thống.'], {
    system: text(['Hệ thống / System']),
    subject: text(['Chủ đề / Subject']),
    since: moment(['Theo dõi từ / Since']),
    askedAt: nullable(moment(['Hỏi lần cuối / Last asked', 'Không có: chưa hỏi.'])),
    dueAt: moment(['Không hỏi trước / Not to be asked before']),
    askedBy: listOf(
      ['Luồng hỏi / Asked by', 'Các luồng lấy về đang bật của hệ thống; trống là không ai hỏi.'],
      object(['Luồng / Job'], { job: text(['Mã / Id']), title: ref('Words') }),
    ),
    state: {
      title: 'Đang chờ gì / State',
      description: 'Điều connector ghi để hỏi và biết lần trước tới đâu; đã che.',
      type: 'object',
      additionalProperties: true,
    },
  }),
  FollowPage: pageOf(['Một trang những gì đang theo dõi / A page of follows'], ref('Follow')),
  Pulls: allOf(['Các việc lấy về / Pulls'], ref('Pull')),
  PullStarted: object(['Đã xếp chạy / Scheduled'], {
    job: text(['Việc đồng bộ / Sync job']),
    scheduled: flag(['Đã xếp chạy ngay / Scheduled now']),
  }),
}
