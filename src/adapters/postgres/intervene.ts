import { type DeliveryState, deliveryId, interventions } from '../../domain/delivery.ts'
import { HubError } from '../../domain/errors.ts'
import type { InterveneStore } from '../../engine/ports.ts'
import { addAudit } from './audit.ts'
import type { Database } from './database.ts'
import { reseat } from './reseat.ts'

interface Found {
  state: DeliveryState
  system: string
  overtaken: boolean
  busy: boolean
}

const find = `
select d.state, d.system, exists (
  select 1 from hub.delivery n where n.lane = d.lane and n.number > d.number
    and n.state in ('sending', 'delivered', 'unknown')) as overtaken,
  coalesce(l.lease_until > now(), false) as busy
from hub.delivery d join hub.lane l on l.id = d.lane where d.lane = $1 and d.number = $2`

/**
 * A worker whose lease has run out may still come back with an answer; what a person decides now must
 * not be overwritten by it.
 */
const revoke = `
update hub.lane set owner = null, lease_until = null, fence = fence + 1
where id = $1 and lease_until < now()`

const move = `
update hub.delivery set state = $3::hub.delivery_state, asked = 0,
  doubtful = doubtful and $3::text in ('held', 'waiting') and state <> 'unknown',
  tries = case when $3::text = 'waiting' then (doubtful and state <> 'unknown')::int else tries end,
  code = case when $3::text in ('waiting', 'delivered') then null else code end,
  finished_at = case when $3::text in ('delivered', 'discarded', 'dead') then now() end
where lane = $1 and number = $2`

/** Deliveries that stop for a person have a failure row; those that move again have none. */
const keepFailure = `
insert into hub.failure (lane, number, system, message_id, state, code)
select lane, number, system, message_id, $3::hub.delivery_state, coalesce(code, 'interrupted')
from hub.delivery where lane = $1 and number = $2
on conflict (lane, number) do update set state = excluded.state`

export function createInterveneStore(database: Database): InterveneStore {
  return {
    intervene: (place, intervention, act) =>
      database.transaction(async (run) => {
        const at = [place.lane, place.number]
        await run('intervene-lock', 'select 1 from hub.lane where id = $1 for update', [place.lane])
        await run('intervene-revoke', revoke, [place.lane])
        const [found] = await run<Found>('intervene-find', find, at)
        if (!found) throw new HubError('not-found')
        const { from, to } = interventions[intervention]
        if (!(from as readonly string[]).includes(found.state))
          throw new HubError('state-conflict', {
            detail: {
              vi: `Bản tin đang ở trạng thái ${found.state}.`,
              en: `The delivery is ${found.state}.`,
            },
          })
        // A worker is asking the system about it at this moment and will write the answer.
        if (found.state === 'unknown' && found.busy)
          throw new HubError('state-conflict', {
            detail: {
              vi: 'Liên thông đang hỏi hệ thống đích về bản tin này; thử lại sau vài giây.',
              en: 'The hub is asking the system about it right now; try again in some seconds.',
            },
          })
        if (to === 'waiting' && found.overtaken) throw new HubError('order-would-break')
        await run('intervene-move', move, [...at, to])
        if (to === 'held' || to === 'dead') await run('intervene-keep', keepFailure, [...at, to])
        else
          await run(
            'intervene-clear',
            'delete from hub.failure where lane = $1 and number = $2',
            at,
          )
        await reseat(run, [place])
        await addAudit(run, {
          actor: act.actor,
          action: `delivery.${intervention}`,
          object: deliveryId(place),
          detail: act.reason,
        })
        return { system: found.system }
      }),
  }
}
