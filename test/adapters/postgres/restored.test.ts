import pg from 'pg'
import { beforeEach, describe, expect, it } from 'vitest'
import { createAcceptStore } from '../../../src/adapters/postgres/accept.ts'
import { createInterveneStore } from '../../../src/adapters/postgres/intervene.ts'
import { createRestoreStore } from '../../../src/adapters/postgres/restored.ts'
import { verifyStore } from '../../../src/adapters/postgres/verify.ts'
import { useDatabase } from '../../support/database.ts'
import { act, newMessage, routeTo } from './material.ts'

const database = useDatabase()
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
    `select l.subject || '-' || d.number || ' ' || d.state
       || case when d.doubtful then ' doubtful' else '' end as state from hub.delivery d
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
const restored = (lostUntil?: Date) =>
  createRestoreStore(database().database).restored(lostUntil, act)

describe('restored', () => {
  it('puts in doubt what is not over, pauses every system, and breaks no promise', async () => {
    for (const subject of ['A', 'B', 'C']) for (const n of [1, 2]) await accept(subject, n)
    const { sql } = database()
    await sql(`update hub.delivery set state = 'sending' where lane = 1 and number = 1`)
    await sql(`update hub.delivery set state = 'delivered', finished_at = now()
      where lane = 1 and number = 1`)
    await sql(`update hub.lane set head_number = 2 where id = 1`)
    await hold('C')
    await sql(`insert into hub.system_state (system, paused_at, paused_reason)
      values ('axis', now(), 'bảo trì')`)
    await sql(`insert into hub.revision (author, reason, content)
      values ('t', 't', '{"systems":[{"id":"axis"},{"id":"new"}]}')`)
    const result = await restored()
    expect(result).toMatchObject({ kind: 'done', doubted: 4, stopped: 1 })
    expect(result.kind === 'done' && result.paused.toSorted()).toEqual(['new', 'portal'])
    expect(await statesNow()).toEqual([
      'A-1 delivered',
      'A-2 waiting doubtful',
      'B-1 waiting doubtful',
      'B-2 waiting doubtful',
      'C-1 held doubtful',
      'C-2 waiting doubtful',
    ])
    const reasons = await sql(
      'select system, paused_reason as why from hub.system_state order by 1',
    )
    expect(reasons).toEqual([
      { system: 'axis', why: 'bảo trì' },
      { system: 'new', why: act.reason },
      { system: 'portal', why: act.reason },
    ])
    expect((await verifyStore(database().database)).filter(({ ok }) => !ok)).toEqual([])
    const until = await createRestoreStore(database().database).lostUntil()
    expect(until?.getTime()).toBeGreaterThan(Date.now())
  })

  it('doubts what was being sent or asked about, and counts it with neither what waits nor what is stopped', async () => {
    for (const subject of ['A', 'B']) await accept(subject, 1)
    const { sql } = database()
    await sql(`update hub.delivery set state = 'sending'`)
    await sql(`update hub.delivery set state = 'unknown' where lane = 2`)
    expect(await restored()).toMatchObject({ kind: 'done', doubted: 0, stopped: 0 })
    expect(await statesNow()).toEqual(['A-1 sending doubtful', 'B-1 unknown doubtful'])
  })

  it.each(['api', 'worker', 'all'])(
    'is refused while a process of role %s is connected',
    async (role) => {
      await accept('A', 1)
      const client = new pg.Client({
        connectionString: database().url,
        application_name: `hub ${role}`,
      })
      await client.connect()
      try {
        expect(await restored()).toEqual({ kind: 'running', processes: [`hub ${role}`] })
        expect(await statesNow()).toEqual(['A-1 waiting'])
        expect(await createRestoreStore(database().database).lostUntil()).toBeUndefined()
      } finally {
        await client.end()
      }
    },
  )

  it('knows that the old store cannot have ended before its newest message, nor tomorrow', async () => {
    await accept('A', 1)
    for (const ms of [-3_600_000, 2 * 86_400_000])
      expect(await restored(new Date(Date.now() + ms))).toMatchObject({ kind: 'impossible' })
    expect(await statesNow()).toEqual(['A-1 waiting'])
  })

  it('is forgotten after a month: what then comes with an old time is no replay', async () => {
    await restored()
    await database().sql(`update hub.restoration set at = now() - interval '31 days'`)
    expect(await createRestoreStore(database().database).lostUntil()).toBeUndefined()
  })

  it('keeps the doubt of a stopped one that a person sends again', async () => {
    await accept('A', 1)
    await hold('A')
    await restored()
    const { intervene } = createInterveneStore(database().database)
    await intervene({ lane: await laneOf('A'), number: 1 }, 'release', act)
    expect(await statesNow()).toEqual(['A-1 waiting doubtful'])
  })
})
