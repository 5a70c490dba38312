import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createAcceptStore } from '../../../src/adapters/postgres/accept.ts'
import { createPullStore } from '../../../src/adapters/postgres/pull.ts'
import { verifyStore } from '../../../src/adapters/postgres/verify.ts'
import type { NewMessage } from '../../../src/engine/ports/accept.ts'
import { useDatabase } from '../../support/database.ts'
import { newMessage, putLane, receiptOf, routeTo } from './material.ts'

const database = useDatabase()
const open = () => createAcceptStore(database().database)
/** Each with a pool of its own, as so many processes have. */
const openMany = (count: number) =>
  Array.from({ length: count }, () => createAcceptStore(database().open(2)))

/** How many rows everything that hangs on these subjects has. */
async function rowsOf(subject: string) {
  const [row] = await database().sql(
    `with m as (select id from hub.message where subject = $1)
     select (select count(*)::int from m) as messages,
       (select count(*)::int from hub.body where message_id in (select id from m)) as bodies,
       (select count(*)::int from hub.delivery where message_id in (select id from m)) as deliveries,
       (select count(*)::int from hub.audit where action = 'message.accepted'
          and object in (select id::text from m)) as audit`,
    [subject],
  )
  return row
}
const laneOf = async (subject: string, system = 'portal') => {
  const [row] = await database().sql<{
    id: string
    last_number: number
    wake_at: Date | null
    head_number: number
  }>('select * from hub.lane where subject = $1 and system = $2', [subject, system])
  return row
}

function repeats(): void {
  it('writes nothing at all of what is repeated inside one batch', async () => {
    const other = { sha256: randomBytes(32) }
    const batch = [
      newMessage('A', 1),
      newMessage('A', 1),
      newMessage('A', 1, other),
      newMessage('A', 2),
    ]
    const stored = await open().accept(batch)
    expect(stored.map((one) => one.kind)).toEqual(['accepted', 'duplicate', 'conflict', 'accepted'])
    expect(receiptOf(stored[1])).toEqual({ ...receiptOf(stored[0]), duplicate: true })
    expect(await rowsOf('A')).toEqual({ messages: 2, bodies: 2, deliveries: 2, audit: 2 })
    expect(await laneOf('A')).toMatchObject({ last_number: 2 })
  })

  it('answers a repeat in a later batch with the receipt of the first, places and all', async () => {
    const routes = [routeTo('portal'), routeTo('axis')]
    const [first] = await open().accept([newMessage('B', 1, { routes })])
    const [, again, conflict] = await open().accept([
      newMessage('B', 2, { routes }),
      newMessage('B', 1, { routes: [routeTo('elsewhere')] }),
      newMessage('B', 1, { routes, sha256: randomBytes(32) }),
    ])
    expect(receiptOf(first).deliveries.map((one) => one.system)).toEqual(['axis', 'portal'])
    expect(again).toEqual({
      kind: 'duplicate',
      receipt: { ...receiptOf(first), duplicate: true },
    })
    expect(conflict).toEqual({ kind: 'conflict' })
    expect(await rowsOf('B')).toEqual({ messages: 2, bodies: 2, deliveries: 4, audit: 2 })
    expect(await laneOf('B', 'elsewhere')).toBeUndefined()
  })

  it('knows the same event id of another source as another message', async () => {
    const stored = await open().accept([
      newMessage('C', 1),
      newMessage('C', 1, { source: 'urn:other' }),
    ])
    expect(stored.map((one) => one.kind)).toEqual(['accepted', 'accepted'])
  })

  it('lets one process win when several bring the same batch at once, in any order', async () => {
    const stores = openMany(4)
    const numbers = Array.from({ length: 50 }, (_, n) => n + 1)
    for (let round = 1; round <= 5; round++) {
      const subject = `D${round}`
      const answers = await Promise.all(
        stores.map(async (store, index) => {
          const order = index % 2 === 0 ? numbers : numbers.toReversed()
          const stored = await store.accept(order.map((n) => newMessage(subject, n)))
          return new Map(order.map((n, at) => [n, stored[at]]))
        }),
      )
      for (const n of numbers) {
        const own = answers.map((answer) => answer.get(n))
        expect(own.map((one) => one?.kind).toSorted()).toEqual([
          'accepted',
          'duplicate',
          'duplicate',
          'duplicate',
        ])
        expect(new Set(own.map((one) => receiptOf(one).id)).size).toBe(1)
      }
      expect(await rowsOf(subject)).toEqual({
        messages: 50,
        bodies: 50,
        deliveries: 50,
        audit: 50,
      })
      expect(await laneOf(subject)).toMatchObject({ last_number: 50 })
    }
  })
}

function lanes(): void {
  it('numbers the messages of a batch in its order, each lane by itself', async () => {
    const both = { routes: [routeTo('portal'), routeTo('axis')] }
    const stored = await open().accept([
      newMessage('E', 1, both),
      newMessage('F', 1),
      newMessage('E', 2),
      newMessage('E', 3, both),
    ])
    const numbers = stored.map((one) =>
      receiptOf(one).deliveries.map((place) => `${place.system} ${place.id.split('.')[1]}`),
    )
    expect(numbers).toEqual([
      ['axis 1', 'portal 1'],
      ['portal 1'],
      ['portal 2'],
      ['axis 2', 'portal 3'],
    ])
  })

  it('numbers lanes without gap, and each batch in its own order, when many come at once', async () => {
    const stores = openMany(4)
    const sent: NewMessage[][] = Array.from({ length: 40 }, (_, batch) =>
      Array.from({ length: 6 }, (_, n) =>
        newMessage(`G${(batch + n) % 3}`, batch * 10 + n, {
          routes: n % 2 ? [routeTo('axis'), routeTo('portal')] : [routeTo('portal')],
        }),
      ),
    )
    await Promise.all(sent.map((batch, index) => stores[index % 4]?.accept(batch)))
    const verdicts = await verifyStore(database().database)
    expect(verdicts.find((one) => one.name === 'lanes-are-numbered-without-gap')?.ok).toBe(true)
    const rows = await database().sql<{ message_id: string; lane: string; number: number }>(
      `select d.message_id, d.lane, d.number from hub.delivery d join hub.lane l on l.id = d.lane
       where l.subject ~ '^G[0-2]$' order by d.lane, d.number`,
    )
    expect(rows).toHaveLength(40 * 9)
    const placeOf = new Map(rows.map((row) => [`${row.lane} ${row.message_id}`, row.number]))
    const laneIds = [...new Set(rows.map((row) => row.lane))]
    for (const batch of sent)
      for (const lane of laneIds) {
        const numbers = batch.flatMap(({ id }) => placeOf.get(`${lane} ${id}`) ?? [])
        // Nothing of another batch comes in between: the lane is locked from first to last.
        expect(numbers).toEqual(numbers.map((_, index) => (numbers[0] ?? 0) + index))
      }
  })

  it('wakes a lane that was done, and neither one that rests nor one that a person must free', async () => {
    const { sql } = database()
    const tomorrow = `now() + interval '1 day'`
    for (const [subject, change] of [
      ['H-done', 'wake_at = null, head_number = 2'],
      ['H-rests', `wake_at = ${tomorrow}`],
      ['H-blocked', 'wake_at = null, blocked = true'],
    ] as const) {
      await open().accept([newMessage(subject, 1)])
      await sql(`update hub.lane set ${change} where subject = $1`, [subject])
    }
    await open().accept(['H-done', 'H-rests', 'H-blocked'].map((one) => newMessage(one, 2)))
    const now = Date.now()
    expect((await laneOf('H-done'))?.wake_at?.getTime()).toBeLessThanOrEqual(now + 1_000)
    expect((await laneOf('H-rests'))?.wake_at?.getTime()).toBeGreaterThan(now + 80_000_000)
    expect((await laneOf('H-blocked'))?.wake_at).toBeNull()
  })

  it('accepts what goes nowhere', async () => {
    const [stored] = await open().accept([newMessage('I', 1, { routes: [] })])
    expect(receiptOf(stored)).toMatchObject({ duplicate: false, deliveries: [] })
    expect(await rowsOf('I')).toEqual({ messages: 1, bodies: 1, deliveries: 0, audit: 1 })
  })

  it('says in the trail which snapshot was replaced by which', async () => {
    const lane = await putLane(database(), 'J', 'sending waiting waiting waiting', {
      policy: 'supersede',
      snapshots: [1, 2, 4],
    })
    const routes = [routeTo('portal', { policy: 'supersede', snapshot: true })]
    await open().accept([newMessage('J', 5, { routes })])
    const states = await database().sql<{ state: string }>(
      'select state from hub.delivery where lane = $1 order by number',
      [lane],
    )
    expect(states.map((row) => row.state).join(' ')).toBe(
      'sending superseded waiting superseded waiting',
    )
    const trail = await database().sql(
      `select object, detail from hub.audit where action = 'delivery.superseded' order by id`,
    )
    expect(trail).toEqual([2, 4].map((n) => ({ object: `${lane}.${n}`, detail: `${lane}.5` })))
  })
}

function bytes(): void {
  it('keeps bodies of every size in one batch, each its own', async () => {
    const sizes = [0, 1, 31, 32, 33, 2_000, 200_000, 5]
    const batch = sizes.map((size, n) =>
      newMessage('K', n, { size, cipher: randomBytes(size), sha256: randomBytes(32), keyId: n }),
    )
    await open().accept(batch)
    const rows = await database().sql<{
      id: string
      bytes: Buffer
      sha256: Buffer
      key_id: number
      detail: string
    }>(
      `select m.id, b.bytes, m.sha256, b.key_id, a.detail from hub.message m
       join hub.body b on b.message_id = m.id join hub.audit a on a.object = m.id::text
       where m.subject = 'K' order by m.id`,
    )
    expect(rows).toHaveLength(sizes.length)
    rows.forEach((row, at) => {
      const own = batch[at]
      if (!own) throw new Error('more rows than messages')
      expect(row.id).toBe(own.id)
      expect(row.bytes.equals(own.cipher)).toBe(true)
      expect(row.sha256.equals(own.sha256)).toBe(true)
      expect(row.detail).toBe(row.sha256.toString('hex'))
      expect(row.key_id).toBe(at)
    })
  })

  it('keeps a record of a page that came again with other content as a problem', async () => {
    const pulls = createPullStore(database().database)
    await pulls.plan([{ id: 'fetch', nextRunAt: new Date(0) }])
    const due = await pulls.claimPull([{ job: 'fetch', prompt: null }], 'tests', 60_000)
    const page = (cursor: string) => ({
      job: 'fetch',
      system: 'source',
      operation: 'changes',
      fence: due?.fence ?? '',
      leaseMs: 60_000,
      cursor,
      follows: [],
      refused: [],
    })
    await open().accept([newMessage('L', 1)], page('c1'))
    const stored = await open().accept(
      [newMessage('L', 1, { sha256: randomBytes(32) }), newMessage('L', 2)],
      page('c2'),
    )
    expect(stored.map((one) => one.kind)).toEqual(['conflict', 'accepted'])
    const { sql } = database()
    expect(await sql(`select system, code from hub.problem where operation = 'changes'`)).toEqual([
      { system: 'source', code: 'message-conflict' },
    ])
    expect(await sql(`select object from hub.audit where action = 'message.refused'`)).toEqual([
      { object: 'L' },
    ])
    expect(await sql(`select cursor from hub.pull where job = 'fetch'`)).toEqual([{ cursor: 'c2' }])
  })
}

describe('accept', () => {
  repeats()
  lanes()
  bytes()
})
