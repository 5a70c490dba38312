/** What a row makes of the value that it has read: code table, form of date, type. */
import type { Words } from '../../domain/errors.ts'
import type { CodeTables } from '../contract.ts'
import {
  type DayForm,
  dayForms,
  formatDay,
  formatMonth,
  formatTime,
  type MonthForm,
  parseDay,
  parseMonth,
  parseTime,
  type TimeForm,
} from '../dates.ts'
import { type ConnectorError, permanent } from '../errors.ts'

export type MappingDirection = 'toRemote' | 'toCanonical'

export interface Conversion {
  readonly codes?: string
  readonly date?: TimeForm | DayForm | MonthForm
  readonly as?: 'text' | 'number' | 'boolean'
}

/** Throws `mapping-failed` or `code-untranslated` with the pointer. */
export type Convert = (value: unknown, pointer: string, at: Date) => unknown

export function converter(
  { codes: table, date, as }: Conversion,
  direction: MappingDirection,
  codes: CodeTables,
): Convert {
  const steps: Convert[] = []
  if (table !== undefined)
    steps.push((value, pointer, at) => codes[direction](table, textOf(value, pointer), at, pointer))
  if (date !== undefined)
    steps.push((value, pointer) => dateConverters[direction](textOf(value, pointer), date, pointer))
  if (as !== undefined) steps.push(typeConverters[as])
  return (value, pointer, at) => steps.reduce((seen, step) => step(seen, pointer, at), value)
}

const isDayForm = (form: string): form is DayForm => (dayForms as readonly string[]).includes(form)

const dateConverters = {
  /** A time or a day, as the canonical field holds it. */
  toRemote(value: string, form: TimeForm | DayForm | MonthForm, pointer: string): string {
    if (form === 'M-yyyy') return formatMonth(value, form, pointer)
    if (isDayForm(form) && !value.includes('T')) return formatDay(value, form, pointer)
    return formatTime(value, form, pointer)
  },
  toCanonical(value: string, form: TimeForm | DayForm | MonthForm, pointer: string): string {
    if (form === 'M-yyyy') return parseMonth(value, form, pointer)
    return isDayForm(form) ? parseDay(value, form, pointer) : parseTime(value, form, pointer)
  },
} as const

/** A number as it is written in JSON, without sign of plus, spaces or leading zeros. */
const numeral = /^-?(0|[1-9]\d*)(\.\d+)?$/

const typeConverters: Readonly<Record<'text' | 'number' | 'boolean', Convert>> = {
  text: (value, pointer) => textOf(value, pointer),
  number(value, pointer) {
    const number = typeof value === 'string' && numeral.test(value) ? Number(value) : value
    if (typeof number !== 'number' || !Number.isFinite(number)) throw wrong(pointer, notANumber)
    // What a double cannot hold would leave as another number.
    if (typeof value === 'string' && !isSameNumber(value, number)) throw wrong(pointer, notANumber)
    return number
  },
  boolean(value, pointer) {
    const truth = truths.get(typeof value === 'string' ? value.toLowerCase() : value)
    if (truth === undefined) throw wrong(pointer, notABoolean)
    return truth
  },
}

const truths = new Map<unknown, boolean>([
  ...[true, 1, '1', 'true'].map((value) => [value, true] as const),
  ...[false, 0, '0', 'false'].map((value) => [value, false] as const),
])

const isSameNumber = (text: string, number: number): boolean =>
  String(number) === (text.includes('.') ? text.replace(/\.?0+$/, '') : text)

function textOf(value: unknown, pointer: string): string {
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  throw wrong(pointer, notAText)
}

const wrong = (pointer: string, words: Words): ConnectorError =>
  permanent('mapping-failed', { faults: [{ pointer, rule: 'type', ...words }] })

const notAText: Words = { vi: 'không phải văn bản, số hay đúng/sai', en: 'is no text' }
const notANumber: Words = { vi: 'không phải số viết đúng dạng', en: 'is not a number' }
const notABoolean: Words = { vi: 'không phải đúng/sai', en: 'is neither true nor false' }
