/** Which deliveries a plan is about, read page by page in the order of lanes. */
import type { DeliveryPlace, DeliveryState } from '../../domain/delivery.ts'
import { parseDeliveryId } from '../../domain/delivery.ts'
import { type Reach, within } from '../../domain/unit.ts'
import type { PlanFilter } from '../../engine/ports/plans.ts'
import type { Database } from './database.ts'
import { createConditions, lowestUuidAt } from './queries/keyset.ts'
import { addReach } from './queries/reach.ts'

export interface Selected extends DeliveryPlace {
  readonly message_id: string
  readonly system: string
  readonly job: string
  readonly type: string
  readonly agency: string | null
  readonly state: DeliveryState
  readonly code: string | null
}

/** What the code of a dossier begins with: the agency that has received it, before the day. */
const agency = `substring(m.subject from '^(.{1,60})-\\d{6}-')`

const its = 'cross join lateral (select * from hub.message where id = d.message_id offset 0) m'

/** What is open lies in lanes that are not done; the later page begins behind the place before it. */
const openOnes = `(select id, head_number from hub.lane where id >= $1 and last_number >= head_number) l
  cross join lateral (select * from hub.delivery where lane = l.id and number >= l.head_number offset 0) d`
/**
 * What needs a person has its failure row: they are few, whatever else the store holds. Each is looked up by
 * itself: merged with the deliveries, every page would walk through all that lie before it.
 */
const failed = `hub.failure x cross join lateral (
  select * from hub.delivery where lane = x.lane and number = x.number offset 0) d`

const by =
  'cross join lateral (select * from hub.delivery where lane = x.lane and number = x.number offset 0) d'
/** What another plan has moved and has failed again. */
const failedAgain = `(select lane, number, plan from hub.plan_item where result = 'failed') x ${by}`
/** What a correction stands for, unless it is another message's place by now. */
const replaceable = `(select p.lane, p.number, p.correction, p.message_id from hub.correction_place p
    join hub.correction_message c on c.correction = p.correction and c.message_id = p.message_id
    where c.faults is null) x
  cross join lateral (select * from hub.delivery where lane = x.lane and number = x.number
    and message_id = x.message_id offset 0) d`

interface Source {
  readonly from: string
  /** Where the place of a row is read, so that an index gives them in order. */
  readonly at: readonly [lane: string, number: string]
}

function sourceOf(filter: PlanFilter): Source {
  const own: Source['at'] = ['d.lane', 'd.number']
  if (filter.ids)
    return {
      from: `(select c.lane, c.number from unnest($3::bigint[], $4::int[]) c (lane, number)) c
        join hub.delivery d on d.lane = c.lane and d.number = c.number`,
      at: own,
    }
  if (filter.correction !== undefined) return { from: replaceable, at: ['x.lane', 'x.number'] }
  if (filter.plan !== undefined) return { from: failedAgain, at: ['x.lane', 'x.number'] }
  if (filter.subject) return { from: 'hub.lane l join hub.delivery d on d.lane = l.id', at: own }
  const stopped = filter.state === 'dead' || filter.state === 'held'
  if (filter.problem !== undefined || stopped) return { from: failed, at: ['x.lane', 'x.number'] }
  return { from: openOnes, at: ['l.id', 'd.number'] }
}

/**
 * The next places of a selection, ascending. What was accepted after `until` (as the store writes it) is not of it. A lane is not
 * torn in two unless it fills a page alone; `more` is false behind the last.
 */
export async function readSelection(
  database: Database,
  filter: PlanFilter,
  reach: Reach,
  after: DeliveryPlace,
  until: string,
  limit: number,
): Promise<{ readonly rows: readonly Selected[]; readonly more: boolean }> {
  const { add, values, where } = createConditions()
  values.push(after.lane, after.number)
  if (filter.ids) {
    const places = filter.ids.flatMap((id) => parseDeliveryId(id) ?? [])
    values.push(
      places.map((place) => place.lane),
      places.map((place) => place.number),
    )
  }
  const { from, at } = sourceOf(filter)
  if (filter.state) add(filter.state, (p) => `d.state = ${p}`)
  if (filter.system) add(filter.system, (p) => `d.system = ${p}`)
  if (filter.subject)
    add(filter.subject, (p) =>
      from.startsWith('hub.lane') ? `l.subject = ${p}` : `m.subject = ${p}`,
    )
  if (filter.plan !== undefined) add(filter.plan, (p) => `x.plan = ${p}`)
  if (filter.correction !== undefined) add(filter.correction, (p) => `x.correction = ${p}`)
  if (filter.type) add(filter.type, (p) => `m.type = ${p}`)
  if (filter.code) add(filter.code, (p) => `d.code = ${p}`)
  if (filter.problem !== undefined) {
    const mine = (p: string) =>
      `hub.failure f where f.lane = d.lane and f.number = d.number and f.problem_id = ${p}`
    add(filter.problem, (p) =>
      from === failed ? `x.problem_id = ${p}` : `exists (select 1 from ${mine(p)})`,
    )
  }
  if (filter.from) add(lowestUuidAt(filter.from), (p) => `d.message_id >= ${p}`)
  if (filter.to) add(lowestUuidAt(filter.to), (p) => `d.message_id < ${p}`)
  const columns = { system: 'd.system', unit: 'm.unit' }
  if (filter.unit) addReach(within(filter.unit), add, columns)
  addReach(reach, add, columns)
  add(until, (p) => `m.accepted_at <= ${p}::timestamptz`)
  const rows = await database.ask<Selected>(
    `select d.lane, d.number, d.message_id, d.system, d.job, m.type, ${agency} as agency, d.state, d.code
     from ${from} ${its}
     where (${at[0]}, ${at[1]}) > ($1::bigint, $2::int) and ${where()}
     order by ${at[0]}, ${at[1]} limit ${Math.floor(limit)}`,
    values,
  )
  if (rows.length < limit) return { rows, more: false }
  const last = rows.at(-1)?.lane
  const whole = rows.filter((row) => row.lane !== last)
  return { rows: whole.length > 0 ? whole : rows, more: true }
}
