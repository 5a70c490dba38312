import { beforeEach, describe, expect, it } from 'vitest'
import { createAcceptStore } from '../../../src/adapters/postgres/accept.ts'
import { createPruneStore } from '../../../src/adapters/postgres/prune.ts'
import { findMessage, readBody } from '../../../src/adapters/postgres/queries/messages.ts'
import { createIds } from '../../../src/adapters/system/ids.ts'
import type { DeliveryState } from '../../../src/domain/delivery.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import { cipher, newMessage, routeTo } from './material.ts'

let database: TestDatabase
beforeEach(async () => {
  database = await createTestDatabase()
  await database.sql('alter table hub.delivery disable trigger check_transition')
  return () => database.close()
})

const dayMs = 86_400_000
const days = 90

interface Put {
  readonly acceptedDaysAgo?: number
  readonly states?: readonly DeliveryState[]
  readonly finishedDaysAgo?: number | null
}

let made = 0

/** A message as it lies there after so many days. */
async function put(options: Put = {}): Promise<string> {
  const { acceptedDaysAgo = 200, states = ['delivered'], finishedDaysAgo = 100 } = options
  made += 1
  const subject = `A${made}`
  const id = createIds(() => Date.now() - acceptedDaysAgo * dayMs)()
  const routes = states.map((_, index) => routeTo(`system-${index}`))
  await createAcceptStore(database.database).accept([newMessage(subject, 1, { id, routes })])
  await database.sql(
    `update hub.message set accepted_at = now() - $2 * interval '1 day' where id = $1`,
    [id, acceptedDaysAgo],
  )
  for (const [index, state] of states.entries())
    await database.sql(
      `update hub.delivery set state = $3, finished_at = now() - $4 * interval '1 day'
       where message_id = $1 and system = $2`,
      [id, `system-${index}`, state, finishedDaysAgo],
    )
  return id
}
const hasBody = async (id: string): Promise<boolean> =>
  (await database.sql('select 1 from hub.body where message_id = $1', [id])).length > 0

/** Round after round until one finds nothing, as the chore does; what each of them took. */
async function rounds(prune: () => Promise<number>): Promise<number[]> {
  const gone: number[] = []
  do gone.push(await prune())
  while (gone.at(-1) !== 0)
  return gone
}

const cases: readonly (Put & { what: string; purged: boolean })[] = [
  { what: 'delivered long ago', purged: true },
  { what: 'superseded', states: ['superseded'], purged: true },
  { what: 'discarded', states: ['discarded'], purged: true },
  { what: 'of all three', states: ['delivered', 'superseded', 'discarded'], purged: true },
  { what: 'wanted by nobody', states: [], purged: true },
  { what: 'waiting', states: ['waiting'], finishedDaysAgo: null, purged: false },
  { what: 'sending', states: ['sending'], finishedDaysAgo: null, purged: false },
  { what: 'unknown', states: ['unknown'], finishedDaysAgo: null, purged: false },
  { what: 'held', states: ['held'], finishedDaysAgo: null, purged: false },
  { what: 'dead', states: ['dead'], purged: false },
  { what: 'open for one of two', states: ['delivered', 'dead'], purged: false },
  { what: 'delivered only lately', finishedDaysAgo: 89, purged: false },
  { what: 'delivered just long enough ago', finishedDaysAgo: 91, purged: true },
  { what: 'accepted lately', acceptedDaysAgo: 89, finishedDaysAgo: 89, purged: false },
  { what: 'wanted by nobody, lately', acceptedDaysAgo: 89, states: [], purged: false },
]

function bodies(): void {
  it.each(cases)(
    'of a message that is $what: purged is $purged',
    async ({ purged, ...options }) => {
      const id = await put(options)
      const prune = createPruneStore(database.database)
      expect(await prune.pruneBodies(days, 10)).toBe(purged ? 1 : 0)
      expect(await hasBody(id)).toBe(!purged)
    },
  )

  it('leaves the message, its hash, its deliveries and the trail', async () => {
    const id = await put({ states: ['delivered', 'discarded'] })
    const before = await findMessage(database.database, id)
    expect(await readBody(database.database, cipher, id)).toMatchObject({ data: { n: 1 } })
    await createPruneStore(database.database).pruneBodies(days, 10)
    expect(before?.bodyPurged).toBe(false)
    expect(await findMessage(database.database, id)).toEqual({ ...before, bodyPurged: true })
    expect(await readBody(database.database, cipher, id)).toBeUndefined()
    const trail = await database.sql('select detail from hub.audit where object = $1', [id])
    expect(trail).toEqual([{ detail: before?.sha256 }])
  })

  it.each([1, 30, 400])('knows a message again after %i days, body or no body', async (age) => {
    const id = await put({ acceptedDaysAgo: age, finishedDaysAgo: age })
    await createPruneStore(database.database).pruneBodies(days, 10)
    expect(await hasBody(id)).toBe(age < days)
    const store = createAcceptStore(database.database)
    const subject = `A${made}`
    const [same] = await store.accept([newMessage(subject, 1)])
    expect(same).toMatchObject({ kind: 'duplicate', receipt: { id } })
    const [other] = await store.accept([newMessage(subject, 1, { sha256: Buffer.alloc(32, 7) })])
    expect(other).toEqual({ kind: 'conflict' })
  })

  it('goes through them in portions, oldest first', async () => {
    const ids: string[] = []
    for (let n = 0; n < 7; n++) ids.push(await put({ acceptedDaysAgo: 200 - n }))
    const prune = createPruneStore(database.database)
    expect(await prune.pruneBodies(days, 3)).toBe(3)
    expect(await Promise.all(ids.map(hasBody))).toEqual([0, 0, 0, 1, 1, 1, 1].map(Boolean))
    expect(await rounds(() => prune.pruneBodies(days, 3))).toEqual([3, 1, 0])
  })

  it('gets past old ones that are still open, and comes back to them when they are not', async () => {
    const open: string[] = []
    for (let n = 0; n < 4; n++) open.push(await put({ acceptedDaysAgo: 300 - n, states: ['dead'] }))
    await put({ acceptedDaysAgo: 200 })
    const prune = createPruneStore(database.database)
    // Two portions of nothing but open ones, then the one behind them, then the end.
    const seen = [1, 2, 3, 4].map(() => () => prune.pruneBodies(days, 2))
    const gone: number[] = []
    for (const round of seen) gone.push(await round())
    expect(gone).toEqual([0, 0, 1, 0])
    await database.sql(`update hub.delivery set state = 'discarded'`)
    expect(await prune.pruneBodies(days, 2)).toBe(2)
    expect(await prune.pruneBodies(days, 2)).toBe(2)
    expect(await Promise.all(open.map(hasBody))).toEqual([false, false, false, false])
  })

  it('purges each once when several processes do it', async () => {
    for (let n = 0; n < 12; n++) await put({ acceptedDaysAgo: 200 - n })
    const all = Array.from({ length: 3 }, () => createPruneStore(database.open(1)))
    const gone = await Promise.all(all.map((one) => rounds(() => one.pruneBodies(days, 4))))
    expect(gone.flat().reduce((sum, count) => sum + count, 0)).toBe(12)
  })

  it('is not upset by a time longer than there is a calendar', async () => {
    await put()
    expect(await createPruneStore(database.database).pruneBodies(36_500, 10)).toBe(0)
  })
}

const putAttempts = (count: number, daysAgo: number, evidence: string | null) =>
  database.sql(
    `insert into hub.attempt (lane, number, kind, try, started_at, duration_ms, outcome, code,
       key_id, evidence)
     select 7, n, 'send', 1, now() - $2 * interval '1 day', 5, 'permanent', 'target-rejected',
       case when $3::text is not null then 1 end, $3::text::bytea
     from generate_series(1, $1::int) n`,
    [count, daysAgo, evidence],
  )

function evidence(): void {
  it('takes what systems said long ago, in portions, and leaves the attempts', async () => {
    await putAttempts(7, 91, 'nói')
    await putAttempts(2, 89, 'nói')
    await putAttempts(3, 91, null)
    const prune = createPruneStore(database.database)
    expect(await rounds(() => prune.pruneEvidence(days, 3))).toEqual([3, 3, 1, 0])
    const rows = await database.sql(
      `select count(*)::int as n, count(evidence)::int as evidence, count(key_id)::int as keys,
         min(outcome || code || duration_ms) as what from hub.attempt
       group by started_at > now() - interval '90 days' order by n`,
    )
    const what = 'permanenttarget-rejected5'
    expect(rows).toEqual([
      { n: 2, evidence: 2, keys: 2, what },
      { n: 10, evidence: 0, keys: 0, what },
    ])
  })

  it('keeps the time for evidence apart from that for bodies', async () => {
    const id = await put()
    await putAttempts(2, 50, 'nói')
    const prune = createPruneStore(database.database)
    expect(await prune.pruneEvidence(30, 10)).toBe(2)
    expect(await hasBody(id)).toBe(true)
  })
}

function corrections(): void {
  it('keep what a plan that goes on still needs, however old they are', async () => {
    const [plan] = await database.sql<{ id: number }>(
      `insert into hub.plan (action, filter, reason, created_by, run_by, starts, stop_after, stop_percent, state)
       values ('correct', '{}', 'r', 'lan', 'lan', true, 50, 50, 'paused') returning id`,
    )
    const [correction] = await database.sql<{ id: number }>(
      `insert into hub.correction (kind, state, reason, author, personal, needs_approval, pointers, more,
         ended_at, plan)
       values ('many', 'sent', 'r', 'lan', false, false, '{}', false, now() - interval '200 days', $1)
       returning id`,
      [plan?.id],
    )
    await database.sql(
      `insert into hub.correction_message (correction, message_id, new_id, type, pointers, key_id, bytes)
       values ($1, gen_random_uuid(), gen_random_uuid(), 't', '{}', 1, 'x')`,
      [correction?.id],
    )
    const left = async () => {
      await createPruneStore(database.database).pruneCorrections(days)
      return database.sql('select 1 from hub.correction_message where bytes is not null')
    }
    expect(await left()).toHaveLength(1)
    await database.sql('update hub.plan set ended_at = now() where id = $1', [plan?.id])
    expect(await left()).toHaveLength(0)
  })
}

describe('prune', () => {
  bodies()
  evidence()
  corrections()
})
