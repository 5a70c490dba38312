/** Carries a plan out, step by step: what is done to an item, and that it is done, is one commit. */

import type { DeliveryPlace, DeliveryState } from '../../domain/delivery.ts'
import { moveOf, type PlanAction, type PlanStopFacts, sends, stopWords } from '../../domain/plan.ts'
import type { Act } from '../../engine/ports/interventions.ts'
import type { ClaimedPlan, PlanRunStore } from '../../engine/ports/plans.ts'
import { addAudit } from './audit.ts'
import { correctAll } from './corrections/apply.ts'
import type { Database, Run } from './database.ts'
import { type Chosen, interveneAll, type Judged } from './intervene.ts'
import { isPaused } from './paused.ts'
import { holdPlan, mostMadeUp, type PlanRow } from './plan-lease.ts'
import { plannedElsewhere } from './plan-prepare.ts'

/** Of one lane in one step. A longer run of one dossier is done in several, still in its order. */
const mostOfLane = 200

/**
 * A run of unknown ones can be sent again only from its newest: an older one would be overtaken by what may
 * have arrived. All else goes by its number.
 */
const newestFirst = (action: PlanAction): boolean =>
  moveOf(action).from.includes('unknown') && sends(action)

/** The lanes that came first, each with all that is pending of it. */
const pick = (direction: 'asc' | 'desc'): string => `
with next as (
  select lane, min(place) as place from (
    select lane, row_number() over () as place from (
      select lane from hub.plan_item where plan = $1 and result = 'pending'
      order by turn, lane, number limit $2) first
  ) numbered group by lane
)
select i.lane, i.number, i.system, i.message_id, i.found from next n cross join lateral (
  select lane, number, system, message_id, found from hub.plan_item
  where plan = $1 and lane = n.lane and result = 'pending'
  order by number ${direction} limit ${mostOfLane}) i
order by n.place, i.number ${direction}`

const closed = `
select system, case when circuit = 'open' then 'circuit-open' else 'system-paused' end as code
from hub.system_state where system = any ($1)
  and (circuit = 'open' or ${isPaused()})
order by system limit 1`

const mark = `
update hub.plan_item i set result = t.result, code = t.code, state = t.state, done_at = now(),
  ended_at = case when t.result <> 'moved' then now() end
from unnest($2::bigint[], $3::int[], $4::text[], $5::text[], $6::hub.delivery_state[])
  as t (lane, number, result, code, state)
where i.plan = $1 and i.lane = t.lane and i.number = t.number`

const count = `
update hub.plan set done = done + $2, ok = ok + $3, skipped = skipped + $4,
  next_at = greatest(next_at, now() - ${mostMadeUp}) + $2 * interval '1 minute' / rate,
  lease_until = greatest(lease_until, now() + interval '10 seconds')
where id = $1
returning greatest(extract(epoch from next_at - now()) * 1000, 0)::float8 as wait_ms`

interface Picked extends DeliveryPlace {
  readonly system: string
  readonly message_id: string
  readonly found: DeliveryState
}

async function stop(run: Run, plan: ClaimedPlan, facts: PlanStopFacts): Promise<void> {
  await run(
    'plan-stop',
    `update hub.plan set state = 'paused', stopped_at = now(), stopped_by = 'hub', stopped_why = null,
       stop = $2 where id = $1`,
    [plan.id, JSON.stringify(facts)],
  )
  await addAudit(run, {
    actor: 'hub',
    action: 'plan.paused',
    object: `plan:${plan.id}`,
    detail: stopWords(facts).vi,
  })
}

/** Nothing is pending any more. */
async function finish(
  run: Run,
  plan: ClaimedPlan,
  row: PlanRow,
): Promise<'finishing' | 'finished'> {
  const { done, ok, failed, skipped } = row
  const state = done > ok + failed ? 'finishing' : 'finished'
  await run(
    'plan-finish',
    `update hub.plan set state = $2, ended_at = case when $2 = 'finished' then now() end where id = $1`,
    [plan.id, state],
  )
  if (state === 'finished')
    await addAudit(run, {
      actor: 'hub',
      action: 'plan.finished',
      object: `plan:${plan.id}`,
      detail: JSON.stringify({ ok, failed, skipped }),
    })
  return state
}

/** What has been put right since, or corrected, is no longer what somebody looked at when he made the plan. */
const asChosen = ({ lane, number, message_id, found }: Picked): Chosen => ({
  ...{ lane, number, chosen: { message: message_id, state: found } },
})

const doAll = (
  run: Run,
  { action }: ClaimedPlan,
  { correction }: PlanRow,
  picked: readonly Picked[],
  act: Act,
): Promise<readonly Judged[]> =>
  action === 'correct'
    ? correctAll(run, correction ?? 0, picked, act)
    : interveneAll(run, picked.map(asChosen), action, act)

/** Does it to these, and says on record what became of each. */
async function carryOut(
  run: Run,
  plan: ClaimedPlan,
  row: PlanRow,
  picked: readonly Picked[],
): Promise<{ readonly waitMs: number; readonly wake: readonly string[] }> {
  const elsewhere = await plannedElsewhere(run, plan.id, picked)
  const isTaken = ({ lane, number }: DeliveryPlace): boolean => elsewhere.has(`${lane}.${number}`)
  const taken = picked.filter(isTaken)
  const ours = picked.filter((one) => !isTaken(one))
  const act = { actor: row.run_by, reason: `${row.reason} (kế hoạch ${plan.id})` }
  const judged = ours.length > 0 ? await doAll(run, plan, row, ours, act) : []
  const { to } = moveOf(plan.action)
  const after = sends(plan.action) ? 'moved' : 'ok'
  const results = [
    ...taken.map((one) => ({ ...one, result: 'skipped', code: 'already-planned', state: null })),
    ...judged.map(({ refusal, ...one }) =>
      refusal
        ? { ...one, result: 'skipped', code: refusal.code }
        : { ...one, result: after, code: null, state: after === 'ok' ? to : null },
    ),
  ]
  await run('plan-mark', mark, [
    plan.id,
    results.map((one) => one.lane),
    results.map((one) => one.number),
    results.map((one) => one.result),
    results.map((one) => one.code),
    results.map((one) => one.state),
  ])
  const moved = judged.filter((one) => !one.refusal)
  const [paced] = await run<{ wait_ms: number }>('plan-count', count, [
    plan.id,
    moved.length,
    after === 'ok' ? moved.length : 0,
    results.length - moved.length,
  ])
  return { waitMs: paced?.wait_ms ?? 0, wake: [...new Set(moved.map((one) => one.system))] }
}

export const createPlanAdvance = (database: Database): PlanRunStore['advance'] => {
  const idle = { waitMs: 0, wake: [] }
  return (plan, most) =>
    database.transaction(async (run) => {
      const row = await holdPlan(run, plan)
      if (!row) return { state: 'lost', ...idle }
      if (row.state !== 'running') return { state: row.state, ...idle }
      const limit = Math.min(most, row.allowed)
      if (limit < 1) return { state: row.state, ...idle, waitMs: row.wait_ms }
      const direction = newestFirst(plan.action) ? 'desc' : 'asc'
      const picked = await run<Picked>(`plan-pick-${direction}`, pick(direction), [plan.id, limit])
      if (picked.length === 0) return { state: await finish(run, plan, row), ...idle }
      if (sends(plan.action)) {
        const systems = [...new Set(picked.map((one) => one.system))]
        const [shut] = await run<Pick<PlanStopFacts, 'system' | 'code'>>('plan-closed', closed, [
          systems,
        ])
        if (shut) {
          await stop(run, plan, { ...shut, known: 0, failed: 0 })
          return { state: 'paused', ...idle }
        }
      }
      return { state: row.state, ...(await carryOut(run, plan, row, picked)) }
    })
}

/**
 * What came of moved ones. What a person has stopped, given up or corrected since needs nothing more of the plan.
 * ($6: it does not put other messages there itself.)
 */
const resolve = `
with looked as materialized (
  select turn, lane, number, message_id from hub.plan_item
  where plan = $1 and result = 'moved' and (turn, lane, number) > ($2::uuid, $3::bigint, $4::int)
  order by turn, lane, number limit $5
), known as materialized (
  select w.lane, w.number, case when other then 'superseded' else d.state end as state, d.code,
    not other and d.state in ('dead', 'unknown') as failed
  from looked w join hub.delivery d on d.lane = w.lane and d.number = w.number
  cross join lateral (select $6 and d.message_id <> w.message_id as other) o
  where other or d.state in ('delivered', 'superseded', 'discarded', 'held', 'dead') or (d.state = 'unknown'
    and exists (select 1 from hub.failure f where f.lane = d.lane and f.number = d.number))
), ended as (
  update hub.plan_item i set result = case when k.failed then 'failed' else 'ok' end,
    code = case when k.failed then coalesce(k.code, 'interrupted') end, state = k.state, ended_at = now()
  from known k where i.plan = $1 and i.lane = k.lane and i.number = k.number
)
select (select count(*)::int from looked) as looked,
  (select turn || '/' || lane || '/' || number from looked order by turn desc, lane desc, number desc
    limit 1) as last,
  (select count(*)::int from known where not failed) as ok,
  (select count(*)::int from known where failed) as failed`

interface Looked {
  looked: number
  last: string | null
  ok: number
  failed: number
}

const lowest = '00000000-0000-0000-0000-000000000000'

export const createPlanLook =
  (database: Database): PlanRunStore['look'] =>
  (plan, after, limit) =>
    database.transaction(async (run) => {
      const row = await holdPlan(run, plan)
      if (!row) return { state: 'lost', next: null, open: 0 }
      const [turn = lowest, lane = '0', number = '0'] = after?.split('/') ?? []
      const [seen] = await run<Looked>('plan-look', resolve, [
        ...[plan.id, turn, lane, number, limit, plan.action !== 'correct'],
      ])
      if (!seen) throw new Error('a count has a row')
      const ok = row.ok + seen.ok
      const failed = row.failed + seen.failed
      await run('plan-known', 'update hub.plan set ok = $2, failed = $3 where id = $1', [
        plan.id,
        ok,
        failed,
      ])
      const next = seen.looked < limit ? null : seen.last
      const open = row.done - ok - failed
      if (row.state === 'finishing' && open === 0)
        return { state: await finish(run, plan, { ...row, ok, failed }), next, open }
      const known = ok + failed - row.base_ok - row.base_failed
      const again = failed - row.base_failed
      const tooMany = known >= row.stop_after && again * 100 > row.stop_percent * known
      if (row.state !== 'running' || !tooMany) return { state: row.state, next, open }
      await stop(run, plan, { code: 'fails-again', system: '', known, failed: again })
      return { state: 'paused', next, open }
    })
