/** The audit trail as its doors see it. */
import { addAudit } from '../../adapters/postgres/audit.ts'
import type { Database } from '../../adapters/postgres/database.ts'
import { verifyAudit } from '../../adapters/postgres/seal.ts'
import type { Hub } from '../hub.ts'

export const createAuditDesk = (database: Database): Hub['audit'] => ({
  async verify(anchor) {
    const verdict = await verifyAudit(database, anchor)
    const { fault } = verdict
    return {
      ok: fault === undefined,
      sealed: verdict.rows,
      unsealed: verdict.unsealed,
      head: verdict.links > 0 ? Buffer.from(verdict.head).toString('hex') : null,
      broken: fault ? `${fault.kind} ${fault.from}..${fault.to}` : null,
    }
  },
  note: (entry) => database.transaction((run) => addAudit(run, entry)),
})
