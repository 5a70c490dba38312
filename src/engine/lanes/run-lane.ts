import type { ClaimedLane, SettledLane } from '../ports/lanes.ts'
import { askRun, loseRun } from './ask-run.ts'
import {
  handBack,
  operationOf,
  type RunControl,
  type RunDependencies,
  sendRun,
  settleLane,
  type Target,
} from './lane-run.ts'

/** Nothing of it was sent: back as it was, and the lane is worked out anew. */
function giveBack(target: Target, lane: ClaimedLane): SettledLane {
  const unsent = lane.deliveries.filter((delivery) => delivery.found === 'waiting')
  return {
    ...settleLane(lane, [], undefined, lane.memo),
    deliveries: unsent.map((delivery) => handBack(target, delivery)),
  }
}

/** A claimed lane holds deliveries to send, or unresolved ones, or (when a person was quicker) none. */
export function runLane(
  deps: RunDependencies,
  target: Target,
  lane: ClaimedLane,
  control: RunControl,
): Promise<SettledLane> | SettledLane {
  const head = lane.deliveries[0]
  if (lane.overtaken) return giveBack(target, lane)
  if (!head) return settleLane(lane, [], undefined, lane.memo)
  if (head.found === 'waiting') return sendRun(deps, target, lane, control)
  const isLost = lane.deliveries.some((delivery) => delivery.found === 'sending')
  const canAsk = lane.deliveries.some((one) => operationOf(target, one).repeat === 'ask')
  if (isLost || !canAsk) return loseRun(deps, target, lane)
  return askRun(deps, target, lane, control)
}
