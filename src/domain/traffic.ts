/**
 * How attempts at a system went: counted, and put into slots by how long they took, each slot a fifth wider than the
 * one before. A quantile read from slots is true to a tenth, and slots of processes and minutes can be added.
 */
export interface Traffic {
  readonly attempts: number
  /** Did not end in "delivered", whatever the reason. */
  readonly failed: number
  /** Of these: the system would not take the message as it is. */
  readonly refused: number
  readonly delivered: number
  readonly slots: readonly number[]
}

const width = 1.2
/** The last one holds what took longer: ten minutes are the longest time-out. */
const slotCount = 74

/** Slot 0 is up to a millisecond. */
export const slotOf = (durationMs: number): number =>
  Math.min(
    slotCount - 1,
    Math.max(0, Math.ceil(Math.log(Math.max(1, durationMs)) / Math.log(width))),
  )

/** The middle of a slot. */
const millisecondsOf = (slot: number): number =>
  slot === 0 ? 1 : Math.round((width ** slot + width ** (slot - 1)) / 2)

export const noTraffic: Traffic = {
  ...{ attempts: 0, failed: 0, refused: 0, delivered: 0 },
  slots: Array.from({ length: slotCount }, () => 0),
}

export const together = (all: readonly Traffic[]): Traffic =>
  all.reduce(
    (sum, one) => ({
      attempts: sum.attempts + one.attempts,
      failed: sum.failed + one.failed,
      refused: sum.refused + one.refused,
      delivered: sum.delivered + one.delivered,
      slots: sum.slots.map((count, slot) => count + (one.slots[slot] ?? 0)),
    }),
    noTraffic,
  )

/** `share` of the attempts took at most about so long; null when there were none. */
export function quantileMs({ slots }: Traffic, share: number): number | null {
  const all = slots.reduce((sum, count) => sum + count, 0)
  if (all === 0) return null
  const wanted = Math.max(1, Math.ceil(all * share))
  let seen = 0
  const slot = slots.findIndex((count) => {
    seen += count
    return seen >= wanted
  })
  return millisecondsOf(slot)
}
