/** What a benchmark runs on: one PostgreSQL, and one Redis where it is installed. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { startEmbedded } from '../../src/adapters/postgres/embedded/start.ts'
import { createLogger } from '../../src/adapters/system/logger.ts'
import { redisIsInstalled, startRedis, type TestRedis } from '../support/redis.ts'

export interface Stage {
  readonly postgresPid: number
  readonly redis: TestRedis | undefined
  /** A fresh database; returns its address. */
  database(name: string): Promise<string>
  close(): Promise<void>
}

export const silent = createLogger({ level: 'error', format: 'json' })

export async function openStage(): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'hub-bench-'))
  const server = await startEmbedded({
    dataDir: folder,
    log: silent,
    settings: { shared_buffers: '512MB', max_connections: 200, track_commit_timestamp: true },
  })
  const redis = redisIsInstalled ? await startRedis('log') : undefined
  const admin = new pg.Pool({ connectionString: server.adminUrl, max: 1 })
  return {
    postgresPid: server.pid,
    redis,
    async database(name) {
      await admin.query(`drop database if exists ${name} with (force)`)
      await admin.query(`create database ${name} owner hub`)
      const url = new URL(server.url)
      url.pathname = `/${name}`
      return url.href
    },
    async close() {
      await admin.end()
      await redis?.close()
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** One statement on a connection of its own. */
export const ask = async <T extends pg.QueryResultRow>(
  url: string,
  text: string,
  values: unknown[] = [],
): Promise<T[]> => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<T>(text, values)).rows
  } finally {
    await client.end()
  }
}
