import { type DeliveryState, deliveryId } from './delivery.ts'
import { type ErrorCode, errorTable, isErrorCode, type Words } from './errors.ts'

/** What a lane, or a delivery in it, waits for: one plain answer. */
export interface WaitsFor {
  readonly kind:
    | 'nothing' // all delivered
    | 'turn' // due, will be sent any moment
    | 'answer' // being sent right now
    | 'retry' // a time
    | 'settle' // unknown; the system will be asked at a time
    | 'person' // dead, held or unknown: somebody must decide
    | 'earlier' // an earlier delivery of the lane
    | 'pause'
    | 'circuit'
    | 'maintenance'
    | 'configuration' // the system cannot be spoken to as it is configured
  /** The delivery that stands in the way, for `person` and `earlier`. */
  readonly delivery?: string
  readonly code?: ErrorCode
  /** RFC 3339 */
  readonly until?: string
  readonly words: Words
}

/** The head of a lane and what surrounds it, as the store sees it. */
export interface LaneSituation {
  readonly lane: string
  readonly head:
    | {
        readonly number: number
        readonly state: DeliveryState
        readonly code: string | null
        readonly needsPerson: boolean
      }
    | undefined
  readonly wakeAt: Date | null
  readonly leased: boolean
}

export interface SystemSituation {
  readonly paused: { readonly reason: string; readonly resumeAt: Date | null } | undefined
  readonly circuitOpen: boolean
  readonly maintenance: { readonly reason: string; readonly untilMs: number } | undefined
  /** Why the system cannot be spoken to at all. */
  readonly problem?: Words | null
}

const local = (date: Date): string =>
  date.toLocaleString('vi-VN', { timeZone: 'Asia/Ho_Chi_Minh', hour12: false })

const timed = (
  kind: WaitsFor['kind'],
  at: Date,
  words: Words,
  code: ErrorCode | undefined,
): WaitsFor => ({ kind, until: at.toISOString(), ...(code && { code }), words })

function person(
  lane: LaneSituation,
  head: NonNullable<LaneSituation['head']>,
  code?: ErrorCode,
): WaitsFor {
  const delivery = deliveryId({ lane: lane.lane, number: head.number })
  const row = errorTable[code ?? 'outcome-unknown']
  const words =
    head.state === 'held'
      ? {
          vi: `Bản tin ${delivery} đang được giữ lại; chờ người mở.`,
          en: `Delivery ${delivery} is held; somebody must release it.`,
        }
      : {
          vi: `Chờ người xử lý bản tin ${delivery}: ${row.title.vi}. ${row.next.vi}`,
          en: `Somebody must decide on delivery ${delivery}: ${row.title.en}. ${row.next.en}`,
        }
  return { kind: 'person', delivery, ...(code && { code }), words }
}

/** What this lane waits for now. */
export function laneWaitsFor(lane: LaneSituation, system: SystemSituation, now: Date): WaitsFor {
  const { head } = lane
  if (!head)
    return {
      kind: 'nothing',
      words: { vi: 'Đã đồng bộ, không còn gì chờ.', en: 'In step; nothing is waiting.' },
    }
  const code = head.code !== null && isErrorCode(head.code) ? head.code : undefined
  if (head.state === 'dead' || head.state === 'held' || head.needsPerson)
    return person(lane, head, code)
  if (lane.leased)
    return {
      kind: 'answer',
      words: {
        vi: 'Đang gửi, chờ hệ thống đích trả lời.',
        en: 'Being sent; waiting for the answer of the system.',
      },
    }
  if (system.problem)
    return {
      kind: 'configuration',
      code: 'system-misconfigured',
      words: {
        vi: `Hệ thống đích chưa dùng được: ${system.problem.vi}`,
        en: `The system cannot be used: ${system.problem.en}`,
      },
    }
  if (system.paused)
    return {
      kind: 'pause',
      ...(system.paused.resumeAt && { until: system.paused.resumeAt.toISOString() }),
      words: {
        vi: `Hệ thống đích đang tạm dừng: ${system.paused.reason}`,
        en: `The system is paused: ${system.paused.reason}`,
      },
    }
  if (system.maintenance) {
    const until = new Date(system.maintenance.untilMs)
    return timed(
      'maintenance',
      until,
      {
        vi: `Hệ thống đích bảo trì đến ${local(until)}: ${system.maintenance.reason}`,
        en: `The system is in maintenance until ${until.toISOString()}: ${system.maintenance.reason}`,
      },
      undefined,
    )
  }
  if (system.circuitOpen)
    return {
      kind: 'circuit',
      ...(code && { code }),
      words: {
        vi: 'Hệ thống đích lỗi liên tiếp; liên thông đang thăm dò, tự gửi tiếp khi ổn định.',
        en: 'The system fails repeatedly; the hub probes it and goes on by itself when it is well.',
      },
    }
  const why = code
    ? errorTable[code].title
    : { vi: 'lần trước không thành công', en: 'the last try failed' }
  if (lane.wakeAt && lane.wakeAt > now)
    return head.state === 'unknown'
      ? timed(
          'settle',
          lane.wakeAt,
          {
            vi: `Chưa rõ kết quả (${why.vi}); sẽ hỏi hệ thống đích lúc ${local(lane.wakeAt)}.`,
            en: `The result is not known (${why.en}); the system will be asked at ${lane.wakeAt.toISOString()}.`,
          },
          code,
        )
      : timed(
          'retry',
          lane.wakeAt,
          {
            vi: `Sẽ gửi lại lúc ${local(lane.wakeAt)} (${why.vi}).`,
            en: `Will be sent again at ${lane.wakeAt.toISOString()} (${why.en}).`,
          },
          code,
        )
  return {
    kind: 'turn',
    words: { vi: 'Đến lượt, sẽ gửi ngay.', en: 'Its turn has come; it is sent at once.' },
  }
}

/** The same for one delivery of the lane. */
export function deliveryWaitsFor(
  delivery: {
    readonly number: number
    readonly state: DeliveryState
    readonly code: string | null
  },
  lane: LaneSituation,
  system: SystemSituation,
  now: Date,
): WaitsFor {
  const done =
    delivery.state === 'delivered' ||
    delivery.state === 'superseded' ||
    delivery.state === 'discarded'
  const nothing = laneWaitsFor({ ...lane, head: undefined }, system, now)
  if (done) return nothing
  if (
    !lane.head ||
    delivery.number <= lane.head.number ||
    delivery.state === 'dead' ||
    delivery.state === 'held'
  )
    return laneWaitsFor(
      {
        ...lane,
        head: {
          number: delivery.number,
          state: delivery.state,
          code: delivery.code,
          needsPerson: lane.head?.number === delivery.number && lane.head.needsPerson,
        },
      },
      system,
      now,
    )
  const first = deliveryId({ lane: lane.lane, number: lane.head.number })
  return {
    kind: 'earlier',
    delivery: first,
    words: {
      vi: `Chờ bản tin trước của cùng hồ sơ (${first}).`,
      en: `Waits for an earlier delivery of the same dossier (${first}).`,
    },
  }
}
