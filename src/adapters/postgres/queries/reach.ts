/** How far the rights of whoever asks reach, as conditions of a statement. */
import { isLimited, type Reach } from '../../../domain/unit.ts'
import type { Database } from '../database.ts'

/** A unit has the code itself, or begins with it and a dot. */
const below = (units: readonly string[]): string[] => units.map((unit) => `${unit}.%`)

/** The same in the old form of codes, which is read from its end: `000.02.14.H99`. */
const belowInOldForm = (units: readonly string[]): string[] =>
  units.map((unit) => `%.${unit.split('.').reverse().join('.')}`)

const orNull = (list: readonly string[] | undefined) =>
  list === undefined || list.length === 0 ? null : list

/** Three parameters of a prepared statement; null is no limit. */
export const reachValues = (reach: Reach | undefined): unknown[] => [
  orNull(reach?.systems),
  orNull(reach?.units),
  orNull(reach && below(reach.units)),
]

/** `at`: the number of the first of the three. */
export const reachedSystem = (column: string, at: number): string =>
  `($${at}::text[] is null or ${column} = any($${at}))`
export const reachedUnit = (column: string, at: number): string =>
  `($${at + 1}::text[] is null or ${column} = any($${at + 1}) or ${column} like any($${at + 2}::text[]))`

/** A message concerns a system when something of it is sent there. */
export const reachedMessage = (message: string, at: number): string =>
  `${reachedUnit(`${message}.unit`, at)} and ($${at}::text[] is null or exists (
     select 1 from hub.delivery r where r.message_id = ${message}.id and r.system = any($${at})))`

/** What somebody has made who reached so far: for those who reach at least as far. */
export const reachedMaker = (row: string, at: number): string =>
  `($${at}::text[] is null or (cardinality(${row}.systems) > 0 and ${row}.systems <@ $${at}))
   and ($${at + 1}::text[] is null or (cardinality(${row}.units) > 0 and not exists (
     select 1 from unnest(${row}.units) u where not (u = any($${at + 1}) or u like any($${at + 2}::text[])))))`

/** For a statement that is made for its values: only what is a limit. */
export function addReach(
  reach: Reach | undefined,
  add: (value: unknown, text: (place: string) => string) => void,
  columns: { readonly system: string; readonly unit?: string },
): void {
  if (!reach || !isLimited(reach)) return
  const { system, unit } = columns
  const [only, ...others] = reach.systems
  // Of a single one the index gives the newest first.
  if (only !== undefined && others.length === 0) add(only, (p) => `${system} = ${p}`)
  else if (only !== undefined) add(reach.systems, (p) => `${system} = any(${p})`)
  if (reach.units.length > 0 && unit !== undefined)
    add([...reach.units, ...below(reach.units)], (p) => `${unit} like any(${p}::text[])`)
}

/** Up to so many messages are taken one by one rather than looked for among all. */
const fewMessages = 10_000

/** Ids of the messages of these units; the two values are the ends of ranges that hold each with all below it. */
const messagesOf = (first: string, last: string): string =>
  `select m.id from unnest(${first}::text[], ${last}::text[]) r (first, last)
   cross join lateral (select id from hub.message where unit >= r.first and unit < r.last offset 0) m`

/** Behind the dot, before everything that a longer code could go on with. */
const rangesOf = (units: readonly string[]): [string[], string[]] => [
  [...units],
  units.map((unit) => `${unit}/`),
]

/**
 * The deliveries of few messages, where these units have few: page by page through all there are, somebody
 * of a small unit would read all of it for a page. `values` takes what the text refers to.
 */
export async function deliveriesOfUnits(
  database: Database,
  reach: Reach | undefined,
  values: unknown[],
): Promise<string | undefined> {
  if (!reach || reach.units.length === 0) return undefined
  const ranges = rangesOf(reach.units)
  const [row] = await database.run<{ count: number }>(
    'query-unit-messages',
    `select count(*)::int as count from (${messagesOf('$1', '$2')} limit ${fewMessages + 1}) few`,
    ranges,
  )
  if ((row?.count ?? 0) > fewMessages) return undefined
  const at = values.push(...ranges)
  return `(
    with mine as materialized (${messagesOf(`$${at - 1}`, `$${at}`)}), theirs as materialized (
      select o.* from mine cross join lateral (
        select * from hub.delivery d where d.message_id = mine.id offset 0) o
    ) select * from theirs) d`
}

/** Units as somebody has written them, in either form. */
export function addWrittenUnit(
  reach: Reach | undefined,
  add: (value: unknown, text: (place: string) => string) => void,
  column: string,
): void {
  if (!reach || reach.units.length === 0) return
  const patterns = [...reach.units, ...below(reach.units), ...belowInOldForm(reach.units)]
  add(patterns, (p) => `${column} like any(${p}::text[])`)
}
