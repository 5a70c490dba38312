/**
 * Pulls by configuration: what changed since the newest time received, less the overlap, page by page. Rows that
 * are read twice are one message, because its key is made of what the row says: subject, time and content.
 *
 * Pages that are counted (`offset`, `page`) are walked under the proof that nothing has moved (`walkPages`). The
 * other styles name their next page themselves.
 */
import {
  type ConnectorContext,
  type ConnectorError,
  formatTime,
  type Judge,
  type Judged,
  type Mapping,
  messagesOf,
  type PagedSource,
  type PullPage,
  type PullRequest,
  permanent,
  type RecordToTake,
  readCursor,
  readOr,
  readPointer,
  subjectOf,
  timeOf,
  toVietnamTime,
  unknown,
  walkPages,
} from '../../src/connector/index.ts'
import type { RestClient } from './client.ts'
import type { PullOptions } from './options.ts'

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
    return { ...page, ...(await messagesOf(tools, toTake(tools.pull, rows), signal)) }
  }
  return namedPage(tools, request, signal)
}

/** By the time that it tells, where it tells one, and its number on the page; never by what else it holds. */
const toTake = (pull: PullOptions, rows: readonly unknown[]): RecordToTake[] =>
  rows.map((value, index) => {
    const standsAt = [pull.name, changedAt(pull, value), `#${index + 1}`].filter(Boolean).join(' ')
    return { value, standsAt }
  })

/** Undefined of a row that cannot be read so far: it is told, and moves the mark of its pull nowhere. */
const changedAt = (pull: PullOptions, row: unknown): string | undefined =>
  readOr(() => timeOf(pull, row), undefined)

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
      ...{
        request: pull.request,
        record: await body?.(filling, context.clock.now(), signal),
        filling,
      },
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
    // One without a subject is still to be known again.
    keyOf: (row) => readOr(() => subjectOf(pull, row), JSON.stringify(row)),
    ...(pull.changedSince && { changedAt: (row) => changedAt(pull, row) }),
    async read({ at, limit, since = pull.changedSince?.first }, signal) {
      const place = String(by === 'page' ? at + firstPage : at)
      const { rows } = await readPage(tools, { since, at: place, size: limit }, signal)
      return { rows, more: rows.length >= limit }
    },
  }
}

/** Between two runs there is a `mark` at most. All times are RFC 3339. */
interface Cursor {
  /** Tells runs apart, so that no two pages of different runs look alike. */
  readonly run: number
  /** The newest change of all runs that came to their end. */
  readonly mark?: string
  /** Of the running run: what it asks for, when it began, the newest change it has read, its next page. */
  readonly since?: string
  readonly began?: string
  readonly high?: string
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
  const taken = await messagesOf(tools, toTake(pull, rows), signal)
  const high = newest([cursor.high, ...rows.map((row) => changedAt(pull, row))])
  const next = nextPlace(pull, answer, client.base)
  if (next === undefined)
    return { ...taken, cursor: JSON.stringify(ended({ ...cursor, ...high })), more: false }
  if (next === cursor.at) throw standsStill()
  return { ...taken, cursor: JSON.stringify({ ...cursor, ...high, at: next }), more: true }
}

/**
 * A run that was broken off begins anew from where it had begun: its rows stand in no order that is known, and
 * what names its next page may have expired.
 */
function begin({ context, pull }: PullTools, saved: Cursor, request: PullRequest): Cursor {
  const { mark, run } = saved
  const from =
    mark === undefined
      ? pull.changedSince?.first
      : toVietnamTime(new Date(Date.parse(mark) - request.overlapSeconds * 1000))
  const since = saved.began === undefined ? from : saved.since
  return {
    run: run + 1,
    ...(mark && { mark }),
    ...(since && { since }),
    began: context.clock.now().toISOString(),
  }
}

/** A change dated after the run began counts for no later than that: or nothing would be asked for again. */
function ended({ run, mark, began, high }: Cursor): Cursor {
  const reached = high && began && Date.parse(began) < Date.parse(high) ? began : high
  const next = newest([mark, reached]).high
  return { run, ...(next && { mark: next }) }
}

function newest(times: readonly (string | undefined)[]): { readonly high?: string } {
  const high = times.reduce((one, other) =>
    one && (!other || Date.parse(one) >= Date.parse(other)) ? one : other,
  )
  return high === undefined ? {} : { high }
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
