/**
 * A circuit per system. Pure: time comes in as milliseconds of a monotonic clock.
 *
 * Closed, it counts `retry` and `unknown` outcomes and says `trip` at 5 in a row, or at half of at
 * least 20 within 30 s. Open, one probe per 30 s may pass. After a good probe it closes with a ramp:
 * the system gets a tenth of its concurrency at first and all of it half a minute later.
 */
export interface CircuitRule {
  readonly consecutive: number
  readonly share: number
  readonly minimum: number
  readonly windowMs: number
  readonly probeEveryMs: number
  readonly rampMs: number
}

export const defaultCircuitRule: CircuitRule = {
  consecutive: 5,
  share: 0.5,
  minimum: 20,
  windowMs: 30_000,
  probeEveryMs: 30_000,
  rampMs: 30_000,
}

export interface CircuitWindow {
  /** One entry a second: how many outcomes, how many of them bad. */
  readonly buckets: readonly {
    readonly second: number
    readonly all: number
    readonly bad: number
  }[]
  readonly badInARow: number
}

export const emptyWindow: CircuitWindow = { buckets: [], badInARow: 0 }

/** Adds outcomes that ended at `nowMs`, in order; true means bad (`retry` or `unknown`). */
export function record(
  window: CircuitWindow,
  rule: CircuitRule,
  outcomes: readonly boolean[],
  nowMs: number,
): { window: CircuitWindow; trip: boolean } {
  const second = Math.floor(nowMs / 1000)
  const oldest = second - rule.windowMs / 1000
  const bad = outcomes.filter(Boolean).length
  const lastGood = outcomes.lastIndexOf(false)
  const badInARow = lastGood < 0 ? window.badInARow + bad : outcomes.length - 1 - lastGood
  const kept = window.buckets.filter((bucket) => bucket.second > oldest && bucket.second !== second)
  const current = window.buckets.find((bucket) => bucket.second === second)
  const buckets = [
    ...kept,
    { second, all: (current?.all ?? 0) + outcomes.length, bad: (current?.bad ?? 0) + bad },
  ]
  const all = buckets.reduce((sum, bucket) => sum + bucket.all, 0)
  const allBad = buckets.reduce((sum, bucket) => sum + bucket.bad, 0)
  const trip = badInARow >= rule.consecutive || (all >= rule.minimum && allBad / all >= rule.share)
  return { window: { buckets, badInARow }, trip }
}

/** The part of its concurrency that a system gets `sinceMs` after its circuit closed. */
export function rampShare(rule: CircuitRule, sinceMs: number): number {
  if (sinceMs >= rule.rampMs) return 1
  return Math.max(0.1, sinceMs / rule.rampMs)
}
