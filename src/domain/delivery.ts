import type { OutcomeKind } from './outcome.ts'

/** Where a delivery stands. `delivered`, `superseded` and `discarded` are final. */
export const deliveryStates = [
  'waiting',
  'sending',
  'unknown',
  'held',
  'dead',
  'delivered',
  'superseded',
  'discarded',
] as const
export type DeliveryState = (typeof deliveryStates)[number]

/**
 * The table of transitions; nothing else changes a state.
 *
 *   waiting → sending                      claimed by a worker
 *   sending → delivered | waiting | unknown | dead      by outcome
 *   unknown → delivered | waiting | dead                by asking the system, or by a person
 *   dead    → waiting (redrive) | discarded             by a person
 *   waiting → superseded (newer snapshot) | discarded | held
 *   waiting → unknown                      claimed in doubt: a store that was lost may have sent it
 *   held    → waiting | discarded
 *   dead, held → superseded                a corrected message has taken its place
 */
export const transitions = {
  waiting: ['sending', 'unknown', 'superseded', 'discarded', 'held'],
  sending: ['delivered', 'waiting', 'unknown', 'dead'],
  unknown: ['delivered', 'waiting', 'dead'],
  held: ['waiting', 'discarded', 'superseded'],
  dead: ['waiting', 'discarded', 'superseded'],
  delivered: [],
  superseded: [],
  discarded: [],
} as const satisfies Record<DeliveryState, readonly DeliveryState[]>

export const finalStates = ['delivered', 'superseded', 'discarded'] as const

export const isDeliveryState = (text: string): text is DeliveryState =>
  (deliveryStates as readonly string[]).includes(text)

export const canMove = (from: DeliveryState, to: DeliveryState): boolean =>
  (transitions[from] as readonly DeliveryState[]).includes(to)

/** What the lane does when its head is dead. */
export const lanePolicies = ['block', 'skip', 'supersede'] as const
export type LanePolicy = (typeof lanePolicies)[number]

/** What an administrator can do to a delivery. Each needs a reason and leaves an audit row. */
export const interventions = {
  /** Send again, in order, under the same idempotency key. */
  redrive: { from: ['dead'], to: 'waiting' },
  discard: { from: ['dead', 'held', 'waiting'], to: 'discarded' },
  hold: { from: ['waiting'], to: 'held' },
  release: { from: ['held'], to: 'waiting' },
  /** A person has looked at the system: it did take it. */
  'confirm-delivered': { from: ['unknown'], to: 'delivered' },
  /** A person has looked at the system: it did not take it. */
  'send-again': { from: ['unknown'], to: 'waiting' },
  /** A person gives an unknown delivery up; it can then be discarded or redriven, and not corrected: it may have arrived. */
  'give-up': { from: ['unknown'], to: 'dead' },
} as const satisfies Record<string, { from: readonly DeliveryState[]; to: DeliveryState }>
export type Intervention = keyof typeof interventions

/** A delivery is named by its place: `<lane>.<number>`, for example `1842.3`. */
export interface DeliveryPlace {
  readonly lane: string
  readonly number: number
}

export const deliveryId = ({ lane, number }: DeliveryPlace): string => `${lane}.${number}`

export function parseDeliveryId(id: string): DeliveryPlace | undefined {
  const match = /^([1-9]\d{0,17})\.([1-9]\d{0,8})$/.exec(id)
  return match?.[1] && match[2] ? { lane: match[1], number: Number(match[2]) } : undefined
}

/** One try of a delivery, or one question about an unknown one. */
export interface Attempt {
  readonly kind: 'send' | 'confirm'
  readonly number: number
  readonly startedAt: Date
  readonly durationMs: number
  readonly outcome: OutcomeKind
  readonly code: string | undefined
}
