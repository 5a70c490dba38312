import { HubError } from '../../domain/errors.ts'
import type { ProblemAction, ProblemChange, ProblemStore } from '../../engine/ports/problems.ts'
import { addAudit } from './audit.ts'
import type { Database } from './database.ts'

/** Each changes nothing, and so is refused, where there is nothing to be changed. */
const changes: Readonly<Record<ProblemAction, string>> = {
  acknowledge: `update hub.problem set acknowledged_at = now()
    where id = $1 and $2::text is null and acknowledged_at is null and resolved_at is null returning id`,
  assign: `update hub.problem set owner = $2 where id = $1 and owner is distinct from $2 returning id`,
  note: `insert into hub.problem_note (problem_id, author, text)
    select id, $3, $2 from hub.problem where id = $1 returning problem_id as id`,
  mute: `update hub.problem set muted_until = $2::timestamptz
    where id = $1 and resolved_at is null and $2::timestamptz > now() returning id`,
  unmute: `update hub.problem set muted_until = null
    where id = $1 and $2::text is null and muted_until > now() returning id`,
  resolve: `update hub.problem set resolved_at = now(), muted_until = null
    where id = $1 and $2::text is null and resolved_at is null returning id`,
}

const givenBy = (change: ProblemChange): string | null =>
  change.text ?? change.owner ?? change.until?.toISOString() ?? null

/** Over: nobody waits for a person any more, and the operation has worked since. */
const resolve = `
with over as (
  update hub.problem p set resolved_at = now(), muted_until = null
  from hub.operation_success s
  where p.resolved_at is null and s.system = p.system and s.operation = p.operation
    and s.at > p.last_seen and not exists (select from hub.failure f where f.problem_id = p.id)
  returning p.id
), told as (
  insert into hub.audit (actor, action, object, detail)
  select 'hub', 'problem.resolved', over.id::text, '' from over, pg_current_xact_id()
)
select id from over`

export function createProblemStore(database: Database): ProblemStore {
  return {
    change: (id, change, act) =>
      database.transaction(async (run) => {
        const values: unknown[] = [id, givenBy(change)]
        if (change.action === 'note') values.push(act.actor)
        const changed = await run(`problem-${change.action}`, changes[change.action], values)
        if (changed.length === 0) {
          const found = await run('problem-find', 'select from hub.problem where id = $1', [id])
          throw new HubError(found.length === 0 ? 'not-found' : 'state-conflict')
        }
        await addAudit(run, {
          actor: act.actor,
          action: `problem.${change.action}`,
          object: String(id),
          detail: act.reason,
        })
      }),
    async succeeded(operations) {
      await database.run(
        'problem-success',
        `insert into hub.operation_success as s (system, operation, at)
         select system, operation, now() - ago * interval '1 millisecond'
         from unnest($1::text[], $2::text[], $3::float8[]) as t (system, operation, ago)
         order by system, operation
         on conflict (system, operation) do update set at = greatest(s.at, excluded.at)`,
        [
          operations.map(({ system }) => system),
          operations.map(({ operation }) => operation),
          operations.map(({ agoMs }) => agoMs),
        ],
      )
    },
    async sweep() {
      const resolved = await database.run('problem-over', resolve, [])
      await database.run(
        'problem-hours',
        `delete from hub.problem_hour where (problem_id, hour) in (select problem_id, hour
           from hub.problem p cross join lateral (select * from hub.problem_hour h
             where h.problem_id = p.id and h.hour < now() - interval '15 days' offset 0) h limit 1000)`,
        [],
      )
      // What people wrote about one is worth keeping; a failure may still point to it.
      await database.run(
        'problem-forget',
        `delete from hub.problem p where p.resolved_at < now() - interval '180 days'
           and not exists (select from hub.failure f where f.problem_id = p.id)
           and not exists (select from hub.problem_note n where n.problem_id = p.id)`,
        [],
      )
      return resolved.length
    },
    async joined(version) {
      await database.run(
        'release-joined',
        `insert into hub.release (version) select $1 where $1 is distinct from
           (select version from hub.release order by id desc limit 1)`,
        [version],
      )
    },
  }
}
