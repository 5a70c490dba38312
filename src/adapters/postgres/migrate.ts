import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import type { Pool, PoolClient } from 'pg'
import { HubError } from '../../domain/errors.ts'

/** Spells "LTHB": any fixed number does, it only has to be the same in every process. */
const migrationLock = 0x4c544842
const oldestServer = 140000
const folder = new URL('./migrations/', import.meta.url)

export interface Migration {
  readonly number: number
  readonly name: string
  readonly sql: string
  readonly sha256: string
}

/** The numbered migrations that this code knows, in order. */
export async function readMigrations(): Promise<readonly Migration[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort()
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(new URL(name, folder), 'utf8')
      const sha256 = createHash('sha256').update(sql).digest('hex')
      return { number: Number(name.slice(0, 4)), name, sql, sha256 }
    }),
  )
}

const refuse = (vi: string, en: string): HubError =>
  new HubError('config-invalid', { detail: { vi, en } })

async function checkServer(client: PoolClient): Promise<void> {
  const { rows } = await client.query<{ version: number; fsync: string; commit: string }>(
    `select current_setting('server_version_num')::int as version, current_setting('fsync') as fsync,
            current_setting('synchronous_commit') as commit`,
  )
  const server = rows[0]
  if (!server || server.version < oldestServer)
    throw refuse('Cần PostgreSQL 14 trở lên.', 'PostgreSQL 14 or newer is needed.')
  // Accepted means durable: a server that may forget a commit is refused, not trusted.
  if (server.fsync !== 'on' || server.commit === 'off')
    throw refuse(
      'PostgreSQL phải bật fsync và synchronous_commit.',
      'PostgreSQL must have fsync and synchronous_commit on.',
    )
}

async function applyMissing(client: PoolClient, known: readonly Migration[]): Promise<string[]> {
  await client.query('create schema if not exists hub')
  await client.query(
    `create table if not exists hub.migration
       (number integer primary key, name text not null, sha256 text not null, at timestamptz not null default now())`,
  )
  const { rows } = await client.query<{ number: number; sha256: string }>(
    'select number, sha256 from hub.migration order by number',
  )
  const done = new Map(rows.map((row) => [row.number, row.sha256]))
  const newest = known.at(-1)?.number ?? 0
  for (const [number, sha256] of done) {
    if (number > newest)
      throw refuse(
        `Cơ sở dữ liệu ở phiên bản ${number}, mới hơn phần mềm (${newest}).`,
        `The database is at version ${number}, newer than this software (${newest}).`,
      )
    if (known.find((migration) => migration.number === number)?.sha256 !== sha256)
      throw refuse(
        `Bước nâng cấp ${number} đã bị sửa sau khi chạy.`,
        `Migration ${number} was changed after it had been applied.`,
      )
  }
  const missing = known.filter((migration) => !done.has(migration.number))
  for (const { number, name, sql, sha256 } of missing) {
    await client.query('begin')
    try {
      await client.query(sql)
      await client.query('insert into hub.migration (number, name, sha256) values ($1, $2, $3)', [
        number,
        name,
        sha256,
      ])
      await client.query('commit')
    } catch (error) {
      await client.query('rollback')
      throw error
    }
  }
  return missing.map((migration) => migration.name)
}

/**
 * Brings the database to this code's version; returns what was applied. Several processes may start
 * at once: an advisory lock lets one work while the others wait and then find nothing to do.
 */
export async function migrate(
  pool: Pool,
  migrations?: readonly Migration[],
): Promise<readonly string[]> {
  const client = await pool.connect()
  try {
    await checkServer(client)
    // A large table may take its time, and so may the process that was here first.
    await client.query('set statement_timeout = 0; set lock_timeout = 0')
    await client.query('select pg_advisory_lock($1)', [migrationLock])
    return await applyMissing(client, migrations ?? (await readMigrations()))
  } finally {
    // Ends the session, and with it the lock and the settings.
    client.release(true)
  }
}
