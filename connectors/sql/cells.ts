/**
 * What stands in a row, whatever database it came from. Nothing is rounded and nothing is guessed: numbers are
 * the text that the database writes, times are RFC 3339 with every digit they have, and what cannot be told
 * truly (bytes, `infinity`, `0000-00-00`, a broken character) is no value at all but the words that say why.
 */
import { ConnectorError, formatTime, type Words } from '../../src/connector/index.ts'

export interface Unreadable {
  readonly wrong: Words
  /** It is the column that cannot be read, whatever stands in it: no fault of the row. */
  readonly isOfColumn?: true
}
export type Cell = string | boolean | null | Unreadable

/** Of a column: what may be compared with it, and how. */
export type Kind =
  | 'zoned'
  | 'time'
  | 'day'
  | 'number'
  /** A text of SQL Server's that is no Unicode: it has an order of its own. */
  | 'narrow'
  /** Sorted in another way than compared: no place in it can be asked for. */
  | 'disordered'
  | 'other'

/** Rows in the order of the columns that were asked for. */
export interface Answer {
  readonly kinds: readonly Kind[]
  readonly rows: readonly (readonly Cell[])[]
}

export const isUnreadable = (cell: Cell | undefined): cell is Unreadable =>
  typeof cell === 'object' && cell !== null

export const bytes: Unreadable = {
  wrong: {
    vi: 'là dữ liệu nhị phân: hãy đổi thành văn bản trong câu SELECT',
    en: 'holds bytes: turn them into text in the SELECT',
  },
  isOfColumn: true,
}
const notAText: Unreadable = {
  wrong: {
    vi: 'có ký tự NUL hoặc ký tự hỏng',
    en: 'holds NUL or a broken character',
  },
}
const noTime: Unreadable = {
  wrong: { vi: 'không phải ngày giờ có thật', en: 'is no time that exists' },
}

/** As it is: no trimming, no other Unicode form. */
export const textCell = (text: string): Cell => (/[\0\uFFFD\p{Cs}]/u.test(text) ? notAText : text)

const clock =
  /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?(?:([+-]\d{2})(?::?(\d{2}))?|(Z))?$/

/** A time as databases write it → RFC 3339. One without an offset of its own is taken in `offset`. */
export function timeCell(text: string, offset: string): Cell {
  const match = clock.exec(text)
  if (!match) return noTime
  const [, day, time, fraction = '', hours, minutes = '00', zulu] = match
  const digits = fraction.replace(/0+$/, '')
  const zone = zulu ?? (hours === undefined ? offset : `${hours}:${minutes}`)
  const cell = `${day}T${time}${digits === '' ? '' : `.${digits}`}${zone}`
  return exists(cell) ? cell : noTime
}

export const dayCell = (text: string): Cell =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && exists(`${text}T00:00:00Z`) ? text : noTime

function exists(time: string): boolean {
  try {
    formatTime(time, 'yyyyMMddHHmmss')
    return true
  } catch (error) {
    if (error instanceof ConnectorError) return false
    throw error
  }
}

const secondMs = 1000
const minuteMs = 60 * secondMs
const minutesOf = (offset: string): number =>
  (offset.startsWith('-') ? -1 : 1) * (Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4, 6)))

/** A moment, so many seconds earlier, as a clock with that offset shows it. RFC 3339, whole seconds. */
export function earlier(time: string, seconds: number, offset: string): string {
  const moment = Math.floor(Date.parse(time) / secondMs) * secondMs - seconds * secondMs
  const shown = new Date(moment + minutesOf(offset) * minuteMs).toISOString()
  return `${shown.slice(0, 19)}${offset}`
}
