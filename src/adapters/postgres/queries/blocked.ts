/** Dossiers that go no further until a person decides: what stands in front of a lane that is blocked. */
import { within } from '../../../domain/unit.ts'
import type { BlockedDossier, BlockedFilter } from '../../../engine/ports/deliveries.ts'
import type { Page } from '../../../engine/ports/page.ts'
import type { Database } from '../database.ts'
import { createConditions, cursorAt, placeAt } from './keyset.ts'
import { type ProblemWords, tableWords } from './problem-words.ts'
import { addReach, reachedUnit, reachValues } from './reach.ts'
import { type DeliveryRow, deliveryColumns, failureOf, summaryOf } from './rows.ts'

/** The head of a blocked lane is always exact, and what it waits for always has a failure. */
const blocks =
  '(select from hub.lane where id = f.lane and head_number = f.number and blocked offset 0)'
/** One by one, in the order of an index: after a bad outage there are too many to sort them all for a page. */
const blocking = `hub.failure f cross join lateral ${blocks} l`

/** Of a page only: it reads what lies behind in the lane. */
const behind = `(select count(*)::int from hub.delivery n where n.lane = f.lane and n.number > f.number
  and n.state not in ('delivered', 'superseded', 'discarded'))`

interface BlockedRow extends DeliveryRow {
  readonly failure_code: string
  readonly problem_id: number | null
  readonly failed_at: Date
  readonly owner: string | null
  readonly behind: number
}

const columns = { system: 'f.system', unit: 'f.unit' }

function viewOf(row: BlockedRow, words: ProblemWords): BlockedDossier[] {
  const failure = failureOf(row, words)
  if (!failure) return []
  return [{ ...summaryOf(row), failure, owner: row.owner, behind: row.behind }]
}

/** Page by page, what was accepted longest ago first: it has the least time left. */
export async function listBlocked(
  database: Database,
  filter: BlockedFilter,
  words: ProblemWords = tableWords,
): Promise<Page<BlockedDossier>> {
  const { add, values, conditions, where } = createConditions()
  if (filter.system) add(filter.system, (p) => `f.system = ${p}`)
  if (filter.code) add(filter.code, (p) => `f.code = ${p}`)
  if (filter.unit) addReach(within(filter.unit), add, columns)
  if (filter.owner) add(filter.owner, (p) => `p.owner = ${p}`)
  addReach(filter.reach, add, columns)
  if (filter.cursor) {
    const at = values.push(...placeAt(filter.cursor))
    conditions.push(`(f.message_id, f.lane) > ($${at - 1}, $${at})`)
  }
  const limit = Math.floor(filter.limit)
  const rows = await database.ask<BlockedRow>(
    `select ${deliveryColumns}, f.problem_id, f.code as failure_code, f.since as failed_at, f.owner,
       ${behind} as behind
     from (select f.*, p.owner from ${blocking} left join hub.problem p on p.id = f.problem_id
       where ${where()} order by f.message_id, f.lane limit ${limit + 1}) f
     join hub.delivery d on d.lane = f.lane and d.number = f.number
     join hub.message m on m.id = f.message_id
     order by f.message_id, f.lane`,
    values,
  )
  const page = rows.slice(0, limit)
  const last = rows.length > limit ? page.at(-1) : undefined
  return {
    items: page.flatMap((row) => viewOf(row, words)),
    next: last ? cursorAt(last) : null,
  }
}

/** Counted up to here; more than that nobody works off one by one. */
const countedUpTo = 10_000

/** A dossier that waits at two systems is one. Failures that block nothing are passed over, however many they are. */
const countOf = `
select count(distinct subject)::int as count from (
  select l.subject from hub.failure f cross join lateral (
    select subject from hub.lane where id = f.lane and head_number = f.number and blocked offset 0) l
  where f.system = any($1) and ${reachedUnit('f.unit', 1)} limit $4
) blocked`

/** How many dossiers are blocked at these systems. */
export async function countBlocked(
  database: Database,
  systems: readonly string[],
  reach: BlockedFilter['reach'],
  upTo = countedUpTo,
): Promise<number> {
  const [row] = await database.run<{ count: number }>('query-blocked', countOf, [
    systems,
    ...reachValues(reach).slice(1),
    upTo,
  ])
  return row?.count ?? 0
}
