import { createHmac, randomBytes } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { createClientStore } from '../../../src/adapters/postgres/clients.ts'
import { createKey, hashKey, keyMatches } from '../../../src/adapters/system/api-keys.ts'
import type { ClientStore } from '../../../src/engine/ports/clients.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import { act } from './material.ts'

let database: TestDatabase
let store: ClientStore
beforeEach(async () => {
  database = await createTestDatabase()
  store = createClientStore(database.database)
  return () => database.close()
})

const secret = randomBytes(32)
const hmac = (purpose: string, text: string): Uint8Array =>
  createHmac('sha256', secret).update(`${purpose} ${text}`).digest()

const client = {
  id: 'mot-cua',
  title: 'Một cửa thử nghiệm',
  scopes: ['messages:write'],
  sources: ['urn:mot-cua:*'],
  types: ['*'],
}
const inDays = (days: number): Date => new Date(Date.now() + days * 86_400_000)

async function issue(clientId = client.id, expiresAt = inDays(30)) {
  const key = createKey('test')
  await store.addKey(clientId, { id: key.id, hash: hashKey(key, hmac), expiresAt }, act)
  return key
}
const trail = async () => {
  const rows = await database.sql<{ what: string }>(
    `select action || ' ' || object as what from hub.audit order by id`,
  )
  return rows.map((row) => row.what)
}
const keyOf = async (id: string) =>
  (await store.list()).flatMap((one) => one.keys).find((one) => one.id === id)

function keys(): void {
  it('finds the client of a key, and what proves the key', async () => {
    await store.create(client, act)
    const key = await issue()
    const found = await store.findKey(key.id)
    const { title: _, ...rights } = client
    expect(found?.client).toEqual(rights)
    expect(keyMatches(key, found?.hash ?? new Uint8Array(), hmac)).toBe(true)
    expect(keyMatches(createKey('test'), found?.hash ?? new Uint8Array(), hmac)).toBe(false)
  })

  it('keeps nothing from which a key could be told, and shows not even what it keeps', async () => {
    await store.create(client, act)
    const key = await issue()
    const rows = await database.sql<{ all: string; hash: Buffer }>(
      `select k::text || (select string_agg(a::text, '') from hub.audit a) as all, hash
       from hub.api_key k`,
    )
    const part = key.key.split('_').at(-1) ?? key.key
    expect(rows[0]?.all).not.toContain(part)
    expect(rows[0]?.all).not.toContain(Buffer.from(part).toString('hex'))
    expect(rows[0]?.hash).toHaveLength(32)
    const shown = JSON.stringify(await store.list())
    expect(shown).toContain(key.id)
    expect(shown).not.toContain(part)
    expect(shown).not.toMatch(/hash/)
  })

  it('knows no key that is expired, and one until the moment it expires', async () => {
    await store.create(client, act)
    const old = await issue(client.id, inDays(-1))
    const soon = await issue(client.id, inDays(1 / 1_440))
    expect(await store.findKey(old.id)).toBeUndefined()
    expect(await store.findKey(soon.id)).toBeDefined()
    await database.sql('update hub.api_key set expires_at = now() where id = $1', [soon.id])
    expect(await store.findKey(soon.id)).toBeUndefined()
  })

  it('knows no key that is revoked; the other keys of the client go on', async () => {
    await store.create(client, act)
    const [first, second] = [await issue(), await issue()]
    expect(await store.revoke({ key: first.id }, act)).toBe(true)
    expect(await store.findKey(first.id)).toBeUndefined()
    expect(await store.findKey(second.id)).toBeDefined()
    expect((await keyOf(first.id))?.revokedAt).not.toBeNull()
    expect((await keyOf(second.id))?.revokedAt).toBeNull()
  })

  it('knows no key of a client that is revoked, and issues none', async () => {
    await store.create(client, act)
    const key = await issue()
    expect(await store.revoke({ client: client.id }, act)).toBe(true)
    expect(await store.findKey(key.id)).toBeUndefined()
    await expect(issue()).rejects.toMatchObject({ code: 'not-found' })
    expect((await store.list())[0]?.revokedAt).not.toBeNull()
  })

  it('remembers when a key was used last, and takes no look at it for a use', async () => {
    await store.create(client, act)
    const key = await issue()
    await store.findKey(key.id)
    expect((await keyOf(key.id))?.lastUsedAt).toBeNull()
    await store.keyUsed(key.id)
    const first = (await keyOf(key.id))?.lastUsedAt
    expect(Date.parse(first ?? '')).toBeGreaterThan(Date.now() - 60_000)
    await store.keyUsed(key.id)
    const second = (await keyOf(key.id))?.lastUsedAt
    expect(Date.parse(second ?? '')).toBeGreaterThanOrEqual(Date.parse(first ?? ''))
  })
}

function register(): void {
  it('lists clients with all they may do, and their keys, oldest first', async () => {
    await store.create({ ...client, id: 'b', sources: [], types: [] }, act)
    await store.create(client, act)
    await store.create({ ...client, id: 'a' }, act)
    const keysOfB = [await issue('b'), await issue('b')]
    const list = await store.list()
    expect(list.map((one) => one.id)).toEqual(['a', 'b', 'mot-cua'])
    expect(list[1]?.keys.map((one) => one.id)).toEqual(keysOfB.map((one) => one.id))
    expect(list[1]).toMatchObject({ sources: [], types: [] })
    expect(list[2]).toMatchObject({ ...client, revokedAt: null, keys: [] })
  })

  it('refuses a second client of the same id, also when both come at once', async () => {
    const twice = await Promise.allSettled([
      store.create(client, act),
      createClientStore(database.open(1)).create({ ...client, title: 'khác' }, act),
    ])
    const refused = twice.filter((one) => one.status === 'rejected')
    expect(refused).toMatchObject([{ reason: { code: 'state-conflict' } }])
    expect(await store.list()).toHaveLength(1)
    expect(await trail()).toEqual(['client.created mot-cua'])
  })

  it('says in the trail who was let in and shut out, and nothing of what did not happen', async () => {
    await store.create(client, act)
    const key = await issue()
    await expect(issue('nobody')).rejects.toMatchObject({ code: 'not-found' })
    for (const target of [{ key: key.id }, { client: client.id }]) {
      expect(await store.revoke(target, act)).toBe(true)
      expect(await store.revoke(target, act)).toBe(false)
    }
    expect(await store.revoke({ key: 'nothing' }, act)).toBe(false)
    expect(await trail()).toEqual([
      'client.created mot-cua',
      `key.issued mot-cua/${key.id}`,
      `key.revoked ${key.id}`,
      'client.revoked mot-cua',
    ])
    const rows = await database.sql<{ actor: string; detail: string }>(
      'select distinct actor, detail from hub.audit order by detail',
    )
    const { id: _, ...after } = client
    expect(rows.map(({ actor }) => actor)).toEqual([act.actor, act.actor])
    expect(rows.map(({ detail }) => detail)).toContain(act.reason)
    expect(rows.map(({ detail }) => detail)).toContain(
      JSON.stringify({ reason: act.reason, after }),
    )
  })
}

describe('clients', () => {
  keys()
  register()
})
