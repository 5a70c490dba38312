/** One page of one file: what lies open between two pages, and how records become messages. */
import { createHash } from 'node:crypto'
import {
  type ConnectorContext,
  type IncomingMessage,
  type Mapping,
  messageOrUnread,
  type PullRequest,
  type UnreadRecord,
} from '../../src/connector/index.ts'
import type { RemoteFile, Visit } from './client.ts'
import { readCsv } from './csv.ts'
import { inFolder } from './names.ts'
import { defaultPull, type PullOptions } from './options.ts'
import { FileFault, type ReadRecord, type Source } from './records.ts'
import { readXlsx } from './xlsx.ts'
import { readXmlFile } from './xml.ts'

export interface PageTools {
  readonly context: ConnectorContext
  readonly pull: PullOptions
  readonly data: Mapping
  readonly timesOf: PullRequest['timesOf']
}

export interface OpenFile {
  /** With which it goes on. */
  readonly cursor: string | undefined
  readonly visit: Visit
  readonly file: RemoteFile
  /** When it was first taken up. */
  readonly time: string
  readonly records: AsyncGenerator<ReadRecord>
  /** Records that have been read from it. */
  behind: number
  close(): Promise<void>
}

export interface ReadPage {
  readonly messages: readonly IncomingMessage[]
  readonly unread: readonly UnreadRecord[]
  /** Its end, or what kept it from being read further. */
  readonly over: true | FileFault | undefined
}

/** Characters of the messages of a page: few records can be large ones. */
const largestPage = 4 * 1024 * 1024

export function openFile(
  { pull }: PageTools,
  visit: Visit,
  file: RemoteFile,
  time: string,
): OpenFile {
  const path = inFolder(pull.folder, file.name)
  const source: Source = { size: file.size, read: (from, to) => visit.read(path, from, to) }
  const records = recordsOf(source, pull)
  return {
    ...{ cursor: undefined, visit, file, time, records, behind: 0 },
    async close() {
      // The connection first: nothing that is still under way is waited for.
      await visit.close()
      await records.return(undefined).catch(() => undefined)
    },
  }
}

function recordsOf(source: Source, pull: PullOptions): AsyncGenerator<ReadRecord> {
  const { format } = pull
  switch (format.kind) {
    case 'csv':
      return readCsv(source, format, requiredOf(pull))
    case 'xlsx':
      return readXlsx(source, format, requiredOf(pull))
    case 'xml':
      return readXmlFile(source, format)
  }
}

/** Columns without which no row can become a message. */
function requiredOf({ message }: PullOptions): readonly string[] {
  const rows = message.data.filter(({ required }) => required !== false)
  const { subject, key = [], time } = message
  const pointers = [subject, ...key, time, ...rows.map(({ from }) => from)]
  const names = pointers.flatMap((pointer) => (pointer ? [pointer.split('/')[1] ?? ''] : []))
  return [...new Set(names.map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~')))]
}

export async function hashOf(
  visit: Visit,
  path: string,
): Promise<{ readonly hash: string; readonly size: number }> {
  const sum = createHash('sha256')
  let size = 0
  for await (const bytes of visit.read(path)) {
    sum.update(bytes)
    size += bytes.length
  }
  return { hash: sum.digest('hex'), size }
}

/** The records behind `at`, as many as a page takes. */
export async function readPage(tools: PageTools, open: OpenFile, at: number): Promise<ReadPage> {
  const { pull } = tools
  const messages: IncomingMessage[] = []
  const unread: UnreadRecord[] = []
  const last = at + (pull.pageSize ?? defaultPull.pageSize)
  let weight = 0
  while (open.behind < last && weight < largestPage) {
    const record = await nextOf(open)
    if (record === undefined || record instanceof FileFault)
      return { messages: await dated(tools, messages), unread, over: record ?? true }
    const number = ++open.behind
    if (number <= at) continue
    const message = await taken(tools, open, record, number)
    if ('eventId' in message) {
      messages.push(message)
      weight += JSON.stringify(message.data).length
    } else unread.push(message)
  }
  return { messages: await dated(tools, messages), unread, over: undefined }
}

/** What has come before without a time of its own, in whatever file, is the same message to the byte. */
async function dated(
  { pull, timesOf }: PageTools,
  messages: readonly IncomingMessage[],
): Promise<readonly IncomingMessage[]> {
  const [first] = messages
  if (pull.message.time !== undefined || !first) return messages
  const ids = messages.map(({ eventId }) => eventId)
  const times = await timesOf(first.source, ids)
  return messages.map((message) => ({
    ...message,
    time: times.get(message.eventId) ?? message.time,
  }))
}

async function nextOf({ records }: OpenFile): Promise<ReadRecord | FileFault | undefined> {
  try {
    const next = await records.next()
    return next.done ? undefined : next.value
  } catch (error) {
    if (error instanceof FileFault) return error
    throw error
  }
}

function taken(
  tools: PageTools,
  { file, time }: OpenFile,
  record: ReadRecord,
  number: number,
): Promise<IncomingMessage | UnreadRecord> {
  const standsAt = `${file.name} #${number}`
  if ('code' in record) return Promise.resolve({ subject: standsAt, ...record })
  // Where it stands is no part of its key: in the next file it stands elsewhere.
  return messageOrUnread(tools, { value: record.value, standsAt }, undefined, time)
}
