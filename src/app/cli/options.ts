/** Readers of option texts; a wrong one is a UsageError that says what is expected. */
import { UsageError } from './exit.ts'

export function wholeNumberOption(
  name: string,
  text: string | undefined,
  { min, max, otherwise }: { min: number; max: number; otherwise: number },
): number {
  if (text === undefined) return otherwise
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
  if (value >= min && value <= max) return value
  throw new UsageError(
    `${name} phải là số nguyên từ ${min} đến ${max}.`,
    `${name} must be a whole number from ${min} to ${max}.`,
  )
}

const timeForm =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(:\d{2}(?:\.\d+)?)?)?(Z|[+-]\d{2}:\d{2})?$/

/** A day or a time; without an offset it is Vietnam's. Answers RFC 3339. */
export function timeOption(name: string, text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  const [matched, day, clock = '00:00', seconds = ':00', offset = '+07:00'] =
    timeForm.exec(text) ?? []
  const at = `${day}T${clock}${seconds}${offset}`
  if (matched !== undefined && !Number.isNaN(Date.parse(at))) return at
  throw new UsageError(
    `${name} phải là ngày hoặc thời điểm, ví dụ 2026-01-10 hoặc 2026-01-10T08:00+07:00.`,
    `${name} must be a day or a time, for example 2026-01-10 or 2026-01-10T08:00+07:00.`,
  )
}

export function oneOfOption<const T extends string>(
  name: string,
  text: string | undefined,
  values: readonly T[],
): T | undefined {
  if (text === undefined) return undefined
  const found = values.find((value) => value === text)
  if (found !== undefined) return found
  const list = values.join(', ')
  throw new UsageError(`${name} phải là một trong: ${list}.`, `${name} must be one of: ${list}.`)
}

/** The first argument of a command whose argument is required. */
export function firstOf(args: readonly string[]): string {
  const [first] = args
  if (first === undefined) throw new UsageError('Thiếu tham số.', 'An argument is missing.')
  return first
}
