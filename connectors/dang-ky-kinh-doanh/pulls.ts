/**
 * Reading the lists of dossiers, page by page.
 *
 *   ho-so-tiep-nhan   danhSachHoSo: received from a day to a day, at most five days at once. A run goes on from
 *                     the day where the last one ended, less the overlap, and catches up window by window;
 *                     today is never finished, so the next run reads it again.
 *   ho-so-trong-ngay  danhSachHoSoTrongNgay: whose status changed today. There is no way to ask for another
 *                     day, so each run reads the whole of today.
 *
 * What comes twice with the same content has the same event id and is a duplicate. A run that died goes
 * on where its last page ended, in the very window that it was reading.
 */
import {
  type ConnectorError,
  formatDay,
  type PullPage,
  type PullRequest,
  readCursor,
  toVietnamTime,
  unknown,
} from '../../src/connector/index.ts'
import type { RegistryClient, RegistryQuestion } from './client.ts'
import { messageOf } from './message.ts'
import { notAgreed, rowsOf } from './reading.ts'

/** Between runs the day to begin with; within one the window and how far it has been read. */
interface Cursor {
  readonly from: string
  readonly to?: string
  readonly offset?: number
}
type Place = Required<Cursor>

export interface PullTools {
  readonly client: RegistryClient
  readonly source: string
  readonly pageSize: number
  readonly pullFrom?: string
  now(): Date
}

const windowDays = 5
const dayMs = 24 * 60 * 60 * 1000

const addDays = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * dayMs).toISOString().slice(0, 10)
const earlier = (left: string, right: string): string => (left < right ? left : right)
const today = (tools: PullTools): string => toVietnamTime(tools.now()).slice(0, 10)
const windowFrom = (from: string, last: string): Place => ({
  from,
  to: earlier(addDays(from, windowDays - 1), last),
  offset: 0,
})

export async function pullReceived(
  tools: PullTools,
  request: PullRequest,
  signal: AbortSignal,
): Promise<PullPage> {
  const last = today(tools)
  const place = placeOf(tools, request, last)
  const query = {
    from_date: formatDay(place.from, 'dd/MM/yyyy'),
    to_date: formatDay(place.to, 'dd/MM/yyyy'),
  }
  const { messages, next } = await readPage(tools, 'danhSachHoSo', query, place.offset, signal)
  if (next !== undefined) return page(messages, { ...place, offset: next }, true)
  return place.to < last
    ? page(messages, windowFrom(addDays(place.to, 1), last), true)
    : page(messages, { from: place.to }, false)
}

function placeOf(tools: PullTools, request: PullRequest, last: string): Place {
  const cursor = readCursor<Cursor>(request.cursor, isOurs)
  if (cursor?.to !== undefined)
    return { from: cursor.from, to: cursor.to, offset: cursor.offset ?? 0 }
  if (!cursor) {
    const first = tools.pullFrom ?? addDays(last, 1 - windowDays)
    return windowFrom(earlier(first, last), last)
  }
  const back = Math.ceil((request.overlapSeconds * 1000) / dayMs)
  return windowFrom(earlier(addDays(cursor.from, -back), last), last)
}

export async function pullToday(
  tools: PullTools,
  request: PullRequest,
  signal: AbortSignal,
): Promise<PullPage> {
  const day = today(tools)
  const cursor = readCursor<Cursor>(request.cursor, isOurs)
  // A place in the list of another day is none in this one.
  const offset = cursor?.from === day ? (cursor.offset ?? 0) : 0
  const query = { from_ts: '00:00', to_ts: '23:59' }
  const { messages, next } = await readPage(tools, 'danhSachHoSoTrongNgay', query, offset, signal)
  return next === undefined
    ? page(messages, { from: day }, false)
    : page(messages, { from: day, offset: next }, true)
}

const page = (messages: PullPage['messages'], cursor: Cursor, more: boolean): PullPage => ({
  messages,
  cursor: JSON.stringify(cursor),
  more,
})

/**
 * `next` is where the rest begins. A page that is full has one, and so has a page that says by DataCount that
 * there is more: the service may give fewer rows at once than it was asked for.
 */
async function readPage(
  { client, source, pageSize, now }: PullTools,
  call: RegistryQuestion['call'],
  query: Readonly<Record<string, string>>,
  offset: number,
  signal: AbortSignal,
): Promise<{ readonly messages: PullPage['messages']; readonly next: number | undefined }> {
  const paging = { offset: String(offset), limit: String(pageSize) }
  const answer = await client.ask({ call, query: { ...query, ...paging } }, signal)
  const rows = rowsOf(answer?.MainInformation)
  const count = Number(answer?.DataCount ?? 0)
  if (rows.length > pageSize || !Number.isSafeInteger(count)) throw notAgreed()
  const next = offset + rows.length
  // An answer without its list is an empty one only where it counts nothing.
  if (rows.length === 0 && count > offset) throw standsStill()
  return {
    messages: rows.map((row) => messageOf(source, row, now())),
    next: rows.length === pageSize || count > next ? next : undefined,
  }
}

const isDay = (value: unknown): boolean =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)

const isOurs = ({ from, to }: Readonly<Record<string, unknown>>): boolean =>
  isDay(from) && (to === undefined || isDay(to))

const standsStill = (): ConnectorError =>
  unknown('answer-invalid', {
    detail: {
      vi: 'Dịch vụ báo còn hồ sơ nhưng trả trang trống.',
      en: 'The service says that more follows, but this page is empty.',
    },
  })
