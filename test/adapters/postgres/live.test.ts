/** What tells of changes reads next to nothing, however much there is. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Database, openDatabase } from '../../../src/adapters/postgres/database.ts'
import { createLiveStore } from '../../../src/adapters/postgres/live.ts'
import { migrate } from '../../../src/adapters/postgres/migrate.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'

describe('the marks of what changes', () => {
  let test: TestDatabase
  let database: Database
  beforeAll(async () => {
    test = await createTestDatabase()
    database = openDatabase({
      ...{ url: test.url, poolSize: 1, applicationName: 'test' },
      onError: () => undefined,
    })
    await migrate(database.pool)
    await test.sql(`insert into hub.message
      (id, source, event_id, type, subject, time, mode, client, revision, size, sha256)
      select gen_random_uuid(), 's', n::text, 't', 'x', '', 'structured', 'c', 1, 1, ''
      from generate_series(1, 5000) n`)
    await test.sql(`insert into hub.problem (system, operation, code)
      select 's' || n, 'o', 'c' from generate_series(1, 1000) n`)
    await test.sql(`insert into hub.plan (action, filter, reason, created_by, run_by, starts, stop_after, stop_percent, due_at)
      select 'redrive', '{}', 'r', 'a', 'a', true, 50, 50, null from generate_series(1, 1000)`)
  }, 60_000)
  afterAll(async () => {
    await database.close()
    await test.close()
  })

  it('cost a few pages of indexes', async () => {
    let asked: { text: string; values: unknown[] } | undefined
    const run = async (_: string, text: string, values: unknown[]) => {
      asked = { text, values }
      return []
    }
    await createLiveStore({ ...database, run } as Database).marks()
    const rows = await database.ask<{ 'QUERY PLAN': [{ Plan: Record<string, number> }] }>(
      `explain (analyze, buffers, format json) ${asked?.text}`,
      asked?.values ?? [],
    )
    const plan = rows[0]?.['QUERY PLAN'][0].Plan
    const pages = (plan?.['Shared Hit Blocks'] ?? 0) + (plan?.['Shared Read Blocks'] ?? 0)
    expect(pages).toBeGreaterThan(0)
    expect(pages).toBeLessThan(50)
  })

  it('are others for the lists that show what has changed, and for no others', async () => {
    const { marks } = createLiveStore(database)
    const before = await marks()
    await test.sql(`update hub.plan set due_at = now(), done = 1 where id = 1`)
    const after = await marks()
    const changed = [...after.keys()].filter((topic) => before.get(topic) !== after.get(topic))
    expect(changed).toContain('plans')
    expect(changed).not.toContain('corrections')
  })
})
