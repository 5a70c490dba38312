import type { Ajv2020 } from 'ajv/dist/2020.js'
import ajvFormats from 'ajv-formats'

const monthDays = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
/** No real value of a format is longer; a longer text is not worth the regular expression's time. */
const longest = 10_000

/** Base64 content may be long, and its check is ours alone: linear. */
const base64 = /^[A-Za-z0-9+/]*={0,2}$/

/**
 * RFC 3339 with a capital `T`, an offset with a colon and no leap second: what `Date.parse`
 * reads everywhere to the same instant. ajv-formats lets pass `+07`, a space for the `T` and second 60.
 */
function isDateTime(text: string): boolean {
  const length = text.length
  if (length < 20 || length > 35) return false
  const marks =
    text.charCodeAt(4) === 0x2d &&
    text.charCodeAt(7) === 0x2d &&
    text.charCodeAt(10) === 0x54 &&
    text.charCodeAt(13) === 0x3a &&
    text.charCodeAt(16) === 0x3a
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2)
  const day = twoDigits(text, 8)
  const dayFits = year >= 0 && day >= 1 && day <= daysIn(year, twoDigits(text, 5))
  const clock = twoDigits(text, 11) < 24 && twoDigits(text, 14) < 60 && twoDigits(text, 17) < 60
  return marks && dayFits && clock && isOffset(text, afterFraction(text))
}

/** Where the offset begins: behind seconds and up to nine digits of their fraction. */
function afterFraction(text: string): number {
  if (text.charCodeAt(19) !== 0x2e) return 19
  let at = 20
  while (at < 29 && digit(text, at) < 10) at += 1
  return at > 20 ? at : text.length
}

function isOffset(text: string, at: number): boolean {
  const sign = text.charCodeAt(at)
  if (sign === 0x5a) return text.length === at + 1
  if ((sign !== 0x2b && sign !== 0x2d) || text.length !== at + 6) return false
  return (
    twoDigits(text, at + 1) < 24 && text.charCodeAt(at + 3) === 0x3a && twoDigits(text, at + 4) < 60
  )
}

/** The digit at this place; NaN when there is none, so that every comparison with it fails. */
function digit(text: string, at: number): number {
  const value = text.charCodeAt(at) - 0x30
  return value >= 0 && value < 10 ? value : Number.NaN
}

const twoDigits = (text: string, at: number): number => digit(text, at) * 10 + digit(text, at + 1)

function daysIn(year: number, month: number): number {
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  return (monthDays[month - 1] ?? 0) + (leap ? 1 : 0)
}

/** All formats of ajv-formats, guarded against long texts; `date-time` and `byte` are stricter. */
export function addFormats(ajv: Ajv2020): void {
  ajvFormats.default(ajv, { keywords: false })
  for (const [name, format] of Object.entries(ajv.formats)) {
    const check = checkOf(format)
    if (check) ajv.addFormat(name, (text: string) => text.length <= longest && check(text))
  }
  ajv.addFormat('date-time', isDateTime)
  ajv.addFormat('byte', (text: string) => text.length % 4 === 0 && base64.test(text))
}

/** The check of a format for texts; undefined for the formats of numbers. */
function checkOf(format: unknown): ((text: string) => boolean) | undefined {
  if (format instanceof RegExp) return (text) => format.test(text)
  if (typeof format === 'function') return format as (text: string) => boolean
  if (typeof format !== 'object' || format === null || !('validate' in format)) return undefined
  if ('type' in format && format.type === 'number') return undefined
  return checkOf(format.validate)
}
