import { createHash } from 'node:crypto'
import pg from 'pg'
import { beforeEach, describe, expect, it } from 'vitest'
import { migrate, readMigrations } from '../../../src/adapters/postgres/migrate.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import { waitUntil } from '../../support/wait.ts'
import { fillStore } from './many-rows.ts'

let database: TestDatabase
beforeEach(async () => {
  database = await createTestDatabase({ empty: true })
  return () => database.close()
})

const applied = () =>
  database.sql<{ number: number; name: string; sha256: string; at: Date }>(
    'select number, name, sha256, at from hub.migration order by number',
  )
/** Everything of the hub in the catalogue: relations, columns, functions, triggers. */
const catalogue = () =>
  database.sql(
    `select c.relname, c.relkind, a.attname, a.atttypid::regtype::text, a.attnotnull
     from pg_class c left join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
     where c.relnamespace = 'hub'::regnamespace order by 1, 2, 3`,
  )
const idle = () =>
  database.sql(
    `select 1 from pg_locks where locktype = 'advisory' and database =
       (select oid from pg_database where datname = current_database())`,
  )

function applies(): void {
  it('makes an empty database whole, says what it did, and keeps what each step was', async () => {
    const migrations = await readMigrations()
    expect(migrations.map((one) => one.number)).toEqual(migrations.map((_, index) => index + 1))
    expect(await migrate(database.database.pool)).toEqual(migrations.map((one) => one.name))
    expect(await applied()).toMatchObject(
      migrations.map(({ number, name, sql }) => ({
        number,
        name,
        sha256: createHash('sha256').update(sql).digest('hex'),
      })),
    )
  })

  it('does nothing the second time', async () => {
    await migrate(database.database.pool)
    const [rows, tables] = [await applied(), await catalogue()]
    expect(await migrate(database.open(1).pool)).toEqual([])
    expect(await applied()).toEqual(rows)
    expect(await catalogue()).toEqual(tables)
  })

  it('lets one of several processes work, and the others find it done', async () => {
    const pools = Array.from({ length: 6 }, () => database.open(1).pool)
    const done = await Promise.all(pools.map((pool) => migrate(pool)))
    const names = (await readMigrations()).map((one) => one.name)
    expect(done.filter((one) => one.length > 0)).toEqual([names])
    expect(await applied()).toHaveLength(names.length)
  })

  it('waits for the process that was here first, longer than a statement may take', async () => {
    const first = new pg.Client({ connectionString: database.url })
    await first.connect()
    await first.query('select pg_advisory_lock(0x4c544842)')
    const pool = database.open(1).pool
    pool.on('connect', (client) =>
      client.query('set statement_timeout = 50; set lock_timeout = 50'),
    )
    const waiting = migrate(pool)
    const seen = await waitUntil(
      'the second has waited longer than its statements may take',
      () =>
        database.sql(
          `select 1 from pg_stat_activity where datname = current_database()
             and wait_event = 'advisory' and query_start < now() - interval '200 ms'`,
        ),
      (rows) => rows.length > 0,
    )
    expect(seen).toHaveLength(1)
    await first.end()
    expect(await waiting).toHaveLength((await readMigrations()).length)
  })

  it('leaves no lock, and no setting of its own, behind', async () => {
    const pool = database.open(1).pool
    await migrate(pool)
    expect(await idle()).toEqual([])
    const { rows } = await pool.query('show statement_timeout')
    expect(rows).toEqual([{ statement_timeout: '15s' }])
  })
}

const tables = ['message', 'body', 'lane', 'delivery', 'failure', 'attempt', 'audit']
type Columns = ReadonlyMap<string, string>
const columnsNow = async (): Promise<Columns> =>
  new Map(
    (
      await database.sql<{ table: string; columns: string }>(
        `select relname as table, string_agg(format('%I', attname), ',' order by attnum) as columns
         from pg_class c join pg_attribute a on a.attrelid = c.oid and attnum > 0
         where relnamespace = 'hub'::regnamespace group by relname`,
      )
    ).map(({ table, columns }) => [table, columns]),
  )
/** What these columns hold, told in one line for each table. */
const contents = (columns: Columns) =>
  Promise.all(
    tables.map(async (table) => {
      const [row] = await database.sql<{ n: number; md5: string }>(
        `select count(*)::int as n, md5(string_agg(t::text, '|' order by t::text)) as md5
         from (select ${columns.get(table)} from hub.${table}) t`,
      )
      return `${table} ${row?.n} ${row?.md5}`
    }),
  )

function upgrades(): void {
  it('brings a store that is in use to the next version, and changes none of its rows', async () => {
    const migrations = await readMigrations()
    await migrate(database.database.pool, migrations.slice(0, 1))
    await fillStore(database.database, { rows: 2_000, due: 50, systems: ['portal', 'axis'] })
    const columns = await columnsNow()
    const before = await contents(columns)
    const names = migrations.slice(1).map(({ name }) => name)
    expect(await migrate(database.database.pool)).toEqual(names)
    expect(await contents(columns)).toEqual(before)
  })

  it('is as if it had not begun where it is killed in the middle', async () => {
    const migrations = await readMigrations()
    await migrate(database.database.pool, migrations.slice(0, 1))
    const before = await catalogue()
    const slow = migrations.map((one) =>
      one.number === 2 ? { ...one, sql: `${one.sql}; select pg_sleep(30)` } : one,
    )
    const pool = database.open(1).pool
    const broken = migrate(pool, slow).catch((error: unknown) => error)
    await waitUntil(
      'it is in the middle',
      () =>
        database.sql(
          `select pg_terminate_backend(pid) from pg_stat_activity
           where datname = current_database() and wait_event = 'PgSleep'`,
        ),
      (rows) => rows.length === 1,
    )
    expect(await broken).toBeInstanceOf(Error)
    expect(await catalogue()).toEqual(before)
    expect(await applied()).toHaveLength(1)
    expect(await migrate(database.database.pool)).toHaveLength(migrations.length - 1)
  })
}

function refusals(): void {
  it('refuses a database of a newer version, and changes nothing', async () => {
    await migrate(database.database.pool)
    const newer = ((await readMigrations()).at(-1)?.number ?? 0) + 1
    await database.sql(
      `insert into hub.migration (number, name, sha256) values ($1, 'newer.sql', '')`,
      [newer],
    )
    const [rows, tables] = [await applied(), await catalogue()]
    await expect(migrate(database.database.pool)).rejects.toMatchObject({
      code: 'config-invalid',
      detail: { en: expect.stringContaining(`version ${newer}`) },
    })
    expect(await applied()).toEqual(rows)
    expect(await catalogue()).toEqual(tables)
    expect(await idle()).toEqual([])
  })

  it('refuses a database in which a step was another than it is now', async () => {
    await migrate(database.database.pool)
    await database.sql(`update hub.migration set sha256 = 'other' where number = 1`)
    await expect(migrate(database.database.pool)).rejects.toMatchObject({
      code: 'config-invalid',
      detail: { en: expect.stringContaining('Migration 1 was changed') },
    })
    expect(await idle()).toEqual([])
  })

  it('refuses a server that may forget what it committed', async () => {
    const admin = new pg.Client({ connectionString: database.adminUrl })
    await admin.connect()
    await admin.query(
      `do $$ begin
         execute format('alter database %I set synchronous_commit = off', current_database());
       end $$`,
    )
    await admin.end()
    await expect(migrate(database.open(1).pool)).rejects.toMatchObject({
      code: 'config-invalid',
      detail: { en: expect.stringContaining('synchronous_commit') },
    })
    expect(await database.sql(`select 1 from pg_namespace where nspname = 'hub'`)).toEqual([])
  })

  it('undoes a step that fails, and does it when it can', async () => {
    await database.sql('create schema hub; create table hub.body (other text)')
    await expect(migrate(database.database.pool)).rejects.toThrow('already exists')
    expect(await applied()).toEqual([])
    expect(await database.sql(`select to_regclass('hub.message') as message`)).toEqual([
      { message: null },
    ])
    await database.sql('drop table hub.body')
    expect(await migrate(database.database.pool)).toHaveLength((await readMigrations()).length)
  })
}

describe('migrate', () => {
  applies()
  upgrades()
  refusals()
})
