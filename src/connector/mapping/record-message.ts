/** A record of a generic source → a message, as a pull's options say. Pure, but for the asking of expressions. */
import { createHash } from 'node:crypto'
import type { IncomingMessage } from '../../domain/message.ts'
import type { ConnectorContext } from '../contract.ts'
import { type DayForm, formatTime, parseDay, parseTime, type TimeForm } from '../dates.ts'
import { permanent } from '../errors.ts'
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

/** In the order of the records. */
export async function messagesOf(
  tools: RecordTools,
  records: readonly unknown[],
  signal: AbortSignal,
): Promise<IncomingMessage[]> {
  const messages: IncomingMessage[] = []
  for (const record of records) messages.push(await messageOf(tools, record, signal))
  return messages
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
