import { beforeEach, describe, expect, it } from 'vitest'
import { addAudit } from '../../../src/adapters/postgres/audit.ts'
import type { Database } from '../../../src/adapters/postgres/database.ts'
import { createAuditStore, verifyAudit } from '../../../src/adapters/postgres/seal.ts'
import type { AuditStore } from '../../../src/engine/ports/upkeep.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import { waitUntil } from '../../support/wait.ts'

let database: TestDatabase
beforeEach(async () => {
  database = await createTestDatabase()
  return () => database.close()
})

const entry = (object: string) => ({ actor: 'tests', action: 'x.done', object, detail: 'dấu' })
const add = (object: string, on: Database = database.database) => addAudit(on.run, entry(object))
const addMany = (count: number) =>
  database.sql(
    `insert into hub.audit (actor, action, object, detail)
     select 'tests', 'x.done', n::text, '' from generate_series(1, $1::int) n`,
    [count],
  )

/** A transaction of another database of this server can make a row wait, so: until all are sealed. */
const sealAll = (store: AuditStore) =>
  waitUntil('every row is sealed', async () => {
    await store.seal()
    const open = `select 1 from hub.audit
      where id > coalesce((select max(to_id) from hub.audit_link), 0) limit 1`
    return (await database.sql(open)).length === 0
  })
const links = () =>
  database.sql<{ from: number; to: number; count: number }>(
    `select from_id::int as from, to_id::int as to, count from hub.audit_link order by id`,
  )
const verify = (anchor?: string) => verifyAudit(database.database, anchor)
const headOf = async (): Promise<string> => {
  const { head } = await verify()
  return Buffer.from(head).toString('hex')
}

function seals(): void {
  it('has a sound chain of nothing', async () => {
    expect(await verify()).toMatchObject({ links: 0, rows: 0, unsealed: 0, fault: undefined })
    expect(await createAuditStore(database.database).seal()).toEqual({ rows: 0, head: undefined })
  })

  it('says how many rows it sealed, and the new head', async () => {
    const store = createAuditStore(database.database)
    await add('a')
    await add('b')
    const sealed = await waitUntil(
      'the rows are sealed',
      () => store.seal(),
      ({ rows }) => rows > 0,
    )
    expect(sealed).toEqual({ rows: 2, head: await headOf() })
    expect(await store.seal()).toEqual({ rows: 0, head: undefined })
    await add('c')
    await sealAll(store)
    expect(await links()).toEqual([
      { from: 1, to: 2, count: 2 },
      { from: 3, to: 3, count: 1 },
    ])
    expect(await verify(sealed.head)).toMatchObject({ links: 2, rows: 3, fault: undefined })
  })

  it('closes ranges of ten thousand rows', async () => {
    await addMany(25_000)
    await sealAll(createAuditStore(database.database))
    expect(await links()).toEqual([
      { from: 1, to: 10_000, count: 10_000 },
      { from: 10_001, to: 20_000, count: 10_000 },
      { from: 20_001, to: 25_000, count: 5_000 },
    ])
    expect(await verify()).toMatchObject({ links: 3, rows: 25_000, to: 25_000n, unsealed: 0 })
  })

  it('seals every row once while several seal at once and rows come', async () => {
    const stores = Array.from({ length: 4 }, () => createAuditStore(database.open(2)))
    let coming = true
    const writers = Array.from({ length: 3 }, async () => {
      const own = database.open(1)
      for (let n = 0; n < 150; n++) await add(`${n}`, own)
    })
    const sealing = stores.map(async (store) => {
      while (coming) await store.seal()
    })
    await Promise.all(writers)
    coming = false
    await Promise.all(sealing)
    const [store] = stores
    if (store) await sealAll(store)
    expect(await verify()).toMatchObject({ rows: 450, unsealed: 0, fault: undefined })
    expect((await links()).length).toBeGreaterThan(1)
  })
}

function lateRows(): void {
  it.each(['commit', 'rollback'])(
    'waits for a lower id that comes late, until its %s',
    async (end) => {
      const store = createAuditStore(database.database)
      const late = await database.open(1).pool.connect()
      await late.query('begin')
      await addAudit(async (_, text, values) => (await late.query(text, values)).rows, entry('1'))
      await add('2')
      for (let round = 0; round < 5; round++)
        expect(await store.seal()).toEqual({ rows: 0, head: undefined })
      await late.query(end)
      late.release()
      await sealAll(store)
      const rows = end === 'commit' ? 2 : 1
      expect(await links()).toEqual([{ from: 1, to: 2, count: rows }])
      expect(await verify()).toMatchObject({ rows, fault: undefined })
    },
  )

  it('seals meanwhile what was there before', async () => {
    const store = createAuditStore(database.database)
    await add('1')
    await store.seal()
    const late = await database.open(1).pool.connect()
    await late.query('begin')
    await addAudit(async (_, text, values) => (await late.query(text, values)).rows, entry('2'))
    await add('3')
    await waitUntil('the first is sealed', async () => {
      await store.seal()
      return (await links()).length > 0
    })
    expect(await links()).toEqual([{ from: 1, to: 1, count: 1 }])
    await late.query('commit')
    late.release()
    await sealAll(store)
    expect(await links()).toEqual([
      { from: 1, to: 1, count: 1 },
      { from: 2, to: 3, count: 2 },
    ])
  })
}

const refused = 'append-only'
const unlocked = `alter table hub.audit disable trigger audit_append_only;
  alter table hub.audit alter column id set generated by default;
  alter table hub.audit_link disable trigger audit_link_append_only;`

/** Four links: ids 1–2, 3–5 (4 is a hole), 6–7, 8. */
async function putChain(): Promise<void> {
  const store = createAuditStore(database.database)
  const { pool } = database.database
  await add('1')
  await add('2')
  await sealAll(store)
  await add('3')
  await pool.query(`begin; insert into hub.audit (actor, action, object) values ('', '', '');
    rollback`)
  await add('5')
  await sealAll(store)
  await add('6')
  await add('7')
  await sealAll(store)
  await add('8')
  await sealAll(store)
}

const insertAs = (id: number) =>
  `insert into hub.audit (id, actor, action, object) overriding system value
   values (${id}, 'x', 'x.done', 'x')`

/** What is done to a sealed trail, and what of it is found. */
const damages = [
  ['an actor is changed', `update hub.audit set actor = 'x' where id = 3`, 'rows', '3-5'],
  ['a time is changed', `update hub.audit set at = at + '1 us' where id = 5`, 'rows', '3-5'],
  ['a reason is changed', `update hub.audit set detail = '' where id = 1`, 'rows', '1-2'],
  ['a row is removed', 'delete from hub.audit where id = 2', 'count', '1-2'],
  ['a row is added in a hole', insertAs(4), 'count', '3-5'],
  ['a row is added before the first', insertAs(0), 'order', '0-0'],
  [
    'a row is put in the place of another',
    'update hub.audit set id = 4 where id = 5',
    'rows',
    '3-5',
  ],
  ['a row is moved into another range', 'update hub.audit set id = 4 where id = 7', 'count', '3-5'],
  [
    'two rows change places',
    'update hub.audit set object = 13 - object::int where id in (6, 7)',
    'rows',
    '6-7',
  ],
  [
    'a hash is changed',
    `update hub.audit_link set hash = sha256(hash) where from_id = 3`,
    'link',
    '3-5',
  ],
  [
    'the sum of a range is changed',
    `update hub.audit_link set rows_hash = sha256('') where from_id = 6`,
    'link',
    '6-7',
  ],
  ['a count is changed', 'update hub.audit_link set count = 3 where from_id = 3', 'link', '3-5'],
  [
    'a range is cut shorter',
    'update hub.audit_link set to_id = 4 where from_id = 3',
    'link',
    '3-4',
  ],
  [
    'a range follows another',
    `update hub.audit_link set prev_hash = sha256('') where from_id = 6`,
    'previous',
    '6-7',
  ],
  ['the first link is removed', 'delete from hub.audit_link where from_id = 1', 'gap', '3-5'],
  ['a link in the middle is removed', 'delete from hub.audit_link where from_id = 3', 'gap', '6-7'],
] as const

function tampering(): void {
  it('takes no change of a row or a link from the hub itself', async () => {
    await putChain()
    for (const table of ['audit', 'audit_link']) {
      await expect(database.sql(`delete from hub.${table}`)).rejects.toThrow(refused)
      await expect(database.sql(`truncate hub.${table}`)).rejects.toThrow(refused)
    }
    await expect(database.sql(`update hub.audit set detail = ''`)).rejects.toThrow(refused)
    await expect(database.sql(`update hub.audit_link set count = 0`)).rejects.toThrow(refused)
    expect(await verify()).toMatchObject({ links: 4, rows: 7, fault: undefined })
  })

  it('finds whatever is changed by who can switch that off, and where', async () => {
    await putChain()
    // One connection: each damage is done in a transaction of its own, seen, and undone.
    const single = database.open(1)
    for (const [what, sql, kind, range] of damages) {
      await single.pool.query(`begin; ${unlocked} ${sql}`)
      const { fault } = await verifyAudit(single)
      await single.pool.query('rollback')
      expect([what, fault?.kind, fault && `${fault.from}-${fault.to}`]).toEqual([what, kind, range])
    }
    expect(await verify()).toMatchObject({ links: 4, fault: undefined })
  })

  it('needs a head that was written down elsewhere to find a trail cut off at its end', async () => {
    await putChain()
    const anchor = await headOf()
    expect(await verify(anchor)).toMatchObject({ fault: undefined })
    await database.sql(`${unlocked} delete from hub.audit where id > 5;
      delete from hub.audit_link where from_id > 5`)
    expect(await verify()).toMatchObject({ links: 2, fault: undefined })
    expect(await verify(anchor)).toMatchObject({ fault: { kind: 'anchor' } })
    await database.sql('truncate hub.audit, hub.audit_link')
    expect(await verify(anchor)).toMatchObject({ links: 0, fault: { kind: 'anchor' } })
    expect(await verify('not a hash')).toMatchObject({ fault: { kind: 'anchor' } })
  })

  it('reads a chain longer than it keeps in hand', async () => {
    const store = createAuditStore(database.database)
    for (let n = 1; n <= 103; n++) {
      await add(`${n}`)
      await sealAll(store)
    }
    expect(await verify()).toMatchObject({ links: 103, rows: 103, fault: undefined })
    await database.sql(`${unlocked} update hub.audit set detail = '' where id = 102`)
    expect(await verify()).toMatchObject({ fault: { kind: 'rows', from: 102n, to: 102n } })
  })
}

describe('seal', () => {
  seals()
  lateRows()
  tampering()
})
