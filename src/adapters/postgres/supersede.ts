import { parseDeliveryId } from '../../domain/delivery.ts'
import type { NewMessage, Stored } from '../../engine/ports/accept.ts'
import type { Run } from './database.ts'
import { reseat } from './reseat.ts'

/** Only snapshots that surely never arrived, and only those older than the newest one accepted now. */
const markOlder = `
with newest as (
  select t.lane, max(t.number) as number from unnest($1::bigint[], $2::int[]) as t (lane, number)
  group by t.lane
), marked as (
  update hub.delivery d set state = 'superseded', finished_at = now()
  from newest n join hub.lane l on l.id = n.lane
  where d.lane = n.lane and d.number >= l.head_number and d.number < n.number
    and d.state = 'waiting' and d.snapshot
  returning d.lane, d.number
), audited as (
  insert into hub.audit (actor, action, object, detail)
  select 'hub', 'delivery.superseded', m.lane || '.' || m.number, m.lane || '.' || n.number
  from marked m join newest n on n.lane = m.lane order by m.lane, m.number
)
select lane, number from newest order by lane`

/** Policy `supersede`: a newer full snapshot replaces unsent older ones; recorded, never deleted. */
export async function supersedeOlder(
  run: Run,
  messages: readonly NewMessage[],
  stored: readonly Stored[],
): Promise<void> {
  const places = messages.flatMap((message, index) => {
    const answer = stored[index]
    if (answer?.kind !== 'accepted') return []
    const systems = new Set(
      message.routes
        .filter((route) => route.policy === 'supersede' && route.snapshot)
        .map((route) => route.system),
    )
    return answer.receipt.deliveries.flatMap((delivery) => {
      const place = systems.has(delivery.system) ? parseDeliveryId(delivery.id) : undefined
      return place ? [place] : []
    })
  })
  if (places.length === 0) return
  await run('supersede', markOlder, [
    places.map((place) => place.lane),
    places.map((place) => place.number),
  ])
  await reseat(run, places)
}
