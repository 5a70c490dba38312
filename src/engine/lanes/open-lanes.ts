/** The lanes that this process has in work, with what it knows of their leases. */

import type { ClaimedLane } from '../ports/lanes.ts'
import type { Target } from './lane-run.ts'

export interface OpenLane {
  readonly aim: Target
  /** Claimed to find out whether the system is well again. */
  readonly probe: boolean
  readonly claimed: ClaimedLane
  leaseUntilMs: number
  lost: boolean
  /**
   * The lane claimed once more while its run is still under way: the lease had run out because it
   * could not be renewed, or the answer to the settle comes later than that to the next claim.
   */
  again: ClaimedLane | undefined
}

export interface OpenLanes {
  readonly size: number
  all(): readonly OpenLane[]
  /** Undefined when the lane is in work already; the run under way then learns of the new claim. */
  open(lane: Omit<OpenLane, 'lost' | 'again'>): OpenLane | undefined
  close(lane: OpenLane): void
  fences(): readonly { lane: string; fence: string }[]
  renewed(
    untilMs: number,
    asked: readonly { lane: string; fence: string }[],
    lost: readonly string[],
  ): void
}

const fenceOf = (open: OpenLane): string => (open.again ?? open.claimed).fence

/** Whether a second claim found just what the first is still busy with, and nobody else had touched. */
export function isSameRun(open: OpenLane, again: ClaimedLane): boolean {
  const numbers = (lane: ClaimedLane): string => lane.deliveries.map((one) => one.number).join()
  return (
    again.deliveries.every((delivery) => delivery.found !== 'waiting') &&
    numbers(again) === numbers(open.claimed)
  )
}

export function createOpenLanes(): OpenLanes {
  const lanes = new Map<string, OpenLane>()
  return {
    get size() {
      return lanes.size
    },
    all: () => [...lanes.values()],
    open(lane) {
      const known = lanes.get(lane.claimed.lane)
      if (!known) {
        const opened: OpenLane = { ...lane, lost: false, again: undefined }
        lanes.set(lane.claimed.lane, opened)
        return opened
      }
      known.again = lane.claimed
      known.leaseUntilMs = lane.leaseUntilMs
      known.lost = !isSameRun(known, lane.claimed)
      return undefined
    },
    close: ({ claimed }) => void lanes.delete(claimed.lane),
    fences: () =>
      [...lanes.values()].map((open) => ({ lane: open.claimed.lane, fence: fenceOf(open) })),
    renewed(untilMs, asked, lost) {
      for (const { lane, fence } of asked) {
        const open = lanes.get(lane)
        // It may have been settled, and claimed anew, while its renewal was under way.
        if (!open || fenceOf(open) !== fence) continue
        if (lost.includes(lane)) open.lost = true
        else open.leaseUntilMs = untilMs
      }
    },
  }
}
