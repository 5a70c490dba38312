/**
 * Pulling the tracking by the id of its rows. An id (ObjectId) begins with the second in which the row was
 * made, so a run can begin `overlapSeconds` behind the newest row ever seen and find what was written late;
 * what comes twice with the same content has the same event id and is a duplicate. A run goes on until a
 * page is empty: a page that is not full may be all that the service gives at once.
 */
import { createHash } from 'node:crypto'
import {
  type ConnectorError,
  type IncomingMessage,
  nfc,
  type PullPage,
  type PullRequest,
  readCursor,
  toVietnamTime,
  unknown,
  withoutAbsent,
} from '../../src/connector/index.ts'
import type { PostClient, TrackingRow } from './client.ts'

/** Before every row. */
export const firstId = '0'.repeat(24)

interface Cursor {
  /** The newest row ever seen; never goes back. */
  readonly high: string
  /** Where the run stands; absent once it has ended. */
  readonly at?: string
}

export interface TrackingTools {
  readonly client: PostClient
  readonly source: string
  readonly pageSize: number
}

const idOf = (row: TrackingRow): string => row._id.$oid.toLowerCase()
const secondOf = (id: string): number => Number.parseInt(id.slice(0, 8), 16)

export async function pullTracking(
  { client, source, pageSize }: TrackingTools,
  request: PullRequest,
  signal: AbortSignal,
): Promise<PullPage> {
  const cursor = readCursor<Cursor>(request.cursor, isOurs)
  const from = cursor?.at ?? startOf(cursor?.high, request.overlapSeconds)
  const rows = await client.tracking(from, pageSize, signal)
  let last = from
  for (const row of rows) {
    if (idOf(row) <= last) throw outOfOrder()
    last = idOf(row)
  }
  const high = cursor && cursor.high > last ? cursor.high : last
  const more = rows.length > 0
  const next: Cursor = { high, ...(more && { at: last }) }
  return {
    messages: rows.map((row) => messageOf(source, row)),
    cursor: high === firstId ? undefined : JSON.stringify(next),
    more,
  }
}

function startOf(high: string | undefined, overlapSeconds: number): string {
  if (high === undefined || overlapSeconds === 0) return high ?? firstId
  const second = Math.max(0, secondOf(high) - overlapSeconds)
  return second.toString(16).padStart(8, '0') + firstId.slice(8)
}

const textOf = (value: string | number | null | undefined): string | undefined => {
  const text = nfc(String(value ?? '').trim())
  return text === '' ? undefined : text
}

/** What a row lacks is for acceptance to refuse by name: one bad row does not hold up its page. */
export function messageOf(source: string, row: TrackingRow): IncomingMessage {
  const trackingId = idOf(row)
  const recordedAt = toVietnamTime(new Date(secondOf(trackingId) * 1000))
  const data = withoutAbsent({
    orderNumber: textOf(row.orderNumber),
    trackingId,
    statusCode: textOf(row.statusCode),
    statusText: textOf(row.statusMessage),
    recordedAt,
  })
  const hash = createHash('sha256').update(JSON.stringify(data)).digest('hex').slice(0, 32)
  return {
    source,
    eventId: `${trackingId}.${hash}`,
    type: 'vn.tthc.postal.status-changed.v1',
    subject: textOf(row.orderNumber) ?? trackingId,
    time: recordedAt,
    data,
  }
}

const isId = (value: unknown): boolean => typeof value === 'string' && /^[0-9a-f]{24}$/.test(value)

const isOurs = ({ high, at }: Readonly<Record<string, unknown>>): boolean =>
  isId(high) && (at === undefined || isId(at))

const outOfOrder = (): ConnectorError =>
  unknown('answer-invalid', {
    detail: {
      vi: 'Các dòng theo dõi không xếp theo mã tăng dần sau mã đã hỏi.',
      en: 'The tracking rows do not stand in the order of their ids, behind the id asked for.',
    },
  })
