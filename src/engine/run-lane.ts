import { askRun, loseRun } from './ask-run.ts'
import {
  operationOf,
  type RunControl,
  type RunDependencies,
  sendRun,
  settleLane,
  type Target,
} from './lane-run.ts'
import type { ClaimedLane, SettledLane } from './ports.ts'

/** A claimed lane holds deliveries to send, or unresolved ones, or (when a person was quicker) none. */
export function runLane(
  deps: RunDependencies,
  target: Target,
  lane: ClaimedLane,
  control: RunControl,
): Promise<SettledLane> | SettledLane {
  const head = lane.deliveries[0]
  if (!head) return settleLane(lane, [], undefined, lane.memo)
  if (head.found === 'waiting') return sendRun(deps, target, lane, control)
  const isLost = lane.deliveries.some((delivery) => delivery.found === 'sending')
  const canAsk = lane.deliveries.some((one) => operationOf(target, one).repeat === 'ask')
  if (isLost || !canAsk) return loseRun(deps, target, lane)
  return askRun(deps, target, lane, control)
}
