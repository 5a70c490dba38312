/** What `hub doctor` asks PostgreSQL. Reads only, on one connection of its own, and never migrates. */

import pg from 'pg'
import type { Configuration } from '../../domain/configuration.ts'
import { readMigrations } from './migrate.ts'
import { isPaused } from './paused.ts'

export interface PostgresInspection {
  /** For example 180004. */
  readonly version: number
  readonly fsync: boolean
  readonly synchronousCommit: boolean
  /** Clock of the database minus clock of this machine. */
  readonly clockOffsetMs: number
  readonly maxConnections: number
  readonly migrations: { readonly applied: number; readonly known: number }
  readonly processes: readonly { id: string; role: string; seenSecondsAgo: number }[]
  readonly systems: readonly {
    id: string
    paused: boolean
    circuitOpen: boolean
    failed: number
    oldestDueSeconds: number | null
  }[]
  /** Deliveries of the last week that may have arrived twice; null in a store of an older version. */
  readonly sentTwice: { readonly count: number; readonly newest: string | null } | null
  readonly revision: { readonly id: number; readonly configuration: Configuration } | null
}

const timeoutMs = 5_000

/** Throws what pg throws when the server is away. */
export async function inspectPostgres(url: string): Promise<PostgresInspection> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'hub doctor',
    connectionTimeoutMillis: timeoutMs,
    statement_timeout: timeoutMs,
  })
  // A connection that breaks later is told by the statement that meets it.
  client.on('error', () => undefined)
  await client.connect()
  try {
    const server = await inspectServer(client)
    const known = (await readMigrations()).length
    const applied = await countMigrations(client)
    const tables = applied > 0
    return {
      ...server,
      migrations: { applied, known },
      processes: tables ? await inspectProcesses(client) : [],
      systems: tables ? await inspectSystems(client) : [],
      sentTwice: applied >= known ? await inspectSentTwice(client) : null,
      revision: tables ? await newestRevision(client) : null,
    }
  } finally {
    await client.end()
  }
}

async function inspectServer(client: pg.Client) {
  const before = Date.now()
  const { rows } = await client.query<{
    version: number
    fsync: string
    commit: string
    connections: number
    now_ms: number
  }>(
    `select current_setting('server_version_num')::int as version, current_setting('fsync') as fsync,
       current_setting('synchronous_commit') as commit,
       current_setting('max_connections')::int as connections,
       (extract(epoch from clock_timestamp()) * 1000)::float8 as now_ms`,
  )
  const after = Date.now()
  const [row] = rows
  if (!row) throw new Error('the server has not said what it is')
  return {
    version: row.version,
    fsync: row.fsync === 'on',
    synchronousCommit: row.commit !== 'off',
    clockOffsetMs: Math.round(row.now_ms - (before + after) / 2),
    maxConnections: row.connections,
  }
}

async function countMigrations(client: pg.Client): Promise<number> {
  const { rows: tables } = await client.query<{ there: boolean }>(
    `select to_regclass('hub.migration') is not null as there`,
  )
  if (!tables[0]?.there) return 0
  const { rows } = await client.query<{ count: number }>(
    'select count(*)::int as count from hub.migration',
  )
  return rows[0]?.count ?? 0
}

async function inspectProcesses(client: pg.Client) {
  const { rows } = await client.query<{ id: string; role: string; seen: number }>(
    `select id, role, extract(epoch from now() - seen_at)::float8 as seen from hub.process
     where seen_at > now() - interval '1 hour' order by seen_at desc limit 50`,
  )
  return rows.map(({ id, role, seen }) => ({ id, role, seenSecondsAgo: seen }))
}

async function inspectSystems(client: pg.Client) {
  const { rows } = await client.query<{
    id: string
    paused: boolean
    open: boolean
    failed: number
    due: number | null
  }>(
    `select s.system as id,
       coalesce(${isPaused('t.')}, false) as paused,
       coalesce(t.circuit = 'open', false) as open,
       (select count(*)::int from hub.failure f where f.system = s.system) as failed,
       (select extract(epoch from now() - min(l.wake_at))::float8 from hub.lane l
        where l.system = s.system and l.wake_at <= now()) as due
     from (select system from hub.system_state union select distinct system from hub.failure
           union select id from jsonb_to_recordset(
             coalesce((select content -> 'systems' from hub.revision order by id desc limit 1), '[]')
           ) as r (id text)) as s (system)
     left join hub.system_state t on t.system = s.system order by s.system`,
  )
  return rows.map(({ id, paused, open, failed, due }) => ({
    id,
    paused,
    circuitOpen: open,
    failed,
    oldestDueSeconds: due,
  }))
}

/** Sent by who had lost the lane, and once more by who has taken it over. */
async function inspectSentTwice(client: pg.Client): Promise<PostgresInspection['sentTwice']> {
  const { rows } = await client.query<{ count: number; newest: string | null }>(
    `select count(*)::int as count,
       (array_agg(a.lane || '.' || a.number order by a.started_at desc))[1] as newest
     from hub.attempt a
     where a.code = 'sent-late' and a.started_at > now() - interval '7 days' and exists (
       select from hub.attempt b where b.lane = a.lane and b.number = a.number and b.kind = 'send'
         and b.try > a.try and b.outcome in ('delivered', 'unknown'))`,
  )
  return rows[0] ?? null
}

async function newestRevision(client: pg.Client): Promise<PostgresInspection['revision']> {
  const { rows } = await client.query<{ id: number; content: Configuration }>(
    'select id, content from hub.revision order by id desc limit 1',
  )
  const [row] = rows
  return row ? { id: row.id, configuration: row.content } : null
}
