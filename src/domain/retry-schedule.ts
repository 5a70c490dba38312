/**
 * When to try again.
 *
 *   try 1 fails → 5 s    → 30 s → 2 min → 10 min → 30 min → 1 h → hourly …
 *
 * Jitter (the wait is drawn between half and all of the step) so that ten thousand dossiers that
 * failed together do not come back together; the 72 hours are meant with it. What the target asks
 * for (`Retry-After`) is a floor, capped at a day.
 */
export interface RetrySchedule {
  /** Seconds to wait after the first, second … failed try. The last one repeats. */
  readonly stepsSeconds: readonly number[]
  readonly giveUpAfterHours: number
}

export const defaultRetrySchedule: RetrySchedule = {
  stepsSeconds: [5, 30, 120, 600, 1800, 3600],
  giveUpAfterHours: 72,
}

const dayMs = 24 * 60 * 60 * 1000

const stepMs = (schedule: RetrySchedule, tries: number): number => {
  const steps = schedule.stepsSeconds
  return (steps[Math.min(tries, steps.length) - 1] ?? 0) * 1000
}

/** What a step lasts on the average of the jitter: the hours of the schedule are hours of the clock. */
const meanShare = 0.75

/** How many tries fit into the schedule before it gives up. */
export function triesOf(schedule: RetrySchedule): number {
  const limitMs = schedule.giveUpAfterHours * 60 * 60 * 1000
  const steps = schedule.stepsSeconds.map((seconds) => Math.max(seconds * 1000 * meanShare, 1))
  let passedMs = 0
  for (const [index, step] of steps.entries()) {
    passedMs += step
    if (passedMs > limitMs) return index + 1
  }
  return 1 + steps.length + Math.floor((limitMs - passedMs) / (steps.at(-1) ?? 1))
}

/**
 * Milliseconds until the next try after `tries` failed ones, or undefined when the schedule is
 * used up. `random` is in [0, 1).
 */
export function nextTryMs(
  schedule: RetrySchedule,
  tries: number,
  random: number,
  retryAfterMs = 0,
): number | undefined {
  if (tries >= triesOf(schedule)) return undefined
  const step = stepMs(schedule, tries)
  return Math.max(Math.round(step / 2 + (step / 2) * random), Math.min(retryAfterMs, dayMs))
}
