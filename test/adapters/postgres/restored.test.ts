import { beforeEach, describe, expect, it } from 'vitest'
import { createAcceptStore } from '../../../src/adapters/postgres/accept.ts'
import { createInterveneStore } from '../../../src/adapters/postgres/intervene.ts'
import { createRestoreStore } from '../../../src/adapters/postgres/restored.ts'
import { verifyStore } from '../../../src/adapters/postgres/verify.ts'
import { useDatabase } from '../../support/database.ts'
import { act, newMessage, routeTo } from './material.ts'

const database = useDatabase()
const lostUntil = new Date('2026-11-22T02:00:00Z')

beforeEach(async () => {
  await database().sql(`truncate hub.message, hub.body, hub.lane, hub.delivery, hub.failure,
    hub.process, hub.system_state, hub.restoration, hub.revision restart identity cascade`)
  await database().sql(`insert into hub.revision (author, reason, content) values ('t', 't', '{}')`)
})

const accept = (subject: string, n: number, change: Parameters<typeof newMessage>[2] = {}) =>
  createAcceptStore(database().database).accept([
    newMessage(subject, n, { routes: [routeTo('portal')], ...change }),
  ])
const states = () =>
  database().sql<{ state: string }>(
    `select l.subject || '-' || d.number || ' ' || d.state as state from hub.delivery d
     join hub.lane l on l.id = d.lane order by l.subject, d.number`,
  )
const statesNow = async () => (await states()).map(({ state }) => state)
const laneOf = async (subject: string): Promise<string> =>
  (await database().sql<{ id: string }>('select id from hub.lane where subject = $1', [subject]))[0]
    ?.id ?? ''
const hold = async (subject: string) =>
  createInterveneStore(database().database).intervene(
    { lane: await laneOf(subject), number: 1 },
    'hold',
    act,
  )
const restored = () => createRestoreStore(database().database).restored(lostUntil, ['portal'], act)

describe('restored', () => {
  it('puts what waits in doubt, and leaves what is over, or stopped for a person, as it is', async () => {
    for (const subject of ['A', 'B', 'C']) for (const n of [1, 2]) await accept(subject, n)
    const { sql } = database()
    await sql(`update hub.delivery set state = 'sending' where lane = 1 and number = 1`)
    await sql(`update hub.delivery set state = 'delivered', finished_at = now()
      where lane = 1 and number = 1`)
    await sql(`update hub.lane set head_number = 2 where id = 1`)
    await hold('C')
    expect(await restored()).toMatchObject({
      kind: 'done',
      doubted: 3,
      stopped: 1,
      sources: [{ source: 'urn:tests', lastEvent: 'C-2' }],
    })
    expect(await statesNow()).toEqual([
      'A-1 delivered',
      'A-2 unknown',
      'B-1 unknown',
      'B-2 unknown',
      'C-1 held',
      'C-2 waiting',
    ])
    expect(await sql('select system, paused_by from hub.system_state')).toEqual([
      { system: 'portal', paused_by: act.actor },
    ])
    expect((await verifyStore(database().database)).filter(({ ok }) => !ok)).toEqual([])
    expect(await createRestoreStore(database().database).lostUntil()).toEqual(lostUntil)
  })

  it('is refused while a process runs', async () => {
    await accept('A', 1)
    await database().sql(`insert into hub.process (id, role) values ('one', 'worker')`)
    expect(await restored()).toEqual({ kind: 'running', processes: ['one'] })
    expect(await statesNow()).toEqual(['A-1 waiting'])
    expect(await createRestoreStore(database().database).lostUntil()).toBeUndefined()
  })

  it('is forgotten after a month: what then comes with an old time is no replay', async () => {
    await restored()
    await database().sql(`update hub.restoration set at = now() - interval '31 days'`)
    expect(await createRestoreStore(database().database).lostUntil()).toBeUndefined()
  })

  it('keeps a doubtful message in doubt, but behind a stopped head', async () => {
    await accept('A', 1, { doubtful: true })
    await accept('B', 1)
    await hold('B')
    await accept('B', 2, { doubtful: true })
    expect(await statesNow()).toEqual(['A-1 unknown', 'B-1 held', 'B-2 waiting'])
  })
})
