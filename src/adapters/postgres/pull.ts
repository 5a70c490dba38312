import { HubError } from '../../domain/errors.ts'
import type { PullCursor, PullStore } from '../../engine/ports.ts'
import { addAudit } from './audit.ts'
import type { Database, Run } from './database.ts'
import { moveFollows, readFollows } from './follow.ts'

const claimDue = `
with due as (
  select p.job from hub.pull p join unnest($1::text[], $4::text[]) as wanted (job, prompt) using (job)
  where (p.lease_until is null or p.lease_until < now()) and (p.next_run_at <= now() or exists (
    select from hub.follow f where f.system = wanted.prompt and f.asked_at is null))
  order by p.next_run_at limit 1
  for update of p skip locked
)
update hub.pull p set owner = $2, fence = p.fence + 1,
  lease_until = now() + $3 * interval '1 millisecond'
from due where p.job = due.job
returning p.job, p.cursor, p.fence`

/**
 * Moves the cursor in the transaction of the page's messages, prolongs the lease, and keeps what of
 * the page was refused and what it has found out of what is followed. Another process that took the job over meanwhile undoes the whole page.
 */
export async function moveCursor(run: Run, page: PullCursor): Promise<void> {
  const moved = await run(
    'pull-cursor',
    `update hub.pull set cursor = coalesce($3, cursor), lease_until = now() + $4 * interval '1 millisecond'
     where job = $1 and fence = $2 returning job`,
    [page.job, page.fence, page.cursor ?? null, page.leaseMs],
  )
  if (moved.length === 0) throw new HubError('interrupted')
  for (const refusal of page.refused) {
    await run(
      'pull-problem',
      `insert into hub.problem (system, operation, code) values ($1, $2, $3)
       on conflict (system, operation, code) do update set last_seen = now()`,
      [page.system, page.operation, refusal.code],
    )
    if (refusal.again) continue
    await addAudit(run, {
      actor: `pull:${page.job}`,
      action: 'message.refused',
      object: refusal.subject,
      detail: JSON.stringify({
        event: refusal.eventId,
        code: refusal.code,
        pointers: refusal.pointers,
      }),
    })
  }
  if (page.follows.length > 0) await moveFollows(run, page.system, page.follows)
}

export function createPullStore(database: Database): PullStore {
  return {
    async now() {
      const [row] = await database.run<{ now: Date }>('pull-clock', 'select now()', [])
      if (!row) throw new Error('the store told no time')
      return row.now
    },
    async plan(jobs) {
      await database.run(
        'pull-plan',
        `insert into hub.pull (job, next_run_at) select * from unnest($1::text[], $2::timestamptz[])
         on conflict (job) do update set next_run_at = excluded.next_run_at
         where hub.pull.next_run_at > excluded.next_run_at`,
        [jobs.map((job) => job.id), jobs.map((job) => job.nextRunAt)],
      )
    },
    async claimPull(jobs, owner, leaseMs) {
      const [row] = await database.run<{ job: string; cursor: string | null; fence: string }>(
        'pull-claim',
        claimDue,
        [jobs.map((one) => one.job), owner, leaseMs, jobs.map((one) => one.prompt)],
      )
      return row && { job: row.job, cursor: row.cursor ?? undefined, fence: row.fence }
    },
    async finishPull(run) {
      await database.run(
        'pull-finish',
        `update hub.pull set owner = null, lease_until = null, last_run_at = now(),
           next_run_at = $3, last_messages = $4, last_code = $5
         where job = $1 and fence = $2`,
        [run.job, run.fence, run.nextRunAt, run.messages, run.code ?? null],
      )
    },
    followed: (system, after, limit) => readFollows(database.run, system, after, limit),
    runNow: (job, act) =>
      database.transaction(async (run) => {
        const rows = await run(
          'pull-now',
          'update hub.pull set next_run_at = now() where job = $1 returning job',
          [job],
        )
        if (rows.length > 0)
          await addAudit(run, {
            actor: act.actor,
            action: 'pull.started',
            object: job,
            detail: act.reason,
          })
        return rows.length > 0
      }),
  }
}
