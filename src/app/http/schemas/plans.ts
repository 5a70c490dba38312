import { deliveryStates, interventions } from '../../../domain/delivery.ts'
import { errorTable } from '../../../domain/errors.ts'
import {
  defaultStop,
  planActions,
  planLimits,
  planResults,
  planStates,
  planStops,
} from '../../../domain/plan.ts'
import { agency, plain } from '../paging.ts'
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
  pageOf,
  ref,
  text,
} from './shape.ts'

const bound = { format: 'date-time', pattern: '^20\\d\\d-' }
const code = nullable({ ...ref('ErrorCode'), title: 'Mã lỗi / Error code' })
const action = oneOf(['Thao tác / Action'], Object.keys(interventions))
const state = oneOf(
  [
    'Trạng thái / State',
    'preparing: đang lập; ready: đã lập, chờ người bắt đầu; scheduled: chờ tới giờ; running: đang chạy; paused: tạm dừng; finishing: đã làm hết, chờ kết quả; finished: xong; cancelled: đã huỷ phần còn lại.',
  ],
  planStates,
)
export const planRate = count(
  [
    'Số lượt mỗi phút / Items a minute',
    'Không nêu thì lấy một nửa tốc độ của hệ thống chậm nhất, nhiều nhất 600; thao tác không gửi gì: 6.000.',
  ],
  { minimum: 1, maximum: planLimits.perMinute },
)
export const planStartAt = text(['Bắt đầu lúc / Start at', 'RFC 3339, ở tương lai.'], bound)
const many = count(['Số lượt / Count'])

export const planFilter = object(
  [
    'Chọn lượt gửi nào / Filter',
    'Mọi điều kiện đã nêu phải cùng đúng; nêu ít nhất một. Trạng thái có thể bỏ trống khi thao tác chỉ dùng cho một trạng thái, hoặc khi nêu problem hay ids.',
  ],
  {
    state: oneOf(['Trạng thái / State'], deliveryStates),
    system: text(['Hệ thống đích / System'], plain),
    subject: text(['Chủ đề, thường là mã hồ sơ / Subject'], plain),
    type: text(['Loại bản tin / Type'], plain),
    code: oneOf(['Mã lỗi / Error code'], Object.keys(errorTable)),
    unit: agency,
    from: text(['Nhận từ lúc / Accepted from'], bound),
    to: text(['Nhận trước lúc / Accepted before'], bound),
    problem: count(['Vướng mắc / Problem id'], { minimum: 1, maximum: 2_147_483_647 }),
    plan: count(['Những lượt lại hỏng của kế hoạch / Failed items of a plan'], {
      minimum: 1,
      maximum: 2_147_483_647,
    }),
    ids: listOf(
      ['Mã các lượt gửi / Delivery ids'],
      text(['Mã / Id'], { pattern: '^[1-9]\\d{0,17}\\.[1-9]\\d{0,8}$' }),
      { minItems: 1, maxItems: planLimits.ids },
    ),
  },
  [
    ...['state', 'system', 'subject', 'type', 'code', 'unit', 'from', 'to'],
    ...['problem', 'plan', 'ids'],
  ],
)

const counts = object(['Tiến độ / Progress'], {
  total: count(['Tất cả / Total']),
  pending: count(['Chưa làm / Pending']),
  done: count(['Đã làm / Done', 'moved + ok + failed.']),
  moved: count(['Đã làm, chờ kết quả / Outcome not known yet']),
  ok: count(['Được / Ok']),
  failed: count(['Lại hỏng / Failed again']),
  skipped: count(['Bỏ qua / Skipped', 'Có vướng mắc khi tới lượt.']),
})

const summary = object(
  [
    'Những gì đã chọn / What was chosen',
    'Chốt khi lập xong; bản tin tới sau không thuộc kế hoạch.',
  ],
  {
    systems: listOf(
      ['Theo hệ thống / By system'],
      object(['Một hệ thống / A system'], { system: text(['Hệ thống / System']), count: many }),
    ),
    codes: listOf(
      ['Theo mã lỗi / By error code'],
      object(['Một mã / A code'], { code, count: many }),
    ),
    groups: listOf(
      ['Theo cơ quan và loại / By agency and type', 'Cơ quan theo mã hồ sơ; 100 nhóm nhiều nhất.'],
      object(['Một nhóm / A group'], {
        agency: nullable(text(['Cơ quan / Agency'])),
        type: text(['Loại bản tin / Type']),
        count: many,
      }),
    ),
    conflicts: listOf(
      ['Vướng mắc thấy trước / Conflicts', 'Sẽ bị bỏ qua, trừ khi tới lượt đã hết vướng.'],
      object(['Một loại / A kind'], { code: ref('ErrorCode'), count: many }),
    ),
  },
)

/** As it is kept: a plan that carries out a correction chooses by that. */
const shownFilter: JsonSchema = {
  ...planFilter,
  properties: {
    ...(planFilter.properties as object),
    correction: count(['Của bản sửa / Correction']),
  },
}

const plan: Readonly<Record<string, JsonSchema>> = {
  id: count(['Số kế hoạch / Id']),
  action: oneOf(['Thao tác / Action', 'correct: bản sửa thế chỗ bản gốc.'], planActions),
  filter: shownFilter,
  reason: text(['Lý do / Reason']),
  state,
  createdAt: moment(['Lập lúc / Created at']),
  createdBy: text(['Người lập / Created by']),
  startAt: nullable(moment(['Hẹn bắt đầu lúc / Start at'])),
  startedAt: nullable(moment(['Bắt đầu lúc / Started at'])),
  endedAt: nullable(moment(['Xong lúc / Ended at'])),
  ratePerMinute: nullable(count(['Số lượt mỗi phút / Items a minute'])),
  stopAfter: count(['Xét tự dừng sau / Stop after']),
  stopPercent: count(['Tự dừng khi hỏng quá (%) / Stop above (%)']),
  counts,
  summary: nullable(summary),
  minutesLeft: nullable({
    title: 'Còn khoảng (phút) / Minutes left',
    description: 'Cho phần còn lại, theo tốc độ đã đặt.',
    type: 'number',
    minimum: 0,
  }),
  endsAt: nullable(moment(['Dự kiến xong / Expected end'])),
  measuredPerMinute: nullable(count(['Tốc độ thực tế mỗi phút / Measured a minute'])),
  stopped: nullable(
    object(['Vì sao dừng / Why it stands'], {
      since: moment(['Từ lúc / Since']),
      by: text(['Bởi / By', 'hub là liên thông tự dừng.']),
      reason: ref('Words'),
      code: nullable(
        oneOf(
          [
            'Liên thông tự dừng vì / Why the hub stopped it',
            'system-paused: hệ thống đang tạm dừng; circuit-open: cầu dao ngắt; fails-again: quá nhiều lượt lại hỏng.',
          ],
          planStops,
        ),
      ),
    }),
  ),
}

export const planSchemas: Readonly<Record<string, JsonSchema>> = {
  NewPlan: object(
    ['Kế hoạch mới / New plan'],
    {
      action,
      filter: planFilter,
      reason,
      ratePerMinute: planRate,
      paused: flag([
        'Chờ người bắt đầu / Wait for a person',
        'Mặc định true: lập xong thì chờ lệnh bắt đầu. false: chạy ngay khi lập xong.',
      ]),
      startAt: planStartAt,
      stopAfter: count(
        [
          'Xét tự dừng sau / Stop after',
          `Số lượt đã có kết quả trước khi xét; mặc định ${defaultStop.after}.`,
        ],
        { minimum: 1, maximum: 1_000_000 },
      ),
      stopPercent: count(
        [
          'Tự dừng khi hỏng quá (%) / Stop above (%)',
          `Mặc định ${defaultStop.percent}; 100 là không bao giờ.`,
        ],
        { maximum: 100 },
      ),
    },
    ['ratePerMinute', 'paused', 'startAt', 'stopAfter', 'stopPercent'],
  ),
  PlanStart: object(['Bắt đầu / Start'], { reason, startAt: planStartAt }, ['startAt']),
  PlanRate: object(['Tốc độ / Rate'], { reason, ratePerMinute: planRate }),
  Plan: object(['Kế hoạch / Plan'], plan),
  PlanPage: pageOf(['Một trang kế hoạch / A page of plans'], ref('Plan')),
  PlanDetail: object(['Kế hoạch và tiến độ / Plan and progress'], {
    ...plan,
    failures: listOf(
      ['Lại hỏng và bỏ qua, theo mã / Failed and skipped, by code'],
      object(['Một mã / A code'], {
        result: oneOf(['Kết quả / Result'], ['failed', 'skipped']),
        code: ref('ErrorCode'),
        count: many,
      }),
    ),
    sample: listOf(
      ['Các lượt đầu tiên / First items', `Nhiều nhất ${planLimits.sample}, theo thứ tự làm.`],
      ref('PlanItem'),
    ),
  }),
  PlanItem: object(['Một lượt gửi trong kế hoạch / An item'], {
    id: text(['Lượt gửi / Delivery']),
    message: text(['Bản tin / Message']),
    subject: text(['Chủ đề / Subject']),
    system: text(['Hệ thống / System']),
    type: text(['Loại bản tin / Type']),
    agency: nullable(text(['Cơ quan / Agency'])),
    foundState: oneOf(['Trạng thái khi lập / State when chosen'], deliveryStates),
    foundCode: code,
    conflict: nullable({ ...ref('ErrorCode'), title: 'Vướng mắc khi lập / Conflict when chosen' }),
    result: oneOf(
      [
        'Kết quả / Result',
        'pending: chưa làm; moved: đã làm, chờ kết quả; ok: được; failed: lại hỏng; skipped: bỏ qua.',
      ],
      planResults,
    ),
    code,
    state: nullable(oneOf(['Trạng thái sau / State afterwards'], deliveryStates)),
    doneAt: nullable(moment(['Làm lúc / Done at'])),
    endedAt: nullable(moment(['Có kết quả lúc / Outcome at'])),
  }),
  PlanItemPage: pageOf(['Một trang lượt gửi / A page of items'], ref('PlanItem')),
}
