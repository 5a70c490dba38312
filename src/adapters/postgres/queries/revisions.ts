/** Revisions page by page, each with its content and that of the one before. */
import type { Configuration } from '../../../domain/configuration.ts'
import type { RevisionFilter, RevisionSummary } from '../../../engine/ports/configuration.ts'
import type { Database } from '../database.ts'
import { badCursor } from './keyset.ts'

export interface RevisionPair extends RevisionSummary {
  readonly content: Configuration
  readonly previous: { readonly id: number; readonly content: Configuration } | undefined
}

interface Row {
  id: number
  at: Date
  author: string
  reason: string
  content: Configuration
  previous_id: number | null
  previous: Configuration | null
}

const pairs = `
select r.id, r.at, r.author, r.reason, r.content, p.id as previous_id, p.content as previous
from hub.revision r
left join lateral (
  select id, content from hub.revision where id < r.id order by id desc limit 1
) p on true`

/** The history of one object is looked for in so many revisions: each has to be opened. */
const longestWalk = 500

const ofLists = `(select one from jsonb_array_elements(content -> $2::text) one where one ->> 'id' = $3::text)`
const ofTables = 'content #> array[$2::text, $3::text]'
const touching = (one: string) => `
with walked as (
  select id, content from hub.revision order by id desc limit ${longestWalk + 1}
), each as (
  select id, ${one} as one from walked
), marked as (
  select id, one, lag(one) over (order by id) as before, row_number() over (order by id) as place from each
)
select id from marked
where id < $1 and one is distinct from before
  and (place > 1 or (select count(*) from walked) <= ${longestWalk})
order by id desc limit $4`

function cursorOf(cursor: string | undefined): number {
  if (cursor === undefined) return 2 ** 31 - 1
  if (/^\d{1,9}$/.test(cursor)) return Number(cursor)
  throw badCursor()
}

const pairOf = ({ at, previous, previous_id: id, ...row }: Row): RevisionPair => ({
  ...{ ...row, at: at.toISOString() },
  previous: previous && id !== null ? { id, content: previous } : undefined,
})

export function createRevisionQueries(database: Database) {
  const touchedBy = async (object: string, before: number, limit: number): Promise<number[]> => {
    const [kind = '', name = ''] = object.split('/')
    const isTable = kind === 'codes'
    const rows = await database.run<{ id: number }>(
      isTable ? 'revision-touching-table' : 'revision-touching',
      touching(isTable ? ofTables : ofLists),
      [before, kind, name, limit],
    )
    return rows.map(({ id }) => id)
  }
  return {
    /** One more than asked for tells that there are more. */
    async page({ object, cursor, limit }: RevisionFilter): Promise<readonly RevisionPair[]> {
      const before = cursorOf(cursor)
      const ids = object === undefined ? null : await touchedBy(object, before, limit + 1)
      const rows = await database.run<Row>(
        'revision-page',
        `${pairs} where r.id < $1 and ($2::int[] is null or r.id = any ($2::int[]))
         order by r.id desc limit $3`,
        [before, ids, limit + 1],
      )
      return rows.map(pairOf)
    },
    async pair(id: number): Promise<RevisionPair | undefined> {
      const [row] = await database.run<Row>('revision-pair', `${pairs} where r.id = $1`, [id])
      return row && pairOf(row)
    },
    async newest(): Promise<number | undefined> {
      const [row] = await database.run<{ id: number | null }>(
        'revision-newest',
        'select max(id) as id from hub.revision',
        [],
      )
      return row?.id ?? undefined
    },
  }
}
