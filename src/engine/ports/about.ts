/** What the store tells of itself and of the processes that use it. */

export const storageGroups = [
  'messages',
  'deliveries',
  'audit',
  'lookups',
  'catalogues',
  'files',
  'problems',
  'plans',
  'people',
  'other',
] as const

export interface StoreAbout {
  readonly postgres: string
  readonly migrations: readonly {
    readonly number: number
    readonly name: string
    readonly at: string
  }[]
  readonly processes: readonly {
    readonly id: string
    readonly role: string
    readonly seenSecondsAgo: number
  }[]
  /** Versions of the hub that have worked on this store, newest first. */
  readonly releases: readonly { readonly version: string; readonly since: string }[]
  readonly storage: {
    readonly bytes: number
    readonly groups: readonly {
      readonly group: (typeof storageGroups)[number]
      readonly bytes: number
      /** As the store estimates it; -1: it has not counted yet. */
      readonly rows: number
    }[]
  }
  /** The store came from a backup: when it was put to work again. */
  readonly restoredAt: string | null
}
