import type { Database } from './database.ts'

const prolong = `
update hub.lane l set lease_until = now() + $3 * interval '1 millisecond'
from unnest($1::bigint[], $2::bigint[]) as t (id, fence)
where l.id = t.id and l.fence = t.fence
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
