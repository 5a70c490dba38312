import { describe, expect, it } from 'vitest'
import { inspectPostgres } from '../../../src/adapters/postgres/inspect.ts'
import { createTestDatabase, useDatabase } from '../../support/database.ts'

describe('inspect', () => {
  const database = useDatabase()

  it('tells what the server is and what the hub has in it', async () => {
    const { sql, url } = database()
    await sql(`insert into hub.process (id, role, seen_at) values
      ('may-1', 'all', now()), ('may-2', 'worker', now() - interval '2 hours')`)
    await sql(
      `insert into hub.system_state (system, paused_at, circuit) values ('dvcqg', now(), 'open')`,
    )
    await sql(`insert into hub.lane (system, subject, last_number, wake_at)
      values ('dvcqg', 'H99.1', 1, now() - interval '90 seconds')`)
    await sql(`insert into hub.failure (lane, number, system, message_id, state, code)
      values (1, 1, 'dvcqg', gen_random_uuid(), 'dead', 'target-rejected')`)
    await sql('insert into hub.revision (author, reason, content) values ($1, $2, $3)', [
      'cli:thu',
      'thử',
      JSON.stringify({ systems: [{ id: 'dvcqg' }, { id: 'tthc' }] }),
    ])

    await sql(`insert into hub.attempt (lane, number, kind, try, started_at, duration_ms, outcome, code)
      values (1, 1, 'send', 1, now() - interval '1 hour', 9, 'delivered', 'sent-late'),
        (1, 1, 'send', 2, now(), 9, 'delivered', null),
        -- One effect only: nobody has sent these again.
        (1, 2, 'send', 1, now(), 9, 'unknown', 'sent-late'),
        (1, 2, 'send', 2, now(), 9, 'retry', 'target-busy'),
        -- Long ago.
        (1, 3, 'send', 1, now() - interval '9 days', 9, 'delivered', 'sent-late'),
        (1, 3, 'send', 2, now(), 9, 'delivered', null)`)

    const seen = await inspectPostgres(url)

    expect(seen.sentTwice).toEqual({ count: 1, newest: '1.1' })
    expect(seen.version).toBeGreaterThanOrEqual(140_000)
    expect(Math.abs(seen.clockOffsetMs)).toBeLessThan(5_000)
    expect(seen.migrations.applied).toBe(seen.migrations.known)
    expect(seen.processes).toMatchObject([{ id: 'may-1', role: 'all' }])
    expect(seen.systems).toMatchObject([
      { id: 'dvcqg', paused: true, circuitOpen: true, failed: 1 },
      { id: 'tthc', paused: false, circuitOpen: false, failed: 0, oldestDueSeconds: null },
    ])
    expect(seen.systems[0]?.oldestDueSeconds).toBeGreaterThanOrEqual(90)
    expect(seen.revision).toMatchObject({ id: 1, configuration: { systems: [{}, {}] } })
  })

  it('looks at an empty database and leaves it empty', async () => {
    const empty = await createTestDatabase({ empty: true })
    try {
      const seen = await inspectPostgres(empty.url)
      expect(seen).toMatchObject({ migrations: { applied: 0 }, processes: [], revision: null })
      expect(await empty.sql(`select 1 from pg_namespace where nspname = 'hub'`)).toEqual([])
    } finally {
      await empty.close()
    }
  })

  it('fails when nobody is there', async () => {
    await expect(inspectPostgres('postgres://hub@127.0.0.1:1/hub')).rejects.toMatchObject({
      code: 'ECONNREFUSED',
    })
  })
})
