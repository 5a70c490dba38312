/** The result of a plan as a file: what became of each of its deliveries. */
import { errorTable, type Words } from '../domain/errors.ts'
import type { PlanResult } from '../domain/plan.ts'
import type { PlanItemView, PlanQueries, PlanView } from '../engine/ports/plans.ts'
import { stateWords } from './cli/words.ts'
import { byteOrderMark, csvRow } from './csv.ts'

export const planResultWords = {
  pending: { vi: 'chưa làm', en: 'pending' },
  moved: { vi: 'đã làm, chờ kết quả', en: 'done, outcome not known yet' },
  ok: { vi: 'được', en: 'ok' },
  failed: { vi: 'lại hỏng', en: 'failed again' },
  skipped: { vi: 'bỏ qua', en: 'skipped' },
} as const satisfies Record<PlanResult, Words>

const leftAlone: Words = {
  vi: 'không làm, kế hoạch đã huỷ',
  en: 'left alone, the plan was cancelled',
}

const pageSize = 1_000

const head = [
  'Lượt gửi',
  'Mã hồ sơ',
  'Hệ thống',
  'Loại bản tin',
  'Cơ quan',
  'Trạng thái khi lập',
  'Mã lỗi khi lập',
  'Vướng mắc khi lập',
  'Kết quả',
  'Mã lỗi',
  'Lời giải thích',
  'Trạng thái sau',
  'Làm lúc',
  'Có kết quả lúc',
]

const vietnamMs = 7 * 60 * 60 * 1000

/** As a spreadsheet reads it, time of Vietnam. */
const timeOf = (at: string | null): string | null =>
  at && new Date(Date.parse(at) + vietnamMs).toISOString().slice(0, 19).replace('T', ' ')

function rowOf(item: PlanItemView, plan: PlanView): string {
  const cancelled = plan.state === 'cancelled' && item.result === 'pending'
  return csvRow([
    item.id,
    item.subject,
    item.system,
    item.type,
    item.agency,
    stateWords[item.foundState].vi,
    item.foundCode,
    item.conflict,
    (cancelled ? leftAlone : planResultWords[item.result]).vi,
    item.code,
    item.code && errorTable[item.code].title.vi,
    item.state && stateWords[item.state].vi,
    timeOf(item.doneAt),
    timeOf(item.endedAt),
  ])
}

/** Page by page, in the order in which they are done: a plan of any size takes the memory of one page. */
export async function* planResultRows(
  queries: Pick<PlanQueries, 'planItems'>,
  plan: PlanView,
): AsyncGenerator<string> {
  yield byteOrderMark + csvRow(head)
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await queries.planItems(plan.id, {
      limit: pageSize,
      ...(cursor !== undefined && { cursor }),
    })
    if (page.items.length > 0) yield page.items.map((item) => rowOf(item, plan)).join('')
    cursor = page.next
  }
}
