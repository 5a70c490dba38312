/**
 * Pulling dossiers by what changed, page by page, in the order (updatedAt, code).
 *
 * A run begins `overlapSeconds` behind the newest place ever reached, so that what was committed
 * late at the source is still found; what comes twice has the same event id and is a duplicate.
 * The cursor holds both the newest place reached (`high`, which never goes back) and the place of
 * the running run (`at`), so a run that dies half way costs nothing but its repeat:
 *
 *   run 1   ├────────────── pages ─────────────→ high
 *   run 2                         ├─ overlap ──┤── pages → high
 *
 * Within a run the place must move on with every page. Rows that moved between two pages appear
 * again later, never not at all, because a page is asked for by key and not by number.
 */
import {
  type ConnectorError,
  type PullPage,
  type PullRequest,
  readCursor,
  toVietnamTime,
  type tthcSystem,
  unknown,
} from '../../src/connector/index.ts'
import type { TthcClient } from './client.ts'
import { changeMessages } from './translate/change.ts'

interface Place {
  readonly at: string
  readonly code: string
}

interface Cursor {
  readonly high?: Place
  /** Where the run stands; absent once it has ended. */
  readonly place?: Place
  /** Tells a run from the one before, so that no two pages of different runs look alike. */
  readonly run: number
}

export interface ChangesTools {
  readonly client: TthcClient
  readonly source: string
  /** RFC 3339; undefined: from the beginning. */
  readonly pullFrom: string | undefined
}

export async function pullChanges(
  { client, source, pullFrom }: ChangesTools,
  request: PullRequest,
  signal: AbortSignal,
): Promise<PullPage> {
  const cursor = readCursor<Cursor>(request.cursor, (one) => 'run' in one) ?? { run: 0 }
  const isFirst = request.cursor === request.startedFrom
  const run = isFirst ? cursor.run + 1 : cursor.run
  const from = isFirst ? startOf(cursor.high, request.overlapSeconds, pullFrom) : cursor.place
  const page = await client.changes({ at: from?.at, code: from?.code ?? '' }, signal)
  const last = lastPlace(page.items)
  const moved = last !== undefined && (!from || isAfter(last, from))
  if (page.more && !moved) throw standsStill()
  const high = last && (!cursor.high || isAfter(last, cursor.high)) ? last : cursor.high
  const next: Cursor = {
    ...(high && { high }),
    ...(page.more && last && { place: last }),
    run: page.more ? run : 0,
  }
  return {
    messages: page.items.flatMap((item) => changeMessages(source, item)),
    cursor: high ? JSON.stringify(next) : undefined,
    more: page.more,
  }
}

/** An empty code is before every code, so the whole second is read again. */
function startOf(
  high: Place | undefined,
  overlapSeconds: number,
  pullFrom: string | undefined,
): Place | undefined {
  if (high) {
    const moment = new Date(Date.parse(high.at) - overlapSeconds * 1000)
    return overlapSeconds > 0 ? { at: toVietnamTime(moment), code: '' } : high
  }
  return pullFrom === undefined ? undefined : { at: pullFrom, code: '' }
}

/** Throws unless the rows stand in order: in any other order a page's end says nothing. */
function lastPlace(items: readonly tthcSystem.ChangesPageItem[]): Place | undefined {
  let last: Place | undefined
  for (const { updatedAt, code } of items) {
    const place = { at: updatedAt, code }
    if (last && isAfter(last, place)) throw outOfOrder()
    last = place
  }
  return last
}

function isAfter(left: Place, right: Place): boolean {
  const [a, b] = [Date.parse(left.at), Date.parse(right.at)]
  if (a !== b) return a > b
  // Within a millisecond the system's own text decides; it has one form.
  return left.at === right.at ? left.code > right.code : left.at > right.at
}

const standsStill = (): ConnectorError =>
  unknown('answer-invalid', {
    detail: {
      vi: 'Phần mềm một cửa báo còn trang sau nhưng trang này không đi tiếp: vòng lặp trang.',
      en: 'The TTHC system says that more follows, but this page does not move on: a loop of pages.',
    },
  })
const outOfOrder = (): ConnectorError =>
  unknown('answer-invalid', {
    detail: {
      vi: 'Các hồ sơ trong trang không xếp theo thời điểm thay đổi rồi mã hồ sơ.',
      en: 'The dossiers of the page do not stand in the order of change time and code.',
    },
  })
