/**
 * The axis shows a document until it is marked as done, so a document is marked only when its message has
 * been saved: at the beginning of the page behind it, which is of the next run where there is no more.
 *
 *   page 1   list ──────────────────→ get a, b   ── saved with the cursor {done: a, b}
 *   page 2   list → mark a, b ──────→ get c      ── saved with the cursor {done: c}
 *
 * Killed in between, documents come again. They are known by a digest of their content with the id of the
 * document in it, whatever id the axis has given to the repeat. A document that could not be read, or whose
 * message the hub has refused (the next page is told), stays there and is tried again in every run; where the operator wants it marked as `fail` that too comes after the problem has been saved.
 */
import { createHash } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import {
  bytesOfBase64,
  type ConnectorContext,
  ConnectorError,
  type IncomingMessage,
  type PullPage,
  type PullRequest,
  permanent,
  type RemoteRecord,
  type UnreadRecord,
} from '../../src/connector/index.ts'
import type { AxisClient, Kind } from './axis.ts'
import type { AxisOptions } from './options.ts'
import { filesOf, notBase64, type ReceivedFile, readEdoc, readEdxml, readStatus } from './read.ts'
import { largestOf } from './transport.ts'

/** Documents of a page: one is in memory at a time, and all are marked together. */
const pageSize = 10

interface Cursor {
  /** Saved, and to be marked. */
  readonly done: readonly string[]
  /** Of these, what the last page has brought, each with its message: the hub may have refused it. */
  readonly brought: readonly (readonly [docId: string, eventId: string])[]
  /** Could not be read, or was refused by the hub; tried again in every run, told once. */
  readonly sick: readonly string[]
  /** Sick ones that this run has tried. */
  readonly tried: readonly string[]
  /** Sick ones that the axis has been told of. */
  readonly failed: readonly string[]
  /** Entries of the list that have been told. */
  readonly faulty: readonly string[]
}

export interface Tools {
  readonly context: ConnectorContext
  readonly client: AxisClient
  readonly options: AxisOptions
}

export async function pullDocuments(
  tools: Tools,
  kind: Kind,
  request: PullRequest,
  signal: AbortSignal,
): Promise<PullPage> {
  const { client, options } = tools
  const cursor = withoutRefused(readCursor(request.cursor), request.refused)
  const tried = new Set(request.cursor === request.startedFrom ? [] : cursor.tried)
  const { ids: listed, unread: faulty } = await client.list(kind, signal)
  const unmarked: string[] = []
  const unread: UnreadRecord[] = faulty.map((one) => ({
    ...one,
    again: cursor.faulty.includes(one.subject),
  }))
  for (const docId of cursor.done.filter((one) => listed.includes(one))) {
    const refusal = await refusalOf(() => client.mark(docId, 'done', signal))
    if (!refusal) continue
    unmarked.push(docId)
    unread.push(unreadOf(docId, refusal, cursor.sick))
  }
  const failed = new Set(cursor.failed.filter((docId) => listed.includes(docId)))
  const toFail = cursor.sick.filter(
    (docId) => listed.includes(docId) && !cursor.done.includes(docId) && !failed.has(docId),
  )
  for (const docId of options.unreadable === 'fail' ? toFail : []) {
    const refusal = await refusalOf(() => client.mark(docId, 'fail', signal))
    if (refusal) unread.push(unreadOf(docId, refusal, cursor.sick))
    else failed.add(docId)
  }
  const waiting = listed.filter((docId) => !cursor.done.includes(docId) && !tried.has(docId))
  const messages = new Map<string, IncomingMessage>()
  const done = [...unmarked]
  const brought: [docId: string, eventId: string][] = []
  const sick = new Set([...cursor.sick, ...unmarked].filter((docId) => listed.includes(docId)))
  for (const docId of waiting.slice(0, pageSize)) {
    const refusal = await refusalOf(async () => {
      const message = await messageOf(tools, kind, await client.get(docId, signal))
      messages.set(message.eventId, message)
      brought.push([docId, message.eventId])
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
    cursor: JSON.stringify({
      ...{ done, brought, sick: [...sick], tried: [...tried], failed: [...failed] },
      faulty: faulty.map(({ subject }) => subject),
    } satisfies Cursor),
    more: waiting.length > pageSize,
  }
}

/** What the hub has refused is as sick as what could not be read; in this run it has been tried. */
function withoutRefused(cursor: Cursor, refused: readonly string[]): Cursor {
  const sick = cursor.brought.flatMap(([docId, event]) => (refused.includes(event) ? [docId] : []))
  if (sick.length === 0) return cursor
  return {
    ...cursor,
    done: cursor.done.filter((docId) => !sick.includes(docId)),
    sick: [...new Set([...cursor.sick, ...sick])],
    tried: [...new Set([...cursor.tried, ...sick])],
  }
}

async function messageOf(
  { context, options }: Tools,
  kind: Kind,
  bytes: Uint8Array,
): Promise<IncomingMessage> {
  const document = readEdxml(bytes, largestOf(options))
  const read = kind === 'edoc' ? readEdoc(document.root) : readStatus(document.root)
  const files = kind === 'edoc' ? filesOf(document) : []
  const hashes: string[] = []
  for (const file of files) hashes.push(await hashOf(file))
  const digest = createHash('sha256')
    .update(JSON.stringify([read, hashes]))
    .digest('hex')
  // Checked before a file is kept, and before the document can be marked: what the hub would refuse stays there.
  const fits = (data: RemoteRecord) =>
    context.answer<RemoteRecord>(`document/${kind}-received/v1`, data)
  if (kind === 'edoc') fits({ ...read, attachments: [] })
  const attachments: RemoteRecord[] = []
  for (const { name, description, base64 } of files) {
    const kept = await context.files.keep(contentOf(base64), name)
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

/** A file is never whole in memory but as the base64 that came; others get their turn in between. */
async function* contentOf(base64: Uint8Array): AsyncIterable<Uint8Array> {
  for (const piece of bytesOfBase64(base64)) {
    yield piece
    await setImmediate()
  }
}

/** Reads it to its end, so that none is kept of a document that has another one that is broken. */
async function hashOf({ base64 }: ReceivedFile): Promise<string> {
  const hash = createHash('sha256')
  let size = 0
  try {
    for await (const piece of contentOf(base64)) {
      hash.update(piece)
      size += piece.length
    }
  } catch (error) {
    if (error instanceof SyntaxError) throw notBase64()
    throw error
  }
  if (size === 0) throw notBase64()
  return hash.digest('hex')
}

/** What the axis answers about one document is not to hold up the others. */
const ofDocument = new Set(['answer-invalid', 'answer-too-large', 'answer-wording-unknown'])

/** What is wrong with this one document; trouble of the line or of the hub's store stops the page. */
async function refusalOf(work: () => Promise<void>): Promise<ConnectorError | undefined> {
  try {
    await work()
    return undefined
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    if (error.outcome.kind !== 'permanent' && !ofDocument.has(error.code)) throw error
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
  if (words === undefined)
    return { done: [], brought: [], sick: [], tried: [], failed: [], faulty: [] }
  try {
    const cursor = JSON.parse(words) as Partial<Cursor> | null
    const { done, brought = [], sick, tried, failed = [], faulty = [] } = cursor ?? {}
    if ([done, brought, sick, tried, failed, faulty].every(Array.isArray))
      return { done, brought, sick, tried, failed, faulty } as Cursor
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
