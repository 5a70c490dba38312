/** The tables by which wake-ups travel on PostgreSQL, for tests that empty them. */

const withoutNotes = `and tablename not like '%migration%'`

type Sql = <Row extends Record<string, unknown>>(text: string) => Promise<Row[]>

const namesOf = async (sql: Sql, where = ''): Promise<string[]> =>
  (
    await sql<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables
       where schemaname = 'hub_wakeups' ${where}`,
    )
  ).map(({ name }) => name)

/** Deletes some rows of each of them, drawn by lot; says how many. */
export async function nibbleWakeupTables(sql: Sql): Promise<number> {
  let gone = 0
  for (const name of await namesOf(sql, withoutNotes))
    gone += (await sql(`delete from ${name} where random() < 0.3 returning 1`)).length
  return gone
}

const isDeadlock = (error: unknown): boolean => (error as { code?: unknown }).code === '40P01'

/**
 * Empties all of them; `notes` too are the library's own about which of its migrations have run. It may
 * collide with a worker of the queue; then PostgreSQL makes one of the two give way, perhaps this.
 */
export async function emptyWakeupTables(
  sql: Sql,
  what: 'without notes' | 'with notes',
): Promise<number> {
  const names = await namesOf(sql, what === 'with notes' ? '' : withoutNotes)
  for (let tries = 1; ; tries++)
    try {
      await sql(`truncate ${names.join()} cascade`)
      return names.length
    } catch (error) {
      if (!isDeadlock(error) || tries === 20) throw error
    }
}
