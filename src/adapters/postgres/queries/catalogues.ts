import { usageOf } from '../../../domain/code-usage.ts'
import type { Configuration } from '../../../domain/configuration.ts'
import { HubError } from '../../../domain/errors.ts'
import type {
  CatalogueEntryView,
  CatalogueFilter,
  CatalogueProblemView,
  CatalogueState,
  CatalogueSummary,
  CatalogueVersionView,
} from '../../../engine/ports/catalogues.ts'
import type { Page } from '../../../engine/ports/page.ts'
import type { Database } from '../database.ts'
import { badCursor, createConditions } from './keyset.ts'

interface StateRow {
  name: string
  revision: number
  changed_at: Date | null
  completed_at: Date | null
}

interface SummaryRow extends StateRow, Omit<CatalogueSummary, keyof CatalogueState> {}

const stateColumns = 'c.name, c.revision::float8 as revision, c.completed_at, c.changed_at'

const stateOf = ({ name, revision, changed_at, completed_at }: StateRow): CatalogueState => ({
  ...{ name, revision },
  changedAt: changed_at?.toISOString() ?? null,
  synchronisedAt: completed_at?.toISOString() ?? null,
})

const summaries = `
select ${stateColumns}, c.source, extract(epoch from now() - c.completed_at)::int as "ageSeconds",
  count(i.code) filter (where not i.vanished)::int as items,
  count(i.code) filter (where i.vanished)::int as vanished, count(i.problem)::int as problems
from hub.catalogue c left join hub.catalogue_item i on i.catalogue = c.name
group by c.name order by c.name`

export async function listCatalogues(database: Database): Promise<CatalogueSummary[]> {
  const rows = await database.ask<SummaryRow>(summaries, [])
  return rows.map(({ changed_at, completed_at, ...row }) => ({
    ...row,
    ...stateOf({ ...row, changed_at, completed_at }),
  }))
}

export async function findCatalogueState(
  database: Database,
  name: string,
): Promise<CatalogueState | undefined> {
  const [row] = await database.ask<StateRow>(
    `select ${stateColumns} from hub.catalogue c where c.name = $1`,
    [name],
  )
  return row && stateOf(row)
}

interface EntryRow {
  code: string
  period: string
  version: number
  change: CatalogueEntryView['change']
  vanished: boolean
  valid_from: string | null
  valid_to: string | null
  hash: string
  since: Date
  until: Date | null
  content: unknown
}

const columns = `v.code, v.period, v.version, v.change, v.change = 'vanished' as vanished,
  v.valid_from::text, v.valid_to::text, encode(v.hash, 'hex') as hash, v.since, v.until, v.content`

const entryOf = (row: EntryRow): CatalogueEntryView => ({
  ...{ code: row.code, version: row.version, change: row.change, vanished: row.vanished },
  ...{ validFrom: row.valid_from, validTo: row.valid_to, hash: row.hash },
  since: row.since.toISOString(),
  content: row.content,
})

interface Place {
  readonly code: string
  readonly period: string
  readonly version: number
}

function placeOf(cursor: string): readonly [code: string, period: string, version: number] {
  try {
    const place: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    if (Array.isArray(place)) {
      const [code, period, version] = place as unknown[]
      if (typeof code === 'string' && typeof period === 'string' && Number.isInteger(version))
        return [code, period, version as number]
    }
  } catch {
    // Not ours; said below.
  }
  throw badCursor()
}

const cursorOf = ({ code, period, version }: Place): string =>
  Buffer.from(JSON.stringify([code, period, version])).toString('base64url')

const covers = (version: string, day: string): string =>
  `coalesce(${version}.valid_from <= ${day}::date, true) and coalesce(${version}.valid_to >= ${day}::date, true)`

/** The source has said itself, later, when this period's item is valid: that counts for the past as well. */
const corrected = (version: string): string => `exists (
  select from hub.catalogue_version later
  where later.catalogue = ${version}.catalogue and later.code = ${version}.code
    and later.period = ${version}.period and later.version > ${version}.version
    and later.stated and later.change <> 'vanished')`

/** Its first day was corrected: another period of the code covers the day, and outlived this one. */
const outlived = (day: string): string => `exists (
  select from hub.catalogue_version other
  where other.catalogue = v.catalogue and other.code = v.code and other.period <> v.period
    and other.stated and other.change <> 'vanished' and ${covers('other', day)}
    and coalesce(other.until > v.until, true) and not ${corrected('other')})`

/**
 * What held on a day: within the days its source states, or those the hub knew it; a version that is no more, until
 * the day before the hub learnt that. A correction takes the place of what it corrects, for the past as well.
 */
const heldOn = (day: string): string => `v.change <> 'vanished' and ${covers('v', day)}
  and not ${corrected('v')}
  and (v.until is null
    or (${day}::date < (v.until at time zone 'Asia/Ho_Chi_Minh')::date or not v.stated)
      and not ${outlived(day)})`

/** A day is asked of what held on it; without one, of what holds now. */
export async function listCatalogue(
  database: Database,
  name: string,
  filter: CatalogueFilter,
): Promise<Page<CatalogueEntryView>> {
  const { add, values, conditions, where } = createConditions()
  add(name, (p) => `v.catalogue = ${p}`)
  if (filter.at !== undefined) add(filter.at, heldOn)
  else conditions.push('v.until is null')
  if (filter.changedSince !== undefined)
    add(filter.changedSince, (p) => `v.since > ${p}::timestamptz`)
  else conditions.push(`v.change <> 'vanished'`)
  if (filter.cursor !== undefined) {
    const [code, period, version] = placeOf(filter.cursor)
    const at = values.push(code, period, version)
    conditions.push(`(v.code, v.period, v.version) > ($${at - 2}, $${at - 1}, $${at}::int)`)
  }
  const rows = await database.ask<EntryRow>(
    `select ${columns} from hub.catalogue_version v where ${where()}
     order by v.code, v.period, v.version limit ${Math.floor(filter.limit) + 1}`,
    values,
  )
  if (rows.length === 0) await mustExist(database, name)
  const page = rows.slice(0, filter.limit)
  const last = page.at(-1)
  return {
    items: page.map(entryOf),
    next: rows.length > page.length && last ? cursorOf(last) : null,
  }
}

async function mustExist(database: Database, name: string): Promise<void> {
  if (!(await findCatalogueState(database, name))) throw new HubError('not-found')
}

export async function findCatalogueCode(
  database: Database,
  name: string,
  code: string,
): Promise<CatalogueVersionView[]> {
  const rows = await database.ask<EntryRow>(
    `select ${columns} from hub.catalogue_version v where v.catalogue = $1 and v.code = $2
     order by v.period desc, v.version desc limit 200`,
    [name, code],
  )
  return rows.map((row) => ({ ...entryOf(row), until: row.until?.toISOString() ?? null }))
}

interface ProblemRow {
  code: string
  kind: CatalogueProblemView['kind']
  since: Date
  successors: string[]
}

const problems = `
select i.code, i.problem as kind, i.problem_since as since,
  array(select distinct s.code from hub.catalogue_item s
    where s.catalogue = i.catalogue and s.identity = i.identity and s.code <> i.code and not s.vanished
    order by s.code) as successors
from hub.catalogue_item i
where i.catalogue = $1 and i.problem is not null order by i.problem_since desc, i.code`

export async function listCatalogueProblems(
  database: Database,
  configuration: Configuration | undefined,
  name: string,
): Promise<CatalogueProblemView[]> {
  await mustExist(database, name)
  const rows = await database.ask<ProblemRow>(problems, [name])
  return rows.map(({ since, ...row }) => ({
    ...row,
    since: since.toISOString(),
    ...(configuration ? usageOf(configuration, row.code) : { codeTables: [], jobs: [] }),
  }))
}
