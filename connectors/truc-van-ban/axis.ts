/** What the connector asks of the axis, whatever way leads to it. */
import type { Evidence, UnreadRecord } from '../../src/connector/index.ts'

export type Kind = 'edoc' | 'status'

export interface Parties {
  readonly kind: Kind
  readonly from: string
  readonly to: string
}

export interface Listing {
  /** Of what waits to be marked. */
  readonly ids: readonly string[]
  /** Entries without an id that can be asked for. */
  readonly unread: readonly UnreadRecord[]
}

export interface AxisClient {
  list(kind: Kind, signal: AbortSignal): Promise<Listing>
  get(docId: string, signal: AbortSignal): Promise<Uint8Array>
  /** A word of the transport; nothing to do with the business status. */
  mark(docId: string, as: 'done' | 'fail', signal: AbortSignal): Promise<void>
  send(parties: Parties, edxml: string, signal: AbortSignal): Promise<Evidence>
}
