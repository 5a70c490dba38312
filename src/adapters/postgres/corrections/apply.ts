/** Corrected messages take the places of those they stand for. */
import { correcting } from '../../../domain/correction.ts'
import { type DeliveryPlace, deliveryId } from '../../../domain/delivery.ts'
import { HubError } from '../../../domain/errors.ts'
import type { Act } from '../../../engine/ports/interventions.ts'
import type { Run } from '../database.ts'
import {
  clearFailure,
  columns,
  type Judged,
  judgeAll,
  lowestOfEach,
  takeLanes,
} from '../intervene.ts'
import { reseat } from '../reseat.ts'

/** Places that are still those of the messages that were corrected. */
const stillTheirs = `
select p.lane || '.' || p.number as id from unnest($2::bigint[], $3::int[]) as t (lane, number)
join hub.correction_place p on p.correction = $1 and p.lane = t.lane and p.number = t.number
  and p.moved_to is null
join hub.correction_message c on c.correction = p.correction and c.message_id = p.message_id
  and c.faults is null
join hub.delivery d on d.lane = p.lane and d.number = p.number and d.message_id = p.message_id`

/** A message whose places are taken in several steps is there from the first of them on. */
const accept = `
with given as (
  select distinct on (c.message_id) c.*, k.revision from unnest($2::bigint[], $3::int[]) as t (lane, number)
  join hub.correction_place p on p.correction = $1 and p.lane = t.lane and p.number = t.number
  join hub.correction_message c on c.correction = $1 and c.message_id = p.message_id
  join hub.correction k on k.id = $1
), fresh as (
  insert into hub.message (id, source, event_id, type, subject, time, dataschema, client, mode, revision,
    size, unit, sha256, corrects)
  select g.new_id, m.source, 'correction:' || g.new_id, m.type, m.subject, m.time, m.dataschema, m.client,
    'structured', g.revision, g.size, g.unit, g.sha256, m.id
  from given g join hub.message m on m.id = g.message_id
  on conflict (id) do nothing returning id
), bodies as (
  insert into hub.body (message_id, key_id, bytes)
  select g.new_id, g.key_id, g.bytes from given g join fresh f on f.id = g.new_id
), audited as (
  insert into hub.audit (actor, action, object, detail)
  select $4, 'message.corrected', g.new_id::text, json_build_object('corrects', g.message_id,
    'correction', $1::int, 'sha256', encode(g.sha256, 'hex'), 'changed', g.pointers)::text
  from pg_current_xact_id(), given g join fresh f on f.id = g.new_id order by g.new_id
)
update hub.correction_message c set bytes = null, key_id = null
from given g where c.correction = $1 and c.message_id = g.message_id`

/** What is replaced goes to the end of its lane, so that nothing that is there is numbered anew. */
const makeRoom = `
with given as (
  select lane, number, row_number() over (partition by lane order by number) as rank,
    count(*) over (partition by lane) as total
  from unnest($2::bigint[], $3::int[]) as t (lane, number)
), lanes as (
  update hub.lane l set last_number = l.last_number + g.total
  from (select distinct lane, total from given) g where l.id = g.lane
  returning l.id, l.last_number - g.total as base
)
update hub.correction_place p set moved_to = l.base + g.rank
from given g join lanes l on l.id = g.lane
where p.correction = $1 and p.lane = g.lane and p.number = g.number`

const given = `
from unnest($2::bigint[], $3::int[]) as t (lane, number)
join hub.correction_place p on p.correction = $1 and p.lane = t.lane and p.number = t.number`

const keepReplaced = `
insert into hub.delivery (lane, number, message_id, system, job, revision, policy, snapshot, state,
  tries, asked, fence, code, sent_at, finished_at)
select d.lane, p.moved_to, d.message_id, d.system, d.job, d.revision, d.policy, d.snapshot, 'superseded',
  d.tries, d.asked, d.fence, d.code, d.sent_at, now()
${given}
join hub.delivery d on d.lane = p.lane and d.number = p.number`

/** Evidence stays bound to the number under which it was encrypted. */
const keepAttempts = `
update hub.attempt a set number = x.moved_to, sealed_number = coalesce(a.sealed_number, a.number)
from (select p.lane, p.number, p.moved_to ${given}) x where a.lane = x.lane and a.number = x.number`

const takePlace = `
update hub.delivery d set message_id = x.new_id, revision = x.revision, state = 'waiting', tries = 0, asked = 0,
  code = null, sent_at = null, finished_at = null
from (
  select p.lane, p.number, c.new_id, k.revision ${given}
  join hub.correction_message c on c.correction = $1 and c.message_id = p.message_id
  join hub.correction k on k.id = $1
) x where d.lane = x.lane and d.number = x.number`

const audit = `
insert into hub.audit (actor, action, object, detail)
select $4, v.action, p.lane || '.' || v.number, v.detail
from pg_current_xact_id(), unnest($2::bigint[], $3::int[]) with ordinality as t (lane, number, turn)
join hub.correction_place p on p.correction = $1 and p.lane = t.lane and p.number = t.number
cross join lateral (values (1, 'delivery.corrected', p.number, $5),
  (2, 'delivery.superseded', p.moved_to, p.lane || '.' || p.number)) v (step, action, number, detail)
order by t.turn, v.step`

/**
 * In this transaction, all that may be done; says of the others why not. The corrected message waits under the
 * number of what it replaces: whatever came later is behind it, as it was behind the original.
 */
export async function correctAll(
  run: Run,
  correction: number,
  places: readonly DeliveryPlace[],
  act: Act,
): Promise<readonly Judged[]> {
  await takeLanes(run, places)
  const theirs = new Set(
    (
      await run<{ id: string }>('correct-theirs', stillTheirs, [correction, ...columns(places)])
    ).map(({ id }) => id),
  )
  const judged = (await judgeAll(run, places, correcting)).map((one) =>
    one.refusal || theirs.has(deliveryId(one))
      ? one
      : { ...one, refusal: new HubError('state-conflict') },
  )
  const moved = judged.filter((one) => !one.refusal)
  if (moved.length === 0) return judged
  const at = columns(moved)
  await run('correct-accept', accept, [correction, ...at, act.actor])
  await run('correct-room', makeRoom, [correction, ...at])
  await run('correct-replaced', keepReplaced, [correction, ...at])
  await run('correct-attempts', keepAttempts, [correction, ...at])
  await run('correct-place', takePlace, [correction, ...at])
  await run('intervene-clear', clearFailure, at)
  await reseat(run, lowestOfEach(moved))
  await run('correct-audit', audit, [correction, ...at, act.actor, act.reason])
  return judged
}
