/** A record of a generic source → a message, as a pull's options say. Pure, but for the asking of expressions. */
import { createHash } from 'node:crypto'
import type { Fault } from '../../domain/errors.ts'
import type { IncomingMessage } from '../../domain/message.ts'
import type { ConnectorContext, UnreadRecord } from '../contract.ts'
import { type DayForm, formatTime, parseDay, parseTime, type TimeForm } from '../dates.ts'
import { ConnectorError, permanent } from '../errors.ts'
import type { Mapping } from './mapping.ts'
import { readPointer } from './pointer.ts'

/** The part of a pull's options that names what makes a message; pointers lead into the record. */
export interface RecordPull {
  readonly name: string
  /** One. */
  readonly types: readonly string[]
  readonly message: {
    readonly subject: string
    /** What tells a record from every other; absent: all that it says. */
    readonly key?: readonly string[]
    readonly time?: string
    /** Absent: RFC 3339. A day is its first moment in Vietnam. */
    readonly date?: TimeForm | DayForm
  }
}

interface RecordTools {
  readonly context: Pick<ConnectorContext, 'province' | 'system'>
  readonly pull: RecordPull
  readonly data: Mapping
}

/**
 * Its natural key is the configured one, else what it says (subject, time and content): what is read twice is
 * one message, wherever it stands. `instead` is the time (RFC 3339) of records that tell none; it is no part of
 * the key, so a repeat must be given the time of the first (`PullRequest.timesOf`). Throws `mapping-failed` or `code-untranslated` with the pointers of what is at fault.
 */
export async function messageOf(
  { context, pull, data }: RecordTools,
  record: unknown,
  signal?: AbortSignal,
  instead?: string,
): Promise<IncomingMessage> {
  const subject = subjectOf(pull, record)
  const own = pull.message.time !== undefined || instead === undefined
  const time = own ? timeOf(pull, record) : instead
  const content = await data(record, new Date(time), signal)
  const key =
    pull.message.key?.map((pointer) => textAt(record, pointer)) ??
    (own ? [subject, time, content] : [subject, content])
  return {
    source: `/${context.province.toLowerCase()}/${context.system}`,
    eventId: `${pull.name}.${digest(key)}`,
    type: pull.types[0] ?? '',
    subject,
    time,
    data: content,
  }
}

/** A record that was read, with what it is told by should it not even have a subject. */
export interface RecordToTake {
  readonly value: unknown
  /** Says where it stands, not what it holds. */
  readonly standsAt: string
  /** What was found at fault before it became a record. */
  readonly faults?: readonly Fault[]
}

/**
 * A record that can never become a message as it is must not keep those behind it: it is told. What says
 * nothing about the record (an expression that cannot be asked just now) is thrown.
 */
export async function messageOrUnread(
  tools: RecordTools,
  { value, standsAt, faults = [] }: RecordToTake,
  signal?: AbortSignal,
  instead?: string,
): Promise<IncomingMessage | UnreadRecord> {
  try {
    if (faults.length > 0) throw permanent('mapping-failed', { faults })
    return await messageOf(tools, value, signal, instead)
  } catch (error) {
    if (!(error instanceof ConnectorError) || error.outcome.kind !== 'permanent') throw error
    const subject = readOr(() => subjectOf(tools.pull, value), standsAt)
    return { subject, code: error.code, pointers: error.faults.map(({ pointer }) => pointer) }
  }
}

/** What becomes of the records of a page, both in their order. */
export async function messagesOf(
  tools: RecordTools,
  records: readonly RecordToTake[],
  signal: AbortSignal,
): Promise<{ readonly messages: IncomingMessage[]; readonly unread: UnreadRecord[] }> {
  const messages: IncomingMessage[] = []
  const unread: UnreadRecord[] = []
  for (const record of records) {
    const one = await messageOrUnread(tools, record, signal)
    if ('eventId' in one) messages.push(one)
    else unread.push(one)
  }
  return { messages, unread }
}

/** What `read` gives, or `otherwise` where the record has none that could be read. */
export function readOr<T>(read: () => string, otherwise: T): string | T {
  try {
    return read()
  } catch (error) {
    if (error instanceof ConnectorError) return otherwise
    throw error
  }
}

export const subjectOf = ({ message }: RecordPull, record: unknown): string =>
  textAt(record, message.subject)

/** RFC 3339 with offset. */
export function timeOf({ message }: RecordPull, record: unknown): string {
  const { time: pointer = '', date } = message
  const text = textAt(record, pointer)
  if (date === undefined) {
    // Throws unless it is one.
    formatTime(text, 'yyyyMMddHHmmss', pointer)
    return text
  }
  return date.includes('H')
    ? parseTime(text, date as TimeForm, pointer)
    : `${parseDay(text, date as DayForm, pointer)}T00:00:00+07:00`
}

function textAt(record: unknown, pointer: string): string {
  const value = readPointer(record, pointer)
  if (typeof value === 'string' && value !== '') return value
  if (typeof value === 'number') return String(value)
  throw permanent('mapping-failed', { faults: [{ pointer, rule: 'required', ...missing }] })
}

const digest = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 40)

const missing = { vi: 'bắt buộc phải có', en: 'is required' }
