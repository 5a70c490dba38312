import { type DeliveryState, deliveryId } from '../../../domain/delivery.ts'
import { type ErrorCode, isErrorCode } from '../../../domain/errors.ts'
import type { DeliverySummary, FailureView } from '../../../engine/ports/deliveries.ts'
import type { ProblemWords } from './problem-words.ts'

/** What every list of deliveries selects; `d` is the delivery, `m` its message. */
export const deliveryColumns = `d.lane, d.number, d.message_id, d.system, d.job, d.state, d.code,
  d.tries, d.sent_at, d.finished_at, d.revision, m.subject, m.type, m.unit, m.accepted_at`

export interface DeliveryRow {
  lane: string
  number: number
  message_id: string
  system: string
  job: string
  state: DeliveryState
  code: string | null
  tries: number
  sent_at: Date | null
  finished_at: Date | null
  revision: number
  subject: string
  type: string
  unit: string | null
  accepted_at: Date
}

export const iso = (date: Date | null): string | null => date?.toISOString() ?? null

export const codeOf = (code: string | null): ErrorCode | null =>
  code !== null && isErrorCode(code) ? code : null

export const summaryOf = (row: DeliveryRow): DeliverySummary => ({
  id: deliveryId(row),
  message: row.message_id,
  system: row.system,
  job: row.job,
  subject: row.subject,
  type: row.type,
  unit: row.unit,
  state: row.state,
  code: codeOf(row.code),
  tries: row.tries,
  acceptedAt: row.accepted_at.toISOString(),
  sentAt: iso(row.sent_at),
  finishedAt: iso(row.finished_at),
  revision: row.revision,
})

interface FailedRow {
  readonly lane: string
  readonly number: number
  readonly system: string
  readonly state: DeliveryState | null
  /** Of the failure: what is held has no code of its own. */
  readonly failure_code: string | null
  readonly problem_id: number | null
  readonly failed_at: Date | null
}

/** Nothing failed: somebody wants it to wait. */
const held = {
  cause: { vi: 'Đang được giữ lại theo quyết định của quản trị', en: 'Held by an administrator' },
  next: {
    vi: 'Xem lý do trong diễn biến của hồ sơ; bấm Thôi giữ khi được gửi tiếp.',
    en: 'See why in the history of the dossier; release it when it may go on.',
  },
}

/** What a person is told of a delivery that waits for him; null when none has to do anything. */
export function failureOf(row: FailedRow, words: ProblemWords): FailureView | null {
  const code = codeOf(row.failure_code)
  if (!row.failed_at || !code) return null
  return {
    delivery: deliveryId(row),
    problem: row.problem_id,
    code,
    ...(row.state === 'held' ? held : words(row.system, code, null)),
    since: row.failed_at.toISOString(),
  }
}
