import { HubError } from '../../domain/errors.ts'
import { showable } from '../../domain/message.ts'
import type { Act } from '../../engine/ports/interventions.ts'
import type { PullCursor, PullStore } from '../../engine/ports/pulls.ts'
import { addAudit } from './audit.ts'
import type { Database, Run } from './database.ts'
import { moveFollows, readDueFollows, readFollows } from './follow.ts'
import { isPaused } from './paused.ts'

const notPaused = `not ${isPaused()}`
const notRunning = '(lease_until is null or lease_until <= now())'

/** What goes on is no new run: one that was asked for meanwhile still comes behind it. */
const claimDue = `
with due as (
  select p.job from hub.pull p join unnest($1::text[], $4::text[]) as wanted (job, prompt) using (job)
  where ${notRunning} and ${notPaused} and (p.next_run_at <= now() or p.owner is not null
    or exists (select from hub.follow f where f.system = wanted.prompt and f.asked_at is null
      and (p.last_code is null or f.since > p.last_run_at
        or p.last_run_at < now() - interval '1 minute')))
  order by p.next_run_at limit 1
  for update of p skip locked
)
update hub.pull p set owner = $2, fence = p.fence + 1,
  lease_until = now() + $3 * interval '1 millisecond',
  run_requested = p.run_requested and p.owner is not null
from due where p.job = due.job
returning p.job, p.cursor, p.refused, p.fence`

/**
 * Moves the cursor in the transaction of the page's messages, with what of them was refused; prolongs the
 * lease, keeps what of the page was refused as audit rows and problems, and moves on what is followed. Another process that took the job over meanwhile undoes the
 * whole page.
 */
export async function moveCursor(run: Run, page: PullCursor): Promise<void> {
  const refused = page.refused.flatMap(({ eventId }) => (eventId === undefined ? [] : [eventId]))
  const moved = await run(
    'pull-cursor',
    `update hub.pull set cursor = coalesce($3, cursor), refused = $5,
       lease_until = now() + $4 * interval '1 millisecond'
     where job = $1 and fence = $2 returning job`,
    [page.job, page.fence, page.cursor ?? null, page.leaseMs, JSON.stringify(refused)],
  )
  if (moved.length === 0) throw new HubError('interrupted')
  for (const refusal of page.refused) {
    await run(
      'pull-problem',
      `with problem as (
         insert into hub.problem as p (system, operation, code, total) values ($1, $2, $3, 1)
         on conflict (system, operation, code, fingerprint) do update set last_seen = now(),
           total = p.total + 1, resolved_at = null,
           opened_at = case when p.resolved_at is null then p.opened_at else now() end,
           acknowledged_at = case when p.resolved_at is null then p.acknowledged_at end,
           reopened = p.reopened + (p.resolved_at is not null)::int
         returning id
       )
       insert into hub.problem_hour as h (problem_id, hour, count)
       select id, date_trunc('hour', now()), 1 from problem
       on conflict (problem_id, hour) do update set count = h.count + 1`,
      [page.system, page.operation, refusal.code],
    )
    if (refusal.again) continue
    await addAudit(run, {
      actor: `pull:${page.job}`,
      action: 'message.refused',
      object: refusal.subject,
      detail: JSON.stringify({
        event: showable(refusal.eventId ?? ''),
        code: refusal.code,
        pointers: refusal.pointers,
      }),
    })
  }
  if (page.follows.length > 0) await moveFollows(run, page.system, page.follows)
}

export function createPullStore(database: Database): PullStore {
  /** Changes the row and writes the audit row in one commit; false when nothing changed. */
  const change = (
    name: string,
    text: string,
    values: readonly [job: string, ...unknown[]],
    { actor, reason, action }: Act & { readonly action: string },
  ): Promise<boolean> =>
    database.transaction(async (run) => {
      const rows = await run(name, text, [...values])
      if (rows.length > 0) await addAudit(run, { actor, action, object: values[0], detail: reason })
      return rows.length > 0
    })

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
    async passOver(jobs, lateMs) {
      const rows = await database.run<{ job: string; planned_at: Date }>(
        'pull-pass-over',
        `with late as (
           select p.job, p.next_run_at, j.next_run_at as later
           from unnest($1::text[], $2::timestamptz[]) as j (job, next_run_at)
           join hub.pull p on p.job = j.job
           where p.owner is null and p.next_run_at < now() - $3 * interval '1 millisecond'
           for update of p skip locked
         )
         update hub.pull p set next_run_at = late.later, skipped_at = late.next_run_at
         from late where p.job = late.job
         returning p.job, p.skipped_at as planned_at`,
        [jobs.map((job) => job.id), jobs.map((job) => job.nextRunAt), lateMs],
      )
      return rows.map((row) => ({ job: row.job, plannedAt: row.planned_at }))
    },
    async claimPull(jobs, owner, leaseMs) {
      const [row] = await database.run<{
        job: string
        cursor: string | null
        refused: string[]
        fence: string
      }>('pull-claim', claimDue, [
        jobs.map((one) => one.job),
        owner,
        leaseMs,
        jobs.map((one) => one.prompt),
      ])
      return row && { ...row, cursor: row.cursor ?? undefined }
    },
    async renewPull(due, leaseMs) {
      const rows = await database.run(
        'pull-renew',
        `update hub.pull set lease_until = now() + $3 * interval '1 millisecond'
         where job = $1 and fence = $2 and ${notPaused} returning job`,
        [due.job, due.fence, leaseMs],
      )
      return rows.length > 0
    },
    async releasePull(due) {
      await database.run(
        'pull-release',
        'update hub.pull set lease_until = now() where job = $1 and fence = $2',
        [due.job, due.fence],
      )
    },
    async finishPull(run) {
      await database.run(
        'pull-finish',
        `update hub.pull set owner = null, lease_until = null, last_run_at = now(),
           next_run_at = case when run_requested then now() else $3 end,
           last_messages = $4, last_code = $5
         where job = $1 and fence = $2`,
        [run.job, run.fence, run.nextRunAt, run.messages, run.code ?? null],
      )
    },
    async timesOf(source, eventIds) {
      const rows = await database.run<{ event_id: string; time: string }>(
        'pull-times',
        'select event_id, time from hub.message where source = $1 and event_id = any ($2)',
        [source, eventIds],
      )
      return new Map(rows.map((row) => [row.event_id, row.time]))
    },
    followed: (system, after, limit) => readFollows(database.run, system, after, limit),
    dueFollows: (system, which) => readDueFollows(database.run, system, which),
    runNow: (job, act) =>
      change(
        'pull-now',
        `update hub.pull set next_run_at = now(), run_requested = true
         where job = $1 and ${notPaused} returning job`,
        [job],
        { ...act, action: 'pull.started' },
      ),
    pause: (job, by, resumeAt) =>
      change(
        'pull-pause',
        `update hub.pull set paused_at = now(), paused_by = $2, paused_reason = $3, resume_at = $4
         where job = $1 and ${notPaused} returning job`,
        [job, by.actor, by.reason, resumeAt ?? null],
        { ...by, action: 'pull.paused' },
      ),
    resume: (job, by) =>
      change(
        'pull-resume',
        `update hub.pull set paused_at = null, paused_by = null, paused_reason = null, resume_at = null
         where job = $1 and paused_at is not null returning job`,
        [job],
        { ...by, action: 'pull.resumed' },
      ),
    rewind: (job, back, { actor, reason, to }) =>
      database.transaction(async (run) => {
        const [row] = await run<{ cursor: string | null }>(
          'pull-rewind-from',
          'select cursor from hub.pull where job = $1 for update',
          [job],
        )
        if (!row) return false
        // The fence: a page that is being read would move the cursor on again.
        await run(
          'pull-rewind',
          `update hub.pull set cursor = $2, refused = '[]', fence = fence + 1, owner = null, lease_until = null
           where job = $1`,
          [job, back(row.cursor ?? undefined) ?? null],
        )
        const detail = JSON.stringify({ to, reason })
        await addAudit(run, { actor, action: 'pull.rewound', object: job, detail })
        return true
      }),
  }
}
