/**
 * Pulls by configuration: what changed since the newest time received, less the overlap, page by page. Rows that
 * are read twice are one message, because its key is made of what the row says: subject, time and content.
 *
 * Pages that are counted (`offset`, `page`) are walked under the proof that nothing has moved (`walkPages`). The
 * other styles name their next page themselves: there the cursor holds the newest time of all runs (`high`,
 * which never goes back) and the place within the running one.
 */
import {
  type ConnectorContext,
  type ConnectorError,
  formatTime,
  type Judge,
  type Judged,
  type Mapping,
  type PagedSource,
  type PullPage,
  type PullRequest,
  permanent,
  readCursor,
  readPointer,
  toVietnamTime,
  unknown,
  walkPages,
} from '../../src/connector/index.ts'
import type { RestClient } from './client.ts'
import type { PullOptions } from './options.ts'
import { messageOf, subjectOf, timeOf } from './row.ts'

export interface PullTools {
  readonly context: ConnectorContext
  readonly client: RestClient
  readonly pull: PullOptions
  readonly judge: Judge<'page'>
  readonly body: Mapping | undefined
  readonly data: Mapping
}

export async function pullPage(
  tools: PullTools,
  request: PullRequest,
  signal: AbortSignal,
): Promise<PullPage> {
  const { style } = tools.pull.paging
  if (style === 'offset' || style === 'page') {
    const { rows, ...page } = await walkPages(countedPages(tools, style), request, signal)
    return { ...page, messages: rows.map((row) => messageOf(tools, row)) }
  }
  return namedPage(tools, request, signal)
}

interface Place {
  /** RFC 3339. */
  readonly since: string | undefined
  /** What the system calls the page; undefined: the first. */
  readonly at: string | undefined
  readonly size: number | undefined
}

interface Page {
  readonly rows: readonly unknown[]
  readonly answer: Judged
}

async function readPage(
  { context, client, pull, judge, body }: PullTools,
  { since, at, size }: Place,
  signal: AbortSignal,
): Promise<Page> {
  const { paging, changedSince } = pull
  const query = {
    ...(changedSince && since && { [changedSince.parameter]: sinceText(pull, since) }),
    ...(paging.sizeParameter && size && { [paging.sizeParameter]: String(size) }),
    ...(paging.parameter && at !== undefined && { [paging.parameter]: at }),
  }
  const filling = { since, place: at }
  const isLink = paging.style === 'link' && at !== undefined
  const answer = await client.call(
    {
      ...{ request: pull.request, record: body?.(filling, context.clock.now()), filling },
      ...(isLink ? { url: sameSystem(client.base, at) } : { query }),
    },
    signal,
  )
  judge(answer, context.clock.now())
  const rows = readPointer(answer.body, pull.items)
  if (!Array.isArray(rows)) throw noList()
  return { rows, answer }
}

const sinceText = ({ changedSince }: PullOptions, since: string): string =>
  changedSince?.date === undefined ? since : formatTime(since, changedSince.date)

function countedPages(tools: PullTools, by: 'offset' | 'page'): PagedSource<unknown> {
  const { context, pull } = tools
  const { size = 2, firstPage = 1 } = pull.paging
  return {
    by,
    pageSize: size,
    clock: context.clock,
    keyOf: (row) => subjectOf(pull, row),
    ...(pull.changedSince && { changedAt: (row) => timeOf(pull, row) }),
    async read({ at, limit, since = pull.changedSince?.first }, signal) {
      const place = String(by === 'page' ? at + firstPage : at)
      const { rows } = await readPage(tools, { since, at: place, size: limit }, signal)
      return { rows, more: rows.length >= limit }
    },
  }
}

interface Cursor {
  /** RFC 3339. */
  readonly high?: string
  /** Tells runs apart, so that no two pages of different runs look alike. */
  readonly run: number
  /** Where the running run began. */
  readonly since?: string
  /** The system's cursor or its link. */
  readonly at?: string
}

async function namedPage(
  tools: PullTools,
  request: PullRequest,
  signal: AbortSignal,
): Promise<PullPage> {
  const { pull, client } = tools
  const saved = readCursor<Cursor>(request.cursor, (one) => 'run' in one) ?? { run: 0 }
  const cursor = request.cursor === request.startedFrom ? begin(tools, saved, request) : saved
  const place = { since: cursor.since, at: cursor.at, size: pull.paging.size }
  const { rows, answer } = await readPage(tools, place, signal)
  const messages = rows.map((row) => messageOf(tools, row))
  const high = messages.reduce(
    (newest, { time }) => (newest && Date.parse(newest) >= Date.parse(time) ? newest : time),
    cursor.high,
  )
  const next = nextPlace(pull, answer, client.base)
  if (next !== undefined && next === cursor.at) throw standsStill()
  const { since, run } = cursor
  const ended: Cursor = { run, ...(high && { high }) }
  const going: Cursor = { ...ended, ...(since && { since }), ...(next && { at: next }) }
  const more = next !== undefined
  return { messages, cursor: JSON.stringify(more ? going : ended), more }
}

function begin({ pull }: PullTools, saved: Cursor, request: PullRequest): Cursor {
  const { high, run } = saved
  const since =
    high === undefined
      ? pull.changedSince?.first
      : toVietnamTime(new Date(Date.parse(high) - request.overlapSeconds * 1000))
  return { run: run + 1, ...(high && { high }), ...(since && { since }) }
}

function nextPlace(
  { paging }: PullOptions,
  { response, body }: Judged,
  base: string,
): string | undefined {
  if (paging.style === 'link') {
    const link = /<([^<>]+)>\s*;[^,]*\brel="?next"?/.exec(response.headers.link ?? '')?.[1]
    return link && new URL(link, base).href
  }
  const place = paging.style === 'cursor' ? readPointer(body, paging.next ?? '') : undefined
  return place === undefined || place === null || place === '' ? undefined : String(place)
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

const standsStill = (): ConnectorError =>
  unknown('answer-invalid', {
    detail: {
      vi: 'Nguồn báo còn trang sau nhưng trang sau vẫn là trang này: vòng lặp trang.',
      en: 'The source names this very page as its next one: a loop of pages.',
    },
  })
const noList = (): ConnectorError =>
  unknown('answer-invalid', {
    detail: {
      vi: 'Trả lời không có danh sách ở chỗ đã cấu hình (items).',
      en: 'The answer has no list at the configured place (items).',
    },
  })
