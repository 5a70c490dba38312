import { describe, expect, it } from 'vitest'
import { createPace } from '../../../src/adapters/bullmq/pace.ts'

/** Sends whenever it may, for so long; returns when. */
function keepWaking(forMs: number, stepMs: number): number[] {
  const pace = createPace(80)
  const sent: number[] = []
  for (let now = 0; now <= forMs; now += stepMs)
    if (pace.waitMs('portal', now) === 0) {
      pace.went('portal', now)
      sent.push(now)
    }
  return sent
}

const gaps = (times: readonly number[]): number[] =>
  times.slice(1).map((time, index) => time - (times[index] ?? 0))

describe('pace', () => {
  it('lets the first go at once', () => {
    expect(createPace(80).waitMs('portal', 1_000)).toBe(0)
  })

  it('spaces those that keep coming further and further apart, up to the most', () => {
    expect(gaps(keepWaking(400, 5))).toEqual([5, 10, 20, 40, 80, 80, 80, 80])
  })

  it('lets seldom ones go at once', () => {
    expect(gaps(keepWaking(1_000, 200))).toEqual([200, 200, 200, 200, 200])
  })

  it('is quick again after a rest', () => {
    const pace = createPace(80)
    for (let now = 0; now < 500; now += 5)
      if (pace.waitMs('portal', now) === 0) pace.went('portal', now)
    pace.went('portal', 1_000)
    expect(pace.waitMs('portal', 1_000)).toBe(5)
  })

  it('keeps systems apart', () => {
    const pace = createPace(80)
    pace.went('portal', 0)
    expect(pace.waitMs('axis', 0)).toBe(0)
    expect(pace.waitMs('portal', 2)).toBe(3)
  })
})
