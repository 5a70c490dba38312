import type { Database } from './database.ts'

/**
 * Lanes are locked in (subject, system) order, as accept and settle do. One that was given back while
 * its renewal was under way has no owner any more and must not be locked up again.
 */
const prolong = `
with held as materialized (
  select l.id from hub.lane l
  join unnest($1::bigint[], $2::bigint[]) as t (id, fence) on t.id = l.id and t.fence = l.fence
  where l.owner is not null
  order by l.subject, l.system for update of l
)
update hub.lane l set lease_until = now() + $3 * interval '1 millisecond'
from held where l.id = held.id
returning l.id`

export const createRenew =
  (database: Database) =>
  async (
    lanes: readonly { lane: string; fence: string }[],
    leaseMs: number,
  ): Promise<readonly string[]> => {
    const rows = await database.run<{ id: string }>('renew', prolong, [
      lanes.map((lane) => lane.lane),
      lanes.map((lane) => lane.fence),
      leaseMs,
    ])
    const kept = new Set(rows.map((row) => row.id))
    return lanes.filter((lane) => !kept.has(lane.lane)).map((lane) => lane.lane)
  }
