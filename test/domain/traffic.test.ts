import { describe, expect, it } from 'vitest'
import { drainOf } from '../../src/domain/drain.ts'
import type { OutcomeKind } from '../../src/domain/outcome.ts'
import { noTraffic, quantileMs, together } from '../../src/domain/traffic.ts'
import { createTraffic } from '../../src/engine/lanes/traffic.ts'
import type { Metrics } from '../../src/engine/ports/metrics.ts'

const told: unknown[] = []
const metrics = { attempted: (...what: unknown[]) => void told.push(what) } as unknown as Metrics
const count = (...tried: readonly (readonly [OutcomeKind, number])[]) => {
  const traffic = createTraffic(metrics)
  for (const [outcome, ms] of tried) traffic.metrics.attempted('dvcqg', outcome, ms)
  return traffic
}
const of = (...times: readonly number[]) =>
  count(...times.map((ms) => ['delivered', ms] as const))
    .take()
    .get('dvcqg') ?? noTraffic

describe('traffic', () => {
  it('tells quantiles to a tenth, whatever their size', () => {
    for (const ms of [1, 2, 37, 480, 12_345, 599_000]) {
      const half = quantileMs(of(ms, ms, ms), 0.5) ?? 0
      expect(Math.abs(half - ms) / ms).toBeLessThan(0.1)
    }
    const mixed = of(...Array.from({ length: 99 }, () => 20), 9_000)
    expect(quantileMs(mixed, 0.5)).toBeLessThan(25)
    expect(quantileMs(mixed, 0.99)).toBeLessThan(25)
    expect(quantileMs(mixed, 1)).toBeGreaterThan(8_000)
    expect(quantileMs(of(0, -5, 4_000_000), 1)).toBeGreaterThan(500_000)
    expect(quantileMs(noTraffic, 0.5)).toBeNull()
  })

  it('counts by outcome, tells the metrics too, and loses nothing that could not be written', () => {
    const traffic = count(['delivered', 5], ['permanent', 5], ['retry', 5], ['unknown', 900])
    expect(told.at(-1)).toEqual(['dvcqg', 'unknown', 900])
    const taken = traffic.take()
    expect(taken.get('dvcqg')).toMatchObject({ attempts: 4, failed: 3, refused: 1, delivered: 1 })
    expect(traffic.take().size).toBe(0)
    traffic.metrics.attempted('dvcqg', 'delivered', 5)
    traffic.putBack(taken)
    traffic.metrics.attempted('dvcqg', 'delivered', 5)
    const all = traffic.take().get('dvcqg') ?? noTraffic
    expect(all).toMatchObject({ attempts: 6, failed: 3, delivered: 3 })
    expect(all.slots.reduce((sum, slot) => sum + slot, 0)).toBe(6)
    expect(noTraffic.slots.every((slot) => slot === 0)).toBe(true)
    expect(together([])).toEqual(noTraffic)
  })
})

describe('drain', () => {
  const facts = {
    ...{ waiting: 600, isMore: false, deliveredPerMinute: 60, ratePerSecond: undefined },
    ...{ paused: false, circuitOpen: false, maintenance: false, problem: false, hasWorkers: true },
  }
  it('is what waits by the pace that was measured, never faster than is allowed', () => {
    expect(drainOf(facts)).toEqual({ seconds: 600, atLeast: false, reason: null })
    expect(drainOf({ ...facts, ratePerSecond: 0.5 }).seconds).toBe(1200)
    expect(drainOf({ ...facts, ratePerSecond: 50 }).seconds).toBe(600)
    expect(drainOf({ ...facts, isMore: true })).toMatchObject({ seconds: 600, atLeast: true })
    expect(drainOf({ ...facts, waiting: 0, deliveredPerMinute: 0 }).seconds).toBe(0)
  })

  it.each([
    ['paused', /tạm dừng/],
    ['circuitOpen', /ngắt mạch/],
    ['maintenance', /bảo trì/],
    ['problem', /Cấu hình/],
  ] as const)('is not told while it is %s', (fact, why) => {
    const drain = drainOf({ ...facts, [fact]: true })
    expect(drain.seconds).toBeNull()
    expect(drain.reason?.vi).toMatch(why)
  })

  it('is not told where nothing moves', () => {
    const still = drainOf({ ...facts, deliveredPerMinute: 0 })
    expect([still.seconds, still.reason?.vi]).toEqual([null, '5 phút qua không gửi xong lượt nào.'])
    expect(drainOf({ ...facts, hasWorkers: false }).reason?.vi).toMatch(/tiến trình gửi/)
  })
})
