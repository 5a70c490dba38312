/** What the connector asks of the axis, whatever way leads to it. */
import type { ConnectorContext, Evidence } from '../../src/connector/index.ts'
import { createEsbClient } from './esb.ts'
import type { AxisOptions } from './options.ts'
import { createXroadClient } from './xroad.ts'

export type Kind = 'edoc' | 'status'

export interface Parties {
  readonly kind: Kind
  readonly from: string
  readonly to: string
}

export interface AxisClient {
  /** Ids of what waits to be marked. */
  list(kind: Kind, signal: AbortSignal): Promise<readonly string[]>
  get(docId: string, signal: AbortSignal): Promise<Uint8Array>
  /** A word of the transport; nothing to do with the business status. */
  mark(docId: string, as: 'done' | 'fail', signal: AbortSignal): Promise<void>
  send(parties: Parties, edxml: string, signal: AbortSignal): Promise<Evidence>
}

export const createAxisClient = (context: ConnectorContext, options: AxisOptions): AxisClient =>
  options.transport === 'esb-slot'
    ? createEsbClient(context, options)
    : createXroadClient(context, options)
