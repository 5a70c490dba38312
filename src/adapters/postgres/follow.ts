import type { SettledLane } from '../../engine/ports/lanes.ts'
import type { DueFollows, FollowPlace, PullCursor, StoredFollow } from '../../engine/ports/pulls.ts'
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
       version = default, state = excluded.state, since = now(), asked_at = null, due_at = now()`,
    [lanes.map((lane) => lane.lane), lanes.map((lane) => JSON.stringify(lane.follow))],
  )
}

/**
 * Of two pulls that move the same version the second finds another and leaves it: it will be asked about
 * again. Rows are locked in the order in which `setFollows` writes them, so the two never deadlock.
 */
const move = `
with mine as materialized (
  select f.subject, t.state, t.next from hub.follow f
  join unnest($2::text[], $3::bigint[], $4::json[], $5::timestamptz[]) as t (subject, version, state, next)
    on t.subject = f.subject and t.version = f.version
  where f.system = $1 order by f.subject collate "C" for update of f
), ended as (
  delete from hub.follow f using mine m
  where f.system = $1 and f.subject = m.subject and m.state is null
)
update hub.follow f set version = default, state = m.state, asked_at = now(),
  due_at = coalesce(m.next, now())
from mine m
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
    follows.map(({ next }) => next ?? null),
  ])
}

interface FollowRow {
  readonly subject: string
  readonly state: StoredFollow['state']
  readonly since: Date
  readonly version: string
}

const followOf = ({ since, ...row }: FollowRow): StoredFollow => ({
  ...row,
  since: since.toISOString(),
})

export async function readFollows(
  run: Run,
  system: string,
  after: string | undefined,
  limit: number,
): Promise<readonly StoredFollow[]> {
  const rows = await run<FollowRow>(
    'follow-read',
    `select subject, state, since, version from hub.follow
     where system = $1 and subject > $2 order by subject limit $3`,
    [system, after ?? '', limit],
  )
  return rows.map(followOf)
}

const due = (among: string) => `
select subject, state, since, version, due_at::text as due_at from hub.follow
where system = $1 and ${among} due_at <= $2::timestamptz and (due_at, subject) > ($3::timestamptz, $4)
order by due_at, subject limit $5`

const dueAll = due('')
const dueNew = due('asked_at is null and')

/** In the order in which they became due; places keep the store's microseconds, which a Date has not. */
export async function readDueFollows(
  run: Run,
  system: string,
  { until, after, onlyNew, limit }: DueFollows,
): Promise<{ readonly rows: readonly StoredFollow[]; readonly last: FollowPlace | undefined }> {
  const rows = await run<FollowRow & { due_at: string }>(
    onlyNew ? 'follow-new' : 'follow-due',
    onlyNew ? dueNew : dueAll,
    [system, until, after?.dueAt ?? '-infinity', after?.subject ?? '', limit],
  )
  const last = rows.at(-1)
  return {
    rows: rows.map(({ due_at: _, ...row }) => followOf(row)),
    last: last && { dueAt: last.due_at, subject: last.subject },
  }
}
