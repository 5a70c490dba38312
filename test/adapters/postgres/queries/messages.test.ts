import { describe, expect, it } from 'vitest'
import { createAcceptStore } from '../../../../src/adapters/postgres/accept.ts'
import {
  findMessage,
  latestMessage,
  readBody,
} from '../../../../src/adapters/postgres/queries/messages.ts'
import { uuidv7 } from '../../../../src/adapters/system/ids.ts'
import type { NewMessage } from '../../../../src/engine/ports/accept.ts'
import { useDatabase } from '../../../support/database.ts'
import { cipher, newMessage, routeTo } from '../material.ts'

const database = useDatabase()
const put = (...messages: NewMessage[]) => createAcceptStore(database().database).accept(messages)
const find = (id: string) => findMessage(database().database, id)
const read = (id: string) => readBody(database().database, cipher, id)
const latest = (subject: string, types: readonly string[]) =>
  latestMessage(database().database, cipher, subject, types)
const purge = (id: string) => database().sql('delete from hub.body where message_id = $1', [id])

const oddIds = ['', 'abc', "' or true --", '1', `${uuidv7()}0`, uuidv7()]

function found(): void {
  it('shows a message with its deliveries, by the names of their systems', async () => {
    const routes = [routeTo('portal'), routeTo('axis', { job: 'copy' })]
    const message = newMessage('A', 1, { routes, dataschema: 'urn:schema', client: 'mot-cua' })
    await put(message)
    const view = await find(message.id)
    const { id, source, eventId, type, subject, time, dataschema, client, size } = message
    expect(view).toMatchObject({
      id,
      source,
      eventId,
      type,
      subject,
      time,
      dataschema,
      client,
      size,
    })
    expect(view).toMatchObject({
      sha256: Buffer.from(message.sha256).toString('hex'),
      bodyPurged: false,
      deliveries: [
        {
          system: 'axis',
          job: 'copy',
          message: id,
          subject,
          state: 'waiting',
          tries: 0,
          code: null,
        },
        { system: 'portal', job: 'to-portal', sentAt: null, finishedAt: null },
      ],
    })
    expect(Date.parse(view?.acceptedAt ?? '')).toBeGreaterThan(Date.now() - 60_000)
  })

  it('has no schema where none was named, and no delivery where nobody wanted it', async () => {
    const message = newMessage('B', 1, { routes: [] })
    await put(message)
    const view = await find(message.id)
    expect(view).toMatchObject({ deliveries: [] })
    expect(view).not.toHaveProperty('dataschema')
  })

  it.each(oddIds)('knows nothing of "%s"', async (id) => {
    expect(await find(id)).toBeUndefined()
    expect(await read(id)).toBeUndefined()
  })
}

function bodies(): void {
  it.each([
    ['binary', { n: [1, null] }],
    ['structured', { data: { n: [1, null] }, specversion: '1.0' }],
  ] as const)('gives the data of a body in %s mode', async (mode, content) => {
    const id = uuidv7()
    const { bytes } = cipher.encrypt(Buffer.from(JSON.stringify(content)), id)
    const message = newMessage(`C-${mode}`, 1, { id, mode, cipher: bytes })
    await put(message)
    const { source, eventId, type, subject, time } = message
    expect(await read(id)).toEqual({
      ...{ id, source, eventId, type, subject, time },
      data: { n: [1, null] },
    })
  })

  it('gives no body of another message for its own', async () => {
    const [one, other] = [newMessage('D', 1), newMessage('D', 2)]
    await put(one, other)
    await database().sql(
      `update hub.body set bytes = (select bytes from hub.body where message_id = $2)
       where message_id = $1`,
      [one.id, other.id],
    )
    await expect(read(one.id)).rejects.toMatchObject({ code: 'body-unreadable' })
    expect(await read(other.id)).toMatchObject({ data: { n: 2 } })
  })

  it('says that a body is gone by giving none', async () => {
    const message = newMessage('E', 1)
    await put(message)
    await purge(message.id)
    expect(await read(message.id)).toBeUndefined()
    expect(await find(message.id)).toMatchObject({ bodyPurged: true })
  })
}

function newest(): void {
  it('is the last that was accepted of these types, whatever its own time says', async () => {
    const later = { time: '2030-01-01T00:00:00Z' }
    await put(
      newMessage('F', 1, { type: 'a', ...later }),
      newMessage('F', 2, { type: 'b' }),
      newMessage('F', 3, { type: 'a' }),
      newMessage('F', 4, { type: 'c' }),
      newMessage('F2', 5, { type: 'a' }),
    )
    expect(await latest('F', ['a', 'b'])).toMatchObject({ eventId: 'F-3', data: { n: 3 } })
    expect(await latest('F', ['b'])).toMatchObject({ eventId: 'F-2' })
    expect(await latest('F', ['d'])).toBeUndefined()
    expect(await latest('F', [])).toBeUndefined()
    expect(await latest('nobody', ['a'])).toBeUndefined()
  })

  it('is not an older one when the body of the newest is gone', async () => {
    const [older, newer] = [newMessage('G', 1), newMessage('G', 2)]
    await put(older, newer)
    await purge(newer.id)
    expect(await latest('G', ['progress'])).toBeUndefined()
  })
}

describe('messages', () => {
  found()
  bodies()
  newest()
})
