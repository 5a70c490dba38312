import type { LanePolicy } from '../../domain/delivery.ts'
import type { Memo } from '../../domain/outcome.ts'
import type { ContentMode } from '../../engine/ports/accept.ts'
import type { ClaimedDelivery, ClaimedLane, ClaimRequest } from '../../engine/ports/lanes.ts'
import { deadAndBlocking } from './blocking.ts'
import type { Database } from './database.ts'

/** Deliveries in one claim: a few lanes may run far ahead, many only a little. */
const together = 256
/** More than a run-ahead can be, and than a dossier has that a lost store may have sent. */
const longestRun = 2_000

/** Nobody knows here whether it has arrived. */
const inDoubt = `(d.state in ('sending', 'unknown') or (d.state = 'waiting' and d.doubtful))`
/** What a lane must deal with in its order: all that is not over, and has not been passed by. */
const standing = `(d.state in ('waiting', 'sending', 'unknown', 'held') or ${deadAndBlocking})`

/**
 * Takes due lanes and, of each, the first deliveries: one statement, one commit. When it returns,
 * every delivery it hands out is on record as `sending` (or `unknown`), before a byte has left.
 *
 * The plan must not depend on how many lanes there are or wait: the number of lanes is written into
 * the text, and ids travel as arrays, so that the planner expects few rows whatever the tables hold.
 * Nor on how long they are: what is to be marked is worked out before it is looked up by its number.
 *
 * A lane gives either its next waiting deliveries, or its unresolved ones, never both: nothing is
 * sent while an earlier outcome is open, nor past what waits for a person. A delivery found
 * `sending` belonged to a worker that was lost; it becomes `unknown`, as does a waiting one that a lost
 * store may have sent. What is in doubt comes whole, however little may be sent: with a part of it, an
 * older one could be sent again behind a newer.
 *
 * The moment of sending is read when the lanes are locked: of a process that stood still between two
 * packets, the statement began long before others sent what goes ahead of this.
 */
const claimLanes = (lanes: number): string => `
with due as materialized (
  select id from hub.lane
  where system = $1 and wake_at <= now() and (lease_until is null or lease_until < now())
  order by wake_at limit ${lanes}
  for update skip locked
), taken as materialized (
  select clock_timestamp() as at, count(*) from due
), mine as (
  update hub.lane l set owner = $2, fence = l.fence + 1,
    lease_until = now() + $3 * interval '1 millisecond'
  where l.id = any(array(select id from due))
  returning l.id, l.fence, l.subject, l.head_number, (
    select ${inDoubt} from hub.delivery d
    where d.lane = l.id and d.number >= l.head_number
      and ${standing}
    order by d.number limit 1) as doubt
), picked as materialized (
  select m.id as lane, m.fence, m.doubt, p.number, p.state, p.picked from mine m cross join lateral (
    select w.number, w.state, count(*) over () as picked from (
      select k.number, k.state, bool_and(case when m.doubt then k.doubt
          else k.state = 'waiting' and not k.doubt end) over (order by k.number) as together
      from (
        select d.number, d.state, ${inDoubt} as doubt from hub.delivery d
        where d.lane = m.id and d.number >= m.head_number
          and ${standing}
        order by d.number
        limit case when m.doubt then ${longestRun}
          else greatest(1, least($4::int, ${together} / (select count(*) from mine)::int)) end
      ) k
    ) w where w.together
  ) p
), marked as (
  update hub.delivery d set
    state = case when p.doubt then 'unknown' else 'sending' end::hub.delivery_state,
    tries = d.tries + case when p.doubt then 0 else 1 end,
    sent_at = case when p.doubt then d.sent_at else (select at from taken) end,
    fence = p.fence
  from picked p where d.lane = p.lane and d.number = p.number and d.state = p.state
  returning d.lane, d.number,
    case when p.doubt and p.state = 'waiting' then 'unknown' else p.state end as found, p.picked::int,
    d.doubtful, d.tries, d.asked, d.policy, d.snapshot, d.message_id
)
select m.id as lane, m.fence, (select o.memo from hub.lane_memo o where o.lane = m.id) as memo,
  d.picked, d.number, d.found, d.doubtful, d.tries, d.asked, d.policy, d.snapshot,
  g.id, g.source, g.event_id, g.type, g.subject, g.time, g.dataschema, g.mode, g.sha256,
  b.key_id, b.bytes
from mine m
left join marked d on d.lane = m.id
left join hub.message g on g.id = d.message_id
left join hub.body b on b.message_id = d.message_id
order by m.id, d.number`

interface ClaimRow {
  lane: string
  fence: string
  memo: Memo | null
  picked: number | null
  number: number | null
  found: ClaimedDelivery['found']
  doubtful: boolean
  tries: number
  asked: number
  policy: LanePolicy
  snapshot: boolean
  id: string
  source: string
  event_id: string
  type: string
  subject: string
  time: string
  dataschema: string | null
  mode: ContentMode
  sha256: Buffer
  key_id: number | null
  bytes: Buffer | null
}

const deliveryOf = (row: ClaimRow, number: number): ClaimedDelivery => ({
  number,
  found: row.found,
  doubtful: row.doubtful,
  tries: row.tries,
  asked: row.asked,
  policy: row.policy,
  snapshot: row.snapshot,
  attributes: {
    id: row.id,
    source: row.source,
    eventId: row.event_id,
    type: row.type,
    subject: row.subject,
    time: row.time,
    ...(row.dataschema !== null && { dataschema: row.dataschema }),
  },
  mode: row.mode,
  sha256: row.sha256,
  keyId: row.key_id ?? 0,
  cipher: row.bytes,
})

export const createClaim =
  (database: Database, owner: string) =>
  async (request: ClaimRequest): Promise<readonly ClaimedLane[]> => {
    const rows = await database.run<ClaimRow>(`claim-${request.lanes}`, claimLanes(request.lanes), [
      request.system,
      owner,
      request.leaseMs,
      request.runAhead,
    ])
    const picked = new Map<string, number>()
    const byLane = new Map<string, ClaimedLane & { deliveries: ClaimedDelivery[] }>()
    for (const row of rows) {
      let lane = byLane.get(row.lane)
      if (!lane) {
        lane = { lane: row.lane, fence: row.fence, memo: row.memo ?? undefined, deliveries: [] }
        byLane.set(row.lane, lane)
      }
      picked.set(row.lane, row.picked ?? 0)
      if (row.number !== null) lane.deliveries.push(deliveryOf(row, row.number))
    }
    return [...byLane.values()].map((lane) =>
      lane.deliveries.length === picked.get(lane.lane) ? lane : { ...lane, overtaken: true },
    )
  }
