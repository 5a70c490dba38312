/** The three histories of a run: what clients were told, what targets did, what the nemesis broke. */

/** The systems of a run, by how they cope with a repeat. */
export const systems = {
  keys: 'chaos-keys',
  query: 'chaos-query',
  batch: 'chaos-batch',
  blind: 'chaos-blind',
  relay: 'chaos-keys',
} as const
export type SystemId = keyof typeof systems
export const systemIds = Object.keys(systems) as SystemId[]

/** Those that see by its key that a message comes again. */
export const honoursKeys: readonly string[] = ['keys', 'relay'] satisfies SystemId[]

/** Which systems a client's messages go to. */
export const clients = {
  an: ['keys'],
  binh: ['query'],
  chi: ['batch'],
  dung: ['blind', 'relay'],
} as const satisfies Record<string, readonly SystemId[]>
export type ClientId = keyof typeof clients
export const clientIds = Object.keys(clients) as ClientId[]

export interface TargetTask {
  readonly seed: number
  /** Path of the JSONL file. */
  readonly log: string
  readonly honoursKeys: readonly string[]
}

/** A line of the target's log. `at` is Unix ms; `pad` a hash of what it received. */
export type TargetLine = {
  readonly at: number
  readonly system: string
  readonly subject: string
  readonly n: number
  readonly key: string
} & (
  | { readonly what: 'arrival'; readonly fault: string | undefined }
  | { readonly what: 'effect'; readonly pad: string }
)

/** A message that a client has offered. */
export interface Offered {
  readonly eventId: string
  readonly client: ClientId
  readonly subject: string
  readonly n: number
  readonly bytes: number
  /** Hash of the pad. */
  readonly pad: string
  readonly offeredAt: number
  /** When the hub said that it holds it, and as what; undefined when it never did. */
  acceptedAt: number | undefined
  messageId: string | undefined
  /** Requests it took. */
  tries: number
  /** What was said to it when it was sent once more after its receipt, or with other bytes; empty when right. */
  contradiction: string
}

/** One act of the nemesis. Times are Unix ms. */
export interface Wound {
  readonly name: string
  readonly from: number
  readonly to: number
  /** Whether what was to be broken was there and in use. */
  readonly landed: boolean
  /** From the end of the fault until every system had an effect again. */
  readonly recoveryMs: number | undefined
}
