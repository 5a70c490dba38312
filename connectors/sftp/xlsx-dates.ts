/** Dates of XLSX: numbers of days whose cell's style says that they are dates. Pure. */
import { childAt, childrenNamed, type XmlElement } from '../../src/connector/index.ts'

/** What a style shows of a moment. */
export type DateKind = 'day' | 'moment' | 'clock'

/** Built-in formats of ECMA-376, 18.8.30; 27–36 and 50–58 are days in the calendars of East Asia. */
const builtIn = new Map<number, DateKind>([
  ...[14, 15, 16, 17, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58].map(
    (id) => [id, 'day'] as const,
  ),
  ...[18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47, 55, 56].map((id) => [id, 'clock'] as const),
  [22, 'moment'],
])

/** By the number of a cell's style. */
export function dateStyles(styles: XmlElement): readonly (DateKind | undefined)[] {
  const own = new Map(
    childrenNamed(childAt(styles, 'numFmts') ?? styles, 'numFmt').map(({ attributes }) => [
      Number(attributes.numFmtId),
      kindOf(attributes.formatCode ?? ''),
    ]),
  )
  const formats = childrenNamed(childAt(styles, 'cellXfs') ?? styles, 'xf')
  return formats.map(({ attributes }) => {
    const id = Number(attributes.numFmtId ?? 0)
    return own.has(id) ? own.get(id) : builtIn.get(id)
  })
}

/** Of the first section, without what is quoted, escaped, a colour or a locale. */
export function kindOf(format: string): DateKind | undefined {
  const shown = format
    .replace(/"[^"]*"|\\.|_.|\*./g, '')
    .replace(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '')
    .split(';')[0]
  if (shown === undefined || /general/i.test(shown)) return undefined
  const hasDay = /[yd]/i.test(shown) || (/m/i.test(shown) && !/[hs]/i.test(shown))
  const hasClock = /[hs]/i.test(shown)
  if (hasDay) return hasClock ? 'moment' : 'day'
  return hasClock ? 'clock' : undefined
}

const dayMs = 86_400_000
const two = (number: number): string => String(number).padStart(2, '0')

/**
 * `yyyy-MM-dd`, `yyyy-MM-ddTHH:mm:ss` or `HH:mm:ss`. A time that the style hides is told all the same. Undefined
 * for what is no date: before its calendar begins, behind the year 9999, or the day 60 that never was.
 */
export function serialDate(serial: number, kind: DateKind, is1904: boolean): string | undefined {
  if (serial < 0 || (!is1904 && Math.floor(serial) === 60)) return undefined
  // To the second, which is what a clock in a sheet shows.
  const seconds = Math.round(serial * 86_400)
  const days = Math.floor(seconds / 86_400)
  const clock = seconds - days * 86_400
  const time = [Math.floor(clock / 3600), Math.floor(clock / 60) % 60, clock % 60]
    .map(two)
    .join(':')
  if (kind === 'clock' && days === 0) return time
  if (days === 0 && !is1904) return undefined
  // 29 February 1900, which Lotus believed in, is day 60.
  const epoch = is1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, days > 59 ? 30 : 31)
  const moment = new Date(epoch + days * dayMs)
  if (moment.getUTCFullYear() > 9999) return undefined
  const day = moment.toISOString().slice(0, 10)
  return kind === 'day' && clock === 0 ? day : `${day}T${time}`
}
