import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readStrictBatch } from '../../../src/adapters/json/strict-json.ts'
import { HubError } from '../../../src/domain/errors.ts'

const encode = (text: string): Uint8Array => new TextEncoder().encode(text)
const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth)

describe('strict-json-batch', () => {
  const batchLimits = { depth: 64, items: 1000 }
  const batch = (text: string) => readStrictBatch(encode(text), batchLimits)
  const slice = (text: string, { start, end }: { start: number; end: number }): string =>
    new TextDecoder().decode(encode(text).subarray(start, end))

  it('gives each element its own bytes', () => {
    const text = ' [ {"a": "Thử, ]"} ,\n[1 , 2], "x" ,null,-1.5e3 , {} ]\n'
    const items = batch(text)
    expect(items.map((item) => slice(text, item))).toEqual([
      '{"a": "Thử, ]"}',
      '[1 , 2]',
      '"x"',
      'null',
      '-1.5e3',
      '{}',
    ])
    expect(items.map((item) => ('value' in item ? item.value : 'refused'))).toEqual([
      { a: 'Thử, ]' },
      [1, 2],
      'x',
      null,
      -1500,
      {},
    ])
  })

  it('takes an empty array', () => {
    expect(batch(' [ ] ')).toEqual([])
  })

  it('refuses an element without harming its neighbours', () => {
    const items = batch('[{"a":1},{"a":1,"a":2},{"b":-0},{"c":3}]')
    expect(items.map(({ error }) => error?.code ?? 'taken')).toEqual([
      'taken',
      'json-duplicate-key',
      'json-number-inexact',
      'taken',
    ])
    expect(items[1]?.error?.faults[0]?.pointer).toBe('/a')
  })

  it('refuses the whole when it is not an array, not JSON, too deep or too long', () => {
    const codeOf = (text: string): string => {
      try {
        batch(text)
        return 'taken'
      } catch (error) {
        return error instanceof HubError ? error.code : String(error)
      }
    }
    expect(codeOf('{"a":1}')).toBe('body-not-json')
    expect(codeOf('[{"a":1},]')).toBe('body-not-json')
    expect(codeOf(`[${nested(64)}]`)).toBe('taken')
    expect(codeOf(`[${nested(65)}]`)).toBe('json-too-deep')
    expect(codeOf(`[${'1,'.repeat(999)}1]`)).toBe('taken')
    expect(codeOf(`[${'1,'.repeat(1000)}1]`)).toBe('batch-too-large')
  })

  it('cuts any array where its elements begin and end', () => {
    const space = fc.stringMatching(/^[ \t\n\r]{0,3}$/)
    const element = fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.stringify(value))
    const elements = fc.array(fc.tuple(space, element, space), { maxLength: 6 })
    fc.assert(
      fc.property(elements, (parts) => {
        const text = `[${parts.map((part) => part.join('')).join(',')}]`
        expect(batch(text).map((item) => slice(text, item))).toEqual(parts.map(([, one]) => one))
      }),
      { numRuns: 10_000, interruptAfterTimeLimit: 3000 },
    )
  }, 15_000)
})
