import type { PullCursor, SettledLane, StoredFollow } from '../../engine/ports.ts'
import type { Run } from './database.ts'

/**
 * What lanes ask to be followed, in the transaction of their outcomes. Each gets a new version: a pull that
 * was asking about the one before neither overwrites nor ends it.
 */
export async function setFollows(run: Run, lanes: readonly SettledLane[]): Promise<void> {
  await run(
    'follow-set',
    `insert into hub.follow as f (system, subject, state)
     select l.system, l.subject, t.state from unnest($1::bigint[], $2::json[]) as t (lane, state)
     join hub.lane l on l.id = t.lane order by l.subject collate "C"
     on conflict (system, subject) do update set
       version = default, state = excluded.state, since = now(), asked_at = null`,
    [lanes.map((lane) => lane.lane), lanes.map((lane) => JSON.stringify(lane.follow))],
  )
}

/** Rows are locked in the order in which `setFollows` writes them, so the two never deadlock. */
const move = `
with mine as materialized (
  select f.subject, t.state from hub.follow f
  join unnest($2::text[], $3::bigint[], $4::json[]) as t (subject, version, state)
    on t.subject = f.subject and t.version = f.version
  where f.system = $1 order by f.subject collate "C" for update of f
), ended as (
  delete from hub.follow f using mine m
  where f.system = $1 and f.subject = m.subject and m.state is null
)
update hub.follow f set state = m.state, asked_at = now() from mine m
where f.system = $1 and f.subject = m.subject and m.state is not null`

export async function moveFollows(
  run: Run,
  system: string,
  follows: PullCursor['follows'],
): Promise<void> {
  await run('follow-move', move, [
    system,
    follows.map((follow) => follow.subject),
    follows.map((follow) => follow.version),
    follows.map(({ state }) => (state ? JSON.stringify(state) : null)),
  ])
}

export async function readFollows(
  run: Run,
  system: string,
  after: string | undefined,
  limit: number,
): Promise<readonly StoredFollow[]> {
  const rows = await run<Omit<StoredFollow, 'since'> & { since: Date }>(
    'follow-read',
    `select subject, state, since, version from hub.follow
     where system = $1 and subject > $2 order by subject limit $3`,
    [system, after ?? '', limit],
  )
  return rows.map((row) => ({ ...row, since: row.since.toISOString() }))
}
