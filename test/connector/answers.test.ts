import { describe, expect, it } from 'vitest'
import { ConnectorError, expectSuccess, type HttpResponse } from '../../src/connector/index.ts'

const answer = (
  status: number,
  headers: Record<string, string> = {},
  text = 'Hệ thống trả lời',
): HttpResponse => ({
  status,
  headers,
  bytes: Buffer.from(text),
  text: () => text,
  json: () => JSON.parse(text),
})

const outcomeOf = (response: HttpResponse, now?: Date): ConnectorError['outcome'] => {
  try {
    expectSuccess(response, now)
  } catch (error) {
    if (error instanceof ConnectorError) return error.outcome
    throw error
  }
  throw new Error('nothing was thrown')
}

describe('answers', () => {
  it('returns what is a success', () => {
    const response = answer(201)
    expect(expectSuccess(response)).toBe(response)
  })

  it.each([
    [301, 'permanent', 'target-redirected'],
    [304, 'permanent', 'target-redirected'],
    [400, 'permanent', 'target-rejected'],
    [401, 'auth', 'session-refused'],
    [403, 'permanent', 'target-forbidden'],
    [404, 'permanent', 'target-not-found'],
    [408, 'unknown', 'target-failed'],
    [409, 'permanent', 'target-rejected'],
    [422, 'permanent', 'target-rejected'],
    [429, 'retry', 'target-rate-limited'],
    [500, 'unknown', 'target-failed'],
    [502, 'unknown', 'target-failed'],
    [503, 'retry', 'target-busy'],
    [504, 'unknown', 'target-failed'],
  ])('takes %i for %s %s', (status, kind, code) => {
    expect(outcomeOf(answer(status))).toMatchObject({
      kind,
      code,
      evidence: { httpStatus: status, remoteMessage: 'Hệ thống trả lời' },
    })
  })

  it('cuts the evidence at a thousand characters', () => {
    const { evidence } = outcomeOf(answer(400, {}, 'ặ'.repeat(5000)))
    expect(evidence?.remoteMessage).toHaveLength(1000)
  })

  it('reads the patience asked for in seconds, capped at a day', () => {
    expect(outcomeOf(answer(503, { 'retry-after': '120' })).retryAfterMs).toBe(120_000)
    expect(outcomeOf(answer(429, { 'retry-after': ' 0 ' })).retryAfterMs).toBe(0)
    expect(outcomeOf(answer(503, { 'retry-after': '99999999' })).retryAfterMs).toBe(86_400_000)
    expect(outcomeOf(answer(503, { 'retry-after': 'soon' })).retryAfterMs).toBeUndefined()
    expect(outcomeOf(answer(503)).retryAfterMs).toBeUndefined()
  })

  it('measures a date against the clock of the system that named it', () => {
    const until = 'Thu, 05 Mar 2026 01:31:30 GMT'
    const date = 'Thu, 05 Mar 2026 01:30:00 GMT'
    expect(outcomeOf(answer(503, { 'retry-after': until, date })).retryAfterMs).toBe(90_000)
    const now = new Date('2026-03-05T01:31:00Z')
    expect(outcomeOf(answer(503, { 'retry-after': until }), now).retryAfterMs).toBe(30_000)
    const past = new Date('2026-03-06T00:00:00Z')
    expect(outcomeOf(answer(503, { 'retry-after': until }), past).retryAfterMs).toBe(0)
  })
})
