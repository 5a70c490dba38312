/** Rows of a list → messages. Pure, but for the asking of expressions. */
import { createHash } from 'node:crypto'
import {
  type ConnectorContext,
  formatTime,
  type IncomingMessage,
  type Mapping,
  parseTime,
  permanent,
  readPointer,
  type Words,
} from '../../src/connector/index.ts'
import type { PullOptions } from './options.ts'

interface RowTools {
  readonly context: ConnectorContext
  readonly pull: PullOptions
  readonly data: Mapping
}

/** In the order of the rows. */
export async function messagesOf(
  tools: RowTools,
  rows: readonly unknown[],
  signal: AbortSignal,
): Promise<IncomingMessage[]> {
  const messages: IncomingMessage[] = []
  for (const row of rows) messages.push(await messageOf(tools, row, signal))
  return messages
}

async function messageOf(
  { context, pull, data }: RowTools,
  row: unknown,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const subject = subjectOf(pull, row)
  const time = timeOf(pull, row)
  const content = await data(row, new Date(time), signal)
  return {
    source: `/${context.province.toLowerCase()}/${context.system}`,
    eventId: `${pull.name}.${digest([subject, time, content])}`,
    type: pull.types[0] ?? '',
    subject,
    time,
    data: content,
  }
}

export const subjectOf = ({ message }: PullOptions, row: unknown): string =>
  textAt(row, message.subject)

/** RFC 3339 with offset. */
export function timeOf({ message: { time: pointer, date } }: PullOptions, row: unknown): string {
  const text = textAt(row, pointer)
  if (date !== undefined) return parseTime(text, date, pointer)
  // Throws unless it is one.
  formatTime(text, 'yyyyMMddHHmmss', pointer)
  return text
}

function textAt(row: unknown, pointer: string): string {
  const value = readPointer(row, pointer)
  if (typeof value === 'string' && value !== '') return value
  if (typeof value === 'number') return String(value)
  throw permanent('mapping-failed', { faults: [{ pointer, rule: 'required', ...missing }] })
}

const digest = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 40)

const missing: Words = { vi: 'bắt buộc phải có', en: 'is required' }
