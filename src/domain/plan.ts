/** A bulk plan: one intervention on many deliveries that were chosen, and frozen, beforehand. */
import { correcting } from './correction.ts'
import { type DeliveryState, type Intervention, interventions } from './delivery.ts'
import type { Words } from './errors.ts'

/**
 *   preparing → ready | scheduled | running     the selection is frozen
 *   ready → running | scheduled                 a person starts it
 *   scheduled → running                         its time has come
 *   running ⇄ paused                            a person, or the hub by itself
 *   running → finishing → finished              nothing is left to do, then nothing is left to learn
 *   all but finishing, finished → cancelled     a person
 */
export const planStates = [
  'preparing',
  'ready',
  'scheduled',
  'running',
  'paused',
  'finishing',
  'finished',
  'cancelled',
] as const
export type PlanState = (typeof planStates)[number]

/** What became of one item. `moved`: done, and what comes of it is not known yet. */
export const planResults = ['pending', 'moved', 'ok', 'failed', 'skipped'] as const
export type PlanResult = (typeof planResults)[number]

/** Why the hub itself has paused a plan. */
export const planStops = ['system-paused', 'circuit-open', 'fails-again'] as const
export type PlanStop = (typeof planStops)[number]

/** What a plan does to each: an intervention, or a corrected message takes its place. */
export const planActions = [...(Object.keys(interventions) as Intervention[]), 'correct'] as const
export type PlanAction = Intervention | 'correct'

/** Where an action starts from and ends. */
export const moveOf = (
  action: PlanAction,
): {
  readonly from: readonly DeliveryState[]
  readonly to: DeliveryState
  readonly certain?: boolean
} => (action === 'correct' ? correcting : interventions[action])

/** After it what was moved is sent, so its success is known only later, and its system must be well. */
export const sends = (action: PlanAction): boolean => moveOf(action).to === 'waiting'

/**
 * The states an action starts from, of a filter that names none. Undefined: there are several, and which
 * is meant must be said.
 */
export function onlyStateFor(action: PlanAction): DeliveryState | undefined {
  const { from } = moveOf(action)
  return from.length === 1 ? from[0] : undefined
}

export const planLimits = {
  ids: 1_000,
  perMinute: 60_000,
  sample: 20,
} as const

/** Unless it is said otherwise: half of the first fifty have failed again. */
export const defaultStop = { after: 50, percent: 50 } as const

/** Of systems that have no rate, and of actions that send nothing. */
const otherwise = { sending: 600, recording: 6_000 } as const

/**
 * Half of what the slowest of its systems may be sent, so that what comes in today has room beside it.
 * Items a minute.
 */
export function defaultPlanRate(
  action: PlanAction,
  systems: readonly { readonly ratePerSecond: number | undefined }[],
): number {
  if (!sends(action)) return otherwise.recording
  const rates = systems.flatMap(({ ratePerSecond }) =>
    ratePerSecond === undefined ? [] : [ratePerSecond * 30],
  )
  return Math.max(
    1,
    Math.min(planLimits.perMinute, Math.floor(Math.min(otherwise.sending, ...rates))),
  )
}

export interface PlanStopFacts {
  readonly code: PlanStop
  /** The one that is closed; empty where it is not about one. */
  readonly system: string
  /** Known outcomes since it was last started, and how many of them have failed. */
  readonly known: number
  readonly failed: number
}

export function stopWords({ code, system, known, failed }: PlanStopFacts): Words {
  switch (code) {
    case 'system-paused':
      return {
        vi: `Hệ thống ${system} đang tạm dừng. Cho hệ thống chạy lại rồi cho kế hoạch chạy tiếp.`,
        en: `The system ${system} is paused. Resume the system, then the plan.`,
      }
    case 'circuit-open':
      return {
        vi: `Cầu dao của hệ thống ${system} đang ngắt vì gọi hỏng liên tục. Chờ hệ thống ấy hoạt động lại rồi cho kế hoạch chạy tiếp.`,
        en: `The circuit of ${system} is open: calls keep failing. Wait until the system is well, then resume the plan.`,
      }
    case 'fails-again':
      return {
        vi: `${failed} trong ${known} lượt đã có kết quả lại hỏng. Xem mã lỗi, sửa nguyên nhân rồi cho kế hoạch chạy tiếp, hoặc huỷ phần còn lại.`,
        en: `${failed} of ${known} with a known outcome have failed again. Read their codes, mend the cause and resume the plan, or cancel the rest.`,
      }
  }
}
