import type { Cipher } from '../../engine/ports/crypto.ts'
import type { DrainStore } from '../../engine/ports/lanes.ts'
import { attemptColumns } from './attempt-columns.ts'
import type { Database } from './database.ts'

/** Nobody moves attempts meanwhile, as a correction does. Nothing comes back while nobody has taken the lane. */
const lockLost = 'select from hub.lane where id = $1 and fence <> $2 for share'

/**
 * Evidence only: no lane and no delivery changes by it. It belongs to its message, which a correction may
 * have moved. An attempt that is there was written by this very process, which did not hear that its
 * settle had been committed.
 */
const keep = `
insert into hub.attempt (lane, number, sealed_number, kind, try, started_at, duration_ms, outcome, code,
  detail, faults, key_id, evidence)
select t.lane, d.number, nullif(t.number, d.number), t.kind, t.try, t.started_at, t.duration_ms,
  t.outcome, t.code, t.detail::json, t.faults::json, t.key_id,
  case when t.evidence_size > 0 then substring($13::bytea from t.evidence_at for t.evidence_size) end
from unnest($1::bigint[], $2::int[], $3::text[], $4::int[], $5::timestamptz[], $6::int[],
  $7::text[], $8::text[], $9::text[], $10::text[], $11::int[], $12::int[], $14::int[], $15::uuid[])
  as t (lane, number, kind, try, started_at, duration_ms, outcome, code, detail, faults,
    key_id, evidence_at, evidence_size, message)
join hub.delivery d on d.lane = t.lane and d.message_id = t.message
where not exists (select from hub.attempt a
  where a.lane = d.lane and a.number = d.number and a.started_at = t.started_at)
returning coalesce(sealed_number, number) as number`

export const createKeepLate =
  (database: Database, cipher: Cipher): DrainStore['keepLate'] =>
  ({ lane, fence }, sends) =>
    database.transaction(async (run) => {
      const lost = await run('keep-late-lock', lockLost, [lane, fence])
      if (lost.length === 0) return []
      const rows = sends.map((send) => ({ ...send, lane }))
      const messages = sends.map(({ message }) => message)
      const values = [...attemptColumns(rows, cipher), messages]
      const kept = await run<{ number: number }>('keep-late', keep, values)
      return kept.map(({ number }) => number)
    })
