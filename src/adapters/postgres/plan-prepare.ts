/** Freezes the selection of a plan, page by page, and sums it up. */

import type { DeliveryPlace } from '../../domain/delivery.ts'
import { moveOf, type PlanState } from '../../domain/plan.ts'
import type { PlanFilter, PlanRunStore } from '../../engine/ports/plans.ts'
import { addAudit } from './audit.ts'
import type { Database, Run } from './database.ts'
import { judgeAll } from './intervene.ts'
import { holdPlan } from './plan-lease.ts'
import { readSelection, type Selected } from './plan-selection.ts'

/** Those of these places that an older plan will yet act upon. One that nobody has set going keeps nobody waiting. */
export async function plannedElsewhere(
  run: Run,
  plan: number,
  places: readonly DeliveryPlace[],
): Promise<ReadonlySet<string>> {
  const rows = await run<{ id: string }>(
    'plan-elsewhere',
    `select t.lane || '.' || t.number as id
     from unnest($1::bigint[], $2::int[]) as t (lane, number) where exists (
       select 1 from hub.plan_item o join hub.plan p on p.id = o.plan
       where o.lane = t.lane and o.number = t.number and o.result = 'pending'
         and o.plan < $3 and (p.state in ('scheduled', 'running', 'paused')
           or (p.state = 'preparing' and p.starts)))`,
    [places.map((one) => one.lane), places.map((one) => one.number), plan],
  )
  return new Set(rows.map((row) => row.id))
}

const insert = `
insert into hub.plan_item (plan, lane, number, turn, message_id, system, type, agency, found, found_code,
  conflict)
select $1, t.lane, t.number, case when t.lane = $11 then $12::uuid
    else first_value(t.message_id) over (partition by t.lane order by t.number) end,
  t.message_id, t.system, t.type, t.agency, t.state, t.code, t.conflict
from unnest($2::bigint[], $3::int[], $4::uuid[], $5::text[], $6::text[], $7::text[],
  $8::hub.delivery_state[], $9::text[], $10::text[])
  as t (lane, number, message_id, system, type, agency, state, code, conflict)`

/** Of a lane that the page before could not take whole. */
const begun = `
select turn from hub.plan_item where plan = $1 and lane = $2 order by plan, lane, number limit 1`

const summarise = `
with counted as (
  select grouping(system) as s, grouping(found_code) as c, grouping(type) as t, grouping(conflict) as x,
    system, found_code, agency, type, conflict, count(*)::int as count
  from hub.plan_item where plan = $1
  group by grouping sets ((system), (found_code), (agency, type), (conflict))
)
select json_build_object(
  'systems', (select coalesce(json_agg(json_build_object('system', system, 'count', count)
    order by count desc, system), '[]') from counted where s = 0),
  'codes', (select coalesce(json_agg(json_build_object('code', found_code, 'count', count)
    order by count desc, found_code), '[]') from counted where c = 0),
  'groups', (select coalesce(json_agg(json_build_object('agency', agency, 'type', type, 'count', count)
    order by count desc, agency, type), '[]') from
    (select * from counted where t = 0 order by count desc, agency, type limit 100) most),
  'conflicts', (select coalesce(json_agg(json_build_object('code', conflict, 'count', count)
    order by count desc, conflict), '[]') from counted where x = 0 and conflict is not null)) as summary`

interface Preparing {
  filter: PlanFilter
  systems: string[]
  units: string[]
  state: PlanState
  until: string
  at_lane: string
  at_number: number
}

async function keepPage(
  run: Run,
  plan: Parameters<PlanRunStore['prepare']>[0],
  rows: readonly Selected[],
): Promise<void> {
  const judged = await judgeAll(run, rows, moveOf(plan.action))
  const elsewhere = await plannedElsewhere(run, plan.id, rows)
  const conflicts = judged.map(
    ({ lane, number, refusal }) =>
      refusal?.code ?? (elsewhere.has(`${lane}.${number}`) ? 'already-planned' : null),
  )
  const [first] = rows
  const [torn] = await run<{ turn: string }>('plan-begun', begun, [plan.id, first?.lane])
  await run('plan-insert', insert, [
    plan.id,
    rows.map((row) => row.lane),
    rows.map((row) => row.number),
    rows.map((row) => row.message_id),
    rows.map((row) => row.system),
    rows.map((row) => row.type),
    rows.map((row) => row.agency),
    rows.map((row) => row.state),
    rows.map((row) => row.code),
    conflicts,
    torn ? first?.lane : null,
    torn?.turn ?? null,
  ])
  const last = rows.at(-1)
  await run(
    'plan-page',
    'update hub.plan set at_lane = $2, at_number = $3, total = total + $4 where id = $1',
    [plan.id, last?.lane, last?.number, rows.length],
  )
}

const settled = `
update hub.plan set summary = $2, rate = coalesce(rate, $3), due_at = now(), next_at = now(),
  state = case when total = 0 then 'finished' when not starts then 'ready'
    when start_at > now() then 'scheduled' else 'running' end,
  started_at = case when total > 0 and starts and coalesce(start_at <= now(), true) then now() end,
  running_since = case when total > 0 and starts and coalesce(start_at <= now(), true) then now() end,
  ended_at = case when total = 0 then now() end
where id = $1 returning state, total`

export const createPlanPreparing = (
  database: Database,
): Pick<PlanRunStore, 'prepare' | 'prepared'> => ({
  async prepare(plan, limit) {
    const [found] = await database.run<Preparing>(
      'plan-selection',
      `select filter, systems, units, state, created_at::text as until, at_lane, at_number from hub.plan
       where id = $1 and fence = $2 and owner is not null`,
      [plan.id, plan.fence],
    )
    if (!found) return { state: 'lost' }
    if (found.state !== 'preparing') return { state: found.state }
    const after = { lane: found.at_lane, number: found.at_number }
    // Outside of the transaction: what is rare is looked for through much, and nobody should wait for that.
    const page = await readSelection(database, found.filter, found, after, found.until, limit)
    const state = await database.transaction(async (run) => {
      const held = await holdPlan(run, plan)
      if (held?.state === 'preparing' && page.rows.length > 0) await keepPage(run, plan, page.rows)
      return held?.state ?? ('lost' as const)
    })
    if (state !== 'preparing' || page.more) return { state }
    const systems = await database.ask<{ system: string }>(
      'select distinct system from hub.plan_item where plan = $1 order by system',
      [plan.id],
    )
    return { state, systems: systems.map((row) => row.system) }
  },
  async prepared(plan, ratePerMinute) {
    const [row] = await database.ask<{ summary: object }>(summarise, [plan.id])
    return database.transaction(async (run) => {
      const held = await holdPlan(run, plan)
      if (held?.state !== 'preparing') return held?.state ?? 'lost'
      const [after] = await run<{ state: PlanState; total: number }>('plan-prepared', settled, [
        plan.id,
        JSON.stringify(row?.summary ?? {}),
        ratePerMinute,
      ])
      if (!after) throw new Error('a plan that is held is there')
      await addAudit(run, {
        actor: 'hub',
        action: 'plan.prepared',
        object: `plan:${plan.id}`,
        detail: JSON.stringify({ total: after.total }),
      })
      return after.state
    })
  },
})
