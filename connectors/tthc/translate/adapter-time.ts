import { formatTime, isZeroDate, parseTime } from '../../../src/connector/index.ts'

/**
 * A time of consumerAdapter → RFC 3339 in Vietnam time: ISO 8601, read as Vietnam's clock where it
 * has no offset; undefined for the sentinel `0000-00-00…`. Fractions of a second fall away. Throws
 * `mapping-failed` for a day that does not exist.
 */
export function adapterTime(text: string | undefined, pointer: string): string | undefined {
  if (text === undefined || isZeroDate(text)) return undefined
  if (/(?:[Zz]|[+-]\d{2}:\d{2})$/.test(text))
    return `${formatTime(text, 'yyyy-MM-ddTHH:mm:ss', pointer)}+07:00`
  return parseTime(text.replace(/\.\d+$/, ''), 'yyyy-MM-ddTHH:mm:ss', pointer)
}
