import { createSecretKey, randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createAcceptStore } from '../../../../src/adapters/postgres/accept.ts'
import { createKeyStore } from '../../../../src/adapters/postgres/keys.ts'
import { createQueries } from '../../../../src/adapters/postgres/queries/queries.ts'
import { createDataKey, createKeyring, rewrap } from '../../../../src/adapters/system/keyring.ts'
import { useDatabase } from '../../../support/database.ts'
import { act, newMessage, putLane } from '../material.ts'

const database = useDatabase()
const current = { kid: '00000001', key: createSecretKey(randomBytes(32)) }
const master = { current, byKid: new Map([[current.kid, current]]) }

/** The keys as one process has them. */
const openKeys = () =>
  createKeyStore(database().database, {
    create: () => createDataKey(master),
    rewrap: (row) => rewrap(master, row),
    open: (rows) => createKeyring(master, rows),
  })

describe('queries', () => {
  it('reads what another process has encrypted under a key that this one does not know yet', async () => {
    const [reader, rotator] = [await openKeys(), await openKeys()]
    const message = newMessage('A', 1)
    const { keyId, bytes } = rotator.keyring.encrypt(Buffer.from('{"n":1}'), message.id)
    await createAcceptStore(database().database).accept([{ ...message, keyId, cipher: bytes }])
    const lane = await putLane(database(), 'B', 'delivered')
    const said = rotator.keyring.encrypt(Buffer.from('{"httpStatus":200}'), `attempt:${lane}.1`)
    await database().sql(
      `insert into hub.attempt (lane, number, kind, try, started_at, duration_ms, outcome, key_id,
         evidence) values ($1, 1, 'send', 1, now(), 1, 'delivered', $2, $3)`,
      [lane, said.keyId, said.bytes],
    )
    await database().sql(`delete from hub.body b using hub.message m
      where m.id = b.message_id and m.subject = 'B'`)
    for (const ask of ['body', 'latest', 'delivery'] as const) {
      await rotator.rotate(act)
      const known = reader.keyring.currentId
      const queries = createQueries(
        database().database,
        reader,
        () => undefined,
        () => null,
      )
      if (ask === 'body') expect(await queries.body(message.id)).toMatchObject({ data: { n: 1 } })
      if (ask === 'latest')
        expect(await queries.latest('A', ['progress'])).toMatchObject({ data: { n: 1 } })
      if (ask === 'delivery')
        expect(await queries.delivery({ lane, number: 1 })).toMatchObject({
          attempts: [{ evidence: { httpStatus: 200 } }],
        })
      expect(reader.keyring.currentId).toBe(known + 1)
    }
  })

  it('says that a body is damaged after it has looked for its key', async () => {
    const keys = await openKeys()
    const message = newMessage('C', 1)
    const { keyId } = keys.keyring.encrypt(Buffer.from('{}'), message.id)
    await createAcceptStore(database().database).accept([{ ...message, keyId }])
    let refreshed = 0
    const refresh = async (): Promise<void> => {
      refreshed += 1
      await keys.refresh()
    }
    const queries = createQueries(
      database().database,
      { keyring: keys.keyring, refresh },
      () => undefined,
      () => null,
    )
    await expect(queries.body(message.id)).rejects.toMatchObject({ code: 'body-unreadable' })
    expect(refreshed).toBe(1)
  })
})
