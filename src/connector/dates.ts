/**
 * The one home of date forms. Canonical messages carry RFC 3339 times with offset
 * (`2026-03-05T08:30:00+07:00`) and plain days (`2026-03-05`); systems want their own forms, in
 * Vietnam time. Vietnam has one zone and no summer time, so UTC+7 is arithmetic.
 *
 * Nothing is rolled over and nothing is guessed: 30 February, hour 24, a missing offset or a stray
 * space is refused with `mapping-failed`, and the error never repeats the value.
 *
 *   yyyyMMddHHmmss                  portal (mapi), payment platform
 *   yyyyMMdd                        population, social insurance
 *   dd/MM/yyyy HH:mm:ss, dd/MM/yyyy civil status, social protection, criminal records, business
 *   dd-MM-yyyy                      payment through LGSP
 *   MM/dd/yyyy                      postal service
 *   yyyy/MM/dd HH:mm:ss, yyyy/MM/dd edXML
 *   yyyy-MM-ddTHH:mm:ss, yyyy-MM-dd one-stop software that leaves the offset out
 *   M-yyyy                          monthly ratings of the portal
 */
import type { Words } from '../domain/errors.ts'
import { permanent } from './errors.ts'

export const timeForms = [
  'yyyyMMddHHmmss',
  'dd/MM/yyyy HH:mm:ss',
  'yyyy/MM/dd HH:mm:ss',
  'yyyy-MM-ddTHH:mm:ss',
] as const
export type TimeForm = (typeof timeForms)[number]

export const dayForms = [
  'yyyyMMdd',
  'dd/MM/yyyy',
  'dd-MM-yyyy',
  'MM/dd/yyyy',
  'yyyy/MM/dd',
  'yyyy-MM-dd',
] as const
export type DayForm = (typeof dayForms)[number]

export type MonthForm = 'M-yyyy'

/** How some one-stop software writes "no date". */
export const zeroDate = '0000-00-00T00:00:00'

interface Clockface {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
}

const vietnamMinutes = 7 * 60
const minuteMs = 60_000

const refuse = (pointer: string, en: string, vi: string): Error => {
  const detail: Words = { vi, en }
  return permanent('mapping-failed', {
    detail: { vi: `${vi} (${pointer || '/'})`, en: `${en} (${pointer || '/'})` },
    faults: [{ pointer, rule: 'date', ...detail }],
  })
}

const wrongForm = (pointer: string, form: string): Error =>
  refuse(pointer, `is not a date of the form ${form}`, `không phải ngày giờ dạng ${form}`)

/** Days of a month; 0 for a month that does not exist. */
const daysIn = (year: number, month: number): number => {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  return [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0
}

const exists = ({ year, month, day, hour, minute, second }: Clockface): boolean =>
  year >= 1000 &&
  day >= 1 &&
  day <= daysIn(year, month) &&
  hour <= 23 &&
  minute <= 59 &&
  second <= 59

const letters = { y: 'year', M: 'month', d: 'day', H: 'hour', m: 'minute', s: 'second' } as const

/** A form as an expression with named groups; `M` alone stands for one or two digits. */
const compile = (form: string): RegExp =>
  new RegExp(
    `^${form.replace(/([yMdHms])\1*/g, (run) => {
      const name = letters[run[0] as keyof typeof letters]
      return `(?<${name}>\\d{${run.length === 1 ? '1,2' : run.length}})`
    })}$`,
  )

const expressions = new Map<string, RegExp>(
  [...timeForms, ...dayForms, 'M-yyyy'].map((form) => [form, compile(form)]),
)

function read(text: string, form: TimeForm | DayForm | MonthForm, pointer: string): Clockface {
  const groups = expressions.get(form)?.exec(text)?.groups
  if (!groups) throw wrongForm(pointer, form)
  const part = (name: string, otherwise: number): number =>
    groups[name] === undefined ? otherwise : Number(groups[name])
  const face: Clockface = {
    year: part('year', 0),
    month: part('month', 0),
    day: part('day', 1),
    hour: part('hour', 0),
    minute: part('minute', 0),
    second: part('second', 0),
  }
  if (!exists(face)) throw wrongForm(pointer, form)
  return face
}

const two = (number: number): string => String(number).padStart(2, '0')

const write = (face: Clockface, form: string): string =>
  form.replace(/([yMdHms])\1*/g, (run) => {
    const value = face[letters[run[0] as keyof typeof letters]]
    return String(value).padStart(run.length, '0')
  })

const rfc3339 =
  /^(\d{4})-(\d{2})-(\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(?:\.\d+)?(?:[Zz]|([+-])(\d{2}):(\d{2}))$/

/** An RFC 3339 time with offset, as a clock in Vietnam shows it. Fractions of a second fall away. */
function inVietnam(time: string, pointer: string): Clockface {
  const match = rfc3339.exec(time)
  if (!match) throw wrongForm(pointer, 'RFC 3339')
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map(Number)
  const offsetHours = Number(match[8] ?? 0)
  const offsetMinutes = Number(match[9] ?? 0)
  const face = { year, month, day, hour, minute, second }
  if (!exists(face) || offsetHours > 23 || offsetMinutes > 59) throw wrongForm(pointer, 'RFC 3339')
  const offset = (match[7] === '-' ? -1 : 1) * (offsetHours * 60 + offsetMinutes)
  if (offset === vietnamMinutes) return face
  const shifted = new Date(
    Date.UTC(year, month - 1, day, hour, minute, second) + (vietnamMinutes - offset) * minuteMs,
  )
  return {
    year: shifted.getUTCFullYear(),
    month: shifted.getUTCMonth() + 1,
    day: shifted.getUTCDate(),
    hour: shifted.getUTCHours(),
    minute: shifted.getUTCMinutes(),
    second: shifted.getUTCSeconds(),
  }
}

/**
 * RFC 3339 with offset → a system's form in Vietnam time. A day form takes the day that it is in
 * Vietnam. `pointer` names the field in the error.
 */
export const formatTime = (time: string, form: TimeForm | DayForm, pointer = ''): string =>
  write(inVietnam(time, pointer), form)

/** A system's form, read as Vietnam time → RFC 3339 with `+07:00`. */
export function parseTime(text: string, form: TimeForm, pointer = ''): string {
  return `${write(read(text, form, pointer), 'yyyy-MM-ddTHH:mm:ss')}+07:00`
}

/** `yyyy-MM-dd` → a system's form. */
export const formatDay = (day: string, form: DayForm, pointer = ''): string =>
  write(read(day, 'yyyy-MM-dd', pointer), form)

/** A system's form → `yyyy-MM-dd`. */
export const parseDay = (text: string, form: DayForm, pointer = ''): string =>
  write(read(text, form, pointer), 'yyyy-MM-dd')

/** `yyyy-MM` → a system's form. */
export const formatMonth = (month: string, form: MonthForm, pointer = ''): string =>
  write(read(`${month}-01`, 'yyyy-MM-dd', pointer), form)

/** A system's form → `yyyy-MM`. */
export function parseMonth(text: string, form: MonthForm, pointer = ''): string {
  const { year, month } = read(text, form, pointer)
  return `${year}-${two(month)}`
}

/** A moment as RFC 3339 in Vietnam time, whole seconds. */
export const toVietnamTime = (moment: Date): string =>
  formatTimeWithOffset(inVietnam(moment.toISOString(), ''))

const formatTimeWithOffset = (face: Clockface): string =>
  `${write(face, 'yyyy-MM-ddTHH:mm:ss')}+07:00`

/** Whether the text is the sentinel `0000-00-00`, with any time or offset behind it. */
export const isZeroDate = (text: string): boolean => /^0000-00-00(?:[T ].*)?$/.test(text)

/** The text, or undefined where it is the sentinel for "no date". Nothing else is taken for it. */
export const withoutZeroDate = (text: string): string | undefined =>
  isZeroDate(text) ? undefined : text

/**
 * A moment in one of the forms that systems mix, where only days are given their midnight: yyyyMMddHHmmss,
 * dd/MM/yyyy with or without HH:mm:ss, yyyy-MM-dd with or without THH:mm:ss. No two of them look alike, so
 * that the text itself says which it is.
 */
export function parseTimeByLook(text: string, pointer = ''): string {
  if (/^\d{14}$/.test(text)) return parseTime(text, 'yyyyMMddHHmmss', pointer)
  if (/^\d{2}\/\d{2}\/\d{4}$/.test(text)) return midnight(parseDay(text, 'dd/MM/yyyy', pointer))
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return midnight(parseDay(text, 'yyyy-MM-dd', pointer))
  if (/^\d{4}-/.test(text)) return parseTime(text, 'yyyy-MM-ddTHH:mm:ss', pointer)
  return parseTime(text, 'dd/MM/yyyy HH:mm:ss', pointer)
}

const midnight = (day: string): string => `${day}T00:00:00+07:00`
