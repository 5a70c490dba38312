import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Api, anEvent, startApi, structured } from '../../../support/http-api.ts'

let api: Api
let key: string

const submit = (body: string | Uint8Array) =>
  api.ask('POST', '/api/v1/messages', { key, headers: structured, body })

let number = 0
/** An event whose data holds this piece of JSON text, as it is. */
const around = (piece: string): string => {
  const event = JSON.stringify(anEvent({ id: `corpus-${++number}`, data: '@' }))
  return event.replace('"@"', `{"code":"H99.1","step":"a","note":${piece}}`)
}

const refused: readonly (readonly [string, string | Uint8Array, string])[] = [
  ['a depth of 10,000', around('['.repeat(10_000) + ']'.repeat(10_000)), 'json-too-deep'],
  ['1e400', around('1e400'), 'json-number-inexact'],
  ['2^53 + 1', around('9007199254740993'), 'json-number-inexact'],
  ['a number of 20 digits', around('12345678901234567891'), 'json-number-inexact'],
  ['a repeated key', around('{"a":1,"a":2}'), 'json-duplicate-key'],
  ['a repeated key in an escape', around('{"a":1,"\\u0061":2}'), 'json-duplicate-key'],
  ['a lone surrogate', around('"\\ud800"'), 'body-not-json'],
  ['NUL in a text', around('"a\\u0000b"'), 'body-not-json'],
  ['__proto__', around('{"__proto__":{"polluted":true}}'), 'body-not-json'],
  ['a BOM', `\ufeff${around('1')}`, 'body-not-json'],
  ['trailing bytes', `${around('1')}x`, 'body-not-json'],
  ['a trailing comma', around('[1,]'), 'body-not-json'],
  ['NaN', around('NaN'), 'body-not-json'],
  ['a comment', around('/* */1'), 'body-not-json'],
  ['invalid UTF-8', Buffer.from(around('"\u00e9"'), 'latin1'), 'body-not-json'],
  ['an empty body', '', 'body-not-json'],
  ['half a body', '{"specversion":', 'body-not-json'],
]

const preserved: readonly (readonly [string, string])[] = [
  [
    'constructor and prototype as keys',
    '{"constructor":{"prototype":{"polluted":true}},"toString":1}',
  ],
  ['the largest safe integer', '9007199254740991'],
  ['an exact fraction in long form', '1.50'],
  ['a surrogate pair', '"\\ud83d\\ude00"'],
  ['a text of 1 MB', `"${'ữ'.repeat(350_000)}"`],
  ['a depth within the limit', `${'['.repeat(50)}${']'.repeat(50)}`],
]

describe('json-corpus', () => {
  beforeAll(async () => {
    api = await startApi()
    key = api.hub.key('messages:write')
  })
  afterAll(() => api.close())
  afterEach(() => {
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
    expect(Object.keys(Object.prototype)).toEqual([])
  })

  it.each(refused)('refuses %s with 400', async (_, body, code) => {
    const answer = await submit(body)
    expect([answer.status, answer.json.code]).toEqual([400, code])
  })

  it.each(preserved)('keeps %s byte for byte', async (_, piece) => {
    const body = around(piece)
    const answer = await submit(body)
    expect(answer.status).toBe(202)
    expect(Buffer.from(api.hub.accepted.at(-1)?.bytes ?? []).toString()).toBe(body)
  })

  it('never rounds minus zero away in silence: it is refused or kept as written', async () => {
    const body = around('-0')
    const answer = await submit(body)
    if (answer.status === 202)
      expect(Buffer.from(api.hub.accepted.at(-1)?.bytes ?? []).toString()).toBe(body)
    else expect(answer.status).toBe(400)
  })

  it('takes any JSON value and keeps it, or says 400', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue({ maxDepth: 5 }), async (value) => {
        const body = around(JSON.stringify(value))
        const answer = await submit(body)
        expect([202, 400]).toContain(answer.status)
        if (answer.status === 202)
          expect(Buffer.from(api.hub.accepted.at(-1)?.bytes ?? []).toString()).toBe(body)
      }),
      { numRuns: 200 },
    )
  })

  it('answers any bytes with 400 or 422, never with a fault of its own', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
        expect([400, 422]).toContain((await submit(bytes)).status)
      }),
      { numRuns: 200 },
    )
  })
})
