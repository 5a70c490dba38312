/** What people do with plans, each with its audit row. */
import { HubError } from '../../domain/errors.ts'
import type { PlanState } from '../../domain/plan.ts'
import type { Act } from '../../engine/ports/interventions.ts'
import type { NewPlan, PlanRunStore, PlanStore } from '../../engine/ports/plans.ts'
import { addAudit } from './audit.ts'
import type { Database, Run } from './database.ts'
import { createPlanLeases } from './plan-lease.ts'
import { createPlanPreparing } from './plan-prepare.ts'
import { createPlanAdvance, createPlanLook } from './plan-steps.ts'

export const createPlanRunStore = (database: Database): PlanRunStore => ({
  ...createPlanLeases(database),
  ...createPlanPreparing(database),
  advance: createPlanAdvance(database),
  look: createPlanLook(database),
})

/** From here on it counts anew what its rate and its share of failures go by. */
const running = `state = 'running', running_since = now(), next_at = now(), base_past = done + skipped,
  base_ok = ok, base_failed = failed, started_at = coalesce(started_at, now()),
  stopped_at = null, stopped_by = null, stopped_why = null, stop = null, due_at = now(), run_by = $2`

export async function addPlan(run: Run, plan: NewPlan, { actor, reason }: Act): Promise<number> {
  const [row] = await run<{ id: number }>(
    'plan-create',
    `insert into hub.plan (action, filter, reason, created_by, run_by, starts, start_at, rate,
       stop_after, stop_percent, systems, units)
     values ($1, $2, $3, $4, $4, $5, $6, $7, $8, $9, $10, $11) returning id`,
    [
      plan.action,
      JSON.stringify(plan.filter),
      reason,
      actor,
      plan.starts,
      plan.startAt ?? null,
      plan.ratePerMinute ?? null,
      plan.stopAfter,
      plan.stopPercent,
      plan.reach.systems,
      plan.reach.units,
    ],
  )
  if (!row) throw new Error('a plan has its number')
  await addAudit(run, { actor, action: 'plan.created', object: `plan:${row.id}`, detail: reason })
  return row.id
}

export function createPlanStore(database: Database): PlanStore {
  /** `text` is given the plan's id, the actor, and `values`. */
  const change = (
    id: number,
    { actor, reason }: Act,
    from: readonly PlanState[],
    action: string,
    text: string,
    values: readonly unknown[] = [],
  ): Promise<void> =>
    database.transaction(async (run) => {
      const [found] = await run<{ state: PlanState }>(
        'plan-lock',
        'select state from hub.plan where id = $1 for update',
        [id],
      )
      if (!found) throw new HubError('not-found')
      if (!from.includes(found.state))
        throw new HubError('state-conflict', {
          detail: {
            vi: `Kế hoạch đang ở trạng thái ${found.state}.`,
            en: `The plan is ${found.state}.`,
          },
        })
      await run(action, text, [id, actor, ...values])
      await addAudit(run, { actor, action, object: `plan:${id}`, detail: reason })
    })

  return {
    create: (plan, act) => database.transaction((run) => addPlan(run, plan, act)),
    start: (id, startAt, act) =>
      startAt
        ? change(
            ...[id, act, ['preparing', 'ready', 'scheduled'] as const, 'plan.scheduled'],
            `update hub.plan set starts = true, start_at = $3, run_by = $2,
               state = case when state = 'preparing' then state else 'scheduled' end,
               due_at = case when state = 'preparing' then due_at else $3 end where id = $1`,
            [startAt],
          )
        : change(
            ...[id, act, ['preparing', 'ready', 'scheduled'] as const, 'plan.started'],
            `update hub.plan set starts = true, start_at = null, run_by = $2, due_at = now(), next_at = now(),
               state = case when state = 'preparing' then state else 'running' end,
               started_at = case when state <> 'preparing' then now() end,
               running_since = case when state <> 'preparing' then now() end where id = $1`,
          ),
    pause: (id, act) =>
      change(
        ...[id, act, ['scheduled', 'running'] as const, 'plan.paused'],
        `update hub.plan set state = 'paused', stopped_at = now(), stopped_by = $2, stopped_why = $3,
           stop = null, due_at = now() where id = $1`,
        [act.reason],
      ),
    resume: (id, act) =>
      change(
        ...[id, act, ['paused'] as const, 'plan.resumed'],
        `update hub.plan set ${running} where id = $1`,
      ),
    setRate: (id, ratePerMinute, act) =>
      change(
        id,
        { ...act, reason: `${ratePerMinute}/phút: ${act.reason}` },
        ['preparing', 'ready', 'scheduled', 'running', 'paused'],
        'plan.rate',
        // What the old rate has put off is not waited for under the new one.
        `update hub.plan set rate = $3, next_at = least(next_at, now()), base_past = done + skipped,
           running_since = case when state = 'running' then now() else running_since end
         where id = $1 and $2::text is not null`,
        [ratePerMinute],
      ),
    cancel: (id, act) =>
      change(
        ...[id, act, ['preparing', 'ready', 'scheduled', 'running', 'paused'] as const],
        'plan.cancelled',
        `update hub.plan set state = 'cancelled', ended_at = now(), due_at = now(), stopped_at = now(),
           stopped_by = $2, stopped_why = $3, stop = null where id = $1`,
        [act.reason],
      ),
  }
}
