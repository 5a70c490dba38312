import type { Cipher, DrainStore, SettledDelivery, SettledLane } from '../../engine/ports.ts'
import type { Database, Run } from './database.ts'
import { setFollows } from './follow.ts'
import { packBytes } from './pack.ts'
import { reseat } from './reseat.ts'

/**
 * Writes what a micro-batch of lane runs ended in: one statement, one commit. Everything hangs on
 * the fence: a worker that lost its lease changes nothing, nor does one that settles a second time
 * because it never heard that the first had been committed. Lanes are locked in (subject, system)
 * order, as accept does. A lane with more to send keeps the place in the queue that its oldest message
 * gives it: a busy lane, which is serial, would else fall behind all the others.
 */
const settleLanes = `
with input as (
  select * from unnest($1::bigint[], $2::bigint[], $3::int[], $4::float8[])
    as t (id, fence, head, wake_ms)
), owned as materialized (
  select l.id from hub.lane l join input i on i.id = l.id and i.fence = l.fence
  where l.owner is not null
  order by l.subject, l.system for update of l
), moved as (
  update hub.lane l set
    head_number = coalesce(i.head, l.head_number),
    blocked = i.wake_ms is null,
    owner = null, lease_until = null,
    wake_at = case
      when i.wake_ms is null or l.last_number < coalesce(i.head, l.head_number) then null
      when i.wake_ms > 0 then now() + i.wake_ms * interval '1 millisecond'
      else coalesce((select m.accepted_at from hub.delivery d join hub.message m on m.id = d.message_id
        where d.lane = l.id and d.number = i.head), now()) end
  from input i, owned o where o.id = i.id and l.id = i.id
  returning l.id, l.wake_at
), ended as materialized (
  select t.* from unnest($5::bigint[], $6::int[], $7::hub.delivery_state[], $8::text[], $9::int[],
    $24::bool[], $27::bool[]) as t (lane, number, state, code, asked, tried, doubtful)
  join owned o on o.id = t.lane
), updated as (
  update hub.delivery d set state = e.state, code = e.code, asked = e.asked, doubtful = e.doubtful,
    tries = d.tries - case when e.tried then 0 else 1 end,
    sent_at = case when e.tried then d.sent_at end,
    finished_at = case when e.state in ('delivered', 'dead', 'superseded') then now() end
  from ended e where d.lane = e.lane and d.number = e.number
), attempted as (
  insert into hub.attempt (lane, number, kind, try, started_at, duration_ms, outcome, code,
    detail, faults, key_id, evidence)
  select t.lane, t.number, t.kind, t.try, t.started_at, t.duration_ms, t.outcome, t.code,
    t.detail::json, t.faults::json, t.key_id,
    case when t.evidence_size > 0 then substring($22::bytea from t.evidence_at for t.evidence_size) end
  from unnest($10::bigint[], $11::int[], $12::text[], $13::int[], $14::timestamptz[], $15::int[],
    $16::text[], $17::text[], $18::text[], $19::text[], $20::int[], $21::int[], $23::int[])
    as t (lane, number, kind, try, started_at, duration_ms, outcome, code, detail, faults,
      key_id, evidence_at, evidence_size)
  join owned o on o.id = t.lane
), remembered as (
  insert into hub.lane_memo as m (lane, memo)
  select t.lane, t.memo from unnest($25::bigint[], $26::json[]) as t (lane, memo)
  join owned o on o.id = t.lane order by t.lane
  on conflict (lane) do update set memo = excluded.memo
)
select id, coalesce(wake_at <= now(), false) as due from moved`

const recordFailures = `
with failed as (
  select * from unnest($2::bigint[], $3::int[], $4::hub.delivery_state[], $5::text[], $6::text[])
    as t (lane, number, state, code, operation)
), problems as (
  insert into hub.problem as p (system, operation, code)
  select distinct $1, operation, code from failed order by operation, code
  on conflict (system, operation, code) do update set last_seen = now()
  returning p.id, p.operation, p.code
)
insert into hub.failure as f (lane, number, system, message_id, state, code, problem_id)
select e.lane, e.number, $1, d.message_id, e.state, e.code, p.id
from failed e
join problems p on p.operation = e.operation and p.code = e.code
join hub.delivery d on d.lane = e.lane and d.number = e.number
on conflict (lane, number) do update set
  state = excluded.state, code = excluded.code, problem_id = excluded.problem_id, since = now()`

type Row = SettledDelivery & { readonly lane: string }

/** A delivery that from now on waits for a person. */
const needsPerson = (lane: SettledLane, delivery: SettledDelivery): boolean =>
  delivery.state === 'dead' || (delivery.state === 'unknown' && lane.wakeMs === null)

function attemptColumns(rows: readonly Row[], cipher: Cipher): unknown[] {
  const attempts = rows.flatMap((row) =>
    row.attempt ? [{ ...row.attempt, lane: row.lane, place: row.number }] : [],
  )
  const sealed = attempts.map(({ evidence, lane, place }) =>
    evidence
      ? cipher.encrypt(Buffer.from(JSON.stringify(evidence)), `attempt:${lane}.${place}`)
      : { keyId: null, bytes: new Uint8Array() },
  )
  const evidence = packBytes(sealed.map((one) => one.bytes))
  return [
    attempts.map((a) => a.lane),
    attempts.map((a) => a.place),
    attempts.map((a) => a.kind),
    attempts.map((a) => a.number),
    attempts.map((a) => a.startedAt.toISOString()),
    attempts.map((a) => Math.round(a.durationMs)),
    attempts.map((a) => a.outcome),
    attempts.map((a) => a.code ?? null),
    attempts.map((a) => (a.detail ? JSON.stringify(a.detail) : null)),
    attempts.map((a) => (a.faults.length > 0 ? JSON.stringify(a.faults) : null)),
    sealed.map((one) => one.keyId),
    evidence.offsets,
    evidence.bytes,
    evidence.sizes,
  ]
}

interface Written {
  id: string
  due: boolean
}

async function write(run: Run, lanes: readonly SettledLane[], cipher: Cipher): Promise<Written[]> {
  const rows: Row[] = lanes.flatMap((lane) =>
    lane.deliveries.map((delivery) => ({ ...delivery, lane: lane.lane })),
  )
  const remembered = lanes.filter((lane) => lane.memo !== undefined)
  return run<Written>('settle', settleLanes, [
    lanes.map((lane) => lane.lane),
    lanes.map((lane) => lane.fence),
    lanes.map((lane) => lane.head ?? null),
    lanes.map((lane) => lane.wakeMs),
    rows.map((row) => row.lane),
    rows.map((row) => row.number),
    rows.map((row) => row.state),
    rows.map((row) => row.code ?? null),
    rows.map((row) => row.asked),
    ...attemptColumns(rows, cipher),
    rows.map((row) => row.tried),
    remembered.map((lane) => lane.lane),
    remembered.map((lane) => JSON.stringify(lane.memo)),
    rows.map((row) => row.doubtful ?? false),
  ])
}

/** What only a few runs need: failures and their problems, a lane to work out anew, what is to be followed. */
async function writeRare(run: Run, system: string, lanes: readonly SettledLane[]): Promise<void> {
  const failed = lanes.flatMap((lane) =>
    lane.deliveries
      .filter((delivery) => needsPerson(lane, delivery))
      .map((delivery) => ({ ...delivery, lane: lane.lane })),
  )
  if (failed.length > 0)
    await run('settle-failures', recordFailures, [
      system,
      failed.map((row) => row.lane),
      failed.map((row) => row.number),
      failed.map((row) => row.state),
      failed.map((row) => row.code ?? 'bug'),
      failed.map((row) => row.operation),
    ])
  const doubtful = lanes.filter((lane) => lane.head === undefined || lane.wakeMs === null)
  if (doubtful.length > 0)
    await reseat(
      run,
      doubtful.map((lane) => ({ lane: lane.lane, number: lane.head ?? 1 })),
    )
  const followed = lanes.filter((lane) => lane.follow)
  if (followed.length > 0) await setFollows(run, followed)
}

const isRare = (lane: SettledLane): boolean =>
  lane.head === undefined || lane.deliveries.some((delivery) => needsPerson(lane, delivery))

export const createSettle =
  (database: Database, cipher: Cipher): DrainStore['settle'] =>
  async (system, lanes) => {
    const rare = lanes.some(isRare)
    const written =
      rare || lanes.some((lane) => lane.follow)
        ? await database.transaction(async (run) => {
            const ours = await write(run, lanes, cipher)
            const still = new Set(ours.map((row) => row.id))
            await writeRare(
              run,
              system,
              lanes.filter((lane) => still.has(lane.lane)),
            )
            return ours
          })
        : await write(database.run, lanes, cipher)
    const owned = new Set(written.map((row) => row.id))
    return {
      lost: lanes.filter((lane) => !owned.has(lane.lane)).map((lane) => lane.lane),
      // A lane that was worked out anew may be due as well; a claim too many does no harm.
      due: written.some((row) => row.due) || rare,
    }
  }
