import type { Configuration } from '../../../domain/configuration.ts'
import type { Follow } from '../../../domain/outcome.ts'
import type { Page } from '../../../engine/ports/page.ts'
import type { FollowFilter, FollowView } from '../../../engine/ports/pulls.ts'
import type { Database } from '../database.ts'
import { badCursor, createConditions } from './keyset.ts'
import { addReach } from './reach.ts'

interface Row {
  readonly system: string
  readonly subject: string
  readonly state: Follow
  readonly since: Date
  readonly asked_at: Date | null
  readonly due_at: Date
}

type Place = readonly [system: string, subject: string]

function placeOf(cursor: string): Place {
  try {
    const place: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    if (Array.isArray(place) && place.length === 2) {
      const [system, subject] = place as unknown[]
      if (typeof system === 'string' && typeof subject === 'string') return [system, subject]
    }
  } catch {
    // Not ours; said below.
  }
  throw badCursor()
}

const cursorOf = ({ system, subject }: Row): string =>
  Buffer.from(JSON.stringify([system, subject])).toString('base64url')

/** What is followed has a subject only: it is within reach when a message of that subject is. */
const onSubject =
  (add: (value: unknown, text: (place: string) => string) => void): typeof add =>
  (value, text) =>
    add(
      value,
      (p) => `exists (select 1 from hub.message m where m.subject = follow.subject and ${text(p)})`,
    )

/** By system and subject. */
export async function listFollows(
  database: Database,
  configuration: Configuration | undefined,
  filter: FollowFilter,
): Promise<Page<FollowView>> {
  const { add, values, conditions, where } = createConditions()
  for (const name of ['system', 'subject'] as const)
    if (filter[name] !== undefined) add(filter[name], (p) => `${name} = ${p}`)
  addReach(filter.reach, add, { system: 'system' })
  addReach(filter.reach && { ...filter.reach, systems: [] }, onSubject(add), {
    ...{ system: '', unit: 'm.unit' },
  })
  if (filter.cursor !== undefined) {
    const at = values.push(...placeOf(filter.cursor))
    conditions.push(`(system, subject) > ($${at - 1}, $${at})`)
  }
  const rows = await database.ask<Row>(
    `select system, subject, state, since, asked_at, due_at from hub.follow where ${where()}
     order by system, subject limit ${Math.floor(filter.limit) + 1}`,
    values,
  )
  const page = rows.slice(0, filter.limit)
  const last = page.at(-1)
  return {
    items: page.map((row) => viewOf(row, configuration)),
    next: rows.length > page.length && last ? cursorOf(last) : null,
  }
}

function viewOf(row: Row, configuration: Configuration | undefined): FollowView {
  const jobs = configuration?.jobs ?? []
  return {
    ...{ system: row.system, subject: row.subject, since: row.since.toISOString() },
    ...{ askedAt: row.asked_at?.toISOString() ?? null, dueAt: row.due_at.toISOString() },
    askedBy: jobs.flatMap((job) =>
      job.kind === 'pull' && job.enabled && job.from === row.system
        ? [{ job: job.id, title: job.title }]
        : [],
    ),
    state: shown(row.state) as Follow,
  }
}

/** What a connector asks by is short; what is longer is sealed, a payer's link say, and opens something. */
const longestShown = 100

function shown(value: unknown): unknown {
  if (typeof value === 'string') return value.length > longestShown ? '***' : value
  if (Array.isArray(value)) return value.map(shown)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, shown(inner)]))
}
