import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { operations } from '../../../src/app/http/operations.ts'
import { aWorld } from '../../support/fake-world.ts'
import { type Api, anEvent, json, startApi, structured } from '../../support/http-api.ts'

/** 2,000 in the full run: FUZZ_RUNS=2000. */
const runs = Number(process.env.FUZZ_RUNS ?? 40)

let api: Api
let key: string

/** Texts that break things elsewhere. */
const nasty = fc.constantFrom(
  '',
  '0',
  '-1',
  '999999999999999999999',
  'null',
  'true',
  "' or 1=1 --",
  '../../etc/passwd',
  '%00',
  '\u0000',
  '\ud800',
  '\u202e',
  '😀',
  '__proto__',
  'constructor',
  '2026-11-22T00:00:00Z',
  '2026-11-22T00:00:00+15:59',
  '9999-12-31T23:59:59Z',
  '20'.padEnd(3000, '2'),
  '<script>alert(1)</script>',
  '#{7*7}',
)
const text = fc.oneof(nasty, fc.string({ unit: 'binary', maxLength: 40 }), fc.string())

/** As an address can carry it; a lone surrogate cannot be carried. */
const safely = (value: string): string => {
  try {
    return encodeURIComponent(value)
  } catch {
    return '%EF%BF%BD'
  }
}

const queryOf = (names: readonly string[]) =>
  fc
    .array(fc.tuple(fc.oneof(fc.constantFrom(...names, 'unknown'), text), text), { maxLength: 4 })
    .map((pairs) => pairs.map(([name, value]) => `${safely(name)}=${safely(value)}`).join('&'))

const pathOf = (path: string) =>
  fc.array(text, { minLength: 3, maxLength: 3 }).map((values) => {
    let next = 0
    return path.replaceAll(/\{\w+\}/g, () => safely(values[next++] ?? '') || 'x')
  })

/** Any JSON, or something near to what is expected. */
const body = fc.oneof(
  fc.json({ maxDepth: 4 }),
  fc
    .record({ reason: text, resumeAt: text }, { requiredKeys: [] })
    .map((one) => JSON.stringify(one)),
  fc
    .dictionary(
      fc.constantFrom('id', 'source', 'type', 'subject', 'time', 'data', 'x'),
      fc.jsonValue(),
    )
    .map((changes) => JSON.stringify(anEvent(changes))),
  text,
)

/** A client's fault is a client's fault: no answer is ours, and none tells what is inside. */
function expectHarmless(answer: { status: number; text: string }): void {
  expect(answer.status).not.toBe(500)
  if (answer.status >= 400) expect(answer.text).not.toMatch(/node_modules|\.ts:|at Object|select /i)
}

describe('fuzz', { timeout: 30_000 + runs * 500 }, () => {
  beforeAll(async () => {
    api = await startApi({ world: aWorld(), rate: { burst: 1e9, perSecond: 1e9 } })
    key = api.hub.key('admin')
  })
  afterAll(() => api.close())

  it.each(operations.map((operation) => [operation.id, operation] as const))(
    'never answers 500, and always as declared: %s',
    async (_, operation) => {
      const names = Object.keys(operation.query)
      const headers = operation.body?.kind === 'events' ? structured : json
      await fc.assert(
        fc.asyncProperty(
          pathOf(operation.path),
          queryOf(names),
          body,
          async (path, query, given) => {
            const address = query === '' ? path : `${path}?${query}`
            const posted = operation.method === 'post' ? { headers, body: given } : {}
            expectHarmless(
              await api.ask(operation.method.toUpperCase(), address, { key, ...posted }),
            )
          },
        ),
        { numRuns: runs },
      )
    },
  )

  it('never answers 500 to any query of the list, with every valid filter beside it', async () => {
    api.hub.filters.splice(0)
    await fc.assert(
      fc.asyncProperty(
        fc.record(
          {
            state: fc.constantFrom('dead', 'waiting', 'lost'),
            limit: fc.oneof(fc.integer({ min: -5, max: 300 }).map(String), text),
            from: fc.oneof(
              fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
              text,
            ),
            subject: text,
            cursor: text,
          },
          { requiredKeys: [] },
        ),
        async (given) => {
          const pairs = Object.entries(given).map(([name, value]) => `${name}=${safely(value)}`)
          expectHarmless(await api.ask('GET', `/api/v1/deliveries?${pairs.join('&')}`, { key }))
          for (const filter of api.hub.filters.splice(0)) {
            expect(filter.limit).toBeGreaterThan(0)
            expect(filter.limit).toBeLessThanOrEqual(200)
            expect(JSON.stringify(filter)).not.toContain('\\u0000')
          }
        },
      ),
      { numRuns: runs * 5 },
    )
  })

  it('changes no prototype', () => {
    expect(Object.keys(Object.prototype)).toEqual([])
    expect(({} as Record<string, unknown>).x).toBeUndefined()
  })
})
