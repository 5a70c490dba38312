/**
 * A catalogue, page by page. The list says which procedures there are and not when a detail
 * changed, so a detail is read when its line in the list differs from the one it was read with, and again
 * after `detailDays`. Details are slow on purpose; a page ends early and goes on behind the procedure it
 * has come to, so that nothing is asked for twice and the hub keeps hold of the job.
 *
 *   cursor   at rest   {listing}          the next run begins a listing
 *            on the way {listing, at, …}  the next run goes on with it
 */
import { createHash } from 'node:crypto'
import {
  type CatalogueEntry,
  type ConnectorContext,
  ConnectorError,
  type csdlTthc,
  type PullPage,
  type PullRequest,
  readCursor,
} from '../../src/connector/index.ts'
import type { ListingOptions } from './options.ts'

/** What a list says of one item. `id` is its own in this list. */
export type ListItem = csdlTthc.ListAnswerItem

/** Where the list goes on: behind this id, or at this page. */
export type Position = { readonly after: string } | { readonly page: number }

export interface ListPage {
  readonly items: readonly ListItem[]
  /** Undefined: this was the last page. */
  readonly next: Position | undefined
  readonly total: number | undefined
}

export interface ListSource {
  readonly catalogue: string
  readonly first: Position
  list(position: Position, signal: AbortSignal): Promise<ListPage>
  /** By what the list says alone. */
  entry(item: ListItem, mark: string): CatalogueEntry
  /**
   * With its detail; left out where there is none. Throws `target-not-found` when the source lists an item
   * and shows no detail of it.
   */
  read?(item: ListItem, mark: string, signal: AbortSignal): Promise<CatalogueEntry>
}

/** The hub takes a job from a process that has brought no page for a minute. */
const patienceMs = 20_000
const dayMs = 86_400_000

interface Cursor {
  /** Tells listings apart. */
  readonly listing: number
  readonly at?: Position
  /** Of the page at `at`, everything up to this id has been brought. */
  readonly done?: string
  /** Shown by the pages before. */
  readonly seen?: number
  /** What the first page said there were in all. */
  readonly total?: number
}

export interface ListingTools {
  readonly context: ConnectorContext
  readonly source: ListSource
  readonly options: ListingOptions
}

export async function pullList(
  tools: ListingTools,
  request: PullRequest,
  signal: AbortSignal,
): Promise<PullPage> {
  const { catalogue } = tools.source
  const cursor = readCursor<Cursor>(request.cursor, (one) => 'listing' in one) ?? { listing: 0 }
  const begins = cursor.at === undefined
  const at = cursor.at ?? tools.source.first
  const listing = begins ? cursor.listing + 1 : cursor.listing
  const page = await tools.source.list(at, signal)
  const left = page.items.slice(page.items.findIndex(({ id }) => id === cursor.done) + 1)
  const { entries, stoppedAt } = await readEntries(tools, left, request, signal)
  const total = cursor.total ?? page.total
  const seen = cursor.seen ?? 0
  const on = { listing, seen, ...(total !== undefined && { total }) }
  const part = (next: Cursor, complete = false): PullPage => ({
    messages: [],
    cursor: JSON.stringify(next),
    more: next.at !== undefined,
    catalogue: { name: catalogue, begins, complete, entries },
  })
  if (stoppedAt !== undefined) return part({ ...on, at, done: stoppedAt })
  const shown = seen + page.items.length
  if (page.next) return part({ ...on, seen: shown, at: page.next })
  // A list that grew or shrank under way may have hidden a procedure between two pages.
  const isWhole = shown > 0 && [total, page.total].every((n) => n === undefined || n === shown)
  if (!isWhole)
    tools.context.log.warn('catalogue.incomplete', {
      ...{ catalogue, shown, first: total, last: page.total },
    })
  return part({ listing }, isWhole)
}

interface Read {
  readonly entries: readonly CatalogueEntry[]
  /** The last procedure that was brought, when there are more on the page. */
  readonly stoppedAt: string | undefined
}

async function readEntries(
  { context, source, options }: ListingTools,
  items: readonly ListItem[],
  request: PullRequest,
  signal: AbortSignal,
): Promise<Read> {
  const { clock, log } = context
  const { catalogue } = source
  const codes = items.map(({ code }) => code)
  const wantsDetails = options.details === 'changed' && source.read !== undefined
  const held = wantsDetails ? await request.held?.(catalogue, codes) : undefined
  const startedAt = clock.now().getTime()
  const entries: CatalogueEntry[] = []
  let fetched = 0
  let missing = 0
  let stoppedAt: string | undefined
  for (const [index, item] of items.entries()) {
    const mark = markOf(item, options)
    const known = held?.get(item.code)
    const readFrom = startedAt - options.detailDays * dayMs
    if (!wantsDetails) entries.push(source.entry(item, mark))
    else if (known?.mark === mark && known.readAt.getTime() > readFrom)
      entries.push({ code: item.code, mark })
    else {
      const late = clock.now().getTime() - startedAt > patienceMs
      const read = await (late && fetched > 0
        ? 'later'
        : source.read?.(item, mark, signal).catch((error: unknown) => {
            if (isMissing(error)) return undefined
            // What was read before is not lost with it: the next call meets the failure by itself.
            if (fetched === 0) throw error
            return 'later' as const
          }))
      if (read === 'later') {
        stoppedAt = items[index - 1]?.id
        break
      }
      fetched++
      if (read) entries.push(read)
      else {
        missing++
        // Listed and not shown: what the hub holds of it stays.
        if (known?.mark !== undefined) entries.push({ code: item.code, mark: known.mark })
      }
    }
  }
  if (missing > 0) log.warn('catalogue.incomplete', { catalogue, missing })
  return { entries, stoppedAt }
}

const isMissing = (error: unknown): boolean =>
  error instanceof ConnectorError && error.code === 'target-not-found'

/** Everything the list says of a procedure; a list alone is not what a detail was read with. */
const markOf = (item: ListItem, { details }: ListingOptions): string =>
  createHash('sha256')
    .update(JSON.stringify([details, item]))
    .digest('base64url')
