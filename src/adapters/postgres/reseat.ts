import { deadAndBlocking } from './blocking.ts'
import type { Run } from './database.ts'

/**
 * Works a lane's head, block and wake-up out anew from its deliveries: after a person, or a newer
 * snapshot, has moved one out of turn. A lane that is being sent from right now is left alone: its
 * settle moves the head, and an empty claim afterwards comes back here.
 *
 * A dead snapshot that a newer one had replaced stands in the way again once that is discarded, though
 * the head has long passed it; those that are dead are few, and have a failure each.
 *
 * What stands in the way: a held one; a dead one that its policy does not let pass; an unknown one
 * that waits for a person (it has a failure). A head that was not itself touched keeps its time: it
 * may be resting before it is tried, or asked about, again.
 */
const reseatLanes = `
with target as (
  select l.id, t.number as touched, least(l.head_number, t.number, (
    select min(f.number) from hub.failure f
    join hub.delivery d on d.lane = f.lane and d.number = f.number
    where f.lane = l.id and f.number < l.head_number and ${deadAndBlocking})) as low
  from unnest($1::bigint[], $2::int[]) as t (lane, number) join hub.lane l on l.id = t.lane
  where l.lease_until is null or l.lease_until < now()
), head as (
  select t.id, t.touched, h.number, h.blocks from target t left join lateral (
    select d.number, d.state in ('dead', 'held')
        or (d.state = 'unknown' and exists (
          select 1 from hub.failure f where f.lane = d.lane and f.number = d.number)) as blocks
    from hub.delivery d
    where d.lane = t.id and d.number >= t.low and (
      d.state in ('waiting', 'sending', 'unknown', 'held') or ${deadAndBlocking})
    order by d.number limit 1
  ) h on true
)
update hub.lane l set
  head_number = coalesce(h.number, l.last_number + 1),
  blocked = coalesce(h.blocks, false),
  wake_at = case when h.number is null or h.blocks then null
    when h.number = l.head_number and h.number <> h.touched and not l.blocked
      then coalesce(l.wake_at, now())
    else now() end
from head h where l.id = h.id`

export async function reseat(
  run: Run,
  places: readonly { lane: string; number: number }[],
): Promise<void> {
  await run('reseat', reseatLanes, [
    places.map((place) => place.lane),
    places.map((place) => place.number),
  ])
}
