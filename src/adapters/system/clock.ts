import type { Clock } from '../../engine/ports/clock.ts'

/** The clock of this machine. Durations come from `monotonicMs`, which no time correction moves. */
export const systemClock: Clock = {
  now: () => new Date(),
  monotonicMs: () => performance.now(),
}
