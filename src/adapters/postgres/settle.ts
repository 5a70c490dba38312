import { fingerprintLimit, othersFingerprint } from '../../domain/fingerprint.ts'
import type { Cipher } from '../../engine/ports/crypto.ts'
import type { DrainStore, SettledDelivery, SettledLane } from '../../engine/ports/lanes.ts'
import { attemptColumns } from './attempt-columns.ts'
import type { Database, Run } from './database.ts'
import { setFollows } from './follow.ts'
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

/** Two batches must not both make the last problem that the limit allows. */
const limitProblems = `select pg_advisory_xact_lock(hashtextextended('hub.problem ' || $1, 0))`

/**
 * One statement for all failures of a batch: a row for each problem and hour, however many they are. A
 * fingerprint that is new when there are enough open ones goes to the others.
 */
const recordFailures = `
with given as (
  select * from unnest($2::bigint[], $3::int[], $4::hub.delivery_state[], $5::text[], $6::text[],
    $7::text[], $8::text[], $9::text[])
    as t (lane, number, state, code, operation, fingerprint, title, remote_code)
), causes as (
  select distinct on (operation, code, fingerprint) operation, code, fingerprint, title, remote_code,
    exists (select from hub.problem p where p.system = $1 and p.operation = g.operation
      and p.code = g.code and p.fingerprint = g.fingerprint and p.resolved_at is null) as known
  from given g order by operation, code, fingerprint
), placed as (
  select c.*, not known and fingerprint <> '' and row_number() over (
      partition by operation, code, known order by fingerprint)
    + (select count(*) from hub.problem p where p.system = $1 and p.operation = c.operation
        and p.code = c.code and p.fingerprint not in ('', '${othersFingerprint}')
        and p.resolved_at is null) > $10 as other
  from causes c
), failed as (
  select g.lane, g.number, g.state, g.code, g.operation,
    case when p.other then '${othersFingerprint}' else g.fingerprint end as fingerprint,
    case when p.other then '' else p.title end as title,
    case when p.other then null else p.remote_code end as remote_code
  from given g join placed p using (operation, code, fingerprint)
), problems as (
  insert into hub.problem as p (system, operation, code, fingerprint, title, remote_code, total)
  select $1, operation, code, fingerprint, min(title), min(remote_code), count(*) from failed
  group by operation, code, fingerprint order by operation, code, fingerprint
  on conflict (system, operation, code, fingerprint) do update set last_seen = now(),
    total = p.total + excluded.total, resolved_at = null,
    opened_at = case when p.resolved_at is null then p.opened_at else now() end,
    acknowledged_at = case when p.resolved_at is null then p.acknowledged_at end,
    reopened = p.reopened + (p.resolved_at is not null)::int
  returning p.id, p.operation, p.code, p.fingerprint
), hours as (
  insert into hub.problem_hour as h (problem_id, hour, count)
  select p.id, date_trunc('hour', now()), count(*) from failed f
  join problems p using (operation, code, fingerprint) group by p.id order by p.id
  on conflict (problem_id, hour) do update set count = h.count + excluded.count
)
insert into hub.failure as f (lane, number, system, message_id, unit, state, code, problem_id)
select e.lane, e.number, $1, d.message_id, m.unit, e.state, e.code, p.id
from failed e
join problems p using (operation, code, fingerprint)
join hub.delivery d on d.lane = e.lane and d.number = e.number
join hub.message m on m.id = d.message_id
on conflict (lane, number) do update set
  state = excluded.state, code = excluded.code, problem_id = excluded.problem_id, since = now()`

/** A delivery that from now on waits for a person. */
const needsPerson = (lane: SettledLane, delivery: SettledDelivery): boolean =>
  delivery.state === 'dead' || (delivery.state === 'unknown' && lane.wakeMs === null)

interface Written {
  id: string
  due: boolean
}

async function write(run: Run, lanes: readonly SettledLane[], cipher: Cipher): Promise<Written[]> {
  const rows = lanes.flatMap((lane) =>
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
  if (failed.length > 0) {
    if (failed.some((row) => row.cause)) await run('settle-limit', limitProblems, [system])
    await run('settle-failures', recordFailures, [
      system,
      failed.map((row) => row.lane),
      failed.map((row) => row.number),
      failed.map((row) => row.state),
      failed.map((row) => row.code ?? 'bug'),
      failed.map((row) => row.operation),
      failed.map((row) => row.cause?.fingerprint ?? ''),
      failed.map((row) => row.cause?.title ?? ''),
      failed.map((row) => row.cause?.remoteCode ?? null),
      fingerprintLimit,
    ])
  }
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

/** Told of each operation that succeeded, and of a moment (monotonic) not after it. */
export type TellSuccess = (system: string, operation: string, atMs: number) => void

export const createSettle =
  (database: Database, cipher: Cipher, succeeded?: TellSuccess): DrainStore['settle'] =>
  async (system, lanes) => {
    const startedMs = performance.now()
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
    if (succeeded)
      for (const lane of lanes)
        if (owned.has(lane.lane))
          for (const { state, operation } of lane.deliveries)
            if (state === 'delivered') succeeded(system, operation, startedMs)
    return {
      lost: lanes.filter((lane) => !owned.has(lane.lane)).map((lane) => lane.lane),
      // A lane that was worked out anew may be due as well; a claim too many does no harm.
      due: written.some((row) => row.due) || rare,
    }
  }
