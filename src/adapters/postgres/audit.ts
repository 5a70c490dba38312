import type { Run } from './database.ts'

export interface AuditEntry {
  readonly actor: string
  readonly action: string
  readonly object: string
  /** No personal data: reasons, codes, hashes. */
  readonly detail: string
}

/** Adds a row to the trail, in the transaction of the act it tells of. */
export async function addAudit(run: Run, entry: AuditEntry): Promise<void> {
  await run(
    'audit-add',
    // The sealer tells by transaction ids which rows may still come: have one before drawing the row's.
    `insert into hub.audit (actor, action, object, detail)
     select $1, $2, $3, $4 from pg_current_xact_id()`,
    [entry.actor, entry.action, entry.object, entry.detail],
  )
}

/** Of a row that tells more than why: what was there before, what is there now, and the like. No personal data. */
export const auditDetail = (told: {
  readonly reason: string
  readonly before?: unknown
  readonly after?: unknown
  readonly [more: string]: unknown
}): string => JSON.stringify(told)
