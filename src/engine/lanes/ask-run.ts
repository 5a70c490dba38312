/**
 * The unresolved deliveries of a lane: those of a worker that was lost, and those whose answer never
 * came. The system is asked about them, or they are sent again, or a person decides.
 */
import type { ErrorCode } from '../../domain/errors.ts'
import type { Follow, Outcome, Verdict } from '../../domain/outcome.ts'
import type { ClaimedDelivery, ClaimedLane, SettledDelivery, SettledLane } from '../ports/lanes.ts'
import { afterLoss, afterQuestion, type Decision } from './decide.ts'
import {
  circumstances,
  explain,
  followOf,
  handBack,
  operationOf,
  type RunControl,
  type RunDependencies,
  record,
  settleLane,
  type Target,
  type Turn,
  toOutgoing,
} from './lane-run.ts'

/** Only the head of a lane may die: a dead letter further back would be passed over unseen. */
const unlessBehind = (decision: Decision, isHead: boolean): Decision =>
  decision.state !== 'dead' || isHead ? decision : { ...decision, state: 'waiting', wakeMs: 0 }

const repeatOf = (target: Target, delivery: ClaimedDelivery) => operationOf(target, delivery).repeat

/** What a lost store may have sent, until it has been asked about. */
const staysInDoubt = (target: Target, delivery: ClaimedDelivery): boolean =>
  delivery.doubtful && repeatOf(target, delivery) !== 'harmless'

/** Decided without a request. */
const unasked = (
  target: Target,
  delivery: ClaimedDelivery,
  { state, code }: Pick<Decision, 'state' | 'code'>,
): SettledDelivery => ({
  ...handBack(target, delivery),
  state,
  code,
  tried: true,
  doubtful: staysInDoubt(target, delivery),
})

/**
 * What has arrived after this one shows that this one has. What was sent from here was sent only after the
 * one before had been answered. Of what a lost store sent only the times of the events are known: a
 * snapshot is not missing where the system has taken a later snapshot. Where a message of another kind has
 * arrived it may be: its lane had passed it, or a person had given it up.
 */
function showsArrivalOf(
  target: Target,
  delivery: ClaimedDelivery,
  arrived: ClaimedDelivery,
): boolean {
  const { repeat, snapshot } = operationOf(target, delivery)
  if (!delivery.doubtful) return snapshot === true || repeat !== 'ask'
  const timeOf = ({ attributes }: ClaimedDelivery): number => Date.parse(attributes.time)
  const isReplaced = operationOf(target, arrived).snapshot && timeOf(delivery) <= timeOf(arrived)
  return snapshot === true && isReplaced === true
}

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
    const doubtful = staysInDoubt(target, delivery)
    return [{ ...record(deps, target, lane, delivery, tried, decision), doubtful }]
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
  turn: Turn,
): Promise<{ answer: Verdict | { failed: ErrorCode }; outcome: Outcome }> {
  try {
    const outgoing = toOutgoing(deps, target, lane, delivery, lane.memo)
    const said = (await target.connector.confirm?.(outgoing, control.signal)) ?? 'cannot-tell'
    const answer = typeof said === 'string' ? said : said.answer
    // It has answered, whatever it said about this message: that is what the circuit asks.
    turn.end(answer === 'cannot-tell' ? [] : [{ kind: 'delivered' }])
    const follow = typeof said === 'string' ? {} : { follow: said.follow }
    if (answer === 'applied') return { answer, outcome: { kind: 'delivered', ...follow } }
    return { answer, outcome: { kind: 'unknown', code: 'outcome-unknown' } }
  } catch (error) {
    const outcome = explain(deps, lane, delivery, error)
    turn.end([outcome])
    return { answer: { failed: outcome.code }, outcome }
  }
}

interface Answered {
  readonly answer: Verdict | { readonly failed: ErrorCode }
  readonly outcome: Outcome
  readonly startedAt: Date
  readonly durationMs: number
}

const isOpen = ({ answer }: Answered): boolean => answer !== 'applied' && answer !== 'not-applied'

/**
 * Asks newest first: each delivery was sent only after the one before had been answered, so where the
 * newest has arrived all have, and an older snapshot may no longer be visible in the state of a system
 * that has taken a newer. That a snapshot has arrived cannot always be told from an equal one sent
 * earlier, so what is no snapshot is asked about all the same: its own rows must be there.
 *
 * By index; undefined where nothing was asked. Stops at the first that the system cannot answer.
 */
async function askAll(
  deps: RunDependencies,
  target: Target,
  lane: ClaimedLane,
  control: RunControl,
): Promise<(Answered | undefined)[]> {
  const answers: (Answered | undefined)[] = lane.deliveries.map(() => undefined)
  let arrived: ClaimedDelivery[] = []
  for (const [index, delivery] of [...lane.deliveries.entries()].reverse()) {
    const startedAt = deps.clock.now()
    if (arrived.some((later) => showsArrivalOf(target, delivery, later))) {
      const outcome: Outcome = { kind: 'delivered' }
      answers[index] = { answer: 'applied', outcome, startedAt, durationMs: 0 }
      continue
    }
    if (repeatOf(target, delivery) !== 'ask') continue
    const turn = await control.turn(delivery.attributes.id)
    if (!control.mayGoOn()) {
      turn.end()
      break
    }
    const from = deps.clock.monotonicMs()
    const said = await ask(deps, target, lane, delivery, control, turn)
    // Our own stop is no question.
    if (said.outcome.kind === 'retry' && said.outcome.code === 'interrupted') break
    const answered = { ...said, startedAt, durationMs: deps.clock.monotonicMs() - from }
    answers[index] = answered
    if (isOpen(answered)) break
    if (answered.answer === 'applied') arrived.push(delivery)
    else arrived = []
  }
  return answers
}

/** Settles what the system has been asked about, and decides what needed no question. */
export async function askRun(
  deps: RunDependencies,
  target: Target,
  lane: ClaimedLane,
  control: RunControl,
): Promise<SettledLane> {
  const answers = await askAll(deps, target, lane, control)
  const settled: SettledDelivery[] = []
  let follow: Follow | undefined
  let stop: { number: number; wakeMs: number | null } | undefined
  let waits = false
  for (const [index, delivery] of lane.deliveries.entries()) {
    const answered = answers[index]
    const at = circumstances(deps, target, delivery)
    // The question that ended the asking counts, and says how long to wait, wherever in the run it was.
    // That a lost store's has arrived stands, whatever was not sent before it or in another order.
    const stands = delivery.doubtful && answered?.answer === 'applied'
    if (answered && (!stop || isOpen(answered) || stands)) {
      const asked = delivery.asked + 1
      const decision = unlessBehind(afterQuestion(answered.answer, { ...at, asked }), index === 0)
      settled.push(record(deps, target, lane, delivery, { kind: 'confirm', ...answered }, decision))
      follow = followOf(answered.outcome) ?? follow
      if (decision.state === 'delivered') continue
      waits = decision.state === 'waiting'
      const wakeMs = stop?.wakeMs === null ? null : decision.wakeMs
      stop = { number: stop?.number ?? delivery.number, wakeMs }
      continue
    }
    const decision =
      !stop && at.repeat !== 'ask'
        ? unlessBehind(afterLoss('worker-lost', at), index === 0)
        : undefined
    // Nothing behind one that has not arrived can have arrived; what is doubtful stays so.
    const left = decision ?? {
      state: waits ? 'waiting' : 'unknown',
      code: 'outcome-unknown' as const,
    }
    settled.push(unasked(target, delivery, left))
    waits = left.state === 'waiting'
    stop ??= { number: delivery.number, wakeMs: decision?.wakeMs ?? 0 }
  }
  return settleLane(lane, settled, stop, lane.memo, follow)
}
