/**
 * Pulls by watermark: rows from a mark on, in the order of watermark and key, each page behind the last row of
 * the page before. What is changed while pages are read gets a newer watermark and is met again further on.
 *
 * A row may be committed after newer ones were read (its transaction took longer). So a run begins
 * `overlapSeconds` before the newest watermark that was reached, and never after the moment at which the last
 * run began: whatever was committed behind its back since then is read. What comes twice has the same key.
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
import { columnsOf, pointerTo, rowOf } from './row.ts'
import { astray, describe, misfit, type Ordered, page, sourceOf, syntaxes } from './statement.ts'

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
    return order.map((name, index) => ({ name, kind: kinds[index] ?? 'other' }))
  }

  const read = async (
    ask: Ask,
    cursor: Cursor,
    begins: boolean,
    rowsAtOnce: number,
  ): Promise<Answer> => {
    known ??= await ordered(ask)
    if (begins) {
      const { rows } = await ask(astray(syntax, { ...selected, columns: order }))
      if (rows.length > 0) throw nowhere(order)
    }
    const { at = '', key } = cursor
    // One that cannot be opened any more: the rows of that watermark once again, which does no harm.
    const opened = key && context.open(key)
    const keys: readonly string[] = opened ? JSON.parse(opened) : []
    return ask(page(syntax, selected, known, [at, ...keys], rowsAtOnce))
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
      const { rows } = await client.visit(signal, (ask) => read(ask, cursor, begins, pageSize + 1))
      const taken = rows.slice(0, pageSize)
      // One more was asked for: two rows of one place would be torn apart by a page's end.
      for (const [index, row] of rows.entries())
        if (index > 0 && isSamePlace(row, rows[index - 1] ?? [], order.length))
          throw misfit(notUnique(watermark.key))
      const records = taken.map((cells) => rowOf(columns, cells))
      const messages = await messagesOf({ context, pull, data }, records, signal)
      const last = taken.at(-1)
      const next = last ? { ...cursor, ...placeOf(context, order, last, options.offset) } : cursor
      const more = rows.length > pageSize
      return { messages, cursor: JSON.stringify(more ? next : ended(next)), more }
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

const isSamePlace = (one: readonly Cell[], other: readonly Cell[], parts: number): boolean =>
  one.slice(0, parts).every((cell, index) => cell === other[index])

/** As texts that the database takes again. A day is a time of it. */
function placeOf(
  { seal }: ConnectorContext,
  order: readonly string[],
  row: readonly Cell[],
  offset: string,
): Pick<Cursor, 'at' | 'key'> {
  const [mark = '', ...keys] = order.map((name, index) => {
    const cell = row[index]
    if (cell === undefined || cell === null || isUnreadable(cell)) throw nowhere([name])
    return String(cell)
  })
  const at = mark.includes('T') ? mark : `${mark}T00:00:00${offset}`
  return { at, key: seal(JSON.stringify(keys)) }
}

const nowhere = (columns: readonly string[]): ConnectorError =>
  permanent('mapping-failed', {
    faults: columns.map((name) => ({ pointer: pointerTo(name), rule: 'order', ...emptyPlace })),
  })
const emptyPlace: Words = {
  vi: 'có dòng để trống cột này nên không bao giờ được đọc: điền vào, hoặc loại dòng đó trong câu SELECT',
  en: 'is empty in some row, which would never be read: fill it, or leave such rows out in the SELECT',
}
const noClock = (column: string): Words => ({
  vi: `Cột mốc ${column} không phải kiểu ngày giờ (datetime của SQL Server: đổi sang datetime2(7) trong câu SELECT).`,
  en: `The watermark column ${column} is of no type of dates or times (a datetime of SQL Server: make it datetime2(7) in the SELECT).`,
})
const notUnique = (key: readonly string[]): Words => ({
  vi: `Khoá ${key.join(', ')} không phân biệt được hai dòng cùng mốc.`,
  en: `The key ${key.join(', ')} does not tell two rows of one watermark apart.`,
})
