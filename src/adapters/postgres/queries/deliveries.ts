import type { Configuration } from '../../../domain/configuration.ts'
import { type DeliveryPlace, deliveryId } from '../../../domain/delivery.ts'
import type { Fault, Words } from '../../../domain/errors.ts'
import { type Reach, within } from '../../../domain/unit.ts'
import { deliveryWaitsFor } from '../../../domain/waiting.ts'
import type { Cipher } from '../../../engine/ports/crypto.ts'
import type {
  AttemptView,
  DeliveryFilter,
  DeliverySummary,
  DeliveryView,
} from '../../../engine/ports/deliveries.ts'
import type { Page } from '../../../engine/ports/page.ts'
import type { Database } from '../database.ts'
import { createConditions, cursorAt, lowestUuidAt, type Place, placeAt } from './keyset.ts'
import { type ProblemWords, tableWords } from './problem-words.ts'
import { addReach, deliveriesOfUnits, reachedSystem, reachedUnit, reachValues } from './reach.ts'
import { codeOf, type DeliveryRow, deliveryColumns, failureOf, summaryOf } from './rows.ts'
import {
  type LaneRow,
  laneColumns,
  laneHead,
  situationOf,
  systemSituation,
  systemStates,
} from './situations.ts'

/** Up to so many lanes are looked at one by one in search of what is open. */
const fewLanes = 10_000

/**
 * What lies in lanes with work: those that will be woken, and those that wait for a person, who has a
 * list. Worked out once, lane by lane, whatever else is asked for: a planner that cannot know how few
 * they are would rather walk through everything.
 */
const openDeliveries = `(
  with lanes as materialized (
    select id, head_number from hub.lane where wake_at is not null
    union select l.id, l.head_number from hub.failure f join hub.lane l on l.id = f.lane
  ), open as materialized (
    select o.* from lanes l cross join lateral (
      select * from hub.delivery d where d.lane = l.id and d.number >= l.head_number offset 0) o
  ) select * from open) d`

const isOpen = (state: DeliveryFilter['state']): boolean =>
  state === 'waiting' || state === 'sending' || state === 'unknown'

async function areFew(database: Database): Promise<boolean> {
  const [row] = await database.run<{ count: number }>(
    'query-open-lanes',
    `select count(*)::int as count from (select 1 from hub.lane where wake_at is not null
       union all select 1 from hub.failure limit ${fewLanes + 1}) few`,
    [],
  )
  return (row?.count ?? 0) <= fewLanes
}

/** What needs a person has its failure rows, with the same order. */
const areFailures = ({ subject, state, problem }: DeliveryFilter): boolean =>
  subject === undefined && (state === 'dead' || state === 'held' || problem !== undefined)

/**
 * Where the rows come from, so that a rare state is never looked for among millions of finished
 * ones: failures have rows of their own, what is open lies in lanes that are not done. Only
 * the rest walks the deliveries in order of acceptance, and what is open when there is so much of it
 * that this meets it soon: then nothing is answered.
 */
async function sourceOf(
  database: Database,
  filter: DeliveryFilter,
  values: unknown[],
): Promise<string | undefined> {
  if (filter.subject) return 'hub.lane l join hub.delivery d on d.lane = l.id'
  if (areFailures(filter))
    return `hub.failure x cross join lateral (
      select * from hub.delivery where lane = x.lane and number = x.number offset 0) d`
  if (isOpen(filter.state) && (await areFew(database))) return openDeliveries
  return deliveriesOfUnits(database, filter.unit ? within(filter.unit) : filter.reach, values)
}

/** What an index answers, and what has to be looked at row by row. */
function conditionsOf(filter: DeliveryFilter) {
  const row = areFailures(filter) ? 'x' : 'd'
  const { values, conditions: order, add: addOrder } = createConditions()
  const looks: string[] = []
  const look = (value: unknown, text: (place: string) => string): void => {
    looks.push(text(`$${values.push(value)}`))
  }
  if (filter.system) addOrder(filter.system, (p) => `${row}.system = ${p}`)
  if (filter.from) addOrder(lowestUuidAt(filter.from), (p) => `${row}.message_id >= ${p}`)
  if (filter.to) addOrder(lowestUuidAt(filter.to), (p) => `${row}.message_id < ${p}`)
  if (filter.cursor) {
    const [message, lane] = placeAt(filter.cursor)
    const at = values.push(message, lane)
    order.push(`(${row}.message_id, ${row}.lane) < ($${at - 1}, $${at})`)
  }
  const { systems = [], units = [] } = filter.reach ?? {}
  addReach({ systems, units: [] }, addOrder, { system: `${row}.system` })
  const orderValues = [...values]
  if (filter.state) look(filter.state, (p) => `${row}.state = ${p}`)
  // What is held has a code of its failure only.
  if (filter.code)
    look(filter.code, (p) => (row === 'x' ? `x.code = ${p} and d.code = ${p}` : `d.code = ${p}`))
  if (filter.subject) look(filter.subject, (p) => `l.subject = ${p}`)
  if (filter.problem !== undefined)
    look(filter.problem, (p) =>
      row === 'x'
        ? `x.problem_id = ${p}`
        : `(d.lane, d.number) in (select lane, number from hub.failure where problem_id = ${p})`,
    )
  if (filter.type) look(filter.type, (p) => `m.type = ${p}`)
  const unit = row === 'x' ? 'x.unit' : 'm.unit'
  const columns = { system: 'd.system', unit }
  addReach({ systems: [], units }, look, columns)
  if (filter.unit) addReach(within(filter.unit), look, columns)
  return {
    order,
    orderValues,
    looks,
    values,
    newestFirst: `order by ${row}.message_id desc, ${row}.lane desc`,
  }
}

/** One by one: merged with the messages, a page far down would read all that lie above it. */
const itsMessage =
  'cross join lateral (select * from hub.message where id = d.message_id offset 0) m'

/**
 * So many deliveries are looked at for a page, so that nobody waits for a page of something rare: where
 * each costs its message too, fewer. A page that comes to its end with less has a next one all the same.
 */
const strides = { own: 50_000, withMessage: 10_000 }

export async function listDeliveries(
  database: Database,
  filter: DeliveryFilter,
  stride: typeof strides = strides,
): Promise<Page<DeliverySummary>> {
  const { order, orderValues, looks, values, newestFirst } = conditionsOf(filter)
  const limit = Math.floor(filter.limit)
  const { type, unit, reach } = filter
  const looksAtMessage = (type ?? unit) !== undefined || (reach?.units.length ?? 0) > 0
  const steps = looksAtMessage ? stride.withMessage : stride.own
  const source = await sourceOf(database, filter, values)
  const walk = (columns: string, rest: string): string =>
    `select ${columns} from hub.delivery d where ${order.join(' and ')} ${newestFirst} ${rest}`
  const isWalk = source === undefined && looks.length > 0
  const from = source ?? (isWalk ? `(${walk('*', `limit ${steps}`)}) d` : 'hub.delivery d')
  const where = isWalk ? looks : [...order, ...looks]
  const rows = await database.ask<DeliveryRow>(
    `select ${deliveryColumns} from ${from} ${itsMessage}
     where ${where.join(' and ')} ${newestFirst} limit ${limit + 1}`,
    values,
  )
  const page = rows.slice(0, limit)
  let end: Place | undefined = rows.length > limit ? page.at(-1) : undefined
  if (isWalk && !end)
    [end] = await database.ask<Place>(
      walk('d.message_id, d.lane', `offset ${steps - 1} limit 1`),
      orderValues,
    )
  return { items: page.map(summaryOf), next: end ? cursorAt(end) : null }
}

interface AttemptRow {
  kind: 'send' | 'confirm'
  try: number
  started_at: Date
  duration_ms: number
  outcome: string
  code: string | null
  detail: Words | null
  faults: Fault[] | null
  key_id: number | null
  evidence: Buffer | null
  sealed_number: number | null
}

/** Evidence is bound to the number that the delivery had when it was written. */
const attemptOf = (row: AttemptRow, cipher: Cipher, place: DeliveryPlace): AttemptView => ({
  kind: row.kind,
  number: row.try,
  startedAt: row.started_at.toISOString(),
  durationMs: row.duration_ms,
  outcome: row.outcome,
  code: codeOf(row.code),
  detail: row.detail,
  faults: row.faults ?? [],
  evidence:
    row.evidence && row.key_id !== null
      ? JSON.parse(
          new TextDecoder().decode(
            cipher.decrypt(
              row.key_id,
              row.evidence,
              `attempt:${deliveryId({ ...place, number: row.sealed_number ?? place.number })}`,
            ),
          ),
        )
      : null,
})

/** Of the delivery itself; `LaneRow` has those of the one in front. */
interface Failed {
  own_problem: number | null
  own_code: string | null
  own_failed_at: Date | null
}

export async function findDelivery(
  database: Database,
  cipher: Cipher,
  configuration: Configuration | undefined,
  place: DeliveryPlace,
  problemOf?: (system: string) => Words | null,
  reach?: Reach,
  words: ProblemWords = tableWords,
): Promise<DeliveryView | undefined> {
  const at = [place.lane, place.number]
  const [row] = await database.run<DeliveryRow & LaneRow & Failed>(
    'query-delivery',
    `select ${deliveryColumns}, ${laneColumns}, f.problem_id as own_problem, f.code as own_code,
       f.since as own_failed_at
     from hub.delivery d join hub.message m on m.id = d.message_id join hub.lane l on l.id = d.lane ${laneHead}
     left join hub.failure f on f.lane = d.lane and f.number = d.number
     where d.lane = $1 and d.number = $2 and ${reachedSystem('d.system', 3)} and ${reachedUnit('m.unit', 3)}`,
    [...at, ...reachValues(reach)],
  )
  if (!row) return undefined
  const attempts = await database.run<AttemptRow>(
    'query-attempts',
    'select * from hub.attempt where lane = $1 and number = $2 order by started_at limit 200',
    at,
  )
  const now = new Date()
  const system = systemSituation(
    configuration,
    await systemStates(database),
    row.system,
    now,
    problemOf,
  )
  return {
    ...summaryOf(row),
    waitsFor: deliveryWaitsFor(row, situationOf(row), system, now),
    failure: failureOf(
      {
        ...row,
        problem_id: row.own_problem,
        failure_code: row.own_code,
        failed_at: row.own_failed_at,
      },
      words,
    ),
    attempts: attempts.map((attempt) => attemptOf(attempt, cipher, place)),
  }
}
