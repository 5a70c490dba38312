import { lackingEntry } from '../../../domain/fingerprint.ts'
import { codesOfSide, sideOf } from '../../../domain/problem.ts'
import { everything, isLimited, type Reach } from '../../../domain/unit.ts'
import type { Page } from '../../../engine/ports/page.ts'
import type {
  ProblemDetail,
  ProblemFilter,
  ProblemNote,
  ProblemState,
  ProblemView,
} from '../../../engine/ports/problems.ts'
import type { Database } from '../database.ts'
import { badCursor, createConditions } from './keyset.ts'
import { type ProblemWords, tableWords } from './problem-words.ts'
import { addReach, reachedSystem, reachedUnit, reachValues } from './reach.ts'
import { codeOf, iso } from './rows.ts'

/** A mute that has run out is none, without anybody having to end it. */
const status = `case when p.resolved_at is not null then 'resolved' when p.muted_until > now() then 'muted'
  when p.acknowledged_at is not null then 'acknowledged' else 'open' end`

/** Failures are few, and these three columns of them lie together in one index. */
const countsOf = (which: string): string => `(
  select f.problem_id, count(*)::int as open, count(distinct f.lane)::int as dossiers
  from hub.failure f where f.problem_id is not null and ${which} group by f.problem_id)`
const counts = countsOf('true')

const columns = `p.*, ${status} as status, coalesce(c.open, 0) as open,
  coalesce(c.dossiers, 0) as dossiers,
  to_char(p.last_seen at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as seen`

const keys = {
  'last-seen': { column: 'last_seen', type: 'timestamptz', of: (row: ProblemRow) => row.seen },
  count: { column: 'open', type: 'integer', of: (row: ProblemRow) => String(row.open) },
  dossiers: { column: 'dossiers', type: 'integer', of: (row: ProblemRow) => String(row.dossiers) },
} as const

interface ProblemRow {
  id: number
  system: string
  operation: string
  code: string
  title: string
  remote_code: string | null
  status: ProblemState
  owner: string | null
  muted_until: Date | null
  open: number
  dossiers: number
  total: string
  first_seen: Date
  last_seen: Date
  seen: string
  opened_at: Date
  resolved_at: Date | null
  reopened: number
  fingerprint: string
}

function viewOf(row: ProblemRow, words: ProblemWords): ProblemView[] {
  const code = codeOf(row.code)
  if (!code) return []
  const { id, system, operation, title, owner, open, dossiers, reopened } = row
  return [
    {
      ...{ id, system, operation, code, title, remoteCode: row.remote_code, side: sideOf(code) },
      lacking: lackingEntry(code, title) ?? null,
      ...words(system, code, row.remote_code),
      ...{ status: row.status, owner },
      mutedUntil: row.status === 'muted' ? iso(row.muted_until) : null,
      ...{ open, dossiers, total: Number(row.total) },
      firstSeen: row.first_seen.toISOString(),
      lastSeen: row.last_seen.toISOString(),
      openedAt: row.opened_at.toISOString(),
      resolvedAt: iso(row.resolved_at),
      reopened,
    },
  ]
}

export const toCursor = (...parts: readonly (string | number)[]): string =>
  Buffer.from(parts.join('/')).toString('base64url')

export function decode(cursor: string, shape: RegExp): [string, string] {
  const match = shape.exec(Buffer.from(cursor, 'base64url').toString())
  if (!match?.[1] || !match[2]) throw badCursor()
  return [match[1], match[2]]
}

const timePlace = /^(20\d\d-\d\d-\d\dT[\d:.]{8,15}Z)\/(\d{1,9})$/
const countPlace = /^(\d{1,9})\/(\d{1,9})$/

/** Who is limited to units sees the problems that these have now, and counts no others' failures. */
function unitsOf(reach: Reach | undefined, values: unknown[]): string | undefined {
  if (!reach || reach.units.length === 0) return undefined
  const at = values.length
  values.push(...reachValues(reach).slice(1))
  return countsOf(reachedUnit('f.unit', at))
}

export async function listProblems(
  database: Database,
  filter: ProblemFilter,
  words: ProblemWords = tableWords,
): Promise<Page<ProblemView>> {
  const sort = filter.sort ?? 'last-seen'
  const key = keys[sort]
  const { add, values, conditions, where } = createConditions()
  if (filter.status) add(filter.status, (p) => `status = ${p}`)
  else conditions.push('resolved_at is null')
  if (filter.system) add(filter.system, (p) => `system = ${p}`)
  if (filter.code) add(filter.code, (p) => `code = ${p}`)
  if (filter.side) add(codesOfSide(filter.side), (p) => `code = any (${p})`)
  if (filter.owner) add(filter.owner, (p) => `owner = ${p}`)
  if (filter.from) add(filter.from, (p) => `last_seen >= ${p}`)
  if (filter.to) add(filter.to, (p) => `last_seen < ${p}`)
  addReach(filter.reach, add, { system: 'system' })
  const inUnits = unitsOf(filter.reach, values)
  if (filter.cursor) {
    values.push(...decode(filter.cursor, sort === 'last-seen' ? timePlace : countPlace))
    const at = values.length
    conditions.push(`(${key.column}, id) < ($${at - 1}::${key.type}, $${at}::integer)`)
  }
  const rows = await database.ask<ProblemRow>(
    `select * from (
       select ${columns} from hub.problem p ${inUnits ? 'join' : 'left join'} ${inUnits ?? counts} c on c.problem_id = p.id) q
     where ${where()} order by ${key.column} desc, id desc limit ${Math.floor(filter.limit) + 1}`,
    values,
  )
  const page = rows.slice(0, filter.limit)
  const last = page.at(-1)
  return {
    items: page.flatMap((row) => viewOf(row, words)),
    next: rows.length > page.length && last ? toCursor(key.of(last), last.id) : null,
  }
}

interface NoteRow {
  problem_id: number
  at: Date
  author: string
  text: string
}

async function notesOf(
  database: Database,
  problems: readonly number[],
): Promise<(problem: number) => ProblemNote[]> {
  const rows = await database.run<NoteRow>(
    'query-problem-notes',
    `select n.* from unnest($1::integer[]) as p (id) cross join lateral (
       select * from hub.problem_note n where n.problem_id = p.id order by n.id desc limit 50) n`,
    [problems],
  )
  return (problem) =>
    rows
      .filter((row) => row.problem_id === problem)
      .map(({ at, author, text }) => ({ at: at.toISOString(), author, text }))
}

async function trendOf(database: Database, id: number): Promise<ProblemDetail['trend']> {
  const rows = await database.run<{ kind: 'hour' | 'day'; at: string; count: number }>(
    'query-problem-trend',
    `with hours as materialized (select * from hub.problem_hour where problem_id = $1)
     select 'hour' as kind, to_char(hour at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at, count
     from hours where hour > now() - interval '24 hours'
     union all
     select 'day', to_char(hour at time zone 'Asia/Ho_Chi_Minh', 'YYYY-MM-DD') as day, sum(count)::int
     from hours where (hour at time zone 'Asia/Ho_Chi_Minh')::date
       > (now() at time zone 'Asia/Ho_Chi_Minh')::date - 14
     group by day order by 1, 2 desc`,
    [id],
  )
  return {
    hours: rows.filter((row) => row.kind === 'hour').map(({ at, count }) => ({ at, count })),
    days: rows.filter((row) => row.kind === 'day').map(({ at, count }) => ({ day: at, count })),
  }
}

interface ChangeRow {
  at: Date
  kind: ProblemDetail['changes'][number]['kind']
  what: string
  by: string | null
  reason: string | null
}

/** Of a catalogue only its last change is known by time; the versions of its items are not. */
const changesBefore = `
select * from (
  select at, 'revision' as kind, id::text as what, author as by, reason from hub.revision
  union all select at, 'release', version, null, null from hub.release
  union all select changed_at, 'catalogue', name, source, null from hub.catalogue) c
where at > $1::timestamptz - interval '24 hours' and at <= $1::timestamptz
order by at desc limit 50`

interface SimilarRow {
  id: number
  system: string
  operation: string
  title: string
  resolved_at: Date
}

/** What units have written about other problems is not for everybody. */
async function similarTo(
  database: Database,
  row: ProblemRow,
  reach?: Reach,
): Promise<ProblemDetail['similar']> {
  if (reach && reach.units.length > 0) return []
  const rows = await database.run<SimilarRow>(
    'query-problem-similar',
    `select id, system, operation, title, resolved_at from hub.problem
     where resolved_at is not null and code = $2 and id <> $1
       and (fingerprint = $5 and fingerprint not in ('', 'others') or system = $3 and operation = $4)
       and ${reachedSystem('system', 6)}
     order by (fingerprint = $5) desc, resolved_at desc limit 5`,
    [row.id, row.code, row.system, row.operation, row.fingerprint, reachValues(reach)[0]],
  )
  const notes = await notesOf(
    database,
    rows.map(({ id }) => id),
  )
  return rows.map(({ resolved_at, ...rest }) => ({
    ...rest,
    resolvedAt: resolved_at.toISOString(),
    notes: notes(rest.id),
  }))
}

export async function findProblem(
  database: Database,
  id: number,
  words: ProblemWords = tableWords,
  reach?: Reach,
): Promise<ProblemDetail | undefined> {
  const isReached = reachedUnit('f.unit', 2)
  const [row] = await database.run<ProblemRow & { sample: string | null }>(
    'query-problem',
    `select ${columns}, (select f.lane || '.' || f.number from hub.failure f
       where f.problem_id = p.id and ${isReached}
       order by f.message_id desc, f.lane desc limit 1) as sample
     from hub.problem p left join lateral (select count(*)::int as open,
       count(distinct f.lane)::int as dossiers from hub.failure f
       where f.problem_id = p.id and ${isReached}) c on true
     where p.id = $1 and ${reachedSystem('p.system', 2)} and ($3::text[] is null or c.open > 0)`,
    [id, ...reachValues(reach)],
  )
  const [view] = row ? viewOf(row, words) : []
  if (!row || !view) return undefined
  const [notes, trend, changes, similar] = await Promise.all([
    notesOf(database, [id]),
    trendOf(database, id),
    // Who has changed the configuration, and why, is told to those only who may look at it.
    isLimited(reach ?? everything)
      ? []
      : database.run<ChangeRow>('query-problem-changes', changesBefore, [row.opened_at]),
    similarTo(database, row, reach),
  ])
  return {
    ...view,
    notes: notes(id),
    trend,
    sample: row.sample,
    changes: changes.map((change) => ({ ...change, at: change.at.toISOString() })),
    similar,
  }
}
