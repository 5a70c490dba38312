import { beforeEach, describe, expect, it } from 'vitest'
import { createAcceptStore } from '../../../src/adapters/postgres/accept.ts'
import type { Database } from '../../../src/adapters/postgres/database.ts'
import type { KeyStore } from '../../../src/adapters/postgres/keys.ts'
import { createKey, hashKey, keyMatches } from '../../../src/adapters/system/api-keys.ts'
import { createDataKey, type Keyring } from '../../../src/adapters/system/keyring.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import { masterKey, masters, openKeys } from '../../support/keys.ts'
import { act, newMessage } from './material.ts'

const firstMaster = masters(masterKey())

let database: TestDatabase
beforeEach(async () => {
  database = await createTestDatabase()
  return () => database.close()
})

const open = (
  master = firstMaster,
  on: Database = database.database,
  noticeMs = 0,
): Promise<KeyStore<Keyring>> => openKeys(on, master, noticeMs)

const bodyOf = (n: number): string => `thân ${n} \0`

/** So many messages, and attempts with evidence, encrypted by this ring. */
async function put(ring: Keyring, count: number, from = 0): Promise<void> {
  const numbers = Array.from({ length: count }, (_, n) => from + n)
  const messages = numbers.map((n) => {
    const message = newMessage('A', n)
    const { keyId, bytes } = ring.encrypt(Buffer.from(bodyOf(n)), message.id)
    return { ...message, routes: [], keyId, cipher: bytes }
  })
  await createAcceptStore(database.database).accept(messages)
  const half = numbers.slice(0, count / 2)
  const said = half.map((n) => ring.encrypt(Buffer.from(`nói ${n}`), `attempt:7.${n}`))
  await database.sql(
    `insert into hub.attempt (lane, number, kind, try, started_at, duration_ms, outcome, key_id,
       evidence)
     select 7, n, 'send', 1, now(), 1, 'permanent', key_id, evidence
     from unnest($1::int[], $2::int[], $3::bytea[]) as t (n, key_id, evidence)`,
    [half, said.map((one) => one.keyId), said.map((one) => one.bytes)],
  )
}

/** Opens everything there is with this ring; how many rows are under each key. */
async function readAll(keys: KeyStore<Keyring>): Promise<Record<number, number>> {
  const bodies = await database.sql<{ n: string; id: string; key_id: number; bytes: Buffer }>(
    `select substring(m.event_id from 3) as n, m.id, b.key_id, b.bytes
     from hub.message m join hub.body b on b.message_id = m.id`,
  )
  const evidence = await database.sql<{ number: number; key_id: number; evidence: Buffer }>(
    'select number, key_id, evidence from hub.attempt where evidence is not null',
  )
  const under: Record<number, number> = {}
  const look = (keyId: number, bytes: Buffer, aad: string, text: string): void => {
    expect(Buffer.from(keys.keyring.decrypt(keyId, bytes, aad)).toString()).toBe(text)
    under[keyId] = (under[keyId] ?? 0) + 1
  }
  const ids = [...bodies, ...evidence].map((row) => row.key_id)
  await keys.withKeys(ids, () => {
    for (const row of bodies) look(row.key_id, row.bytes, row.id, bodyOf(Number(row.n)))
    for (const row of evidence)
      look(row.key_id, row.evidence, `attempt:7.${row.number}`, `nói ${row.number}`)
  })
  return under
}

const keyRows = () =>
  database.sql<{ id: number; kid: string; retired: boolean }>(
    `select id, master_kid as kid, retired_at is not null as retired from hub.data_key order by id`,
  )
const live = async () => (await keyRows()).filter((row) => !row.retired).map((row) => row.id)

/** The database as one process sees it, which does something before a statement of this name. */
function before(name: string, times: number, doing: () => Promise<void> | void): Database {
  const real = database.database
  let left = times
  const look = async (statement: string): Promise<void> => {
    if (statement !== name) return
    left -= 1
    if (left === 0) await doing()
  }
  return {
    ...real,
    async run(statement, text, values) {
      await look(statement)
      return real.run(statement, text, values)
    },
    transaction: (work) =>
      real.transaction((run) =>
        work(async (statement, text, values) => {
          await look(statement)
          return run(statement, text, values)
        }),
      ),
  }
}

function rotations(): void {
  it('encrypts bodies and evidence anew, page after page, and retires the old key', async () => {
    const keys = await open()
    await put(keys.keyring, 1_100)
    expect(await keys.rotate(act)).toEqual({ keyId: 2, rewrapped: 0, reencrypted: 1_650 })
    expect(await readAll(keys)).toEqual({ 2: 1_650 })
    expect(await live()).toEqual([2])
    expect(keys.keyring.currentId).toBe(2)
    expect(
      await database.sql(
        `select actor, object, detail from hub.audit where action = 'key.rotated'`,
      ),
    ).toEqual([{ actor: act.actor, object: '2', detail: act.reason }])
  })

  it('leaves evidence that is purged alone', async () => {
    const keys = await open()
    await put(keys.keyring, 20)
    await database.sql('update hub.attempt set evidence = null, key_id = null where number < 4')
    expect(await keys.rotate(act)).toMatchObject({ reencrypted: 26 })
    expect(await live()).toEqual([2])
  })

  it.each([
    ['in the middle of a page', 'keys-body', 600],
    ['between bodies and evidence', 'keys-evidence-page', 1],
    ['in the middle of the evidence', 'keys-evidence', 510],
    ['before it retires the old key', 'keys-retire', 1],
  ])('is ended %s, loses nothing, and a next one ends the work', async (_, name, times) => {
    await put((await open()).keyring, 1_040)
    const ended = await open(
      firstMaster,
      before(name, times, () => {
        throw new Error('the process is ended')
      }),
    )
    await expect(ended.rotate(act)).rejects.toThrow('the process is ended')
    const next = await open()
    const half = await readAll(next)
    expect((half[1] ?? 0) + (half[2] ?? 0)).toBe(1_560)
    expect(half[2]).toBeGreaterThan(0)
    await next.rotate(act)
    expect(await readAll(next)).toEqual({ 3: 1_560 })
    expect(await live()).toEqual([3])
  })

  it('does not retire a key that somebody still used behind its back, until it is used no more', async () => {
    const old = await open()
    await put(old.keyring, 10)
    const rotating = await open(
      firstMaster,
      before('keys-retire', 1, () => put(old.keyring, 4, 100)),
    )
    await rotating.rotate(act)
    expect(await live()).toEqual([1, 2])
    expect(await readAll(rotating)).toEqual({ 1: 6, 2: 15 })
    await rotating.rotate(act)
    expect(await readAll(rotating)).toEqual({ 3: 21 })
    expect(await live()).toEqual([3])
  })

  it('lets a process that knows only the old key go on writing, and reading what is under the new', async () => {
    const old = await open()
    await put(old.keyring, 10)
    const seen: Record<number, number>[] = []
    const rotating = await open(
      firstMaster,
      before('keys-body', 6, async () => {
        await put(old.keyring, 2, 50)
        seen.push(await readAll(old))
      }),
    )
    await rotating.rotate(act)
    // The page under way was not committed yet; what came while it ran came after its last row.
    expect(seen).toEqual([{ 1: 18 }])
    expect(await readAll(old)).toEqual({ 2: 18 })
    expect(old.keyring.currentId).toBe(2)
  })

  it('waits for those who have not noticed the new key, and encrypts anew what they wrote', async () => {
    const rotating = await open(firstMaster, database.database, 1_500)
    const unaware = await open()
    await put(unaware.keyring, 4)
    const rotated = rotating.rotate(act)
    await expect.poll(async () => (await keyRows()).length, { timeout: 10_000 }).toBe(2)
    await put(unaware.keyring, 4, 4)
    await rotated
    expect(await readAll(rotating)).toEqual({ 2: 12 })
    expect(await live()).toEqual([2])
  })

  it('ends when two run at once, and leaves a key that works', async () => {
    const other = await open(firstMaster, database.open(2))
    await put(other.keyring, 600)
    const first = await open(
      firstMaster,
      before('keys-page', 1, async () => {
        await other.rotate(act)
        await first.refresh()
      }),
    )
    await first.rotate(act)
    const fresh = await open()
    expect(await readAll(fresh)).toEqual({ 3: 900 })
    expect(await live()).toContain(3)
    expect(fresh.keyring.currentId).toBe(3)
  })
}

function masterKeys(): void {
  it('makes one first key, however many processes start at once', async () => {
    const stores = await Promise.all(
      Array.from({ length: 5 }, () => open(firstMaster, database.open(1))),
    )
    expect(await keyRows()).toHaveLength(1)
    await put((stores[0] as KeyStore<Keyring>).keyring, 2)
    for (const store of stores) expect(await readAll(store)).toEqual({ 1: 3 })
  })

  it('refuses a master key that is not the one, and changes nothing', async () => {
    await put((await open()).keyring, 2)
    const rows = await database.sql('select * from hub.data_key')
    await expect(open(masters(masterKey()))).rejects.toMatchObject({ code: 'config-invalid' })
    // A key that calls itself like the right one does not open anything either.
    const impostor = masters({ ...masterKey(), kid: firstMaster.current.kid })
    await expect(open(impostor)).rejects.toMatchObject({ code: 'config-invalid' })
    expect(await database.sql('select * from hub.data_key')).toEqual(rows)
  })

  it('brings everything under a new master key, so that the old one may go', async () => {
    const keys = await open()
    await put(keys.keyring, 4)
    await keys.rotate(act)
    const newer = masterKey()
    const both = await open(masters(newer, firstMaster.current))
    expect(await both.rotate(act)).toMatchObject({ keyId: 3, rewrapped: 2 })
    expect((await keyRows()).map((row) => row.kid)).toEqual([newer.kid, newer.kid, newer.kid])
    const alone = await open(masters(newer))
    expect(await readAll(alone)).toEqual({ 3: 6 })
    await expect(open()).rejects.toMatchObject({ code: 'config-invalid' })
  })

  it('refuses to rotate away from a master key that it was not given', async () => {
    await open()
    const lost = masterKey()
    await open(masters(lost, firstMaster.current)).then((both) => both.rotate(act))
    // A row as an older backup of this table may bring it back.
    const { wrapped, masterKid } = createDataKey(firstMaster)
    await database.sql(
      `insert into hub.data_key (wrapped, master_kid, retired_at) values ($1, $2, now())`,
      [wrapped, masterKid],
    )
    const without = await open(masters(lost))
    await expect(without.rotate(act)).rejects.toMatchObject({ code: 'config-invalid' })
    expect(await keyRows()).toHaveLength(3)
  })

  it('keeps API keys good through every rotation', async () => {
    const keys = await open()
    const key = createKey('test')
    const hash = hashKey(key, keys.keyring.hmac)
    await keys.rotate(act)
    const newer = masterKey()
    const both = await open(masters(newer, firstMaster.current))
    await both.rotate(act)
    await both.rotate(act)
    const { keyring } = await open(masters(newer))
    expect(keyMatches(key, hash, keyring.hmac)).toBe(true)
    expect(keyMatches(createKey('test'), hash, keyring.hmac)).toBe(false)
    expect(await live()).toEqual([4])
  })
}

describe('keys', () => {
  rotations()
  masterKeys()
})
