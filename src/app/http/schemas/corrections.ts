import { correctionLimits, correctionStates } from '../../../domain/correction.ts'
import { planLimits } from '../../../domain/plan.ts'
import { planFilter, planRate, planStartAt } from './plans.ts'
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

const uuid = { pattern: '^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$' }
const deliveryId = text(['Mã lượt gửi / Delivery id'], {
  pattern: '^[1-9]\\d{0,17}\\.[1-9]\\d{0,8}$',
})
const message = text(['Mã bản tin / Message id'], uuid)
const data: JsonSchema = {
  title: 'Nội dung đã sửa / Corrected data',
  description: 'Toàn bộ phần data, theo lược đồ của loại bản tin.',
  type: 'object',
}
const deliveries = listOf(
  ['Lượt gửi nào / Which deliveries', 'Không nêu: mọi lượt đang hỏng hoặc được giữ của bản tin.'],
  deliveryId,
  { minItems: 1, maxItems: 50 },
)
const pointer = text(['Trường / Pointer', 'JSON Pointer vào phần data.'], {
  minLength: 1,
  maxLength: 500,
})

const step: JsonSchema = object(
  [
    'Một chỗ sửa / A step',
    'Không có from: trường chưa có thì thêm. Không có to: bỏ trường. Giá trị khác from thì bản tin được để nguyên.',
  ],
  {
    pointer,
    from: { title: 'Giá trị hiện tại / Present value' },
    to: { title: 'Giá trị mới / New value' },
  },
  ['from', 'to'],
)

const check: Readonly<Record<string, JsonSchema>> = { message, data, deliveries }

const difference: JsonSchema = object(
  ['Một chỗ khác / A difference'],
  {
    pointer: text(['Trường / Pointer']),
    before: { title: 'Trước / Before' },
    after: { title: 'Sau / After' },
  },
  ['before', 'after'],
)
const faults = listOf(['Lỗi / Faults'], ref('Fault'))
const pointers = listOf(['Những chỗ thay đổi / Changed places'], text(['JSON Pointer']))

const state = oneOf(
  [
    'Trạng thái / State',
    'draft: nháp; asked: chờ người khác duyệt; approved: đã duyệt; refused: bị từ chối; sent: đã gửi; withdrawn: đã rút.',
  ],
  correctionStates,
)

const dryRuns = listOf(
  ['Theo từng luồng / By job'],
  object(['Một luồng / A job'], {
    system: text(['Hệ thống / System']),
    job: text(['Luồng / Job']),
    report: ref('DryRunReport'),
  }),
)

const correction: Readonly<Record<string, JsonSchema>> = {
  id: count(['Số bản sửa / Id']),
  kind: oneOf(['Một hay nhiều bản tin / One or many'], ['one', 'many']),
  state,
  reason: text(['Lý do / Reason']),
  author: text(['Người lập / Author']),
  createdAt: moment(['Lập lúc / Created at']),
  personal: flag(['Có dữ liệu cá nhân / Holds personal data']),
  needsApproval: flag(['Cần người khác duyệt / Somebody else has to approve']),
  pointers,
  more: flag([
    'Còn bản tin khớp bộ lọc / More match',
    `Một bản sửa có nhiều nhất ${correctionLimits.messages} bản tin; làm xong thì lập bản nữa.`,
  ]),
  decidedAt: nullable(moment(['Duyệt hoặc từ chối lúc / Decided at'])),
  decidedBy: nullable(text(['Người duyệt / Decided by'])),
  decidedWhy: nullable(text(['Ý kiến / Why'])),
  endedAt: nullable(moment(['Gửi hoặc rút lúc / Ended at'])),
  endedBy: nullable(text(['Bởi / Ended by'])),
  plan: nullable(count(['Kế hoạch thực hiện / Plan'])),
  counts: object(['Số lượng / Counts'], {
    messages: count(['Bản tin / Messages']),
    faulty: count(['Để nguyên vì có lỗi / Left as they are']),
    deliveries: count(['Lượt gửi / Deliveries']),
    replaced: count(['Đã thế chỗ / Replaced']),
  }),
  subject: nullable(text(['Hồ sơ / Subject', 'Của bản tin đầu tiên.'])),
  type: nullable(text(['Loại bản tin / Type'])),
}

export const correctionSchemas: Readonly<Record<string, JsonSchema>> = {
  CorrectionCheck: object(
    ['Kiểm tra bản sửa / Check a correction'],
    { ...check, dryRun: flag(['Kèm chạy thử / With a dry run']) },
    ['deliveries', 'dryRun'],
  ),
  CorrectionFindings: object(['Kết quả kiểm tra / Findings'], {
    faults,
    changes: listOf(['Khác bản gốc / Changes'], difference),
    needsApproval: flag(['Cần người khác duyệt / Needs approval']),
    deliveries: listOf(
      ['Những lượt gửi được thay / Deliveries to replace'],
      object(['Một lượt / A delivery'], {
        id: text(['Mã / Id']),
        system: text(['Hệ thống / System']),
        state: text(['Trạng thái / State']),
      }),
    ),
    dryRuns: nullable(dryRuns),
  }),
  NewCorrection: object(
    ['Bản sửa mới / New correction', 'Nêu message và data, hoặc filter và steps.'],
    {
      ...check,
      filter: planFilter,
      steps: listOf(['Cùng một cách sửa / The same correction'], step, {
        minItems: 1,
        maxItems: correctionLimits.steps,
      }),
      reason,
    },
    ['message', 'data', 'deliveries', 'filter', 'steps'],
  ),
  Correction: object(['Bản sửa / Correction'], correction),
  CorrectionPage: pageOf(['Một trang bản sửa / A page of corrections'], ref('Correction')),
  CorrectionItem: object(['Một bản tin của bản sửa / An item'], {
    message: text(['Bản gốc / Original']),
    corrected: nullable(text(['Bản đã sửa / Corrected message'])),
    subject: text(['Hồ sơ / Subject']),
    type: text(['Loại / Type']),
    deliveries: listOf(
      ['Lượt gửi / Deliveries'],
      object(['Một lượt / A delivery'], {
        id: text(['Chỗ trong làn / Place']),
        system: text(['Hệ thống / System']),
        replaced: nullable(text(['Lượt của bản gốc nay là / The original is now'])),
      }),
    ),
    pointers,
    changes: nullable(listOf(['Khác bản gốc / Changes'], difference)),
    faults,
  }),
  CorrectionItemPage: pageOf(['Một trang / A page'], ref('CorrectionItem')),
  CorrectionSend: object(
    ['Gửi bản sửa / Send a correction', 'Tốc độ và giờ hẹn chỉ dùng cho bản sửa nhiều bản tin.'],
    {
      reason,
      ratePerMinute: planRate,
      paused: flag(['Chờ người bắt đầu / Wait for a person']),
      startAt: planStartAt,
      stopAfter: count(['Xét tự dừng sau / Stop after'], {
        minimum: 1,
        maximum: planLimits.perMinute,
      }),
      stopPercent: count(['Tự dừng khi hỏng quá (%) / Stop above (%)'], { maximum: 100 }),
    },
    ['ratePerMinute', 'paused', 'startAt', 'stopAfter', 'stopPercent'],
  ),
  CorrectionDryRuns: object(['Chạy thử bản sửa / Dry runs'], { items: dryRuns }),
}
