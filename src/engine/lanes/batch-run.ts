/**
 * The heads of many lanes of one system in one request. Each delivery gets its own outcome; a throw
 * counts for all of them.
 */
import type { OutgoingDelivery } from '../../connector/contract.ts'
import type { Outcome } from '../../domain/outcome.ts'
import type { ClaimedDelivery, ClaimedLane, SettledLane } from '../ports/lanes.ts'
import { afterSend } from './decide.ts'
import {
  circumstances,
  explain,
  followOf,
  handBack,
  mustBeOutcome,
  operationOf,
  type RunControl,
  type RunDependencies,
  record,
  settleLane,
  type Target,
  toOutgoing,
} from './lane-run.ts'

interface Entry {
  readonly lane: ClaimedLane
  readonly delivery: ClaimedDelivery
  readonly outgoing: OutgoingDelivery | undefined
  readonly failed: Outcome | undefined
}

/** Whether this lane's head travels in batches; `max` is how many fit. */
export function batchOf(
  target: Target,
  lane: ClaimedLane,
): { operation: string; max: number; maxWaitMs: number } | undefined {
  const head = lane.deliveries[0]
  if (lane.overtaken || head?.found !== 'waiting' || !target.connector.sendBatch) return undefined
  const operation = operationOf(target, head)
  return operation.batch && { operation: operation.name, ...operation.batch }
}

function open(
  deps: RunDependencies,
  target: Target,
  lane: ClaimedLane,
  delivery: ClaimedDelivery,
): Entry {
  try {
    const outgoing = toOutgoing(deps, target, lane, delivery, lane.memo)
    return { lane, delivery, outgoing, failed: undefined }
  } catch (error) {
    return { lane, delivery, outgoing: undefined, failed: explain(deps, lane, delivery, error) }
  }
}

async function send(
  deps: RunDependencies,
  target: Target,
  entries: readonly Entry[],
  signal: AbortSignal,
): Promise<readonly Outcome[]> {
  const ready = entries.flatMap((entry) => (entry.outgoing ? [entry.outgoing] : []))
  let sent: readonly Outcome[] = []
  let thrown: unknown
  try {
    if (ready.length > 0) sent = (await target.connector.sendBatch?.(ready, signal)) ?? []
  } catch (error) {
    thrown = error
  }
  let next = 0
  return entries.map((entry) => {
    if (entry.failed) return entry.failed
    if (thrown !== undefined) return explain(deps, entry.lane, entry.delivery, thrown)
    const outcome = sent[next++]
    // A connector that answers for fewer than it was given has lost count: nobody knows.
    if (!outcome) return { kind: 'unknown', code: 'answer-invalid' }
    try {
      return mustBeOutcome(outcome)
    } catch (error) {
      return explain(deps, entry.lane, entry.delivery, error)
    }
  })
}

export async function runBatch(
  deps: RunDependencies,
  target: Target,
  lanes: readonly ClaimedLane[],
  control: RunControl,
): Promise<readonly SettledLane[]> {
  const turn = await control.turn(lanes[0]?.deliveries[0]?.attributes.id ?? '')
  const entries = lanes.flatMap((lane) => {
    const delivery = lane.deliveries[0]
    return delivery ? [open(deps, target, lane, delivery)] : []
  })
  if (!control.mayGoOn()) {
    turn.end()
    return entries.map(({ lane, delivery }) => {
      const back = handBack(target, delivery)
      return settleLane(lane, [back], { number: delivery.number, wakeMs: 0 }, lane.memo)
    })
  }
  const startedAt = deps.clock.now()
  const from = deps.clock.monotonicMs()
  const outcomes = await send(deps, target, entries, control.signal)
  const durationMs = deps.clock.monotonicMs() - from
  turn.end(outcomes)
  return entries.map(({ lane, delivery }, index) => {
    const outcome = outcomes[index] ?? { kind: 'unknown', code: 'answer-invalid' }
    const decision = afterSend(outcome, circumstances(deps, target, delivery))
    const settled = record(
      deps,
      target,
      lane,
      delivery,
      { kind: 'send', startedAt, durationMs, outcome },
      decision,
    )
    const stop = decision.passes ? undefined : { number: delivery.number, wakeMs: decision.wakeMs }
    return settleLane(lane, [settled], stop, outcome.memo ?? lane.memo, followOf(outcome))
  })
}
