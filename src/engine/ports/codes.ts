/** Code tables of the configuration as people look things up in them, and change them entry by entry. */
import type { CodeRow } from '../../domain/configuration.ts'
import type { Act } from './interventions.ts'
import type { Page } from './page.ts'

export interface CodeTableView {
  readonly name: string
  readonly entries: number
  /** Systems of the connector that the table belongs to. */
  readonly systems: readonly string[]
}

export interface CodeEntryView {
  readonly canonical: string
  readonly remote: string
  /** `YYYY-MM-DD`, both inclusive; null: no bound. */
  readonly validFrom: string | null
  readonly validTo: string | null
}

export interface CodeTablePage extends CodeTableView, Page<CodeEntryView> {
  /** The revision it is read from. */
  readonly revision: number
}

export interface CodeTableFilter {
  /** In either column, whatever its case. */
  readonly search?: string
  readonly cursor?: string
  readonly limit: number
}

export interface CodeTables {
  list(): readonly CodeTableView[]
  /** By code, then by the begin of its period. Throws `not-found`, and `request-invalid` for a foreign cursor. */
  page(table: string, filter: CodeTableFilter): CodeTablePage
  /**
   * Adds an entry, or changes the one of the same canonical code and first day, as a new revision. Throws
   * `not-found` (the table) and `request-invalid` with the faults of the entry; `state-conflict` where the entry does
   * not stand as `seen` any more, null: where it is there already. Without `seen` it is not asked what was there.
   */
  set(table: string, entry: CodeRow, act: Act, seen?: CodeSeen | null): Promise<CodeEntryChange>
}

/** How an entry stood when somebody looked at it. */
export interface CodeSeen {
  readonly remote: string
  /** Undefined: not asked. */
  readonly validTo?: string | null
}

export interface CodeEntryChange {
  /** The one in force afterwards. */
  readonly revision: number
  /** False: it was there as it is. */
  readonly changed: boolean
  readonly entry: CodeEntryView
  /** As it was before; null: it is new. */
  readonly before: CodeEntryView | null
}
