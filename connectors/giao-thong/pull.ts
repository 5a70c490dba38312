/**
 * Pulling by the day of reception. The systems have no "changed since": a run reads the days behind it
 * again, and what it finds anew or changed becomes an event.
 *
 *   run 1   pullFrom, or today − pullDays ── windows of at most a month ──→ today
 *   run 2   the day reached − pullDays ─────────────────────────────────→ today
 *
 * So a hub that was away for weeks asks for those weeks. The cursor holds the day reached and, for each
 * dossier of the days behind it, the digest of its content and the id of its event. The id is made of the
 * content and the id before it: a dossier that changes and changes back is told three times, and one that
 * stays as it was comes under the id it had, which the hub knows for a duplicate.
 */
import { hash } from 'node:crypto'
import {
  type IncomingMessage,
  type PullPage,
  type PullRequest,
  type RemoteRecord,
  readCursor,
  toVietnamTime,
} from '../../src/connector/index.ts'
import type { Days } from './client.ts'
import { text } from './translate.ts'

const dayMs = 24 * 60 * 60 * 1000
const longestWindow = 31

/** `[digest of the content, id of the event]` by the code of a dossier. */
type Seen = Readonly<Record<string, readonly [string, string]>>

interface Cursor {
  /** The last day that was read, `YYYY-MM-DD`. */
  readonly day: string
  readonly seen: Seen
}

export interface Source {
  /** Begins the ids of events. */
  readonly prefix: string
  readonly codeName: string
  read(days: Days, signal: AbortSignal): Promise<readonly RemoteRecord[]>
  /** Type, time and data of the message of a record. */
  message(record: RemoteRecord): Pick<IncomingMessage, 'type' | 'time' | 'data'>
}

export interface PullTools {
  readonly clock: { now(): Date }
  readonly pullDays: number
  readonly pullFrom: string | undefined
  /** Who speaks, in CloudEvents' sense. */
  readonly speaker: string
}

export async function pullDays(
  tools: PullTools,
  source: Source,
  request: PullRequest,
  signal: AbortSignal,
): Promise<PullPage> {
  const cursor = readCursor<Cursor>(request.cursor, (one) => 'day' in one && 'seen' in one)
  const isFirst = request.cursor === request.startedFrom
  const today = toVietnamTime(tools.clock.now()).slice(0, 10)
  const from = firstDay(tools, cursor, isFirst, today, request.overlapSeconds)
  const end = addDays(from, longestWindow - 1)
  const more = end < today
  const to = more ? end : today
  const records = await source.read({ from, to }, signal)
  const seen: Record<string, readonly [string, string]> = {}
  const messages = [...byCode(records, source.codeName)].flatMap(([code, rows]) => {
    const content = digest(JSON.stringify(rows))
    const known = Object.hasOwn(cursor?.seen ?? {}, code) ? cursor?.seen[code] : undefined
    const event = known?.[0] === content ? known[1] : digest(`${known?.[1] ?? ''} ${content}`)
    seen[code] = [content, event]
    return rows.map(
      (row, index): IncomingMessage => ({
        source: tools.speaker,
        eventId: `${source.prefix}.${code}.${event}${index === 0 ? '' : `.${index}`}`,
        subject: code,
        ...source.message(row),
      }),
    )
  })
  const kept = isFirst ? seen : { ...cursor?.seen, ...seen }
  return { messages, cursor: JSON.stringify({ day: to, seen: kept }), more }
}

function firstDay(
  { pullDays, pullFrom }: PullTools,
  cursor: Cursor | undefined,
  isFirst: boolean,
  today: string,
  overlapSeconds: number,
): string {
  const back = Math.max(pullDays, Math.ceil((overlapSeconds * 1000) / dayMs))
  // A clock that was set back must not make a window that ends before it begins.
  const reached = cursor && cursor.day < today ? cursor.day : today
  if (cursor && !isFirst) return addDays(reached, 1) > today ? today : addDays(reached, 1)
  if (!cursor && pullFrom !== undefined && pullFrom < today) return pullFrom
  return addDays(reached, -back)
}

const addDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10)

/** The records of a dossier together; one that stands there twice to the letter, once. */
function byCode(records: readonly RemoteRecord[], name: string): Map<string, RemoteRecord[]> {
  const rows = new Map<string, Map<string, RemoteRecord>>()
  for (const record of records) {
    const code = text(record, name) ?? ''
    const same = rows.get(code) ?? new Map<string, RemoteRecord>()
    rows.set(code, same.set(JSON.stringify(record), record))
  }
  return new Map([...rows].map(([code, same]) => [code, [...same.values()]]))
}

const digest = (words: string): string => hash('sha256', words, 'base64url').slice(0, 16)
