import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type CircuitWindow,
  defaultCircuitRule,
  emptyWindow,
  rampShare,
  record,
} from '../../src/domain/circuit.ts'

const rule = defaultCircuitRule
const good = false
const bad = true

/** The number of outcomes after which it trips; undefined when it does not. */
function tripsAfter(outcomes: readonly boolean[], stepMs = 1): number | undefined {
  let window: CircuitWindow = emptyWindow
  for (const [index, outcome] of outcomes.entries()) {
    const next = record(window, rule, [outcome], 1_000_000 + index * stepMs)
    if (next.trip) return index + 1
    window = next.window
  }
  return undefined
}
const times = (count: number, ...pattern: boolean[]): boolean[] =>
  Array.from({ length: count }, () => pattern).flat()

describe('circuit', () => {
  it('opens at five in a row', () => {
    expect(tripsAfter(times(4, bad))).toBeUndefined()
    expect(tripsAfter([good, ...times(5, bad)])).toBe(6)
  })

  it('counts in a row however far apart they are', () => {
    expect(tripsAfter(times(5, bad), 3_600_000)).toBe(5)
  })

  it('starts to count anew after one good answer', () => {
    expect(tripsAfter([...times(4, bad), good, ...times(4, bad)])).toBeUndefined()
  })

  it('opens when half of at least twenty in 30 s are bad', () => {
    expect(tripsAfter(times(9, bad, good))).toBeUndefined()
    expect(tripsAfter(times(10, bad, good))).toBe(20)
    expect(tripsAfter(times(100, bad, good, good))).toBeUndefined()
  })

  it('forgets what is older than 30 s', () => {
    // One outcome every 2 s: never twenty in a window.
    expect(tripsAfter(times(100, bad, good), 2_000)).toBeUndefined()
    // Twenty old good ones do not hide what happens now.
    let { window } = record(emptyWindow, rule, times(20, good), 0)
    const after = record(window, rule, times(10, bad, good), 31_000)
    window = after.window
    expect(after.trip).toBe(true)
    expect(window.buckets).toHaveLength(1)
  })

  it('says the same whether outcomes come one by one or together', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 60 }), (outcomes) => {
        let window: CircuitWindow = emptyWindow
        let trip = false
        for (const outcome of outcomes) {
          const next = record(window, rule, [outcome], 5_000)
          window = next.window
          trip = next.trip
        }
        if (outcomes.length === 0) return
        const together = record(emptyWindow, rule, outcomes, 5_000)
        expect(together.window).toEqual(window)
        expect(together.trip).toBe(trip)
      }),
    )
  })

  it('keeps no more than a bucket for each second of its window', () => {
    let window: CircuitWindow = emptyWindow
    for (let ms = 0; ms < 200_000; ms += 333) window = record(window, rule, [good], ms).window
    expect(window.buckets.length).toBeLessThanOrEqual(30)
  })

  it('gives a tenth at once and everything after the ramp, never less as time passes', () => {
    expect(rampShare(rule, 0)).toBe(0.1)
    expect(rampShare(rule, rule.rampMs / 2)).toBe(0.5)
    expect(rampShare(rule, rule.rampMs)).toBe(1)
    expect(rampShare(rule, 1e12)).toBe(1)
    fc.assert(
      fc.property(fc.nat(60_000), fc.nat(60_000), (a, b) => {
        const [early, late] = a < b ? [a, b] : [b, a]
        expect(rampShare(rule, late)).toBeGreaterThanOrEqual(rampShare(rule, early))
      }),
    )
  })

  it('needs no ramp when none is configured', () => {
    expect(rampShare({ ...rule, rampMs: 0 }, 0)).toBe(1)
  })
})
