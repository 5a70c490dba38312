/**
 * A message is a CloudEvents 1.0 event that the hub has accepted. `subject` is the dossier code, or
 * another business key where there is no dossier (a question, a monthly rating): it names the lane.
 */
export interface EventAttributes {
  /** CloudEvents `source`: who speaks. With `eventId` the natural key of a message. */
  readonly source: string
  /** CloudEvents `id`. */
  readonly eventId: string
  /** For example `vn.tthc.dossier.upserted.v1`. */
  readonly type: string
  readonly subject: string
  /** RFC 3339 with offset. */
  readonly time: string
  readonly dataschema?: string
}

export interface Message extends EventAttributes {
  /** The hub's own id, UUIDv7. */
  readonly id: string
  /** Parsed; it fitted the schema of `type` when it was accepted. */
  readonly data: unknown
}

/** What a connector or a door hands in: the hub gives it an id and keeps its bytes. */
export type IncomingMessage = EventAttributes & { readonly data: unknown }

/** What the sender of a message gets back, at once and at every repeat. */
export interface Receipt {
  readonly id: string
  readonly duplicate: boolean
  readonly acceptedAt: string
  /** Hex SHA-256 of the bytes as they came. */
  readonly sha256: string
  readonly deliveries: readonly { readonly id: string; readonly system: string }[]
}
