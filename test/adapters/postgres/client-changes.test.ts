import { beforeEach, describe, expect, it } from 'vitest'
import { createClientChanges } from '../../../src/adapters/postgres/client-changes.ts'
import { createClientStore } from '../../../src/adapters/postgres/clients.ts'
import { createAuditQueries } from '../../../src/adapters/postgres/queries/audit.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import { act } from './material.ts'

let database: TestDatabase
const clients = () => createClientStore(database.database)
const changes = () => createClientChanges(database.database)

const client = {
  ...{ id: 'mot-cua', title: 'Một cửa thử nghiệm', scopes: ['messages:write'] },
  ...{ sources: ['urn:mot-cua:*'], types: ['*'] },
}
const inDays = (days: number): Date => new Date(Date.now() + days * 86_400_000)
const key = (id: string, days = 30) => ({ id, hash: new Uint8Array(32), expiresAt: inDays(days) })
const newest = async () =>
  (await createAuditQueries(database.database).audit({ limit: 1 })).items[0]

beforeEach(async () => {
  database = await createTestDatabase()
  await clients().create(client, act)
  return () => database.close()
})

describe('a client that is changed', () => {
  it('keeps what was not named, and has before and after on record', async () => {
    await changes().change('mot-cua', { scopes: ['messages:read'] }, act)
    const [now] = await clients().list()
    expect(now).toMatchObject({ ...client, scopes: ['messages:read'] })
    expect(await newest()).toMatchObject({
      ...{ action: 'client.changed', object: 'mot-cua', actor: act.actor, reason: act.reason },
      before: { scopes: ['messages:write'], title: client.title },
      after: { scopes: ['messages:read'], title: client.title },
    })
  })

  it('is refused when unknown or revoked', async () => {
    await expect(changes().change('khong-co', {}, act)).rejects.toMatchObject({ code: 'not-found' })
    await clients().revoke({ client: 'mot-cua' }, act)
    await expect(changes().change('mot-cua', {}, act)).rejects.toMatchObject({
      code: 'state-conflict',
    })
    expect(await changes().enable('mot-cua', act)).toBe(false)
  })

  it('has keys that are refused while it is disabled, and good afterwards', async () => {
    await clients().addKey('mot-cua', key('k1'), act)
    expect(await changes().disable('mot-cua', act)).toBe(true)
    expect(await changes().disable('mot-cua', act)).toBe(false)
    expect(await clients().findKey('k1')).toBeUndefined()
    expect(await changes().enable('mot-cua', act)).toBe(true)
    expect(await clients().findKey('k1')).toBeDefined()
  })
})

describe('a key that replaces others', () => {
  it('leaves them good until the moment, and never longer than they were', async () => {
    await clients().addKey('mot-cua', key('long', 30), act)
    await clients().addKey('mot-cua', key('short', 1), act)
    await clients().addKey('mot-cua', key('gone', 30), act)
    await clients().revoke({ key: 'gone' }, act)
    const until = inDays(7)
    expect(await changes().replaceKeys('mot-cua', key('new', 365), until, act)).toEqual([
      'long',
      'short',
    ])
    const [now] = await clients().list()
    const ends = new Map(now?.keys.map(({ id, expiresAt }) => [id, Date.parse(expiresAt)]))
    expect(ends.get('long')).toBe(until.getTime())
    expect(ends.get('short')).toBeLessThan(until.getTime())
    expect(ends.get('gone')).toBeGreaterThan(until.getTime())
    expect(ends.get('new')).toBeGreaterThan(inDays(300).getTime())
    expect(await clients().findKey('long')).toBeDefined()
    expect(await newest()).toMatchObject({
      ...{ action: 'key.replaced', object: 'mot-cua/new' },
      ...{ before: ['long', 'short'], after: ['new'], more: { oldEndAt: until.toISOString() } },
    })
  })

  it('ends them at once when the moment has passed', async () => {
    await clients().addKey('mot-cua', key('old'), act)
    await changes().replaceKeys('mot-cua', key('new'), inDays(-1), act)
    expect(await clients().findKey('old')).toBeUndefined()
    expect(await clients().findKey('new')).toBeDefined()
  })

  it('is not made for nobody', async () => {
    await expect(
      changes().replaceKeys('khong-co', key('new'), new Date(), act),
    ).rejects.toMatchObject({ code: 'not-found' })
  })
})

it('adds up what clients ask, and forgets what is no client', async () => {
  const use = { requests: 3, refused: 1, failed: 0 }
  await changes().addUse(
    new Map([
      ['mot-cua', use],
      ['khong-co', use],
    ]),
  )
  await changes().addUse(new Map([['mot-cua', { requests: 1, refused: 0, failed: 1 }]]))
  await database.sql(
    `insert into hub.client_day values ('mot-cua', current_date - 10, 1000, 1000, 1000)`,
  )
  expect(await changes().use()).toEqual(
    new Map([['mot-cua', { requests: 4, refused: 1, failed: 1 }]]),
  )
})

it('does not write for each use of a key', async () => {
  await clients().addKey('mot-cua', key('k1'), act)
  await clients().keyUsed('k1')
  const version = async () =>
    (await database.sql<{ xmin: string }>('select xmin::text from hub.api_key'))[0]?.xmin
  const before = await version()
  await clients().keyUsed('k1')
  expect(await version()).toBe(before)
})
