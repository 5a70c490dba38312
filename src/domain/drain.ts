/** How long what waits for a system will take, or why that cannot be said. Never a number that nobody measured. */
import type { Words } from './errors.ts'

export interface DrainFacts {
  /** Deliveries that wait. */
  readonly waiting: number
  /** Only so many were counted. */
  readonly isMore: boolean
  readonly deliveredPerMinute: number
  readonly ratePerSecond: number | undefined
  readonly paused: boolean
  readonly circuitOpen: boolean
  readonly maintenance: boolean
  readonly problem: boolean
  readonly hasWorkers: boolean
}

export interface Drain {
  /** Null: it cannot be said, `reason` says why. */
  readonly seconds: number | null
  /** More waits than was counted: at least so long. */
  readonly atLeast: boolean
  readonly reason: Words | null
}

const reasons: readonly (readonly [(facts: DrainFacts) => boolean, Words])[] = [
  [
    ({ problem }) => problem,
    { vi: 'Cấu hình chưa đúng nên chưa gửi được.', en: 'Misconfigured: nothing is sent.' },
  ],
  [({ paused }) => paused, { vi: 'Đang tạm dừng gửi.', en: 'It is paused.' }],
  [({ maintenance }) => maintenance, { vi: 'Đang trong giờ bảo trì.', en: 'In maintenance.' }],
  [
    ({ circuitOpen }) => circuitOpen,
    { vi: 'Đang ngắt mạch: hệ thống không trả lời.', en: 'Its circuit is open: no answer.' },
  ],
  [
    ({ hasWorkers }) => !hasWorkers,
    { vi: 'Không có tiến trình gửi nào đang chạy.', en: 'No process that sends is running.' },
  ],
  [
    ({ deliveredPerMinute }) => deliveredPerMinute === 0,
    {
      vi: '5 phút qua không gửi xong lượt nào.',
      en: 'Nothing was delivered within the last 5 minutes.',
    },
  ],
]

export function drainOf(facts: DrainFacts): Drain {
  const { waiting, isMore: atLeast, deliveredPerMinute, ratePerSecond } = facts
  if (waiting === 0) return { seconds: 0, atLeast: false, reason: null }
  const why = reasons.find(([holds]) => holds(facts))
  if (why) return { seconds: null, atLeast: false, reason: why[1] }
  const perSecond = Math.min(deliveredPerMinute / 60, ratePerSecond ?? Number.POSITIVE_INFINITY)
  return { seconds: Math.ceil(waiting / perSecond), atLeast, reason: null }
}
