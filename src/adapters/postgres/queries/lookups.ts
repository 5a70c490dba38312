import type { Reach } from '../../../domain/unit.ts'
import type { LookupFilter, LookupUsage, LookupView } from '../../../engine/ports/lookups.ts'
import type { Page } from '../../../engine/ports/page.ts'
import type { Database } from '../database.ts'
import { badCursor, createConditions, lowestUuidAt } from './keyset.ts'
import { addReach, addWrittenUnit } from './reach.ts'
import { codeOf } from './rows.ts'

interface Row extends Omit<LookupView, 'at' | 'code' | 'durationMs'> {
  at: Date
  code: string | null
  duration_ms: number | null
}

const columns = `id, at, client, system, operation, official, unit, dossier, purpose, fields,
  encode(citizen, 'hex') as citizen, encode(question, 'hex') as question,
  encode(answer, 'hex') as answer, outcome, code, duration_ms`

const viewOf = ({ at, code, duration_ms, ...row }: Row): LookupView => ({
  ...row,
  at: at.toISOString(),
  code: codeOf(code),
  durationMs: duration_ms,
})

const isUuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

export async function listLookups(
  database: Database,
  filter: LookupFilter,
): Promise<Page<LookupView>> {
  const { add, values, where } = createConditions()
  for (const name of ['system', 'official', 'unit', 'dossier'] as const)
    if (filter[name] !== undefined) add(filter[name], (p) => `${name} = ${p}`)
  addReach(filter.reach, add, { system: 'system' })
  addWrittenUnit(filter.reach, add, 'unit')
  if (filter.citizen) add(filter.citizen, (p) => `citizen = decode(${p}, 'hex')`)
  if (filter.from) add(lowestUuidAt(filter.from), (p) => `id >= ${p}`)
  if (filter.to) add(lowestUuidAt(filter.to), (p) => `id < ${p}`)
  if (filter.cursor) {
    const id = Buffer.from(filter.cursor, 'base64url').toString()
    if (!isUuid.test(id)) throw badCursor()
    add(id, (p) => `id < ${p}`)
  }
  const rows = await database.ask<Row>(
    `select ${columns} from hub.lookup where ${where()}
     order by id desc limit ${Math.floor(filter.limit) + 1}`,
    values,
  )
  const page = rows.slice(0, filter.limit)
  const last = page.at(-1)
  return {
    items: page.map(viewOf),
    next: rows.length > page.length && last ? Buffer.from(last.id).toString('base64url') : null,
  }
}

/** A month begins at midnight in Vietnam. */
export function lookupUsage(
  database: Database,
  month: string,
  reach?: Reach,
): Promise<LookupUsage[]> {
  const { add, values, where } = createConditions()
  add(`${month}-01`, (p) => `at >= ${p}::date::timestamp at time zone 'Asia/Ho_Chi_Minh'`)
  add(
    `${month}-01`,
    (p) => `at < (${p}::date + interval '1 month') at time zone 'Asia/Ho_Chi_Minh'`,
  )
  addReach(reach, add, { system: 'system' })
  addWrittenUnit(reach, add, 'unit')
  return database.ask<LookupUsage>(
    `select unit, system, operation, count(*)::int as asked,
       count(*) filter (where outcome = 'found')::int as found,
       count(*) filter (where outcome = 'found' and record)::int as reused,
       count(*) filter (where outcome = 'missing')::int as missing,
       count(*) filter (where outcome = 'failed' or outcome is null)::int as failed
     from hub.lookup where ${where()}
     group by unit, system, operation order by unit, system, operation`,
    values,
  )
}
