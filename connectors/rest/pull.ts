/**
 * Pulls by configuration: what changed since the newest time received, less the overlap, page by page.
 *
 * The cursor holds the newest time of all runs (`high`, which never goes back) and the place within the
 * running one. Rows that are read twice are one message, because its key is made of what the row says:
 * subject, time and content.
 *
 * Pages that are counted (`offset`, `page`) shift when a row is put in or taken out before them while they are
 * read. With `offset` each page therefore begins with the last row of the one before: where that is another
 * one the run begins again. `page` cannot be asked so; there the overlap of the next run has to catch it.
 */
import { createHash } from 'node:crypto'
import {
  type ConnectorContext,
  type ConnectorError,
  formatTime,
  type IncomingMessage,
  type Judge,
  type Judged,
  type Mapping,
  type PullPage,
  type PullRequest,
  parseTime,
  permanent,
  readPointer,
  unknown,
  type Words,
} from '../../src/connector/index.ts'
import type { RestClient } from './client.ts'
import type { Paging, PullOptions } from './options.ts'

export interface PullTools {
  readonly context: ConnectorContext
  readonly client: RestClient
  readonly pull: PullOptions
  readonly judge: Judge<'page'>
  readonly body: Mapping | undefined
  readonly data: Mapping
}

interface Cursor {
  /** RFC 3339. */
  readonly high?: string
  /** Tells runs apart, so that no two pages of different runs look alike. */
  readonly run: number
  /** Where the running run began. */
  readonly since?: string
  /** The next page: an offset, a number, the system's cursor or its link. */
  readonly at?: string
  /** Digest of the last row of the page before. */
  readonly last?: string
  /** How often this run has begun again. */
  readonly shifts?: number
}

const mostShifts = 5

export async function pullPage(
  tools: PullTools,
  request: PullRequest,
  signal: AbortSignal,
): Promise<PullPage> {
  const { pull } = tools
  const saved = readCursor(request.cursor)
  const cursor = request.cursor === request.startedFrom ? begin(tools, saved, request) : saved
  const { rows, next } = await readPage(tools, cursor, signal)
  if (hasShifted(pull.paging, cursor, rows)) return again(cursor)
  const fresh = cursor.last === undefined ? rows : rows.slice(1)
  const messages = fresh.map((row) => messageOf(tools, row))
  const high = messages.reduce(
    (newest, { time }) => (newest && Date.parse(newest) >= Date.parse(time) ? newest : time),
    cursor.high,
  )
  // A page of the repeated row alone is the end.
  const more = next !== undefined && fresh.length > 0
  if (more && next === cursor.at) throw standsStill()
  const { since, run } = cursor
  const ended: Cursor = { run, ...(high && { high }) }
  const going: Cursor = {
    ...ended,
    ...(since && { since }),
    ...(next && { at: next }),
    ...(pull.paging.style === 'offset' && { last: digest(rows.at(-1)) }),
    ...(cursor.shifts && { shifts: cursor.shifts }),
  }
  return { messages, cursor: JSON.stringify(more ? going : ended), more }
}

function begin({ pull }: PullTools, saved: Cursor, request: PullRequest): Cursor {
  const { high, run } = saved
  const since =
    high === undefined
      ? pull.changedSince?.first
      : new Date(Date.parse(high) - request.overlapSeconds * 1000).toISOString()
  return { run: run + 1, ...(high && { high }), ...(since && { since }) }
}

/** From the start of the run: what was read already is found to be the same. */
function again(cursor: Cursor): PullPage {
  const { high, run, since, shifts = 0 } = cursor
  if (shifts === mostShifts) throw keepsShifting()
  const next: Cursor = {
    run: run + 1,
    shifts: shifts + 1,
    ...(high && { high }),
    ...(since && { since }),
  }
  return { messages: [], cursor: JSON.stringify(next), more: true }
}

const hasShifted = ({ style }: Paging, { last }: Cursor, rows: readonly unknown[]): boolean =>
  style === 'offset' && last !== undefined && digest(rows[0]) !== last

async function readPage(
  { context, client, pull, judge, body }: PullTools,
  cursor: Cursor,
  signal: AbortSignal,
): Promise<{ rows: readonly unknown[]; next: string | undefined }> {
  const { paging, changedSince } = pull
  const isLink = paging.style === 'link' && cursor.at !== undefined
  const query = {
    ...(changedSince &&
      cursor.since && { [changedSince.parameter]: sinceText(pull, cursor.since) }),
    ...(paging.sizeParameter && paging.size && { [paging.sizeParameter]: String(paging.size) }),
    ...(paging.parameter && placeOf(paging, cursor.at)),
  }
  const filling = { since: cursor.since, place: cursor.at }
  const answer = await client.call(
    {
      ...{ request: pull.request, record: body?.(filling, context.clock.now()), filling },
      ...(isLink ? { url: sameSystem(client.base, cursor.at ?? '') } : { query }),
    },
    signal,
  )
  judge(answer, context.clock.now())
  const rows = readPointer(answer.body, pull.items)
  if (!Array.isArray(rows)) throw noList()
  return { rows, next: nextPlace(paging, cursor.at, rows.length, answer, client.base) }
}

const sinceText = ({ changedSince }: PullOptions, since: string): string =>
  changedSince?.date === undefined ? since : formatTime(since, changedSince.date)

function placeOf({ style, parameter = '', firstPage = 1 }: Paging, at: string | undefined) {
  if (style === 'cursor') return at === undefined ? undefined : { [parameter]: at }
  if (style === 'page') return { [parameter]: at ?? String(firstPage) }
  return style === 'offset' ? { [parameter]: at ?? '0' } : undefined
}

function nextPlace(
  { style, size = 0, next, firstPage = 1 }: Paging,
  at: string | undefined,
  rows: number,
  { response, body }: Judged,
  base: string,
): string | undefined {
  switch (style) {
    case 'none':
      return undefined
    case 'cursor': {
      const place = readPointer(body, next ?? '')
      return place === undefined || place === null || place === '' ? undefined : String(place)
    }
    case 'link': {
      const link = /<([^<>]+)>\s*;[^,]*\brel="?next"?/.exec(response.headers.link ?? '')?.[1]
      return link && new URL(link, base).href
    }
    // One row less than a page on, so that the last one comes again.
    case 'offset':
      return rows < size ? undefined : String(Number(at ?? 0) + rows - 1)
    case 'page':
      return rows < size ? undefined : String(Number(at ?? firstPage) + 1)
  }
}

/** Credentials go with the call: a link may not lead elsewhere. */
function sameSystem(base: string, link: string): string {
  if (new URL(link).origin === new URL(base).origin) return link
  throw permanent('address-forbidden', {
    detail: {
      vi: 'Trang sau dẫn tới máy chủ khác.',
      en: 'The link to the next page leads to another host.',
    },
  })
}

function messageOf({ context, pull, data }: PullTools, row: unknown): IncomingMessage {
  const { message, types, name } = pull
  const content = data(row, context.clock.now())
  const subject = textAt(row, message.subject)
  const time = timeAt(row, message)
  return {
    source: `/${context.province.toLowerCase()}/${context.system}`,
    eventId: `${name}.${digest([subject, time, content])}`,
    type: types[0] ?? '',
    subject,
    time,
    data: content,
  }
}

/** RFC 3339 with offset. */
function timeAt(row: unknown, { time: pointer, date }: PullOptions['message']): string {
  const text = textAt(row, pointer)
  if (date !== undefined) return parseTime(text, date, pointer)
  // Throws unless it is one.
  formatTime(text, 'yyyyMMddHHmmss', pointer)
  return text
}

function textAt(row: unknown, pointer: string): string {
  const value = readPointer(row, pointer)
  if (typeof value === 'string' && value !== '') return value
  if (typeof value === 'number') return String(value)
  throw permanent('mapping-failed', { faults: [{ pointer, rule: 'required', ...missing }] })
}

const digest = (value: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify(value) ?? '')
    .digest('hex')
    .slice(0, 40)

function readCursor(text: string | undefined): Cursor {
  if (text === undefined) return { run: 0 }
  try {
    const cursor: unknown = JSON.parse(text)
    if (typeof cursor === 'object' && cursor !== null && 'run' in cursor) return cursor as Cursor
  } catch {
    // Not ours; said below.
  }
  throw permanent('mapping-failed', { detail: foreignCursor })
}

const missing: Words = { vi: 'bắt buộc phải có', en: 'is required' }
const foreignCursor: Words = {
  vi: 'Con trỏ đã lưu không phải của connector này.',
  en: 'The saved cursor was not made by this connector.',
}
const standsStill = (): ConnectorError =>
  unknown('answer-invalid', {
    detail: {
      vi: 'Nguồn báo còn trang sau nhưng trang sau vẫn là trang này: vòng lặp trang.',
      en: 'The source names this very page as its next one: a loop of pages.',
    },
  })
const keepsShifting = (): ConnectorError =>
  unknown('answer-invalid', {
    detail: {
      vi: `Dữ liệu nguồn xê dịch giữa các trang ${mostShifts} lần liền; hãy chia trang theo con trỏ hoặc lấy vào giờ vắng.`,
      en: `The rows moved between the pages ${mostShifts} times in a row; page by cursor, or pull at a quiet hour.`,
    },
  })
const noList = (): ConnectorError =>
  unknown('answer-invalid', {
    detail: {
      vi: 'Trả lời không có danh sách ở chỗ đã cấu hình (items).',
      en: 'The answer has no list at the configured place (items).',
    },
  })
