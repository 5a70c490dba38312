import { describe, expect, it } from 'vitest'
import { ConnectorError } from '../../../src/connector/errors.ts'
import type { HttpResponse } from '../../../src/connector/http.ts'
import { fillTemplate } from '../../../src/connector/mapping/template.ts'
import { createJudge, type VerdictRow } from '../../../src/connector/mapping/verdict.ts'

const now = new Date('2026-03-05T01:00:00Z')
const response = (status: number, text: string, headers = {}): HttpResponse => ({
  ...{ status, headers, bytes: Buffer.from(text), text: () => text, json: () => JSON.parse(text) },
})
const judged = (status: number, body: unknown, headers = {}) => ({
  response: response(status, body === undefined ? '<html>' : JSON.stringify(body), headers),
  body,
})
const rows: readonly VerdictRow[] = [
  { at: '/ma', is: ['00', 0, null], means: 'done' },
  { at: '/ma', is: ['11'], means: 'refused' },
  { at: '/ma', is: ['22'], means: 'later' },
  { at: '/ma', is: ['33'], means: 'session' },
  { at: '/ma', is: ['44'], means: 'unknown' },
  { at: '/loi', says: ['đã tồn tại'], means: 'done' },
  { status: [202], means: 'done' },
  { status: [404], at: '/ma', exists: false, means: 'done' },
]
const said = (answer: ReturnType<typeof judged>) => {
  try {
    return createJudge(rows, ['done'])(answer, now)
  } catch (error) {
    if (error instanceof ConnectorError) return `${error.outcome.kind} ${error.code}`
    throw error
  }
}

describe('verdict', () => {
  it.each([
    [200, { ma: '00' }, 'done'],
    [200, { ma: 0 }, 'done'],
    [500, { ma: '00' }, 'done'],
    [200, { ma: null }, 'done'],
    [200, { ma: '0' }, 'unknown answer-invalid'],
    [200, { ma: false }, 'unknown answer-invalid'],
    [200, { ma: '11' }, 'permanent target-rejected'],
    [200, { ma: '22' }, 'retry target-busy'],
    [200, { ma: '33' }, 'auth session-refused'],
    [200, { ma: '44' }, 'unknown outcome-unknown'],
    [200, { loi: 'Hồ sơ  ĐÃ TỒN TẠI' }, 'done'],
    [200, { loi: 'Hồ sơ không đã tồn tại' }, 'unknown answer-invalid'],
    [200, { loi: 5 }, 'unknown answer-invalid'],
    [202, {}, 'done'],
    [202, undefined, 'unknown answer-invalid'],
    [404, {}, 'done'],
    [404, undefined, 'permanent target-not-found'],
    [422, {}, 'permanent target-rejected'],
    [500, undefined, 'unknown target-failed'],
    [503, {}, 'retry target-busy'],
    [200, [], 'unknown answer-invalid'],
  ])('of %i %j is %s', (status, body, means) => {
    expect(said(judged(status, body))).toBe(means)
  })

  it('of an empty answer goes by its status', () => {
    expect(said({ response: response(202, ''), body: undefined })).toBe('done')
    expect(said({ response: response(200, ''), body: undefined })).toBe('unknown answer-invalid')
  })

  it('passes the patience on that a system asks for', () => {
    const answer = judged(200, { ma: '22' }, { 'retry-after': '7' })
    expect(() => createJudge(rows, ['done'])(answer, now)).toThrow(
      expect.objectContaining({ outcome: expect.objectContaining({ retryAfterMs: 7_000 }) }),
    )
  })

  it('is never another word than was asked for', () => {
    const judge = createJudge([{ at: '/a', exists: true, means: 'applied' }], ['done'])
    expect(() => judge(judged(200, { a: 1 }), now)).toThrow(ConnectorError)
  })
})

describe('template', () => {
  it('fills places, percent-encoded', () => {
    expect(fillTemplate('/ho-so/{/data/code}/x', { data: { code: 'H99/01 á' } })).toBe(
      '/ho-so/H99%2F01%20%C3%A1/x',
    )
    expect(fillTemplate('{/n}-{/t}', { n: 5, t: true })).toBe('5-true')
  })

  it.each(['.', '..', '', null, undefined, { a: 1 }])('refuses %j for a place', (code) => {
    expect(() => fillTemplate('/x/{/code}', { code })).toThrow(
      expect.objectContaining({ faults: [expect.objectContaining({ pointer: '/code' })] }),
    )
  })
})
