import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openHub } from '../../../src/app/compose/open-hub.ts'
import { readSettings } from '../../../src/app/settings.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import { makeFolder } from '../../support/folder.ts'
import { runHub } from '../../support/hub-process.ts'
import { quietLogger } from '../../support/quiet-logger.ts'
import { waitUntil } from '../../support/wait.ts'

let database: TestDatabase
let env: NodeJS.ProcessEnv
beforeEach(async () => {
  database = await createTestDatabase()
  env = { HUB_ENV: 'test', HUB_DATABASE_URL: database.url, HUB_DATA_DIR: makeFolder({}) }
  // Read when the queue is open already.
  await database.sql('drop table hub.restoration')
})
afterEach(() => database.close())

describe('a start that fails when half of the hub is open', () => {
  it('closes what it has opened', async () => {
    const settings = readSettings(env)
    const hub = openHub({ settings, role: 'all', log: quietLogger, secret: () => undefined })
    await expect(hub).rejects.toThrow('restoration')
    const connections = () =>
      database.sql(
        `select application_name, query from pg_stat_activity
         where datname = current_database() and application_name like 'hub%'`,
      )
    await waitUntil('every connection is gone', connections, (left) => left.length === 0)
  })

  // Whoever looks after processes starts one again only when it has ended.
  it('ends the process, also when the queue is away', async () => {
    const away = { HUB_REDIS_URL: 'redis://127.0.0.1:1', HUB_HTTP_PORT: '0', HUB_LOG: 'json' }
    const ended = await runHub(['start'], { ...env, ...away })
    expect(ended.code).toBeGreaterThan(0)
    expect(ended.stdout).not.toContain('process.ready')
  }, 30_000)
})
