import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inspect } from '../../../src/adapters/json/inspect.ts'
import { readStrictJson } from '../../../src/adapters/json/strict-json.ts'
import { HubError } from '../../../src/domain/errors.ts'

const encode = (text: string): Uint8Array => new TextEncoder().encode(text)

/** The value, or the code it is refused with. */
function outcomeOf(bytes: Uint8Array): { value: unknown } | { code: string } {
  try {
    return readStrictJson(bytes, { depth: 64 })
  } catch (error) {
    if (error instanceof HubError) return { code: error.code }
    throw error
  }
}

function parses(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** Pieces of JSON, good and bad, in any order: most texts are broken, some are whole. */
const pieces = fc.constantFrom(
  ...['{', '}', '[', ']', ',', ':', '"a"', '"b"', '"a":', '"b":', '"\\u0061":', '{"a":1}', '[1]'],
  ...['1', '-0', '0', '1.0', '1e400', '9007199254740993', 'true', 'false', 'null', ' ', '\n'],
  ...['"\\ud800"', '"\\ud83d\\ude00"', '"\\u0000"', '"', '\\', '-', 'e', '"é"'],
  ...['"__proto__":', '{"__proto__":1}', '"a":1,"b":2', '"a":1,"a":2', '[[]]', '{"b":[1,{}]}'],
)

/** What the reader refuses although JSON.parse does not. */
const refusedOnPurpose = /"__proto__"|\\u0000|\\u[dD][89a-fA-F]|(?:^|[:[,\s])-0(?![.\d])/

describe('strict-json-properties', () => {
  it('gives back what was written, whatever the JSON and its white space', () => {
    let taken = 0
    const texts = fc
      .tuple(fc.jsonValue({ maxDepth: 5 }), fc.constantFrom(undefined, 1, '\t'))
      .map(([value, space]) => JSON.stringify(value, null, space))
    fc.assert(
      fc.property(texts, (text) => {
        if (refusedOnPurpose.test(text)) return
        taken += 1
        const outcome = outcomeOf(encode(text))
        if (!isDeepStrictEqual(outcome, { value: JSON.parse(text) }))
          throw new Error(JSON.stringify(outcome))
      }),
      { numRuns: 20_000, interruptAfterTimeLimit: 4000 },
    )
    expect(taken).toBeGreaterThan(300)
  }, 20_000)

  it('refuses exactly what the slow look refuses, and what JSON.parse refuses', () => {
    const counts = { taken: 0, broken: 0, refused: 0 }
    const texts = fc
      .tuple(fc.array(pieces, { maxLength: 7 }), fc.constantFrom(['', ''], ['[', ']'], ['{', '}']))
      .map(([parts, [open, close]]) => `${open}${parts.join('')}${close}`)
    fc.assert(
      fc.property(texts, (text) => {
        const [first] = inspect(text, 64)
        const outcome = outcomeOf(encode(text))
        const whole = parses(text)
        const broken = inspect(text, 64).some(({ fault }) => fault.rule === 'syntax')
        counts[broken ? 'broken' : first ? 'refused' : 'taken'] += 1
        const expected = first ? { code: first.code } : { value: JSON.parse(text) }
        if (broken === whole) throw new Error('the slow look and JSON.parse disagree on the syntax')
        if (!isDeepStrictEqual(outcome, expected)) throw new Error(JSON.stringify(outcome))
      }),
      { numRuns: 60_000, interruptAfterTimeLimit: 5000 },
    )
    expect(Math.min(counts.taken, counts.broken, counts.refused)).toBeGreaterThan(50)
  }, 20_000)

  it('answers any bytes with a value or a refusal', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 30 }),
      fc
        .array(fc.constantFrom(0x22, 0x5c, 0x75, 0x64, 0x38, 0x30, 0x5b, 0x5d, 0xc3, 0xa9, 0x2d))
        .map((list) => Uint8Array.from(list)),
    )
    fc.assert(
      fc.property(bytes, (some) => {
        outcomeOf(some)
      }),
      { numRuns: 20_000, interruptAfterTimeLimit: 3000 },
    )
  }, 15_000)
})
