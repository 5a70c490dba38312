import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type MaintenanceWindow,
  maintenanceAt,
  occurrenceOf,
} from '../../src/domain/maintenance.ts'

const hourMs = 60 * 60 * 1000
/** 2026-03-02 is a Monday. */
const at = (time: string): number => Date.parse(`${time}+07:00`)
const weekly = (days: number[], from: string, to: string): MaintenanceWindow => ({
  kind: 'weekly',
  days,
  from,
  to,
  reason: 'bảo trì định kỳ',
})

describe('maintenance', () => {
  it('holds a window that happens once from its first moment to before its last', () => {
    const once: MaintenanceWindow = {
      kind: 'once',
      from: '2026-03-01T22:00:00+07:00',
      to: '2026-03-02T02:00:00+07:00',
      reason: 'nâng cấp',
    }
    const end = at('2026-03-02T02:00:00')
    expect(maintenanceAt([once], at('2026-03-01T22:00:00') - 1)).toBeUndefined()
    expect(maintenanceAt([once], at('2026-03-01T22:00:00'))).toEqual({
      reason: 'nâng cấp',
      untilMs: end,
    })
    expect(maintenanceAt([once], end - 1)).toBeDefined()
    expect(maintenanceAt([once], end)).toBeUndefined()
  })

  it('reads an offset as what it is', () => {
    const once: MaintenanceWindow = {
      kind: 'once',
      from: '2026-03-01T15:00:00Z',
      to: '2026-03-01T16:00:00Z',
      reason: '',
    }
    expect(maintenanceAt([once], at('2026-03-01T22:30:00'))).toBeDefined()
  })

  it('holds a weekly window on its days in Vietnamese time', () => {
    const window = weekly([1], '01:00', '03:30')
    expect(maintenanceAt([window], at('2026-03-02T00:59:59.999'))).toBeUndefined()
    expect(maintenanceAt([window], at('2026-03-02T01:00:00'))).toEqual({
      reason: 'bảo trì định kỳ',
      untilMs: at('2026-03-02T03:30:00'),
    })
    expect(maintenanceAt([window], at('2026-03-02T03:30:00'))).toBeUndefined()
    expect(maintenanceAt([window], at('2026-03-03T02:00:00'))).toBeUndefined()
  })

  it('carries a window over midnight into a day that is not its own', () => {
    const window = weekly([5], '22:00', '04:00')
    expect(maintenanceAt([window], at('2026-03-06T23:00:00'))?.untilMs).toBe(
      at('2026-03-07T04:00:00'),
    )
    expect(maintenanceAt([window], at('2026-03-07T03:59:59'))?.untilMs).toBe(
      at('2026-03-07T04:00:00'),
    )
    expect(maintenanceAt([window], at('2026-03-07T04:00:00'))).toBeUndefined()
    expect(maintenanceAt([window], at('2026-03-06T03:00:00'))).toBeUndefined()
    expect(maintenanceAt([window], at('2026-03-07T22:30:00'))).toBeUndefined()
  })

  it('carries a window over the end of the week, the month and the year', () => {
    const sunday = weekly([7], '23:00', '01:00')
    expect(maintenanceAt([sunday], at('2026-03-02T00:30:00'))).toBeDefined()
    expect(maintenanceAt([sunday], at('2026-03-01T00:30:00'))).toBeUndefined()
    // 2026-12-31 is a Thursday.
    const thursday = weekly([4], '23:00', '01:00')
    expect(maintenanceAt([thursday], at('2027-01-01T00:30:00'))).toBeDefined()
  })

  it('knows the weekday in Vietnam where UTC still has the day before', () => {
    // Monday 00:30 in Vietnam is Sunday 17:30 in UTC.
    expect(maintenanceAt([weekly([1], '00:00', '01:00')], at('2026-03-02T00:30:00'))).toBeDefined()
    expect(
      maintenanceAt([weekly([7], '00:00', '01:00')], at('2026-03-02T00:30:00')),
    ).toBeUndefined()
  })

  it('lasts a whole day when it ends when it began, or at 24:00', () => {
    const day = weekly([3], '00:00', '00:00')
    expect(maintenanceAt([day], at('2026-03-04T00:00:00'))).toBeDefined()
    expect(maintenanceAt([day], at('2026-03-04T23:59:59'))?.untilMs).toBe(at('2026-03-05T00:00:00'))
    expect(maintenanceAt([day], at('2026-03-05T00:00:00'))).toBeUndefined()
    expect(maintenanceAt([weekly([3], '22:00', '24:00')], at('2026-03-04T23:30:00'))).toBeDefined()
  })

  it('agrees with the wall clock at every minute of a week', () => {
    const minute = fc.integer({ min: 0, max: 24 * 60 - 1 })
    const clock = (of: number): string =>
      `${String(Math.floor(of / 60)).padStart(2, '0')}:${String(of % 60).padStart(2, '0')}`
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 7 }),
        minute,
        minute,
        fc.integer({ min: 0, max: 7 * 24 * 60 - 1 }),
        (day, from, to, now) => {
          const start = (day - 1) * 24 * 60 + from
          const length = to > from ? to - from : to - from + 24 * 60
          const week = 7 * 24 * 60
          const holds = (now - start + week) % week < length
          const nowMs = at('2026-03-02T00:00:00') + now * 60_000
          const found = maintenanceAt([weekly([day], clock(from), clock(to))], nowMs)
          expect(found !== undefined).toBe(holds)
          if (found) expect((found.untilMs - nowMs) / 60_000).toBeLessThanOrEqual(length)
        },
      ),
    )
  })

  it('finds the one of several that holds, and none among none', () => {
    const now = at('2026-03-02T12:00:00')
    expect(maintenanceAt([], now)).toBeUndefined()
    const windows = [weekly([2], '00:00', '00:00'), weekly([1], '11:00', '13:00')]
    expect(maintenanceAt(windows, now)?.untilMs).toBe(now + hourMs)
  })
})

describe('the next time of a window', () => {
  it('is the one that holds, else the next, else none', () => {
    const once = (from: string, to: string): MaintenanceWindow => ({
      ...{ kind: 'once', from: `${from}+07:00`, to: `${to}+07:00`, reason: '' },
    })
    const window = once('2026-03-01T22:00:00', '2026-03-02T02:00:00')
    for (const now of ['2026-02-01T00:00:00', '2026-03-02T01:59:59'])
      expect(occurrenceOf(window, at(now))).toEqual({
        ...{ fromMs: at('2026-03-01T22:00:00'), untilMs: at('2026-03-02T02:00:00') },
      })
    expect(occurrenceOf(window, at('2026-03-02T02:00:00'))).toBeUndefined()
  })

  it('passes midnight, and comes again on the same day of next week', () => {
    const sundays = weekly([7], '23:00', '01:00')
    const first = { fromMs: at('2026-03-01T23:00:00'), untilMs: at('2026-03-02T01:00:00') }
    expect(occurrenceOf(sundays, at('2026-03-01T08:00:00'))).toEqual(first)
    expect(occurrenceOf(sundays, at('2026-03-02T00:30:00'))).toEqual(first)
    expect(occurrenceOf(sundays, at('2026-03-02T01:00:00'))).toEqual({
      fromMs: at('2026-03-08T23:00:00'),
      untilMs: at('2026-03-09T01:00:00'),
    })
  })

  it('holds exactly when the system is in maintenance', () => {
    const clock = fc
      .tuple(fc.nat(23), fc.nat(59))
      .map(([h, m]) => [h, m].map((n) => `${n}`.padStart(2, '0')).join(':'))
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
        clock,
        clock,
        fc.nat(14 * 24 * 60),
        (days, from, to, minutes) => {
          const window = weekly(days, from, to)
          const nowMs = at('2026-03-02T00:00:00') + minutes * 60_000
          const next = occurrenceOf(window, nowMs)
          expect(next && next.fromMs <= nowMs).toBe(maintenanceAt([window], nowMs) !== undefined)
          expect(next?.untilMs).toBeGreaterThan(nowMs)
        },
      ),
    )
  })
})
