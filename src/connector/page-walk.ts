/**
 * Reading a source that gives its rows by page number or offset only. Such a source can be read wrongly
 * without anybody noticing: a row that is added or taken away before the place moves every row behind it, and
 * one of them is never seen. So each step proves that what was read last still stands where it stood:
 *
 *   offset   the answer begins one row early, and that row must be the last of the page before
 *   page     the page before is asked for once more, after this one, and must hold the same rows
 *
 * If it does not, the walk begins again from its start; what comes twice is a duplicate by its natural key.
 * After `mostRestarts` in one run it gives up with `pages-shifting`. Not seen are two changes between a page
 * and its proof that undo each other's shift: a source that can be asked by key should be.
 *
 * A run that was broken off goes on at its place, under the same proof. Where rows say when they changed, the
 * next walk begins `overlapSeconds` before the newest change seen, and never after its own beginning: what
 * changed behind its back comes in the next walk, as long as the overlap covers how far the clocks differ.
 */
import { createHash } from 'node:crypto'
import type { PullPage, PullRequest } from './contract.ts'
import { readCursor } from './cursor.ts'
import { toVietnamTime } from './dates.ts'
import { later, unknown } from './errors.ts'

export interface PagedSource<Row> {
  /** `offset`: any row can be asked for first. `page`: whole pages only. */
  readonly by: 'offset' | 'page'
  /** Rows of a page, at least 2. */
  readonly pageSize: number
  /**
   * Rows in an order that only changes of rows change. `at` counts from 0: rows to leave out, or pages.
   * `since` is given where `changedAt` is: only rows that were changed then or later. `more`: whether others
   * follow, by what the source says; a short page is no proof where it caps `limit`.
   */
  read(
    ask: { readonly at: number; readonly limit: number; readonly since: string | undefined },
    signal: AbortSignal,
  ): Promise<{ readonly rows: readonly Row[]; readonly more: boolean }>
  /** What tells a row from all others, whatever its version. */
  keyOf(row: Row): string
  /**
   * RFC 3339; undefined of a row that does not say it, which moves nothing. Left out where the source cannot be
   * asked for changes: then every run reads everything.
   */
  changedAt?(row: Row): string | undefined
  readonly clock: { now(): Date }
}

/** Of one run. */
const mostRestarts = 5

/** Between two walks there is a `mark` at most. */
interface Walk {
  /** Counts the runs within a walk, so that no two pages of different runs look alike. */
  readonly run: number
  /** No change before it is missing; RFC 3339. */
  readonly mark?: string
  readonly since?: string
  readonly began?: string
  /** The newest change read. */
  readonly high?: string
  /** The next place; 0 or absent at the start. */
  readonly at?: number
  /** Digest of the row or page before it. */
  readonly tail?: string
  readonly restarts?: number
}

/** One step of a pull over pages: rows that are new to this walk, and what the pull's page needs. */
export async function walkPages<Row>(
  source: PagedSource<Row>,
  request: PullRequest,
  signal: AbortSignal,
): Promise<{ readonly rows: readonly Row[] } & Pick<PullPage, 'cursor' | 'more'>> {
  const walk = begin(source, request)
  const at = walk.at ?? 0
  const step = source.by === 'offset' ? readByOffset : readByPage
  const { rows, more, next, tail } = await step(source, walk, signal)
  if (rows === undefined) {
    const restarts = (walk.restarts ?? 0) + 1
    if (restarts > mostRestarts) throw later('pages-shifting')
    const { at: _, tail: __, ...rest } = walk
    return { rows: [], cursor: JSON.stringify({ ...rest, restarts }), more: true }
  }
  if (more && next === at) throw emptyPage()
  const high = newest([walk.high, ...rows.map((row) => changeTime(source, row))])
  const after: Walk = more ? { ...walk, at: next, tail, ...(high && { high }) } : ended(walk, high)
  return { rows, cursor: JSON.stringify(after), more }
}

function begin<Row>({ clock, changedAt }: PagedSource<Row>, request: PullRequest): Walk {
  const walk = readCursor<Walk>(request.cursor, (one) => 'run' in one) ?? { run: 0 }
  if (request.cursor !== request.startedFrom) return walk
  const { restarts: _, ...place } = walk
  if (walk.began !== undefined) return { ...place, run: walk.run + 1 }
  const { mark } = walk
  const overlapMs = request.overlapSeconds * 1000
  return {
    run: 1,
    began: clock.now().toISOString(),
    ...(mark && { mark }),
    ...(mark && changedAt && { since: toVietnamTime(new Date(Date.parse(mark) - overlapMs)) }),
  }
}

function ended({ mark, began }: Walk, high: string | undefined): Walk {
  const reached = high && began && Date.parse(began) < Date.parse(high) ? began : high
  const next = newest([mark, reached])
  return { run: 0, ...(next && { mark: next }) }
}

/** `rows` is undefined when rows have moved. */
interface Step<Row> {
  readonly rows: readonly Row[] | undefined
  readonly more: boolean
  readonly next: number
  readonly tail: string
}

async function readByOffset<Row>(
  source: PagedSource<Row>,
  { at = 0, tail, since }: Walk,
  signal: AbortSignal,
): Promise<Step<Row>> {
  const early = at === 0 ? 0 : 1
  const page = await source.read({ at: at - early, limit: source.pageSize, since }, signal)
  const moved = early === 1 && digestOf(source, page.rows.slice(0, 1)) !== tail
  const rows = page.rows.slice(early)
  return {
    rows: moved ? undefined : rows,
    more: page.more,
    next: at + rows.length,
    tail: digestOf(source, page.rows.slice(-1)),
  }
}

async function readByPage<Row>(
  source: PagedSource<Row>,
  { at = 0, tail, since }: Walk,
  signal: AbortSignal,
): Promise<Step<Row>> {
  const limit = source.pageSize
  const { rows, more } = await source.read({ at, limit, since }, signal)
  // Afterwards: what moves between the two questions has moved the page before as well.
  const before = at === 0 ? undefined : await source.read({ at: at - 1, limit, since }, signal)
  const moved = before !== undefined && digestOf(source, before.rows) !== tail
  return {
    rows: moved ? undefined : rows,
    more,
    next: rows.length > 0 ? at + 1 : at,
    tail: digestOf(source, rows),
  }
}

/** Not the keys themselves: a cursor is no place for what may name a person. */
const digestOf = <Row>({ keyOf }: PagedSource<Row>, rows: readonly Row[]): string =>
  createHash('sha256')
    .update(JSON.stringify(rows.map(keyOf)))
    .digest('base64url')
    .slice(0, 22)

function changeTime<Row>({ changedAt }: PagedSource<Row>, row: Row): string | undefined {
  const time = changedAt?.(row)
  if (time === undefined || !Number.isNaN(Date.parse(time))) return time
  throw unknown('answer-invalid', {
    detail: {
      vi: 'Thời điểm thay đổi của một dòng không đọc được.',
      en: 'The time at which a row was changed cannot be read.',
    },
  })
}

const newest = (times: readonly (string | undefined)[]): string | undefined =>
  times.reduce((a, b) => (a && (!b || Date.parse(b) <= Date.parse(a)) ? a : b), undefined)

const emptyPage = () =>
  unknown('answer-invalid', {
    detail: {
      vi: 'Nguồn báo còn dòng tiếp theo nhưng trang này không có dòng mới nào: vòng lặp trang.',
      en: 'The source says that more follows, but this page holds nothing new: a loop of pages.',
    },
  })
