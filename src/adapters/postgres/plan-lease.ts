/** Which process carries a plan out: one at a time, by a lease with a fence. */
import type { PlanAction, PlanState } from '../../domain/plan.ts'
import type { ClaimedPlan, PlanRunStore } from '../../engine/ports/plans.ts'
import type { Database, Run } from './database.ts'

const begins = `(p.state = 'scheduled' and p.start_at <= now())`

/** What is claimed when its time has come begins to run. */
const claim = `
with due as (
  select id from hub.plan
  where due_at <= now() and (lease_until is null or lease_until < now())
  order by due_at limit 1
  for update skip locked
)
update hub.plan p set owner = $1, fence = p.fence + 1,
  lease_until = now() + $2 * interval '1 millisecond',
  state = case when ${begins} then 'running' else p.state end,
  running_since = case when ${begins} then now() else p.running_since end,
  started_at = case when ${begins} then now() else p.started_at end,
  next_at = case when ${begins} then now() else p.next_at end
from due where p.id = due.id
returning p.id, p.fence, p.state, p.action`

/** A plan that was done long ago and waits for a slow outcome is looked at more rarely. */
const release = `
update hub.plan set owner = null, lease_until = null, due_at = case
    when state in ('preparing', 'running') then now()
    when state = 'scheduled' then start_at
    when done > ok + failed then now() + case
      when running_since > now() - interval '1 hour' then interval '2 seconds'
      else interval '30 seconds' end
  end
where id = $1 and fence = $2`

export const createPlanLeases = (
  database: Database,
): Pick<PlanRunStore, 'claimPlan' | 'renewPlan' | 'releasePlan'> => ({
  async claimPlan(owner, leaseMs) {
    const [row] = await database.run<{
      id: number
      fence: string
      state: PlanState
      action: PlanAction
    }>('plan-claim', claim, [owner, leaseMs])
    return row
  },
  async renewPlan(plan, leaseMs) {
    const rows = await database.run(
      'plan-renew',
      `update hub.plan set lease_until = now() + $3 * interval '1 millisecond'
       where id = $1 and fence = $2 and owner is not null returning id`,
      [plan.id, plan.fence, leaseMs],
    )
    return rows.length > 0
  },
  async releasePlan(plan) {
    await database.run('plan-release', release, [plan.id, plan.fence])
  },
})

/** What a step of a plan goes by. */
export interface PlanRow {
  state: PlanState
  reason: string
  run_by: string
  rate: number
  done: number
  ok: number
  failed: number
  skipped: number
  total: number
  base_ok: number
  base_failed: number
  stop_after: number
  stop_percent: number
  /** That it carries out. */
  correction: number | null
  /** Items that its rate allows now; not positive: none. */
  allowed: number
  /** Milliseconds until it allows one. */
  wait_ms: number
}

/** Time that was not used is lost but for so much of it, so that a rate is never made up for by a burst. */
export const mostMadeUp = `interval '500 milliseconds'`

/** Its rate by the store's clock. */
const hold = `
select state, reason, run_by, rate, done, ok, failed, skipped, total, base_ok, base_failed,
  stop_after, stop_percent, (filter->>'correction')::int as correction,
  coalesce(floor(extract(epoch from now() - greatest(next_at, now() - ${mostMadeUp}))
    * rate / 60) + 1, 1)::int as allowed,
  coalesce(greatest(extract(epoch from next_at - now()) * 1000, 0), 0)::float8 as wait_ms
from hub.plan where id = $1 and fence = $2 and owner is not null for update`

/** Locks the plan for this transaction, if it is this process's still: nobody changes it meanwhile. */
export async function holdPlan(run: Run, plan: ClaimedPlan): Promise<PlanRow | undefined> {
  const [row] = await run<PlanRow>('plan-hold', hold, [plan.id, plan.fence])
  return row
}
