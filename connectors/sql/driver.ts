/** What each dialect's driver does for `client.ts`. */
import type { ConnectorError, Words } from '../../src/connector/index.ts'
import type { Answer } from './cells.ts'
import type { SqlOptions } from './options.ts'
import type { Statement } from './statement.ts'

/** A conversation under way. What it throws is its driver's own; `classify` makes an outcome of it. */
export interface Link {
  /** Logs in; nothing can be written from here on, as far as the server can promise that. */
  connect(): Promise<void>
  ask(statement: Statement): Promise<Answer>
  /** What the account may do beyond reading, in a few words; undefined where it may only read. */
  mayWrite(): Promise<Words | undefined>
  /** Stops what the server is working on, and breaks the connection. */
  abandon(): void
  /** Says goodbye, and does not wait long for an answer. Never throws; safe after `abandon`. */
  close(): Promise<void>
}

export type Phase = 'connecting' | 'asking'

export interface Driver {
  link(options: SqlOptions): Link
  /** `names` are those of the configuration: one that the server complains about is told. */
  classify(error: unknown, phase: Phase, names: readonly string[]): ConnectorError
}
