import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isExactNumber } from '../../../src/adapters/json/exact-number.ts'

describe('exact-number', () => {
  it.each([
    '0',
    '1',
    '-1',
    '0.0',
    '0.1',
    '1.50',
    '100',
    '1e3',
    '1E+3',
    '1.5e-7',
    '9007199254740991',
    '9007199254740992',
    '-9007199254740992',
    '123456789012345680000',
    '1e21',
    '1e308',
    '5e-324',
    '0.30000000000000004',
    '2.5e0',
    '0e5',
    '1000000000000000000000',
  ])('keeps %s', (text) => {
    expect(isExactNumber(text)).toBe(true)
  })

  it.each([
    '-0',
    '-0.0',
    '-0e1',
    '9007199254740993',
    '12345678901234567890',
    '18446744073709551616',
    '1e400',
    '-1e400',
    '1e-400',
    '0.1000000000000000055511151231257827',
    '3.14159265358979323846',
    '123456789.123456789123',
    '4.9e-324',
    `1${'0'.repeat(400)}`,
    `0.${'1'.repeat(400)}`,
  ])('does not keep %s', (text) => {
    expect(isExactNumber(text)).toBe(false)
  })

  it('keeps every number that JSON.stringify writes', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(isExactNumber(JSON.stringify(value))).toBe(true)
      }),
      { numRuns: 20_000 },
    )
  })

  it('keeps an integer exactly when its digits come back', () => {
    const integers = fc.stringMatching(/^[1-9][0-9]{0,20}$/)
    fc.assert(
      fc.property(integers, (text) => {
        const back = Number(text)
        const same = back < 1e21 && back.toString() === text
        expect(isExactNumber(text)).toBe(same || BigInt(text) === 10n ** 21n)
      }),
      { numRuns: 20_000 },
    )
  })
})
