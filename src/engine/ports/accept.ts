/** What accepting needs from outside. */
import type { Route } from '../../domain/configuration.ts'
import type { Fault } from '../../domain/errors.ts'
import type { EventAttributes, Receipt } from '../../domain/message.ts'
import type { CatalogueWrite } from './catalogues.ts'
import type { PullCursor } from './pulls.ts'

/** Who speaks: a client system, known by its key (or, at a door, by its address). */
export interface Client {
  readonly id: string
  readonly scopes: readonly string[]
  /** CloudEvents sources it may use; `*` at the end matches any rest. */
  readonly sources: readonly string[]
  readonly types: readonly string[]
}

/** How the bytes are laid out: the whole event, or its data alone (attributes in the row). */
export type ContentMode = 'structured' | 'binary'

export interface NewMessage extends EventAttributes {
  readonly id: string
  /** In the new form of codes; null: it concerns none, or the type does not tell. */
  readonly unit: string | null
  readonly client: string
  readonly revision: number
  readonly mode: ContentMode
  readonly sha256: Uint8Array
  readonly size: number
  readonly keyId: number
  readonly cipher: Uint8Array
  /** May have been accepted and sent before, by a store that was lost: it is asked about first. */
  readonly doubtful: boolean
  readonly routes: readonly (Route & { readonly snapshot: boolean })[]
}

export type Stored =
  | { readonly kind: 'accepted' | 'duplicate'; readonly receipt: Receipt }
  | { readonly kind: 'conflict' }

export interface AcceptStore {
  /**
   * One transaction: messages, bodies, lanes, deliveries, audit rows and, for a pull, the cursor and
   * its part of a catalogue. Answers per message, in order. Throws `store-unavailable` when nothing is
   * known to be saved, `state-conflict` when the catalogue has been written meanwhile.
   */
  accept(
    messages: readonly NewMessage[],
    cursor?: PullCursor,
    catalogue?: CatalogueWrite,
  ): Promise<readonly Stored[]>
}

export interface MessageSchemas {
  /** Undefined when the type is not in the catalogue. */
  validateMessage(type: string, data: unknown): readonly Fault[] | undefined
  /** The subject that a message with this data must have. */
  subjectOf(type: string, data: unknown): string | undefined
  /** The unit it concerns, if the type tells of one. */
  unitOf(type: string, data: unknown): string | undefined
}
