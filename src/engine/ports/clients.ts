/** Clients as they are made and changed, and how much they ask. */
import type { Client } from './accept.ts'
import type { Act } from './interventions.ts'

export interface ClientDetails {
  readonly title: string
  readonly scopes: readonly string[]
  readonly sources: readonly string[]
  readonly types: readonly string[]
}

/** Answered requests. */
export interface ClientUse {
  readonly requests: number
  /** With 4xx: what the client did wrong. */
  readonly refused: number
  /** With 5xx: what the hub could not do. */
  readonly failed: number
}

export interface ClientChanges {
  /** Throws `not-found`, and `state-conflict` for one that is revoked. */
  change(id: string, change: Partial<ClientDetails>, act: Act): Promise<void>
  /** Its keys are refused until it is enabled. False: it is so already, revoked, or unknown. */
  disable(id: string, act: Act): Promise<boolean>
  enable(id: string, act: Act): Promise<boolean>
  /**
   * A new key; the others end at this moment, unless they end before. Answers their ids. Throws `not-found` for a
   * client that is unknown or revoked.
   */
  replaceKeys(
    client: string,
    key: { readonly id: string; readonly hash: Uint8Array; readonly expiresAt: Date },
    othersEndAt: Date,
    act: Act,
  ): Promise<readonly string[]>
  /** Adds to today's counts. Clients that are no rows are passed over. */
  addUse(counts: ReadonlyMap<string, ClientUse>): Promise<void>
  /** Of the last seven days, by client. */
  use(): Promise<ReadonlyMap<string, ClientUse>>
}

export interface ClientView extends Client {
  readonly title: string
  readonly createdAt: string
  /** Its keys are refused until it is enabled again; a revoked one stays so. */
  readonly disabledAt: string | null
  readonly revokedAt: string | null
  readonly keys: readonly {
    readonly id: string
    readonly createdAt: string
    readonly expiresAt: string
    readonly lastUsedAt: string | null
    readonly revokedAt: string | null
  }[]
}

export interface ClientStore {
  create(client: Client & { title: string }, act: Act): Promise<void>
  /** Saves the hash only. */
  addKey(
    client: string,
    key: { id: string; hash: Uint8Array; expiresAt: Date },
    act: Act,
  ): Promise<void>
  revoke(target: { client: string } | { key: string }, act: Act): Promise<boolean>
  list(): Promise<readonly ClientView[]>
  /** Live keys only; the caller compares the hash in constant time. */
  findKey(keyId: string): Promise<{ hash: Uint8Array; client: Client } | undefined>
  /** Its secret was right. */
  keyUsed(keyId: string): Promise<void>
}
