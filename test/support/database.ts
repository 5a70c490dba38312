/** A database of its own for a test file, copied from one that holds all migrations. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, inject } from 'vitest'
import { type Database, openDatabase } from '../../src/adapters/postgres/database.ts'
import { transitions } from '../../src/domain/delivery.ts'
import type { ServerAddress } from './global-setup.ts'
import { waitUntil } from './wait.ts'

export interface TestDatabase {
  readonly url: string
  /** The same database, as superuser. */
  readonly adminUrl: string
  /** A pool of the hub's own making; closed with the database. */
  readonly database: Database
  /** Another pool, as another process would have. */
  open(poolSize?: number): Database
  sql<Row extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]>
  close(): Promise<void>
}

/** The address of the server of this run; starts it when nobody has asked before. */
export async function serverAddress(): Promise<ServerAddress> {
  const folder = inject('postgres')
  writeFileSync(join(folder, 'wanted'), '')
  await waitUntil(
    'PostgreSQL is up',
    () => existsSync(join(folder, 'ready')) || existsSync(join(folder, 'failed')),
    Boolean,
    50_000,
  )
  if (existsSync(join(folder, 'failed')))
    throw new Error(readFileSync(join(folder, 'failed'), 'utf8'))
  return JSON.parse(readFileSync(join(folder, 'ready'), 'utf8'))
}

const allowed = Object.entries(transitions).flatMap(([from, tos]) =>
  tos.map((to) => `'${from}>${to}'`),
)

/** In tests the database itself refuses a change of state that the table of transitions lacks. */
const guard = `
create function hub.check_transition() returns trigger language plpgsql as $$
begin
  if old.state <> new.state and not (old.state || '>' || new.state) = any (array[${allowed}]) then
    raise exception 'delivery %.%: % to % is not in the table of transitions',
      old.lane, old.number, old.state, new.state;
  end if;
  return new;
end $$;
create trigger check_transition before update of state on hub.delivery
  for each row execute function hub.check_transition()`

const at = (url: string, database: string): string => {
  const changed = new URL(url)
  changed.pathname = `/${database}`
  return changed.href
}

async function administer(url: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(text)
  } finally {
    await client.end()
  }
}

let made = 0

/** `empty`: without the hub's tables. */
export async function createTestDatabase(options: { empty?: boolean } = {}): Promise<TestDatabase> {
  const server = await serverAddress()
  made += 1
  const name = `test_${process.pid}_${made}_${Date.now().toString(36)}`
  const from = options.empty ? 'template1' : server.template
  await administer(server.adminUrl, `create database ${name} template ${from} owner hub`)
  const url = at(server.url, name)
  const opened: Database[] = []
  const open = (poolSize = 4): Database => {
    const onError = (): void => undefined
    const database = openDatabase({ url, poolSize, applicationName: 'tests', onError })
    opened.push(database)
    return database
  }
  const database = open(8)
  if (!options.empty) await database.pool.query(guard)
  return {
    url,
    adminUrl: at(server.adminUrl, name),
    database,
    open,
    sql: async (text, values = []) => (await database.pool.query(text, values)).rows,
    async close() {
      await Promise.all(opened.map((one) => one.close().catch(() => undefined)))
      await administer(server.adminUrl, `drop database if exists ${name} with (force)`)
    },
  }
}

/** The database of a test file: there before its first test, gone after its last. */
export function useDatabase(options: { empty?: boolean } = {}): () => TestDatabase {
  let database: TestDatabase | undefined
  beforeAll(async () => {
    database = await createTestDatabase(options)
  })
  afterAll(() => database?.close())
  return () => {
    if (!database) throw new Error('the database is there from the first test on')
    return database
  }
}
