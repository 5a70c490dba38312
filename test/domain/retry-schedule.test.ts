import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  defaultRetrySchedule,
  nextTryMs,
  type RetrySchedule,
  triesOf,
} from '../../src/domain/retry-schedule.ts'

const hourMs = 60 * 60 * 1000
const dayMs = 24 * hourMs

/** All waits of a delivery whose every try fails, with this luck. */
function waits(schedule: RetrySchedule, luck: () => number): number[] {
  const all: number[] = []
  for (let tries = 1; ; tries++) {
    const wait = nextTryMs(schedule, tries, luck())
    if (wait === undefined) return all
    all.push(wait)
  }
}
const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0)
const random = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true })
const schedules = fc.record({
  stepsSeconds: fc.array(fc.integer({ min: 1, max: 7200 }), { minLength: 1, maxLength: 8 }),
  giveUpAfterHours: fc.integer({ min: 1, max: 100 }),
})

describe('retry-schedule', () => {
  it('waits 5 s, 30 s, 2 min, 10 min, 30 min, 1 h, then hourly, before jitter', () => {
    const longest = waits(defaultRetrySchedule, () => 0.999_999_999)
    expect(longest.slice(0, 8).map((ms) => Math.round(ms / 1000))).toEqual([
      5, 30, 120, 600, 1800, 3600, 3600, 3600,
    ])
  })

  it('goes on for 72 hours: a system that is down from Friday evening to Monday loses nothing', () => {
    fc.assert(
      fc.property(fc.array(random, { minLength: 200, maxLength: 200 }), (draws) => {
        let next = 0
        const even = waits(defaultRetrySchedule, () => 0.5)
        expect(sum(even) / hourMs).toBeGreaterThan(71)
        expect(sum(even) / hourMs).toBeLessThanOrEqual(72)
        // However the draws fall, the extremes are known.
        const total = sum(waits(defaultRetrySchedule, () => draws[next++ % 200] ?? 0))
        expect(total / hourMs).toBeGreaterThanOrEqual(47)
        expect(total / hourMs).toBeLessThanOrEqual(97)
      }),
    )
  })

  it('draws each wait between half and all of its step', () => {
    fc.assert(
      fc.property(schedules, random, fc.nat({ max: 50 }), (schedule, luck, nth) => {
        const tries = 1 + (nth % triesOf(schedule))
        const wait = nextTryMs(schedule, tries, luck)
        if (tries === triesOf(schedule)) {
          expect(wait).toBeUndefined()
          return
        }
        const steps = schedule.stepsSeconds
        const stepMs = 1000 * (steps[tries - 1] ?? steps.at(-1) ?? 0)
        expect(wait).toBeGreaterThanOrEqual(Math.floor(stepMs / 2))
        expect(wait).toBeLessThanOrEqual(stepMs)
      }),
    )
  })

  it('gives up after its hours, however short its steps are', () => {
    fc.assert(
      fc.property(schedules, (schedule) => {
        const limitMs = schedule.giveUpAfterHours * hourMs
        const last = 1000 * Math.max(...schedule.stepsSeconds)
        const steps = schedule.stepsSeconds.map((seconds) => 750 * seconds)
        const tries = triesOf(schedule)
        const passed = (count: number): number =>
          sum(steps.slice(0, count)) + Math.max(0, count - steps.length) * (steps.at(-1) ?? 0)
        expect(passed(tries - 1)).toBeLessThanOrEqual(limitMs)
        expect(passed(tries - 1)).toBeGreaterThan(limitMs - last)
      }),
    )
    expect(triesOf({ stepsSeconds: [1], giveUpAfterHours: 72 })).toBe((72 * 3600) / 0.75 + 1)
  })

  it('has one try when the first wait would already be too long', () => {
    expect(triesOf({ stepsSeconds: [7200], giveUpAfterHours: 1 })).toBe(1)
    expect(nextTryMs({ stepsSeconds: [7200], giveUpAfterHours: 1 }, 1, 0)).toBeUndefined()
  })

  it('takes what the target asks for as a floor, and a day as its ceiling', () => {
    fc.assert(
      fc.property(random, fc.integer({ min: 0, max: 10 * dayMs }), (luck, asked) => {
        const without = nextTryMs(defaultRetrySchedule, 1, luck) ?? 0
        const wait = nextTryMs(defaultRetrySchedule, 1, luck, asked)
        expect(wait).toBe(Math.max(without, Math.min(asked, dayMs)))
      }),
    )
  })

  it('does not come back all at once', () => {
    const draws = new Set(
      Array.from({ length: 1000 }, (_, n) => nextTryMs(defaultRetrySchedule, 6, n / 1000)),
    )
    expect(draws.size).toBe(1000)
  })

  it('stays given up', () => {
    const tries = triesOf(defaultRetrySchedule)
    for (const more of [0, 1, 1000])
      expect(nextTryMs(defaultRetrySchedule, tries + more, 0.5, 1000)).toBeUndefined()
  })
})
