import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDryRunStore } from '../../../src/adapters/postgres/dry-runs.ts'
import type { HistoryMessage } from '../../../src/engine/ports/dry-run.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'

const wanted = 'vn.test.wanted.v1'
const idOf = (index: number) => `018f0000-0000-7000-8000-${String(index).padStart(12, '0')}`
const keys = {
  keyring: {
    encrypt: (bytes: Uint8Array) => ({ keyId: 1, bytes }),
    decrypt: (_: number, bytes: Uint8Array) => bytes,
  },
  withKeys: async <T>(_: readonly number[], work: () => T) => work(),
}

let test: TestDatabase

beforeAll(async () => {
  test = await createTestDatabase()
  for (let index = 1; index <= 40; index++) {
    const [source, type] = [
      index % 2 === 0 ? '/h99/a' : '/h99/b',
      index % 8 === 0 ? wanted : 'vn.test.other.v1',
    ]
    await test.sql(
      `insert into hub.message (id, source, event_id, type, subject, time, mode, client, revision, size, sha256)
       values ($1, $2, $3, $4, $3, '2026-11-23T09:00:00+07:00', 'binary', 'c', 1, 2, '\\x01')`,
      [idOf(index), source, `H99-${index}`, type],
    )
    if (index !== 16)
      await test.sql('insert into hub.body (message_id, key_id, bytes) values ($1, 1, $2)', [
        ...[idOf(index), Buffer.from(JSON.stringify({ index }))],
      ])
  }
})
afterAll(() => test.close())

const all = async (walk: number, sources: readonly string[] = []) => {
  const store = createDryRunStore(test.database, keys, walk)
  const found: HistoryMessage[] = []
  let before: string | undefined
  let questions = 0
  do {
    const page = await store.history({ types: [wanted], sources }, before, 2)
    found.push(...page.messages)
    before = page.next
    questions += 1
  } while (before !== undefined && questions < 100)
  return { found: found.map(({ subject }) => subject), questions, first: found[0] }
}

describe('dry-runs', () => {
  it.each([1, 3, 8, 40, 1000])(
    'finds all that fits, newest first, walking %i a question',
    async (walk) => {
      const { found, questions, first } = await all(walk)
      expect(found).toEqual([40, 32, 24, 16, 8].map((index) => `H99-${index}`))
      expect(questions).toBeLessThanOrEqual(Math.ceil(40 / walk) + 5)
      expect(first).toMatchObject({ message: { id: idOf(40), data: { index: 40 } } })
    },
  )

  it('keeps to the sources, and says what has been purged', async () => {
    expect((await all(10, ['/h99/b'])).found).toEqual([])
    expect((await all(10, ['/h99/a', '/h99/b'])).found).toHaveLength(5)
    const store = createDryRunStore(test.database, keys)
    const { messages } = await store.history({ types: [wanted], sources: [] }, idOf(17), 1)
    expect(messages).toEqual([expect.objectContaining({ subject: 'H99-16', unreadable: 'purged' })])
  })

  it('knows what has been accepted, and where a pull stands', async () => {
    const store = createDryRunStore(test.database, keys)
    const known = await store.known([
      { source: '/h99/a', eventId: 'H99-2' },
      { source: '/h99/b', eventId: 'H99-2' },
    ])
    expect([...known.keys()]).toEqual(['/h99/a\nH99-2'])
    expect(await store.cursor('lay-ve')).toBeUndefined()
    await test.sql(`insert into hub.pull (job, next_run_at, cursor) values ('lay-ve', now(), 'c7')`)
    expect(await store.cursor('lay-ve')).toEqual({ cursor: 'c7', refused: [] })
  })

  it.each([
    ['null', 'null', undefined],
    ['now()', 'null', 'Bảo trì'],
    ["now() - interval '2 hours'", "now() + interval '1 hour'", 'Bảo trì'],
    ["now() - interval '2 hours'", "now() - interval '1 hour'", undefined],
  ])('knows a pause while it lasts: since %s until %s', async (since, until, reason) => {
    const words = since === 'null' ? 'null' : "'Bảo trì'"
    await test.sql(
      `insert into hub.system_state (system, paused_at, paused_reason, resume_at)
       values ('nguon', ${since}, ${words}, ${until})
       on conflict (system) do update set paused_at = excluded.paused_at,
         paused_reason = excluded.paused_reason, resume_at = excluded.resume_at`,
    )
    const store = createDryRunStore(test.database, keys)
    expect(await store.pausedFor('nguon')).toBe(reason)
    expect(await store.pausedFor('khac')).toBeUndefined()
  })
})
