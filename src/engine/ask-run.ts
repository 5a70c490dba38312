/**
 * The unresolved deliveries of a lane: those of a worker that was lost, and those whose answer never
 * came. The system is asked about them, or they are sent again, or a person decides.
 */
import type { ErrorCode } from '../domain/errors.ts'
import type { Confirmation, Outcome } from '../domain/outcome.ts'
import { afterLoss, afterQuestion, type Decision } from './decide.ts'
import {
  circumstances,
  explain,
  handBack,
  operationOf,
  type RunControl,
  type RunDependencies,
  record,
  settleLane,
  type Target,
  toOutgoing,
} from './lane-run.ts'
import type { ClaimedDelivery, ClaimedLane, SettledDelivery, SettledLane } from './ports.ts'

/** Only the head of a lane may die: a dead letter further back would be passed over unseen. */
const unlessBehind = (decision: Decision, isHead: boolean): Decision =>
  decision.state !== 'dead' || isHead ? decision : { ...decision, state: 'waiting', wakeMs: 0 }

const repeatOf = (target: Target, delivery: ClaimedDelivery) => operationOf(target, delivery).repeat

/** Decided without a request. */
const unasked = (
  target: Target,
  delivery: ClaimedDelivery,
  { state, code }: Pick<Decision, 'state' | 'code'>,
): SettledDelivery => ({ ...handBack(target, delivery), state, code, tried: true })

/**
 * Another worker was lost while it had these: nobody knows how far it came. Where a repeat is harmless
 * for all of them they are sent again; one that must not be repeated makes the others wait for the
 * answer about it, or an older one would be sent again behind it.
 */
export function loseRun(deps: RunDependencies, target: Target, lane: ClaimedLane): SettledLane {
  const harmless = lane.deliveries.every((one) => repeatOf(target, one) === 'harmless')
  const decisions = lane.deliveries.map((delivery, index) => {
    const at = circumstances(deps, target, delivery)
    const repeat = harmless || at.repeat === 'person' ? at.repeat : 'ask'
    return unlessBehind(afterLoss('worker-lost', { ...at, repeat }), index === 0)
  })
  const settled = lane.deliveries.flatMap((delivery, index) => {
    const decision = decisions[index]
    if (!decision) return []
    if (delivery.found !== 'sending') return [unasked(target, delivery, decision)]
    const outcome: Outcome = { kind: 'unknown', code: 'worker-lost' }
    const tried = { kind: 'send', startedAt: deps.clock.now(), durationMs: 0, outcome } as const
    return [record(deps, target, lane, delivery, tried, decision)]
  })
  const head = lane.deliveries[0]?.number ?? 1
  const wakes = decisions.map((decision) => decision.wakeMs)
  const wakeMs = wakes.includes(null) ? null : Math.max(0, ...wakes.map((wake) => wake ?? 0))
  return settleLane(lane, settled, { number: head, wakeMs }, lane.memo)
}

async function ask(
  deps: RunDependencies,
  target: Target,
  lane: ClaimedLane,
  delivery: ClaimedDelivery,
  control: RunControl,
): Promise<{ answer: Confirmation | { failed: ErrorCode }; outcome: Outcome }> {
  try {
    const outgoing = toOutgoing(deps, target, lane, delivery, lane.memo)
    const answer = (await target.connector.confirm?.(outgoing, control.signal)) ?? 'cannot-tell'
    // It has answered, whatever it said about this message: that is what the circuit asks.
    if (answer !== 'cannot-tell') control.saw({ kind: 'delivered' })
    if (answer === 'applied') return { answer, outcome: { kind: 'delivered' } }
    return { answer, outcome: { kind: 'unknown', code: 'outcome-unknown' } }
  } catch (error) {
    const outcome = explain(deps, lane, delivery, error)
    control.saw(outcome)
    return { answer: { failed: outcome.code }, outcome }
  }
}

const alreadyThere = { answer: 'applied', outcome: { kind: 'delivered' } } as const

/**
 * Asks the system about the unresolved deliveries of a lane, newest first: each of them was sent only
 * after the one before had been answered, so if the newest has arrived, all have; and an older
 * one may no longer be visible in the state of a system that has taken a newer.
 */
export async function askRun(
  deps: RunDependencies,
  target: Target,
  lane: ClaimedLane,
  control: RunControl,
): Promise<SettledLane> {
  const settled = new Map<number, SettledDelivery>()
  let stop: { number: number; wakeMs: number | null } | undefined
  let undecided = false
  let arrived = false
  for (const delivery of lane.deliveries.toReversed()) {
    if (!arrived && !undecided) {
      await control.turn()
      undecided = !control.mayGoOn()
    }
    if (undecided) {
      const left = { state: 'unknown', code: 'outcome-unknown' } as const
      settled.set(delivery.number, unasked(target, delivery, left))
      stop = { number: delivery.number, wakeMs: stop ? stop.wakeMs : 0 }
      continue
    }
    const isHead = delivery === lane.deliveries[0]
    const at = circumstances(deps, target, delivery)
    let decision: Decision
    if (!arrived && at.repeat !== 'ask') {
      decision = unlessBehind(afterLoss('worker-lost', at), isHead)
      settled.set(delivery.number, unasked(target, delivery, decision))
    } else {
      const startedAt = deps.clock.now()
      const from = deps.clock.monotonicMs()
      const { answer, outcome } = arrived
        ? alreadyThere
        : await ask(deps, target, lane, delivery, control)
      const durationMs = deps.clock.monotonicMs() - from
      decision = unlessBehind(afterQuestion(answer, { ...at, asked: delivery.asked + 1 }), isHead)
      const tried = { kind: 'confirm', startedAt, durationMs, outcome } as const
      settled.set(delivery.number, record(deps, target, lane, delivery, tried, decision))
    }
    arrived = decision.state === 'delivered'
    if (!arrived) {
      stop = { number: delivery.number, wakeMs: decision.wakeMs }
      undecided = decision.state === 'unknown'
    }
  }
  const inOrder = lane.deliveries.flatMap((delivery) => settled.get(delivery.number) ?? [])
  return settleLane(lane, inOrder, stop, lane.memo)
}
