import type { Reach } from '../../../domain/unit.ts'
import type { DeliverySummary } from '../../../engine/ports/deliveries.ts'
import type { Page } from '../../../engine/ports/page.ts'
import type { Database } from '../database.ts'
import { createConditions } from './keyset.ts'
import { decode, toCursor } from './problems.ts'
import { addReach } from './reach.ts'
import { type DeliveryRow, deliveryColumns, summaryOf } from './rows.ts'

const deliveryPlace = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/(\d{1,18})$/

/** The failures of a problem, newest first. */
export async function listProblemDeliveries(
  database: Database,
  id: number,
  {
    cursor,
    limit,
    reach,
  }: { readonly cursor?: string; readonly limit: number; readonly reach?: Reach },
): Promise<Page<DeliverySummary>> {
  const { add, values, conditions, where } = createConditions()
  add(id, (p) => `f.problem_id = ${p}`)
  addReach(reach, add, { system: 'f.system', unit: 'm.unit' })
  if (cursor) {
    values.push(...decode(cursor, deliveryPlace))
    conditions.push(
      `(f.message_id, f.lane) < ($${values.length - 1}::uuid, $${values.length}::bigint)`,
    )
  }
  const rows = await database.ask<DeliveryRow>(
    `select ${deliveryColumns} from hub.failure f
     join hub.delivery d on d.lane = f.lane and d.number = f.number
     cross join lateral (select * from hub.message where id = f.message_id offset 0) m
     where ${where()} order by f.message_id desc, f.lane desc limit ${Math.floor(limit) + 1}`,
    values,
  )
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    items: page.map(summaryOf),
    next: rows.length > page.length && last ? toCursor(last.message_id, last.lane) : null,
  }
}
