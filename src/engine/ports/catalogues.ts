/** Local copies of lists that others keep. */
import type { Act } from './interventions.ts'

/** An item is known by its code and, where one code has several periods of validity, by its first day. */
export interface CatalogueKey {
  readonly code: string
  /** `YYYY-MM-DD`, or empty. */
  readonly period: string
}

export type CatalogueChangeKind = 'added' | 'changed' | 'reissued' | 'vanished'

/** A new version of an item, with the message that tells of it. */
export interface CatalogueChange extends CatalogueKey {
  /** Of the message, so that a change nobody can be told of is not written. */
  readonly eventId: string
  readonly change: CatalogueChangeKind
  readonly version: number
  /** JSON text; undefined when it has vanished. */
  readonly content: string | undefined
  readonly hash: Uint8Array
  readonly identity: string | undefined
  readonly mark: string | undefined
  /** The source itself says when it is valid. */
  readonly stated: boolean
  readonly validFrom: string | undefined
  readonly validTo: string | undefined
}

/** What a page of a listing does to a catalogue, worked out against one state of it. */
export interface CatalogueWrite {
  readonly catalogue: string
  /** A pull job, or `file`. */
  readonly source: string
  /** Of the state it was worked out against; any other write since then refuses this one. */
  readonly turn: string
  /** The number of the listing; undefined when another source has begun one since. */
  readonly listing: number | undefined
  readonly complete: boolean
  /** Shown by this page and unchanged; `read`: with its content. */
  readonly seen: readonly (CatalogueKey & { readonly mark?: string; readonly read: boolean })[]
  readonly changes: readonly CatalogueChange[]
  /** The day (in Vietnam) from which a change holds; the version before it ends on `dayBefore`. */
  readonly dayBefore: string
}

export interface CatalogueStanding {
  readonly turn: string
  readonly source: string | undefined
  readonly listing: number
  /** Whether a listing has ever come to its end. */
  readonly complete: boolean
  readonly mayShrink: boolean
  /** Items that have not vanished. */
  readonly live: number
}

export interface CatalogueItem extends CatalogueKey {
  readonly version: number
  readonly hash: Uint8Array
  readonly identity: string | undefined
  readonly mark: string | undefined
  readonly readAt: Date
  /** The last listing that showed it. */
  readonly seen: number
  readonly vanished: boolean
}

export interface CatalogueStore {
  /** All zero for a catalogue that is not there yet. */
  standing(catalogue: string): Promise<CatalogueStanding>
  /** Those of these items that have ever been there, vanished ones included. */
  items(catalogue: string, keys: readonly CatalogueKey[]): Promise<readonly CatalogueItem[]>
  /** What is there and has not been shown by this listing. */
  unseen(catalogue: string, listing: number): Promise<readonly CatalogueItem[]>
  /** The next listing may lose as many codes as it likes. False: there is no such catalogue. */
  allowShrink(catalogue: string, act: Act): Promise<boolean>
  /** A person has seen to it. False: no such problem is open. */
  closeProblem(catalogue: string, code: string, act: Act): Promise<boolean>
  /** Puts on record who loaded a catalogue from a file. */
  loaded(catalogue: string, entries: number, act: Act): Promise<void>
}

export interface CatalogueState {
  readonly name: string
  /** Counts the writes that changed something. */
  readonly revision: number
  readonly changedAt: string | null
  /** Of the last listing that came to its end. */
  readonly synchronisedAt: string | null
}

export interface CatalogueSummary extends CatalogueState {
  readonly source: string | null
  /** Without those that have vanished. */
  readonly items: number
  readonly vanished: number
  readonly problems: number
  readonly ageSeconds: number | null
}

export interface CatalogueEntryView {
  readonly code: string
  readonly version: number
  readonly change: CatalogueChangeKind
  readonly vanished: boolean
  /** Days, both inclusive; null: no bound. */
  readonly validFrom: string | null
  readonly validTo: string | null
  /** Hex. */
  readonly hash: string
  /** When the hub learnt it. */
  readonly since: string
  /** Null when it has vanished. */
  readonly content: unknown
}

export interface CatalogueVersionView extends CatalogueEntryView {
  /** When the next version took its place; null: it is the present one. */
  readonly until: string | null
}

export interface CatalogueFilter {
  /** Changed after this moment, vanished ones included. */
  readonly changedSince?: string
  /** Valid on this day, `YYYY-MM-DD`. */
  readonly at?: string
  readonly cursor?: string
  readonly limit: number
}

export interface CatalogueProblemView {
  readonly code: string
  readonly kind: 'vanished' | 'reissued'
  readonly since: string
  /** Codes under which the source now has the record that this code named. */
  readonly successors: readonly string[]
  /** What of the configuration in force uses the code. */
  readonly codeTables: readonly string[]
  readonly jobs: readonly string[]
}
