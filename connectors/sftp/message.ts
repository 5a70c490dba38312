/** One record of a file → one message. Pure but for the mapping, which may ask for an expression. */
import { createHash } from 'node:crypto'
import {
  type ConnectorContext,
  formatTime,
  type IncomingMessage,
  type Mapping,
  parseDay,
  parseTime,
  permanent,
  readPointer,
  type Words,
} from '../../src/connector/index.ts'
import type { PullOptions } from './options.ts'

interface MessageTools {
  readonly context: ConnectorContext
  readonly pull: PullOptions
  readonly data: Mapping
}

/** Where a record stands. */
export interface Place {
  readonly file: string
  /** From 1. */
  readonly number: number
  /** When the file was there for the first time. RFC 3339. */
  readonly time: string
}

/** Throws `mapping-failed` or `code-untranslated` with the pointers of what is at fault. */
export async function messageOf(
  { context, pull, data }: MessageTools,
  record: unknown,
  place: Place,
): Promise<IncomingMessage> {
  const subject = textAt(record, pull.message.subject)
  const time = timeOf(pull, record) ?? place.time
  const content = await data(record, new Date(time))
  return {
    source: `/${context.province.toLowerCase()}/${context.system}`,
    // The natural key: what is read twice is one message, and two rows alike are two.
    eventId: `${pull.name}.${digest([place.file, place.number, subject, time, content])}`,
    type: pull.types[0] ?? '',
    subject,
    time,
    data: content,
  }
}

/** What a record is told by when it cannot be taken. */
export function subjectOf({ message }: PullOptions, record: unknown): string | undefined {
  try {
    return textAt(record, message.subject)
  } catch {
    return undefined
  }
}

function timeOf({ message: { time: pointer, date } }: PullOptions, record: unknown) {
  if (pointer === undefined) return undefined
  const text = textAt(record, pointer)
  if (date === undefined) {
    // Throws unless it is one.
    formatTime(text, 'yyyyMMddHHmmss', pointer)
    return text
  }
  return /H/.test(date)
    ? parseTime(text, date as Parameters<typeof parseTime>[1], pointer)
    : `${parseDay(text, date as Parameters<typeof parseDay>[1], pointer)}T00:00:00+07:00`
}

function textAt(record: unknown, pointer: string): string {
  const value = readPointer(record, pointer)
  if (typeof value === 'string' && value !== '') return value
  if (typeof value === 'number') return String(value)
  throw permanent('mapping-failed', { faults: [{ pointer, rule: 'required', ...missing }] })
}

const digest = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 40)

const missing: Words = { vi: 'bắt buộc phải có', en: 'is required' }
