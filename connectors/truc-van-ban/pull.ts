/**
 * The axis shows a document until it is marked as done, so a document is marked only when its message has
 * been saved: at the beginning of the page behind it, which is of the next run where there is no more.
 *
 *   page 1   list ──────────────────→ get a, b   ── saved with the cursor {done: a, b}
 *   page 2   list → mark a, b ──────→ get c      ── saved with the cursor {done: c}
 *
 * Killed in between, documents come again. They are known by a digest of their content with the id of the
 * document in it, whatever id the axis has given to the repeat.
 */
import { createHash } from 'node:crypto'
import {
  type ConnectorContext,
  ConnectorError,
  type IncomingMessage,
  type PullPage,
  type PullRequest,
  permanent,
  type RemoteRecord,
  type UnreadRecord,
} from '../../src/connector/index.ts'
import type { AxisClient, Kind } from './client.ts'
import { filesOf, readEdoc, readEdxml, readStatus } from './read.ts'

/** Documents of a page: one is in memory at a time, and all are marked together. */
const pageSize = 10

interface Cursor {
  /** Saved, and to be marked. */
  readonly done: readonly string[]
  /** Could not be read; tried again in every run, told once. */
  readonly sick: readonly string[]
  /** Sick ones that this run has tried. */
  readonly tried: readonly string[]
}

export async function pullDocuments(
  context: ConnectorContext,
  client: AxisClient,
  kind: Kind,
  request: PullRequest,
  signal: AbortSignal,
): Promise<PullPage> {
  const cursor = readCursor(request.cursor)
  const tried = new Set(request.cursor === request.startedFrom ? [] : cursor.tried)
  const listed = await client.list(kind, signal)
  const unmarked: string[] = []
  const unread: UnreadRecord[] = []
  for (const docId of cursor.done.filter((one) => listed.includes(one))) {
    const refusal = await refusalOf(() => client.markDone(docId, signal))
    if (!refusal) continue
    unmarked.push(docId)
    unread.push(unreadOf(docId, refusal, cursor.sick))
  }
  const waiting = listed.filter((docId) => !cursor.done.includes(docId) && !tried.has(docId))
  const messages = new Map<string, IncomingMessage>()
  const done = [...unmarked]
  const sick = new Set([...cursor.sick, ...unmarked].filter((docId) => listed.includes(docId)))
  for (const docId of waiting.slice(0, pageSize)) {
    const refusal = await refusalOf(async () => {
      const message = await messageOf(context, kind, await client.get(docId, signal))
      messages.set(message.eventId, message)
    })
    if (refusal) {
      unread.push(unreadOf(docId, refusal, cursor.sick))
      sick.add(docId)
      tried.add(docId)
    } else {
      done.push(docId)
      sick.delete(docId)
    }
  }
  return {
    messages: [...messages.values()],
    unread,
    cursor: JSON.stringify({ done, sick: [...sick], tried: [...tried] } satisfies Cursor),
    more: waiting.length > pageSize,
  }
}

async function messageOf(
  context: ConnectorContext,
  kind: Kind,
  bytes: Uint8Array,
): Promise<IncomingMessage> {
  const root = readEdxml(bytes)
  const read = kind === 'edoc' ? readEdoc(root) : readStatus(root)
  const files = kind === 'edoc' ? filesOf(root) : []
  const hashes = files.map(({ content }) => createHash('sha256').update(content).digest('hex'))
  const digest = createHash('sha256')
    .update(JSON.stringify([read, hashes]))
    .digest('hex')
  // Checked before a file is kept, and before the document can be marked: what the hub would refuse stays there.
  const fits = (data: RemoteRecord) =>
    context.answer<RemoteRecord>(`document/${kind}-received/v1`, data)
  if (kind === 'edoc') fits({ ...read, attachments: [] })
  const attachments: RemoteRecord[] = []
  for (const { name, description, content } of files) {
    const kept = await context.files.keep(once(content), name)
    attachments.push({
      ...{ fileId: kept.id, name: kept.name, mediaType: kept.mediaType, size: kept.size },
      ...(description !== undefined && { description }),
    })
  }
  const data = fits(kind === 'edoc' ? { ...read, attachments } : read)
  const { date } = (data.promulgation ?? {}) as { date?: string }
  return {
    source: `/${context.province.toLowerCase()}/${context.system}`,
    eventId: `${kind}.${digest}`,
    type: `vn.document.${kind}.received.v1`,
    subject: String(data.key),
    // Of the content and not of the clock: a repeat is the same to the byte.
    time: kind === 'edoc' ? `${date}T00:00:00+07:00` : String(data.at),
    data,
  }
}

async function* once(content: Uint8Array): AsyncIterable<Uint8Array> {
  yield content
}

/** What is wrong with this one document; trouble of the line or of the hub's store stops the page. */
async function refusalOf(work: () => Promise<void>): Promise<ConnectorError | undefined> {
  try {
    await work()
    return undefined
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    const isOfThis = error.outcome.kind === 'permanent' || error.code === 'answer-invalid'
    if (!isOfThis) throw error
    return error
  }
}

const unreadOf = (docId: string, error: ConnectorError, before: readonly string[]) => ({
  subject: docId,
  code: error.code,
  pointers: (error.outcome.faults ?? []).map(({ pointer }) => pointer),
  again: before.includes(docId),
})

function readCursor(words: string | undefined): Cursor {
  if (words === undefined) return { done: [], sick: [], tried: [] }
  try {
    const cursor = JSON.parse(words) as Partial<Cursor> | null
    const { done, sick, tried } = cursor ?? {}
    if (Array.isArray(done) && Array.isArray(sick) && Array.isArray(tried))
      return { done, sick, tried }
  } catch {
    // Not ours; said below.
  }
  throw permanent('mapping-failed', {
    detail: {
      vi: 'Con trỏ đã lưu không phải của connector này.',
      en: 'The saved cursor was not made by this connector.',
    },
  })
}
