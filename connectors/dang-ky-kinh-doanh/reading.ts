/** How the service writes its records. Pure. */
import {
  ConnectorError,
  type DayForm,
  nfc,
  parseDay,
  parseTime,
  type TimeForm,
  unknown,
} from '../../src/connector/index.ts'

export type Row = Readonly<Record<string, unknown>>

export const notAgreed = (): ConnectorError => unknown('answer-invalid')

/** A list may come as a single record, and nothing as null, nothing at all or an empty record. */
export function rowsOf(part: unknown): readonly Row[] {
  if (Array.isArray(part)) return part
  const row = (part ?? {}) as Row
  return Object.values(row).some((value) => value !== null && value !== '') ? [row] : []
}

/**
 * The text of a member, composed and without the blanks around it. Undefined when there is none, and for a
 * number which JSON has rounded: it would be another number.
 */
export function textOf(row: Row, name: string): string | undefined {
  const value = row[name]
  if (typeof value === 'number')
    return Math.abs(value) <= Number.MAX_SAFE_INTEGER ? String(value) : undefined
  return typeof value === 'string' && value.trim() !== '' ? nfc(value.trim()) : undefined
}

const dayForms: readonly DayForm[] = ['dd/MM/yyyy', 'yyyy-MM-dd']
const timeForms: readonly TimeForm[] = ['dd/MM/yyyy HH:mm:ss', 'yyyy-MM-ddTHH:mm:ss']

const attempt = (read: () => string): string | undefined => {
  try {
    return read()
  } catch (error) {
    if (error instanceof ConnectorError) return undefined
    throw error
  }
}

/** A day as `yyyy-MM-dd`, a moment as RFC 3339; undefined for any form that is not known here. */
function dateOf(text: string): string | undefined {
  for (const form of dayForms) {
    const day = attempt(() => parseDay(text, form))
    if (day) return day
  }
  for (const form of timeForms) {
    const moment = attempt(() => parseTime(text, form))
    if (moment) return moment
  }
  return undefined
}

/** For messages: what cannot be read is left as it is, so that the schema refuses this row and names it. */
export function dateOrTextOf(row: Row, name: string): string | undefined {
  const text = textOf(row, name)
  return text === undefined ? undefined : (dateOf(text) ?? text)
}

/** For answers to people: what cannot be read is no answer. */
export function knownDateOf(row: Row, name: string): string | undefined {
  const text = textOf(row, name)
  if (text === undefined) return undefined
  const date = dateOf(text)
  if (!date) throw notAgreed()
  return date
}
