/**
 * One PostgreSQL, the embedded one, for a whole run of the tests. It is started when the first test
 * file asks for a database, so that a run of pure tests does not wait for it.
 */
import { chmodSync, existsSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { openDatabase } from '../../src/adapters/postgres/database.ts'
import { type EmbeddedPostgres, startEmbedded } from '../../src/adapters/postgres/embedded/start.ts'
import { migrate } from '../../src/adapters/postgres/migrate.ts'
import { quietLogger } from './quiet-logger.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder in which test files ask for the server and find its address. */
    readonly postgres: string
  }
}

/** What a test file finds once the server is up. */
export interface ServerAddress {
  readonly adminUrl: string
  /** Role `hub`, not a superuser, of any database of this server. */
  readonly url: string
  /** A database with all migrations in it, to be copied. */
  readonly template: string
}

const template = 'hub_template'

async function makeTemplate(server: EmbeddedPostgres): Promise<ServerAddress> {
  const admin = new pg.Client({ connectionString: server.adminUrl })
  await admin.connect()
  await admin.query(`create database ${template} owner hub`)
  await admin.end()
  const url = new URL(server.url)
  url.pathname = `/${template}`
  const onError = (error: Error): void => console.error(error.message)
  const options = { url: url.href, poolSize: 1, applicationName: 'tests', onError }
  const database = openDatabase(options)
  await migrate(database.pool)
  await database.close()
  return { adminUrl: server.adminUrl, url: server.url, template }
}

function say(folder: string, name: string, text: string): void {
  writeFileSync(join(folder, `${name}.new`), text, { mode: 0o600 })
  renameSync(join(folder, `${name}.new`), join(folder, name))
}

async function serve(folder: string): Promise<EmbeddedPostgres | undefined> {
  try {
    const server = await startEmbedded({
      dataDir: folder,
      log: quietLogger,
      settings: { shared_buffers: '128MB', max_connections: 300, autovacuum_naptime: '30s' },
    })
    say(folder, 'ready', JSON.stringify(await makeTemplate(server)))
    return server
  } catch (error) {
    say(folder, 'failed', error instanceof Error ? `${error.stack}` : String(error))
    return undefined
  }
}

export default function setup(project: TestProject): () => Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'lien-thong-hub-tests-'))
  // The server gives up root and must be able to come in; what is secret in here is 0600 itself.
  chmodSync(folder, 0o755)
  project.provide('postgres', folder)
  let server: Promise<EmbeddedPostgres | undefined> | undefined
  const look = setInterval(() => {
    if (!server && existsSync(join(folder, 'wanted'))) server = serve(folder)
  }, 20)
  return async () => {
    clearInterval(look)
    await (await server)?.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}
