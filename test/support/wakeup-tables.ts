/** The tables by which wake-ups travel on PostgreSQL, for tests that empty them. */

/** Empties all of them; `notes` too are the library's own about which of its migrations have run. */
export async function emptyWakeupTables(
  sql: <Row extends Record<string, unknown>>(text: string) => Promise<Row[]>,
  what: 'without notes' | 'with notes',
): Promise<number> {
  const tables = await sql<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
     where schemaname = 'hub_wakeups' ${what === 'with notes' ? '' : "and tablename not like '%migration%'"}`,
  )
  await sql(`truncate ${tables.map(({ name }) => name).join()} cascade`)
  return tables.length
}
