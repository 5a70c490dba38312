import type { DeliveryState } from '../../../domain/delivery.ts'
import { deliveryId } from '../../../domain/delivery.ts'
import type { ErrorCode } from '../../../domain/errors.ts'
import {
  type PlanAction,
  type PlanResult,
  type PlanState,
  type PlanStopFacts,
  planLimits,
  stopWords,
} from '../../../domain/plan.ts'
import type { Reach } from '../../../domain/unit.ts'
import type { Page } from '../../../engine/ports/page.ts'
import type {
  PlanDetail,
  PlanItemFilter,
  PlanItemView,
  PlanQueries,
  PlanSummary,
  PlanView,
} from '../../../engine/ports/plans.ts'
import type { Database } from '../database.ts'
import { badCursor, createConditions } from './keyset.ts'
import { reachedMaker, reachValues } from './reach.ts'
import { codeOf, iso } from './rows.ts'

interface PlanRow {
  id: number
  action: PlanAction
  filter: PlanView['filter']
  reason: string
  created_at: Date
  created_by: string
  state: PlanState
  start_at: Date | null
  rate: number | null
  stop_after: number
  stop_percent: number
  summary: PlanSummary | null
  total: number
  done: number
  ok: number
  failed: number
  skipped: number
  base_past: number
  running_since: Date | null
  started_at: Date | null
  ended_at: Date | null
  stopped_at: Date | null
  stopped_by: string | null
  stopped_why: string | null
  stop: PlanStopFacts | null
  now: Date
}

const columns = `p.id, action, filter, reason, created_at, created_by, state, start_at, rate, stop_after,
  stop_percent, summary, total, done, ok, failed, skipped, base_past, running_since, started_at, ended_at,
  stopped_at, stopped_by, stopped_why, stop, now() as now`

/** What it has really done; nothing can be said of the first seconds. */
function measured(row: PlanRow): number | null {
  if (row.state !== 'running' || !row.running_since) return null
  const minutes = (row.now.getTime() - row.running_since.getTime()) / 60_000
  return minutes < 0.05 ? null : Math.round((row.done + row.skipped - row.base_past) / minutes)
}

function stoppedOf(row: PlanRow): PlanView['stopped'] {
  if (!row.stopped_at) return null
  const why = row.stopped_why ?? ''
  return {
    since: row.stopped_at.toISOString(),
    by: row.stopped_by ?? '',
    reason: row.stop ? stopWords(row.stop) : { vi: why, en: why },
    code: row.stop?.code ?? null,
  }
}

function viewOf(row: PlanRow): PlanView {
  const pending = row.total - row.done - row.skipped
  const over = row.state === 'finished' || row.state === 'cancelled'
  const minutesLeft =
    row.rate === null || row.summary === null
      ? null
      : over
        ? 0
        : Math.ceil((pending * 10) / row.rate) / 10
  return {
    id: row.id,
    action: row.action,
    filter: row.filter,
    reason: row.reason,
    state: row.state,
    createdAt: row.created_at.toISOString(),
    createdBy: row.created_by,
    startAt: iso(row.start_at),
    startedAt: iso(row.started_at),
    endedAt: iso(row.ended_at),
    ratePerMinute: row.rate,
    stopAfter: row.stop_after,
    stopPercent: row.stop_percent,
    counts: {
      total: row.total,
      pending,
      done: row.done,
      moved: row.done - row.ok - row.failed,
      ok: row.ok,
      failed: row.failed,
      skipped: row.skipped,
    },
    summary: row.summary,
    minutesLeft,
    endsAt:
      row.state === 'running' && minutesLeft !== null
        ? new Date(row.now.getTime() + minutesLeft * 60_000).toISOString()
        : null,
    measuredPerMinute: measured(row),
    stopped: stoppedOf(row),
  }
}

interface ItemRow {
  lane: string
  number: number
  turn: string
  message_id: string
  subject: string
  system: string
  type: string
  agency: string | null
  found: DeliveryState
  found_code: string | null
  conflict: string | null
  result: PlanResult
  code: string | null
  state: DeliveryState | null
  done_at: Date | null
  ended_at: Date | null
}

const itemOf = (row: ItemRow): PlanItemView => ({
  id: deliveryId(row),
  message: row.message_id,
  subject: row.subject,
  system: row.system,
  type: row.type,
  agency: row.agency,
  foundState: row.found,
  foundCode: codeOf(row.found_code),
  conflict: codeOf(row.conflict),
  result: row.result,
  code: codeOf(row.code),
  state: row.state,
  doneAt: iso(row.done_at),
  endedAt: iso(row.ended_at),
})

const cursorShape = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/(\d{1,18})\/(\d{1,9})$/

async function listItems(
  database: Database,
  id: number,
  filter: PlanItemFilter,
): Promise<Page<PlanItemView>> {
  const { add, values, conditions, where } = createConditions()
  add(id, (p) => `i.plan = ${p}`)
  if (filter.result) add(filter.result, (p) => `i.result = ${p}`)
  if (filter.cursor !== undefined) {
    const match = cursorShape.exec(Buffer.from(filter.cursor, 'base64url').toString())
    if (!match) throw badCursor()
    const places = match.slice(1).map((part) => `$${values.push(part)}`)
    conditions.push(
      `(i.turn, i.lane, i.number) > (${places[0]}::uuid, ${places[1]}::bigint, ${places[2]}::int)`,
    )
  }
  const rows = await database.ask<ItemRow>(
    `select i.*, (select l.subject from hub.lane l where l.id = i.lane) as subject
     from hub.plan_item i where ${where()}
     order by i.turn, i.lane, i.number limit ${Math.floor(filter.limit) + 1}`,
    values,
  )
  const page = rows.slice(0, filter.limit)
  const last = page.at(-1)
  return {
    items: page.map(itemOf),
    next:
      rows.length > page.length && last
        ? Buffer.from(`${last.turn}/${last.lane}/${last.number}`).toString('base64url')
        : null,
  }
}

async function findPlan(
  database: Database,
  id: number,
  reach?: Reach,
): Promise<PlanDetail | undefined> {
  const [row] = await database.run<PlanRow>(
    'query-plan',
    `select ${columns} from hub.plan p where p.id = $1 and ${reachedMaker('p', 2)}`,
    [id, ...reachValues(reach)],
  )
  if (!row) return undefined
  const [failures, sample] = await Promise.all([
    database.run<{ result: 'failed' | 'skipped'; code: ErrorCode; count: number }>(
      'query-plan-failures',
      `select result, code, count(*)::int as count from hub.plan_item
       where plan = $1 and result in ('failed', 'skipped') group by result, code
       order by count desc, code`,
      [id],
    ),
    listItems(database, id, { limit: planLimits.sample }),
  ])
  return { ...viewOf(row), failures, sample: sample.items }
}

export const createPlanQueries = (database: Database): PlanQueries => ({
  async plans(filter) {
    const { add, values, conditions, where } = createConditions()
    values.push(...reachValues(filter.reach))
    conditions.push(reachedMaker('p', 1))
    if (filter.state) add(filter.state, (p) => `state = ${p}`)
    if (filter.cursor !== undefined) {
      if (!/^\d{1,9}$/.test(filter.cursor)) throw badCursor()
      add(filter.cursor, (p) => `p.id < ${p}`)
    }
    const rows = await database.ask<PlanRow>(
      `select ${columns} from hub.plan p where ${where()}
       order by p.id desc limit ${Math.floor(filter.limit) + 1}`,
      values,
    )
    const page = rows.slice(0, filter.limit)
    const last = page.at(-1)
    return {
      items: page.map(viewOf),
      next: rows.length > page.length && last ? `${last.id}` : null,
    }
  },
  plan: (id, reach) => findPlan(database, id, reach),
  planItems: (id, filter) => listItems(database, id, filter),
})
