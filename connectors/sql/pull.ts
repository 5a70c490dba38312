/**
 * Pulls by watermark: rows from a mark on, in the order of watermark and key, each page behind the last row of
 * the page before. What is changed while pages are read gets a newer watermark and is met again further on.
 *
 * A row may be committed after newer ones were read (its transaction took longer). So a run begins
 * `overlapSeconds` before the newest watermark that was reached, and never after the moment at which the last
 * run began: whatever was committed behind its back since then is read. What comes twice has the same key.
 *
 * A row that makes no message is told, and those behind it are read; but a column of a type that cannot be read
 * is a fault of the configuration, and the run fails before any row is passed over. One whose place in the order cannot be read
 * is not passed over: nothing could be asked for behind it. What stands before it is taken, then the run fails.
 *
 * All comparing is the database's: what it holds for the same key, and which comes first, is a matter of its
 * collations. Here only texts that are the same to the byte are known to be one place.
 */
import {
  type ConnectorContext,
  type ConnectorError,
  type Mapping,
  messagesOf,
  type PullPage,
  type PullRequest,
  permanent,
  readCursor,
  type Words,
} from '../../src/connector/index.ts'
import { type Answer, type Cell, earlier, isUnreadable } from './cells.ts'
import type { Ask, SqlClient } from './client.ts'
import { columnAt, type PullOptions, type SqlOptions } from './options.ts'
import { columnsOf, pointerTo, readRow } from './row.ts'
import {
  astray,
  describe,
  misfit,
  type Ordered,
  page,
  samePlace,
  sourceOf,
  syntaxes,
} from './statement.ts'

/** Between two runs there is a `mark` at most. All times are RFC 3339. */
interface Cursor {
  /** Tells runs apart, so that no two pages of different runs look alike. */
  readonly run: number
  /** No change before it is missing. */
  readonly mark?: string
  /** Of the running run: when it began, the watermark reached, the key of the last row. */
  readonly began?: string
  readonly at?: string
  /** Sealed, because it may name a person; absent before the first row. */
  readonly key?: string
}

export interface Pull {
  read(request: PullRequest, signal: AbortSignal): Promise<PullPage>
  /** Reads one row, and keeps nothing of it. Throws what a run would throw. */
  probe(ask: Ask): Promise<void>
}

/** Throws `system-misconfigured` where its SELECT is none. */
export function createPull(
  context: ConnectorContext,
  options: SqlOptions,
  client: SqlClient,
  pull: PullOptions,
  data: Mapping,
): Pull {
  const { watermark, message, pageSize } = pull
  const order = [watermark.column, ...watermark.key]
  const mapped = [columnAt(message.subject), columnAt(message.time), ...(pull.columns ?? [])]
  const columns = [...new Set([...order, ...columnsOf(message.data, mapped)])]
  const selected = { from: sourceOf(options.dialect, pull), columns }
  const syntax = syntaxes[options.dialect]
  let known: readonly Ordered[] | undefined

  /** What the order is made of; asked once. */
  const ordered = async (ask: Ask): Promise<readonly Ordered[]> => {
    const { kinds } = await ask(describe(syntax, { ...selected, columns: order }))
    const kind = kinds[0]
    if (kind !== 'zoned' && kind !== 'time' && kind !== 'day')
      throw misfit(noClock(watermark.column))
    const disordered = order.find((_, index) => kinds[index] === 'disordered')
    if (disordered !== undefined) throw misfit(noOrder(disordered))
    return order.map((name, index) => ({ name, kind: kinds[index] ?? 'other' }))
  }

  const read = async (
    ask: Ask,
    cursor: Cursor,
    begins: boolean,
    rowsAtOnce: number,
  ): Promise<Answer['rows']> => {
    known ??= await ordered(ask)
    if (begins) {
      const { rows } = await ask(astray(syntax, { ...selected, columns: order }))
      if (rows.length > 0) throw nowhere(order, emptyPlace)
    }
    const { at = '', key } = cursor
    // One that cannot be opened any more: the rows of that watermark once again, which does no harm.
    const opened = key && context.open(key)
    const keys: readonly string[] = opened ? JSON.parse(opened) : []
    const { rows } = await ask(page(syntax, selected, known, [at, ...keys], rowsAtOnce))
    await mustNotTear(ask, known, rows, rowsAtOnce)
    return rows
  }

  /** One more was asked for than is taken: two rows of one place would be torn apart by a page's end. */
  const mustNotTear = async (
    ask: Ask,
    by: readonly Ordered[],
    rows: Answer['rows'],
    rowsAtOnce: number,
  ): Promise<void> => {
    const placed = rows.filter((row) => isPlaced(row, order.length))
    for (const [index, row] of placed.entries())
      if (index > 0 && isSamePlace(row, placed[index - 1] ?? [], order.length))
        throw misfit(notUnique(watermark.key))
    const [last, next] = rows.slice(-2)
    if (rows.length < rowsAtOnce || !last || !next || last[0] !== next[0]) return
    if (!isPlaced(last, order.length)) return
    // Of one watermark: whether their keys are one as well is not for us to say.
    const { at, keys } = placeOf(order, last, options.offset)
    const { rows: same } = await ask(samePlace(syntax, selected, by, [at, ...keys]))
    if (same.length > 1) throw misfit(notUnique(watermark.key))
  }

  return {
    async probe(ask) {
      const first = earlier(watermark.first, 0, options.offset)
      await read(ask, { run: 0, at: first }, true, 1)
    },
    async read(request, signal) {
      const saved = readCursor<Cursor>(request.cursor, (one) => 'run' in one) ?? { run: 0 }
      const begins = request.cursor === request.startedFrom
      const cursor = begins ? begin(context, options, pull, saved, request) : saved
      const rows = await client.visit(signal, (ask) => read(ask, cursor, begins, pageSize + 1))
      const stray = rows.findIndex((row) => !isPlaced(row, order.length))
      if (stray === 0) throw nowhere(unplacedIn(order, rows[0] ?? []), unreadablePlace)
      const taken = rows.slice(0, stray < 0 ? pageSize : Math.min(stray, pageSize))
      const records = taken.map((cells, index) => {
        const standsAt = `${pull.name} ${cells[0]} #${index + 1}`
        return { standsAt, ...readRow(columns, cells) }
      })
      const taking = await messagesOf({ context, pull, data }, records, signal)
      const last = taken.at(-1)
      const next = last ? { ...cursor, ...sealedPlace(context, order, last, options) } : cursor
      const more = rows.length > taken.length
      return { ...taking, cursor: JSON.stringify(more ? next : ended(next)), more }
    },
  }
}

/** A run that was broken off goes on behind the last row that was taken; it began when it began. */
function begin(
  { clock }: ConnectorContext,
  { offset }: SqlOptions,
  { watermark }: PullOptions,
  saved: Cursor,
  { overlapSeconds }: PullRequest,
): Cursor {
  const run = saved.run + 1
  if (saved.began) return { ...saved, run }
  const { mark } = saved
  const from =
    mark === undefined ? earlier(watermark.first, 0, offset) : earlier(mark, overlapSeconds, offset)
  return { run, began: clock.now().toISOString(), at: from, ...(mark && { mark }) }
}

/** Reached is the newest watermark read, but no later than the run began: what is dated in the future may come before it yet. */
function ended({ run, mark, began, at: high }: Cursor): Cursor {
  const reached = high && began && Date.parse(began) < Date.parse(high) ? began : high
  const newest =
    mark && reached && Date.parse(reached) < Date.parse(mark) ? mark : (reached ?? mark)
  return { run, ...(newest && { mark: newest }) }
}

const isPlaced = (row: readonly Cell[], parts: number): boolean =>
  row.slice(0, parts).every((cell) => cell !== null && !isUnreadable(cell))

const unplacedIn = (order: readonly string[], row: readonly Cell[]): readonly string[] =>
  order.filter((_, index) => !isPlaced(row.slice(index), 1))

const isSamePlace = (one: readonly Cell[], other: readonly Cell[], parts: number): boolean =>
  one.slice(0, parts).every((cell, index) => cell === other[index])

/** As texts that the database takes again. A day is a time of it. */
function placeOf(
  order: readonly string[],
  row: readonly Cell[],
  offset: string,
): { readonly at: string; readonly keys: readonly string[] } {
  const [mark = '', ...keys] = order.map((_, index) => String(row[index]))
  return { at: mark.includes('T') ? mark : `${mark}T00:00:00${offset}`, keys }
}

function sealedPlace(
  { seal }: ConnectorContext,
  order: readonly string[],
  row: readonly Cell[],
  { offset }: SqlOptions,
): Pick<Cursor, 'at' | 'key'> {
  const { at, keys } = placeOf(order, row, offset)
  return { at, key: seal(JSON.stringify(keys)) }
}

const nowhere = (columns: readonly string[], why: Words): ConnectorError =>
  permanent('mapping-failed', {
    faults: columns.map((name) => ({ pointer: pointerTo(name), rule: 'order', ...why })),
  })
const unreadablePlace: Words = {
  vi: 'có dòng mang giá trị không đọc được ở cột này nên không biết dòng nào đứng sau: sửa dòng đó, hoặc loại nó trong câu SELECT; mọi dòng đứng trước đã được nhận',
  en: 'holds in some row what cannot be read, so that what comes behind it cannot be told: mend that row, or leave it out in the SELECT; all rows before it have been taken',
}
const emptyPlace: Words = {
  vi: 'có dòng để trống cột này nên không bao giờ được đọc: điền vào, hoặc loại dòng đó trong câu SELECT',
  en: 'is empty in some row, which would never be read: fill it, or leave such rows out in the SELECT',
}
const noClock = (column: string): Words => ({
  vi: `Cột mốc ${column} không phải kiểu ngày giờ (datetime của SQL Server: đổi sang datetime2(7) trong câu SELECT).`,
  en: `The watermark column ${column} is of no type of dates or times (a datetime of SQL Server: make it datetime2(7) in the SELECT).`,
})
const noOrder = (column: string): Words => ({
  vi: `Cột khoá ${column} có kiểu mà cơ sở dữ liệu sắp xếp một cách, so sánh một cách khác (ENUM, SET): đổi thành văn bản trong câu SELECT, ví dụ CAST(${column} AS CHAR).`,
  en: `The key column ${column} is of a type that the database sorts in one way and compares in another (ENUM, SET): make it a text in the SELECT, as by CAST(${column} AS CHAR).`,
})
const notUnique = (key: readonly string[]): Words => ({
  vi: `Khoá ${key.join(', ')} không phân biệt được hai dòng cùng mốc.`,
  en: `The key ${key.join(', ')} does not tell two rows of one watermark apart.`,
})
