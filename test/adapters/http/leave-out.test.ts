import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createLeaveOut } from '../../../src/adapters/http/leave-out.ts'

/** Through the filter in pieces of this size. */
function through(text: string, size: number): string {
  const left = createLeaveOut(['heavy', 'a'])
  const bytes = Buffer.from(text)
  const parts: Buffer[] = []
  for (let at = 0; at < bytes.length; at += size) parts.push(left(bytes.subarray(at, at + size)))
  return Buffer.concat(parts).toString()
}

/** What should be left of a value. */
const without = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(without)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      name === 'heavy' || name === 'a' ? null : without(inner),
    ]),
  )
}

const name = fc.oneof(fc.constantFrom('heavy', 'a', 'b', 'hea', 'heavyy'), fc.string())
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.oneof(fc.string(), fc.constantFrom('heavy', '"', '\\\\', '":{', ']')),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.constantFrom(true, false, null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(name, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
}))

describe('http/leave-out', () => {
  it('keeps everything but the members named, however the bytes arrive', () => {
    fc.assert(
      fc.property(value, fc.integer({ min: 1, max: 9 }), fc.boolean(), (given, size, spaced) => {
        const text = JSON.stringify(given, null, spaced ? 2 : 0)
        const left = JSON.parse(through(text, size))
        expect(left).toEqual(JSON.parse(JSON.stringify(without(given))))
      }),
      { numRuns: 500 },
    )
  })

  it('holds nothing of what it leaves out', () => {
    const left = createLeaveOut(['heavy'])
    expect(left(Buffer.from('{"heavy": ["')).toString()).toBe('{"heavy":')
    for (let n = 0; n < 50; n++) expect(left(Buffer.from('x'.repeat(100_000)))).toHaveLength(0)
    expect(left(Buffer.from('"], "b": 1}')).toString()).toBe('null, "b": 1}')
  })

  it.each(['<html>"heavy": x</html>', '{"heavy":}', '{"heavy":,"b":1}', '{"heavy":[1', 'heavy'])(
    'makes no JSON of what is none: %s',
    (text) => {
      for (const size of [1, 3, 1000]) expect(() => JSON.parse(through(text, size))).toThrow()
    },
  )
})
