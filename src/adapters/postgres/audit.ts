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
    'insert into hub.audit (actor, action, object, detail) values ($1, $2, $3, $4)',
    [entry.actor, entry.action, entry.object, entry.detail],
  )
}
