import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addFormats } from '../../../src/adapters/ajv/formats.ts'

const ajv = new Ajv2020()
addFormats(ajv)

const checks = new Map(
  Object.keys(ajv.formats)
    .filter((format) => !['int32', 'int64', 'float', 'double'].includes(format))
    .map((format) => [format, ajv.compile({ type: 'string', format })]),
)
const fits = (format: string, text: string): boolean => checks.get(format)?.(text) === true

describe('formats', () => {
  it.each([
    '2024-01-31T08:00:00+07:00',
    '2024-02-29T00:00:00Z',
    '2000-02-29T23:59:59.999-11:30',
    '1999-12-31T23:59:59.123456789+00:00',
    '2024-01-01T08:00:00.1Z',
  ])('takes %s as a date-time that Date reads', (text) => {
    expect(fits('date-time', text)).toBe(true)
    expect(Number.isFinite(Date.parse(text))).toBe(true)
  })

  it.each([
    '',
    '2024-01-31',
    '2024-01-31T08:00:00',
    '2024-01-31 08:00:00+07:00',
    '2024-01-31t08:00:00Z',
    '2024-01-31T08:00:00z',
    '2024-01-31T08:00:00+07',
    '2024-01-31T08:00:00+0700',
    '2023-02-29T00:00:00Z',
    '1900-02-29T00:00:00Z',
    '2024-04-31T00:00:00Z',
    '2024-00-10T00:00:00Z',
    '2024-13-10T00:00:00Z',
    '2024-01-00T00:00:00Z',
    '2024-01-31T24:00:00Z',
    '2024-01-31T23:60:00Z',
    '2016-12-31T23:59:60Z',
    '2024-01-31T08:00:00.Z',
    '2024-01-31T08:00:00.1234567890Z',
    '2024-01-31T08:00Z',
    '2024-01-31T08:00:00+24:00',
    '2024-01-31T08:00:00+07:60',
    '2024-01-31T08:00:00Z ',
    ' 2024-01-31T08:00:00Z',
    '20240131T080000Z',
    '0000-00-00T00:00:00Z',
    '２024-01-31T08:00:00Z',
    '2024-01-31T08:00:00+07:00\n',
    '2024/01/31T08:00:00Z',
    '2024-01-31T08.00.00Z',
    '2024-01-31T-1:00:00Z',
    '2024-01-31T08:00:00Z+07:00',
  ])('refuses %j as a date-time', (text) => {
    expect(fits('date-time', text)).toBe(false)
  })

  it('takes every instant as Date writes it', () => {
    const dates = fc.date({
      min: new Date('0001-01-01T00:00:00Z'),
      max: new Date('9999-12-31T23:59:59Z'),
      noInvalidDate: true,
    })
    fc.assert(
      fc.property(dates, (date) => fits('date-time', date.toISOString())),
      { numRuns: 5000 },
    )
  })

  it('checks the other formats as ajv-formats does', () => {
    expect(fits('uri', 'https://mot-cua.h99.example/tep/1?a=b#c')).toBe(true)
    expect(fits('uri', '/tep/1')).toBe(false)
    expect(fits('uri-reference', '/tep/1')).toBe(true)
    expect(fits('uri-reference', 'a b')).toBe(false)
    expect(fits('email', 'thu@example.test')).toBe(true)
    expect(fits('email', 'thu.example.test')).toBe(false)
    expect(fits('uuid', '0190a000-0000-7000-8000-000000000001')).toBe(true)
    expect(fits('date', '2024-02-30')).toBe(false)
    expect(fits('ipv4', '127.0.0.1')).toBe(true)
    expect(ajv.validate({ type: 'number', format: 'int32' }, 2 ** 31)).toBe(false)
    expect(ajv.validate({ type: 'number', format: 'int32' }, 5)).toBe(true)
  })

  it('takes Base64 in one piece only', () => {
    expect(fits('byte', 'SMO0')).toBe(true)
    expect(fits('byte', 'SMO0SA==')).toBe(true)
    expect(fits('byte', 'SMO0\nx')).toBe(false)
    expect(fits('byte', 'SMO')).toBe(false)
    expect(fits('byte', 'A'.repeat(4_000_000))).toBe(true)
  })

  it('answers at once for a hostile length', () => {
    const texts = ['a', 'a.', 'a-', '1:', '%41', '{a}', '/~0', 'a@'].map((unit) => unit.repeat(1e6))
    const started = performance.now()
    for (const format of checks.keys()) for (const text of texts) fits(format, text)
    expect(performance.now() - started).toBeLessThan(2000)
  })
})
