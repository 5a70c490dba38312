/** The audit trail as people read it: newest first, by who, what, about what and when. */

import type {
  AuditEntryDetail,
  AuditEntryView,
  AuditFilter,
  AuditQueries,
  AuditSeal,
} from '../../../engine/ports/audit.ts'
import type { Page } from '../../../engine/ports/page.ts'
import type { Database } from '../database.ts'
import { badCursor, createConditions } from './keyset.ts'

interface Row {
  id: string
  at: string
  actor: string
  action: string
  object: string
  detail: string
  sealed: boolean
}

/** Rows of this action are most of the trail; the indexes leave them out. */
const acceptance = 'message.accepted'
const notAcceptance = `a.action <> '${acceptance}'`

const sealedTo = `coalesce((select to_id from hub.audit_link order by id desc limit 1), 0)`
const columns = `a.id::text, to_char(a.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at,
  a.actor, a.action, a.object, a.detail, a.id <= ${sealedTo} as sealed`

const isRefusal = (action: string): boolean => action.endsWith('.refused')

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A row that tells more than a reason is a JSON object. */
function readDetail(detail: string): Record<string, unknown> {
  if (!detail.startsWith('{')) return { reason: detail }
  try {
    const read: unknown = JSON.parse(detail)
    return isObject(read) ? read : { reason: detail }
  } catch {
    return { reason: detail }
  }
}

function viewOf({ detail, ...row }: Row): AuditEntryView {
  const { reason = '', before = null, after = null, ...more } = readDetail(detail)
  return {
    ...row,
    outcome: isRefusal(row.action) ? 'refused' : 'done',
    reason: String(reason),
    ...{ before, after, more },
  }
}

const actions = `
with recursive each (action) as (
  select min(a.action) from hub.audit a where ${notAcceptance}
  union all
  select (select min(a.action) from hub.audit a where ${notAcceptance} and a.action > each.action)
  from each where each.action is not null
)
select action from each where action is not null order by action`

/** The place of the last row of a page. */
const cursorOf = ({ at, id }: Row): string => Buffer.from(`${at} ${id}`).toString('base64url')

function placeOf(cursor: string): [at: string, id: string] {
  const [, at, id] =
    /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z) (\d{1,18})$/.exec(
      Buffer.from(cursor, 'base64url').toString(),
    ) ?? []
  if (at === undefined || id === undefined) throw badCursor()
  return [at, id]
}

interface SealRow {
  link: string
  from_id: string
  to_id: string
  count: number
  sealed_at: Date
  hash: string
  previous: string
}

const sealOf = (row: SealRow): AuditSeal => ({
  link: row.link,
  from: row.from_id,
  to: row.to_id,
  rows: row.count,
  sealedAt: row.sealed_at.toISOString(),
  hash: row.hash,
  previous: row.previous,
})

async function findEntry(database: Database, id: string): Promise<AuditEntryDetail | undefined> {
  const [row] = await database.run<Row>(
    'audit-entry',
    `select ${columns} from hub.audit a where a.id = $1`,
    [id],
  )
  if (!row) return undefined
  const [seal] = await database.run<SealRow>(
    'audit-seal',
    `select id::text as link, from_id::text, to_id::text, count, sealed_at,
       encode(hash, 'hex') as hash, encode(prev_hash, 'hex') as previous
     from (select * from hub.audit_link where from_id <= $1 order by from_id desc limit 1) l
     where to_id >= $1`,
    [id],
  )
  return { ...viewOf(row), detail: row.detail, seal: seal ? sealOf(seal) : null }
}

/** Everything of a filter but the action. */
function conditionsOf(filter: AuditFilter) {
  const { add, values, conditions, where } = createConditions()
  for (const name of ['actor', 'object'] as const)
    if (filter[name] !== undefined) add(filter[name], (p) => `a.${name} = ${p}`)
  if (filter.from) add(filter.from, (p) => `a.at >= ${p}::timestamptz`)
  if (filter.to) add(filter.to, (p) => `a.at < ${p}::timestamptz`)
  if (filter.cursor) {
    values.push(...placeOf(filter.cursor))
    conditions.push(
      `(a.at, a.id) < ($${values.length - 1}::timestamptz, $${values.length}::bigint)`,
    )
  }
  return { add, values, where }
}

function statementOf(filter: AuditFilter, only: readonly string[] | undefined) {
  const { add, values, where } = conditionsOf(filter)
  const newest = `order by a.at desc, a.id desc limit ${Math.floor(filter.limit) + 1}`
  if (only?.[0] === acceptance) {
    add(acceptance, (p) => `a.action = ${p}`)
    return { text: `select ${columns} from hub.audit a where ${where()} ${newest}`, values }
  }
  // About one thing there is little on record.
  const onePlace = only === undefined || filter.object !== undefined
  if (onePlace && only) add(only, (p) => `a.action = any(${p}::text[])`)
  const rest = `${notAcceptance} and ${where()}`
  if (onePlace)
    return { text: `select ${columns} from hub.audit a where ${rest} ${newest}`, values }
  // Each action by its own stretch of the index, in which the newest come first.
  const place = values.push(only)
  return {
    text: `select ${columns} from unnest($${place}::text[]) w (action)
      cross join lateral (
        select a.* from hub.audit a where a.action = w.action and ${rest} ${newest}
      ) a ${newest}`,
    values,
  }
}

export function createAuditQueries(database: Database): AuditQueries {
  const allActions = async (): Promise<readonly string[]> =>
    (await database.run<{ action: string }>('audit-actions', actions, [])).map((row) => row.action)

  /** The actions a filter means; undefined: all. */
  async function wanted({ action, outcome }: AuditFilter): Promise<readonly string[] | undefined> {
    const isKind = action?.endsWith('.*') ?? false
    const fits = (one: string) =>
      (action === undefined || (isKind ? one.startsWith(action.slice(0, -1)) : one === action)) &&
      (outcome === undefined || isRefusal(one) === (outcome === 'refused'))
    if (action !== undefined && !isKind) return [action].filter(fits)
    if (action === undefined && outcome === undefined) return undefined
    return (await allActions()).filter(fits)
  }

  return {
    auditActions: allActions,
    async audit(filter): Promise<Page<AuditEntryView>> {
      const only = await wanted(filter)
      if (only?.length === 0) return { items: [], next: null }
      const { text, values } = statementOf(filter, only)
      const rows = await database.ask<Row>(text, values)
      const page = rows.slice(0, filter.limit)
      const last = page.at(-1)
      return {
        items: page.map(viewOf),
        next: rows.length > page.length && last ? cursorOf(last) : null,
      }
    },
    auditEntry: (id) => findEntry(database, id),
  }
}
