import { describe, expect, it } from 'vitest'
import { createRateLimit } from '../../../src/app/http/rate-limit.ts'

describe('rate-limit', () => {
  it('lets a burst pass, then as many as flow back', () => {
    let now = 0
    const limit = createRateLimit({ burst: 2, perSecond: 10 }, () => now)
    expect([limit.take('a').allowed, limit.take('a').allowed, limit.take('a').allowed]).toEqual([
      true,
      true,
      false,
    ])
    now = 100
    expect([limit.take('a').allowed, limit.take('a').allowed]).toEqual([true, false])
  })

  it('never holds more than the burst, however long it waited', () => {
    let now = 0
    const limit = createRateLimit({ burst: 2, perSecond: 10 }, () => now)
    limit.take('a')
    now = 1e9
    expect(limit.take('a').header).toBe('"requests";r=1;t=1')
  })

  it('tells how long to wait in whole seconds, never zero', () => {
    const limit = createRateLimit({ burst: 1, perSecond: 0.1 }, () => 0)
    limit.take('a')
    expect(limit.take('a')).toMatchObject({ allowed: false, retryAfterSeconds: 10 })
    expect(limit.policy).toBe('"requests";q=1;w=10')
  })

  it('holds no more buckets than it may: full ones are forgotten, the rest of the callers share one', () => {
    let now = 0
    const limit = createRateLimit({ burst: 2, perSecond: 1 }, () => now, 3)
    const allowed = (client: string) => limit.take(client).allowed
    for (const client of ['a', 'b', 'c']) allowed(client)
    expect([allowed('d'), allowed('e'), allowed('f')]).toEqual([true, true, false])
    // Who had one has it still.
    expect([allowed('a'), allowed('a')]).toEqual([true, false])
    now = 5_000
    expect([allowed('g'), allowed('g'), allowed('h')]).toEqual([true, true, true])
  })
})
