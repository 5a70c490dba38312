/** Doors: requests that come from a system to the hub. */
import type { ErrorCode, Fault, Words } from '../domain/errors.ts'
import type { IncomingMessage, Message, Receipt } from '../domain/message.ts'

/**
 * A request from a system to the hub, in that system's own shape. It is served at
 * `/doors/<system><path>` to a client that may use this system's doors. The handler answers in the
 * system's own words, also for failures; what it throws becomes a problem document.
 */
export interface Door {
  readonly method: 'GET' | 'POST'
  /** Express path, for example `/search/call` or `/downloadfile/:id`. */
  readonly path: string
  readonly title: Words
  readonly maxBytes: number
  handle(request: DoorRequest, signal: AbortSignal): Promise<DoorResponse>
}

export interface DoorRequest {
  readonly parameters: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: Uint8Array
  /** Parses the body with the hub's strict reader: duplicate keys, depth, inexact numbers refused. */
  json(): unknown
  /** Accepts messages as the API would: all the same checks, durable when it returns. */
  accept(messages: readonly IncomingMessage[]): Promise<readonly AcceptResult[]>
  /** The newest accepted message of this subject among these types. */
  latest(subject: string, types: readonly string[]): Promise<Message | undefined>
}

export type AcceptResult =
  | { readonly ok: true; readonly receipt: Receipt }
  | {
      readonly ok: false
      readonly code: ErrorCode
      readonly detail: Words
      readonly faults: readonly Fault[]
    }

export interface DoorResponse {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body: Uint8Array | string | AsyncIterable<Uint8Array>
}
