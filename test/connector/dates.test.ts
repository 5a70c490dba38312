import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  dayForms,
  formatDay,
  formatMonth,
  formatTime,
  isZeroDate,
  parseDay,
  parseMonth,
  parseTime,
  timeForms,
  toVietnamTime,
  withoutZeroDate,
  zeroDate,
} from '../../src/connector/dates.ts'
import { ConnectorError } from '../../src/connector/index.ts'

const problemOf = (act: () => unknown): ConnectorError => {
  try {
    act()
  } catch (error) {
    if (error instanceof ConnectorError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

describe('dates', () => {
  it.each([
    ['2026-03-05T08:30:00+07:00', 'yyyyMMddHHmmss', '20260305083000'],
    ['2026-03-05T01:30:00Z', 'yyyyMMddHHmmss', '20260305083000'],
    ['2026-03-04T20:30:00.999-05:00', 'yyyyMMddHHmmss', '20260305083000'],
    ['2025-12-31T17:00:00Z', 'dd/MM/yyyy HH:mm:ss', '01/01/2026 00:00:00'],
    ['2025-12-31T17:00:00Z', 'yyyy/MM/dd HH:mm:ss', '2026/01/01 00:00:00'],
    ['2025-12-31T16:59:59Z', 'dd/MM/yyyy', '31/12/2025'],
    ['2024-02-28T23:00:00-01:00', 'yyyyMMdd', '20240229'],
    ['2026-03-05T08:30:00+07:00', 'yyyy-MM-ddTHH:mm:ss', '2026-03-05T08:30:00'],
  ] as const)('writes %s as %s %s in Vietnam time', (time, form, text) => {
    expect(formatTime(time, form)).toBe(text)
  })

  it.each([
    ['20260305083000', 'yyyyMMddHHmmss', '2026-03-05T08:30:00+07:00'],
    ['29/02/2024 23:59:59', 'dd/MM/yyyy HH:mm:ss', '2024-02-29T23:59:59+07:00'],
    ['2026/03/05 00:00:00', 'yyyy/MM/dd HH:mm:ss', '2026-03-05T00:00:00+07:00'],
  ] as const)('reads %s as Vietnam time', (text, form, time) => {
    expect(parseTime(text, form)).toBe(time)
  })

  it.each([
    ['05/03/2026', 'dd/MM/yyyy'],
    ['05-03-2026', 'dd-MM-yyyy'],
    ['03/05/2026', 'MM/dd/yyyy'],
    ['2026/03/05', 'yyyy/MM/dd'],
    ['20260305', 'yyyyMMdd'],
    ['2026-03-05', 'yyyy-MM-dd'],
  ] as const)('reads and writes the day %s', (text, form) => {
    expect(parseDay(text, form)).toBe('2026-03-05')
    expect(formatDay('2026-03-05', form)).toBe(text)
  })

  it('reads and writes months without a leading zero', () => {
    expect(formatMonth('2026-03', 'M-yyyy')).toBe('3-2026')
    expect(parseMonth('3-2026', 'M-yyyy')).toBe('2026-03')
    expect(parseMonth('12-2026', 'M-yyyy')).toBe('2026-12')
    expect(() => parseMonth('13-2026', 'M-yyyy')).toThrow(ConnectorError)
  })

  it.each([
    ['20260230083000', 'yyyyMMddHHmmss'],
    ['20230229000000', 'yyyyMMddHHmmss'],
    ['20260305240000', 'yyyyMMddHHmmss'],
    ['20260305086000', 'yyyyMMddHHmmss'],
    ['20260305083060', 'yyyyMMddHHmmss'],
    ['2026030508300', 'yyyyMMddHHmmss'],
    ['20260305083000 ', 'yyyyMMddHHmmss'],
    ['5/3/2026 08:30:00', 'dd/MM/yyyy HH:mm:ss'],
    ['00000000000000', 'yyyyMMddHHmmss'],
    ['２０２６0305083000', 'yyyyMMddHHmmss'],
    ['', 'yyyyMMddHHmmss'],
  ] as const)('refuses %s instead of rolling it over', (text, form) => {
    expect(() => parseTime(text, form)).toThrow(ConnectorError)
  })

  it.each([
    '2026-03-05T08:30:00',
    '2026-03-05',
    '2026-02-30T08:30:00Z',
    '2026-03-05 08:30:00Z',
    '2026-03-05T08:30:00+7:00',
    '2026-03-05T08:30:00+24:00',
    '0000-00-00T00:00:00Z',
  ])('refuses the canonical time %s', (time) => {
    expect(() => formatTime(time, 'yyyyMMddHHmmss')).toThrow(ConnectorError)
  })

  it('names the field and never the value', () => {
    const error = problemOf(() => parseTime('31/02/1990 00:00:00', 'dd/MM/yyyy HH:mm:ss', '/ngay'))
    expect(error.outcome).toMatchObject({ kind: 'permanent', code: 'mapping-failed' })
    expect(error.faults).toMatchObject([{ pointer: '/ngay', rule: 'date' }])
    expect(JSON.stringify([error.outcome, error.message])).not.toContain('1990')
  })

  it('takes the zero date for "no date" only where it is asked to', () => {
    expect(withoutZeroDate(zeroDate)).toBeUndefined()
    expect(isZeroDate('0000-00-00')).toBe(true)
    expect(isZeroDate('0000-00-00T00:00:00+07:00')).toBe(true)
    expect(isZeroDate('0000-00-01')).toBe(false)
    expect(withoutZeroDate('2026-03-05T00:00:00')).toBe('2026-03-05T00:00:00')
    expect(() => parseTime(zeroDate, 'yyyy-MM-ddTHH:mm:ss')).toThrow(ConnectorError)
  })

  it('brings every moment back to the second it left', () => {
    const moments = fc.date({
      min: new Date('1900-01-01T00:00:00Z'),
      max: new Date('2100-01-01T00:00:00Z'),
      noInvalidDate: true,
    })
    fc.assert(
      fc.property(moments, fc.constantFrom(...timeForms), (moment, form) => {
        const back = parseTime(formatTime(toVietnamTime(moment), form), form)
        expect(Date.parse(back)).toBe(Math.floor(moment.getTime() / 1000) * 1000)
      }),
    )
    fc.assert(
      fc.property(moments, fc.constantFrom(...dayForms), (moment, form) => {
        const day = toVietnamTime(moment).slice(0, 10)
        expect(parseDay(formatDay(day, form), form)).toBe(day)
      }),
    )
  })
})
