/** The audit trail as people read it. Who writes to it does so in the transaction of the act. */
import type { Page } from './page.ts'

/** Acts that were refused are on record as well: a sign-in, a message, a lookup. */
export const auditOutcomes = ['done', 'refused'] as const

export interface AuditFilter {
  readonly actor?: string
  /** `user.changed`, or `user.*` for all of a kind. Without one: all but accepted messages, which have a list of their own. */
  readonly action?: string
  readonly object?: string
  readonly outcome?: (typeof auditOutcomes)[number]
  /** RFC 3339. */
  readonly from?: string
  readonly to?: string
  readonly cursor?: string
  readonly limit: number
}

export interface AuditEntryView {
  readonly id: string
  /** To the microsecond, as it is in the chain. */
  readonly at: string
  readonly actor: string
  readonly action: string
  readonly object: string
  readonly outcome: (typeof auditOutcomes)[number]
  /** Why, in the words of who did it; or what is known besides. */
  readonly reason: string
  /** What was changed, where the row tells it. */
  readonly before: unknown
  readonly after: unknown
  /** What else the row tells, by name. */
  readonly more: Readonly<Record<string, unknown>>
  /** In the chain of hashes: from now on a change of it is noticed. */
  readonly sealed: boolean
}

/** The link of the chain that holds a row. */
export interface AuditSeal {
  readonly link: string
  readonly from: string
  readonly to: string
  readonly rows: number
  readonly sealedAt: string
  /** Hex. */
  readonly hash: string
  readonly previous: string
}

export interface AuditEntryDetail extends AuditEntryView {
  /** As it stands in the row and in the chain. */
  readonly detail: string
  readonly seal: AuditSeal | null
}

export interface AuditQueries {
  audit(filter: AuditFilter): Promise<Page<AuditEntryView>>
  auditEntry(id: string): Promise<AuditEntryDetail | undefined>
  /** Every action there is a row of. */
  auditActions(): Promise<readonly string[]>
}
