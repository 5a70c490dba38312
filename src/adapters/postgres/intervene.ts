import {
  type DeliveryPlace,
  type DeliveryState,
  deliveryId,
  type Intervention,
  interventions,
} from '../../domain/delivery.ts'
import { HubError } from '../../domain/errors.ts'
import type { Act, InterveneStore } from '../../engine/ports/interventions.ts'
import type { Database, Run } from './database.ts'
import { reseat } from './reseat.ts'

/** What is to be moved; with what was there when it was chosen, nothing else is moved in its stead. */
export interface Chosen extends DeliveryPlace {
  readonly chosen?: { readonly message: string; readonly state: DeliveryState }
}

interface Found {
  lane: string
  number: number
  state: DeliveryState | null
  system: string
  overtaken: boolean
  busy: boolean
  /** The system may have it, and nobody knows. */
  uncertain: boolean
  /** Another message, or another state, than when it was chosen. */
  other: boolean
}

/**
 * Overtaken: a later one has reached the system, or may have. One that may have and is moved with this
 * one is no hindrance: both wait again, in their order. ($3: such states can be moved.)
 */
const find = `
with chosen as materialized (
  select * from unnest($1::bigint[], $2::int[], $4::uuid[], $5::hub.delivery_state[])
    with ordinality as t (lane, number, message, state, place)
)
select c.lane, c.number, d.state, d.system, coalesce(l.lease_until > now(), false) as busy,
  coalesce(d.doubtful or d.given_up, false) as uncertain,
  coalesce(c.message <> d.message_id or c.state <> d.state, false) as other, exists (
  select 1 from hub.delivery n where n.lane = c.lane and n.number > c.number
    and n.state in ('sending', 'delivered', 'unknown') and not (n.state = 'unknown' and $3
      and exists (select 1 from chosen o where o.lane = n.lane and o.number = n.number))) as overtaken
from chosen c left join hub.lane l on l.id = c.lane
left join hub.delivery d on d.lane = c.lane and d.number = c.number
order by c.place`

/** In (subject, system) order, as accept and settle do. */
const lock = `
select 1 from hub.lane where id = any ($1::bigint[]) order by subject, system for update`

/**
 * A worker whose lease has run out may still come back with an answer; what a person decides now must
 * not be overwritten by it.
 */
const revoke = `
update hub.lane set owner = null, lease_until = null, fence = fence + 1
where id = any ($1::bigint[]) and lease_until < now()`

const move = `
update hub.delivery d set state = $3::hub.delivery_state, asked = 0,
  doubtful = doubtful and $3::text in ('held', 'waiting') and state <> 'unknown',
  given_up = $3::text = 'dead' and state = 'unknown',
  tries = case when $3::text = 'waiting' then (doubtful and state <> 'unknown')::int else tries end,
  code = case when $3::text in ('waiting', 'delivered') then null else code end,
  finished_at = case when $3::text in ('delivered', 'discarded', 'dead') then now() end
from unnest($1::bigint[], $2::int[]) as t (lane, number)
where d.lane = t.lane and d.number = t.number`

/** Deliveries that stop for a person have a failure row; those that move again have none. */
const keepFailure = `
insert into hub.failure (lane, number, system, message_id, unit, state, code)
select d.lane, d.number, d.system, d.message_id, m.unit, $3::hub.delivery_state,
  coalesce(d.code, 'interrupted')
from unnest($1::bigint[], $2::int[]) as t (lane, number)
join hub.delivery d on d.lane = t.lane and d.number = t.number
join hub.message m on m.id = d.message_id
on conflict (lane, number) do update set state = excluded.state`

export const clearFailure = `
delete from hub.failure f using unnest($1::bigint[], $2::int[]) as t (lane, number)
where f.lane = t.lane and f.number = t.number`

/** With a transaction id before its rows are drawn, as `addAudit` has. */
const audit = `
insert into hub.audit (actor, action, object, detail)
select $3, $4, t.lane || '.' || t.number, $5
from pg_current_xact_id(), unnest($1::bigint[], $2::int[]) with ordinality as t (lane, number, place)
order by t.place`

/** What can be done: to deliveries in these states, and what they are then. */
export interface Move {
  readonly from: readonly DeliveryState[]
  readonly to: DeliveryState
  /** Only where the system surely does not have it. */
  readonly certain?: boolean
}

/** Why this may not be done to what was found; undefined: it may. */
function refusalOf(found: Found, { from, to, certain = false }: Move): HubError | undefined {
  if (found.state === null) return new HubError('not-found')
  if (found.other)
    return new HubError('state-conflict', {
      detail: {
        vi: 'Đã khác lúc được chọn: bản tin đã được hiệu chỉnh, hoặc đã đổi trạng thái.',
        en: 'It is another than when it was chosen: the message was corrected, or its state has changed.',
      },
    })
  if (!from.includes(found.state))
    return new HubError('state-conflict', {
      detail: {
        vi: `Bản tin đang ở trạng thái ${found.state}.`,
        en: `The delivery is ${found.state}.`,
      },
    })
  // A worker is asking the system about it at this moment and will write the answer.
  if (found.state === 'unknown' && found.busy)
    return new HubError('state-conflict', {
      detail: {
        vi: 'Liên thông đang hỏi hệ thống đích về bản tin này; thử lại sau vài giây.',
        en: 'The hub is asking the system about it right now; try again in some seconds.',
      },
    })
  if (certain && found.uncertain)
    return new HubError('state-conflict', {
      detail: {
        vi: 'Hệ thống đích có thể đã nhận bản gốc. Tra ở hệ thống đích trước; nếu chưa có thì gửi lại bản gốc, và hiệu chỉnh khi nó bị từ chối.',
        en: 'The system may have the original. Look there first; if it is not there, send the original again, and correct it once it is refused.',
      },
    })
  if (to === 'waiting' && found.overtaken) return new HubError('order-would-break')
  return undefined
}

export interface Judged extends DeliveryPlace {
  readonly system: string
  readonly state: DeliveryState | null
  readonly refusal: HubError | undefined
}

export const columns = (places: readonly DeliveryPlace[]): [lanes: string[], numbers: number[]] => [
  places.map((place) => place.lane),
  places.map((place) => place.number),
]

/** What would become of each if all were moved together; changes nothing. */
export async function judgeAll(
  run: Run,
  places: readonly Chosen[],
  moving: Move,
): Promise<readonly Judged[]> {
  const movesUnknown = moving.from.includes('unknown')
  const rows = await run<Found>('intervene-find', find, [
    ...columns(places),
    movesUnknown,
    places.map(({ chosen }) => chosen?.message ?? null),
    places.map(({ chosen }) => chosen?.state ?? null),
  ])
  return rows.map((row) => ({
    lane: row.lane,
    number: row.number,
    system: row.system,
    state: row.state,
    refusal: refusalOf(row, moving),
  }))
}

/** Until the end of this transaction nobody else changes anything in these lanes. */
export async function takeLanes(run: Run, places: readonly DeliveryPlace[]): Promise<void> {
  const lanes = [...new Set(places.map((place) => place.lane))]
  await run('intervene-lock', lock, [lanes])
  await run('intervene-revoke', revoke, [lanes])
}

/** One place of each lane: its lowest, from which its head is worked out anew. */
export function lowestOfEach(places: readonly DeliveryPlace[]): DeliveryPlace[] {
  const lowest = new Map<string, number>()
  for (const { lane, number } of places)
    lowest.set(lane, Math.min(number, lowest.get(lane) ?? number))
  return [...lowest].map(([lane, number]) => ({ lane, number }))
}

/**
 * Moves by the table of interventions all that may be moved, in this transaction, with an audit row each in
 * the order given; says of the others why not. No worker sees a lane of which only a part has been moved.
 */
export async function interveneAll(
  run: Run,
  places: readonly Chosen[],
  intervention: Intervention,
  act: Act,
): Promise<readonly Judged[]> {
  await takeLanes(run, places)
  const judged = await judgeAll(run, places, interventions[intervention])
  const moved = judged.filter((one) => !one.refusal)
  if (moved.length === 0) return judged
  const { to } = interventions[intervention]
  const at = columns(moved)
  await run('intervene-move', move, [...at, to])
  if (to === 'held' || to === 'dead') await run('intervene-keep', keepFailure, [...at, to])
  else await run('intervene-clear', clearFailure, at)
  await reseat(run, lowestOfEach(moved))
  await run('intervene-audit', audit, [...at, act.actor, `delivery.${intervention}`, act.reason])
  return judged
}

export function createInterveneStore(database: Database): InterveneStore {
  return {
    intervene: (place, intervention, act) =>
      database.transaction(async (run) => {
        const [one] = await interveneAll(run, [place], intervention, act)
        if (!one) throw new Error(`${deliveryId(place)} was not judged`)
        if (one.refusal) throw one.refusal
        return { system: one.system }
      }),
  }
}
