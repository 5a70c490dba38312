import { describe, expect, it } from 'vitest'
import { createAcceptStore } from '../../../src/adapters/postgres/accept.ts'
import { createClaim } from '../../../src/adapters/postgres/claim.ts'
import { createSettle } from '../../../src/adapters/postgres/settle.ts'
import type { LanePolicy } from '../../../src/domain/delivery.ts'
import type { RunControl, RunDependencies, Target } from '../../../src/engine/lanes/lane-run.ts'
import { runLane } from '../../../src/engine/lanes/run-lane.ts'
import type { ClaimedLane } from '../../../src/engine/ports/lanes.ts'
import { useDatabase } from '../../support/database.ts'
import { waitUntil } from '../../support/wait.ts'
import { cipher, newMessage, putLane, routeTo, settledLane } from './material.ts'

const database = useDatabase()
const claimer = (owner = 'one') => createClaim(database().database, owner)
const wanted = { system: 'portal', lanes: 64, runAhead: 4, leaseMs: 60_000 }

let systems = 0
/** A system that no other test uses. */
const newSystem = (): string => {
  systems += 1
  return `system-${systems}`
}
const statesOf = async (lane: string): Promise<string> => {
  const rows = await database().sql<{ state: string }>(
    'select state from hub.delivery where lane = $1 order by number',
    [lane],
  )
  return rows.map((row) => row.state).join(' ')
}
const textOf = (lane: ClaimedLane | undefined): string =>
  lane?.deliveries.map((one) => `${one.number}:${one.found}`).join(' ') ?? 'no lane'

interface Prefix {
  readonly states: string
  /** What is handed out, each with the state it was found in. */
  readonly given: string
  readonly policy?: LanePolicy
  readonly snapshots?: readonly number[]
}
const snapshotsFirst = { policy: 'supersede', snapshots: [1] } as const

const prefixes: readonly Prefix[] = [
  { states: 'waiting waiting', given: '1:waiting 2:waiting' },
  {
    states: 'waiting waiting waiting waiting waiting',
    given: '1:waiting 2:waiting 3:waiting 4:waiting',
  },
  { states: 'delivered superseded discarded waiting', given: '4:waiting' },
  { states: 'waiting superseded discarded waiting', given: '1:waiting 4:waiting' },
  { states: 'sending sending waiting', given: '1:sending 2:sending' },
  { states: 'unknown sending waiting', given: '1:unknown 2:sending' },
  { states: 'unknown waiting', given: '1:unknown' },
  { states: 'waiting unknown waiting', given: '1:waiting' },
  { states: 'waiting sending', given: '1:waiting' },
  { states: 'held waiting', given: '' },
  { states: 'waiting held waiting', given: '1:waiting' },
  { states: 'unknown held unknown', given: '1:unknown' },
  { states: 'dead waiting', given: '' },
  { states: 'waiting dead waiting', given: '1:waiting' },
  { states: 'dead waiting', policy: 'skip', given: '2:waiting' },
  { states: 'waiting dead waiting', policy: 'skip', given: '1:waiting 3:waiting' },
  { states: 'dead waiting', policy: 'supersede', given: '' },
  { states: 'dead waiting', ...snapshotsFirst, given: '' },
  { states: 'dead waiting', policy: 'supersede', snapshots: [1, 2], given: '2:waiting' },
  { states: 'dead superseded waiting', policy: 'supersede', snapshots: [1, 2], given: '' },
  { states: 'delivered delivered', given: '' },
]

function orderSafe(): void {
  it.each(prefixes)('of "$states" ($policy) hands out "$given"', async (prefix) => {
    const system = newSystem()
    const lane = await putLane(database(), `P-${system}`, prefix.states, { ...prefix, system })
    const before = prefix.states.split(' ')
    const lanes = await claimer()({ ...wanted, system })
    expect(lanes.map((one) => one.lane)).toEqual([lane])
    expect(textOf(lanes[0])).toBe(prefix.given)
    // On record before a byte has left, and nothing else touched.
    for (const { number, found } of lanes[0]?.deliveries ?? [])
      before[number - 1] = found === 'waiting' ? 'sending' : 'unknown'
    expect(await statesOf(lane)).toBe(before.join(' '))
  })

  it('counts a try and the time of sending, and leaves both when it only asks', async () => {
    const system = newSystem()
    await putLane(database(), 'Q-send', 'waiting', { system })
    await putLane(database(), 'Q-ask', 'sending', { system })
    await database().sql(`update hub.delivery set tries = 3, sent_at = now() - interval '1 hour'
      where system = '${system}'`)
    const lanes = await claimer()({ ...wanted, system })
    const rows = await database().sql<{ tries: number; age: number; fence: string }>(
      `select d.tries, d.fence, extract(epoch from now() - d.sent_at)::float8 as age
       from hub.delivery d where system = $1 order by lane`,
      [system],
    )
    expect(rows.map((row) => [row.tries, row.age < 60, row.fence])).toEqual([
      [4, true, lanes[0]?.fence],
      [3, false, lanes[1]?.fence],
    ])
    expect(lanes.map((lane) => lane.deliveries[0]?.tries)).toEqual([4, 3])
  })

  it('hands out the message as it was accepted, with what the lane remembers', async () => {
    const system = newSystem()
    const message = newMessage('R', 1, {
      dataschema: 'urn:schema:1',
      mode: 'structured',
      routes: [routeTo(system, { policy: 'skip', snapshot: true })],
    })
    await createAcceptStore(database().database).accept([message])
    await database().sql(
      `insert into hub.lane_memo select id, '{"session":"\\u0000x"}' from hub.lane where system = $1`,
      [system],
    )
    const [lane] = await claimer()({ ...wanted, system })
    const { id, source, eventId, type, subject, time, dataschema } = message
    expect(lane).toMatchObject({
      memo: { session: '\0x' },
      deliveries: [
        {
          attributes: { id, source, eventId, type, subject, time, dataschema },
          mode: 'structured',
          policy: 'skip',
          snapshot: true,
          keyId: message.keyId,
        },
      ],
    })
    expect(lane?.deliveries[0]?.cipher).toEqual(message.cipher)
    expect(lane?.deliveries[0]?.sha256).toEqual(message.sha256)
  })

  it('says so when a body is gone', async () => {
    const system = newSystem()
    const lane = await putLane(database(), 'S', 'waiting', { system })
    await database().sql(
      'delete from hub.body where message_id in (select message_id from hub.delivery where lane = $1)',
      [lane],
    )
    const [claimed] = await claimer()({ ...wanted, system })
    expect(claimed?.deliveries[0]?.cipher).toBeNull()
  })
}

function whichLanes(): void {
  it('takes due lanes of its system only, and of those the free ones', async () => {
    const [system, other] = [newSystem(), newSystem()]
    const { sql } = database()
    const due = await putLane(database(), 'T-due', 'waiting', { system })
    await putLane(database(), 'T-due', 'waiting', { system: other })
    const change = async (subject: string, text: string): Promise<string> => {
      const lane = await putLane(database(), subject, 'waiting', { system })
      await sql(`update hub.lane set ${text} where id = $1`, [lane])
      return lane
    }
    await change('T-later', `wake_at = now() + interval '1 minute'`)
    await change('T-done', 'wake_at = null')
    await change('T-leased', `owner = 'x', fence = 7, lease_until = now() + interval '1 minute'`)
    const lapsed = await change('T-lapsed', `owner = 'x', fence = 7, lease_until = now()`)
    const lanes = await claimer()({ ...wanted, system })
    expect(new Map(lanes.map((one) => [one.lane, one.fence]))).toEqual(
      new Map([
        [due, '1'],
        [lapsed, '8'],
      ]),
    )
    // What is leased is claimed by nobody else.
    expect(await claimer('two')({ ...wanted, system })).toEqual([])
  })

  it('takes those that have been due longest, no more than asked for, and leaves their time', async () => {
    const system = newSystem()
    const lanes: string[] = []
    for (let n = 0; n < 9; n++) {
      const lane = await putLane(database(), `U${n}`, 'waiting', { system })
      lanes.push(lane)
      await database().sql(
        `update hub.lane set wake_at = now() - $2 * interval '1 minute' where id = $1`,
        [lane, n + 1],
      )
    }
    const times = () =>
      database().sql('select id, wake_at from hub.lane where system = $1 order by id', [system])
    const before = await times()
    const [first] = await claimer()({ ...wanted, system, lanes: 1 })
    expect(first?.lane).toBe(lanes[8])
    const next = await claimer()({ ...wanted, system, lanes: 4 })
    expect(next.map((one) => one.lane)).toEqual(lanes.slice(4, 8))
    expect(await times()).toEqual(before)
    const rest = await claimer()({ ...wanted, system, lanes: 500 })
    expect(rest.map((one) => one.lane)).toEqual(lanes.slice(0, 4))
  })

  it('never gives one lane to two of many that claim at once, and leaves none behind', async () => {
    const system = newSystem()
    const messages = Array.from({ length: 120 }, (_, n) =>
      newMessage(`V${n % 60}`, n, { routes: [routeTo(system)] }),
    )
    await createAcceptStore(database().database).accept(messages)
    const claims = Array.from({ length: 6 }, (_, n) =>
      createClaim(database().open(1), `process-${n}`),
    )
    const given: string[] = []
    const owners = new Map<string, string>()
    for (let round = 0; round < 20 && given.length < 60; round++)
      await Promise.all(
        claims.map(async (claim, n) => {
          const lanes = await claim({ ...wanted, system, lanes: 4 })
          for (const { lane, deliveries } of lanes) {
            given.push(lane)
            owners.set(lane, `process-${n}`)
            expect(deliveries.map((one) => one.number)).toEqual([1, 2])
          }
        }),
      )
    expect(given).toHaveLength(60)
    expect(new Set(given).size).toBe(60)
    const rows = await database().sql<{ id: string; owner: string }>(
      'select id, owner from hub.lane where system = $1',
      [system],
    )
    expect(new Map(rows.map((row) => [row.id, row.owner]))).toEqual(owners)
  })
}

/** A worker that stands still loses its lanes to the next; each of them has a fence of its own. */
function fences(): void {
  it('gives no two processes the same fence of a lane, however often leases run out', async () => {
    const system = newSystem()
    for (let n = 0; n < 20; n++) await putLane(database(), `W${n}`, 'waiting', { system })
    const claims = Array.from({ length: 16 }, (_, n) =>
      createClaim(database().open(1), `process-${n}`),
    )
    const owners = new Map<string, string>()
    let given = 0
    const rounds = Number(process.env.CLAIM_ROUNDS ?? 60)
    for (let round = 0; round < rounds; round++) {
      await Promise.all(
        claims.map(async (claim, n) => {
          for (const lane of await claim({ ...wanted, system, lanes: 3, leaseMs: 60_000 })) {
            given++
            const name = `${lane.lane} ${lane.fence}`
            expect({ name, owner: owners.get(name) }).toEqual({ name, owner: undefined })
            owners.set(name, `process-${n}`)
          }
        }),
      )
      await database().sql(
        `update hub.lane set lease_until = now() - interval '1 second' where system = $1`,
        [system],
      )
    }
    expect(given).toBe(20 * rounds)
  })
}

/** A part of what is in doubt would let an older one be sent again behind a newer. */
function doubt(): void {
  it('comes whole, however little may be sent, and however many lanes are claimed', async () => {
    const system = newSystem()
    const run = Array.from({ length: 20 }, (_, index) => (index < 3 ? 'unknown' : 'sending'))
    for (let n = 0; n < 30; n++)
      await putLane(database(), `D${n}`, `${run.join(' ')} waiting`, { system })
    const numbers = Array.from({ length: 20 }, (_, index) => index + 1)
    const one = await claimer()({ ...wanted, system, lanes: 1, runAhead: 1 })
    const many = await claimer()({ ...wanted, system, lanes: 128, runAhead: 64 })
    expect([...one, ...many]).toHaveLength(30)
    for (const lane of [...one, ...many])
      expect(lane.deliveries.map((delivery) => delivery.number)).toEqual(numbers)
  })

  it('is not what makes a claim take more of what waits', async () => {
    const system = newSystem()
    for (let n = 0; n < 128; n++)
      await putLane(database(), `M${n}`, 'waiting waiting waiting waiting', { system })
    const many = await claimer()({ ...wanted, system, lanes: 128, runAhead: 64 })
    expect(many.map((lane) => lane.deliveries.length)).toEqual(many.map(() => 2))
    expect(many).toHaveLength(128)
  })
}

function quickerHand(): void {
  it('hands out nothing past what was stopped while it looked', async () => {
    const system = newSystem()
    const lane = await putLane(database(), 'W', 'waiting waiting waiting', { system })
    const person = await database().open(1).pool.connect()
    await person.query('begin')
    await person.query(`update hub.delivery set state = 'held' where lane = $1 and number = 1`, [
      lane,
    ])
    const claiming = claimer()({ ...wanted, system })
    await waitUntil('the claim waits for the person', async () => {
      const waiting = await database().sql(
        `select 1 from pg_stat_activity where datname = current_database()
         and wait_event_type = 'Lock' and query like '%for update skip locked%'`,
      )
      return waiting.length > 0
    })
    await person.query('commit')
    person.release()
    const [claimed] = await claiming
    if (!claimed) throw new Error('nothing was claimed')
    expect(claimed).toMatchObject({ lane, overtaken: true })
    const run = { send: () => Promise.reject(new Error('nothing may be sent')) }
    const target = { manifest: { operations: [] }, connector: run } as unknown as Target
    const given = await runLane({} as RunDependencies, target, claimed, {} as RunControl)
    await createSettle(database().database, cipher)(system, [given])
    expect(
      await database().sql('select blocked, wake_at, owner from hub.lane where id = $1', [lane]),
    ).toEqual([{ blocked: true, wake_at: null, owner: null }])
    // What had been marked as being sent was not, and does not count as a try.
    const rows = await database().sql<{ state: string; tries: number; sent_at: Date | null }>(
      'select state, tries, sent_at from hub.delivery where lane = $1 order by number',
      [lane],
    )
    expect(rows.map((row) => row.state)).toEqual(['held', 'waiting', 'waiting'])
    expect(rows[1]).toMatchObject({ tries: 0, sent_at: null })
  })
}

function slowStatement(): void {
  it('dates what it takes by when it has it, however long ago its statement began', async () => {
    const system = newSystem()
    const lane = await putLane(database(), `slow-${system}`, 'waiting waiting', { system })
    const one = { ...wanted, system, runAhead: 1 }
    await database().database.transaction(async (run) => {
      // Here its process stands still: the server has heard the beginning.
      await run('begun', 'select now()', [])
      const [quick] = await claimer('quick')(one)
      if (!quick) throw new Error('nothing was claimed')
      await createSettle(database().database, cipher)(system, [settledLane(quick)])
      const late = await createClaim({ ...database().database, run }, 'slow')(one)
      expect(late.map(textOf)).toEqual(['2:waiting'])
    })
    const [row] = await database().sql(
      'select array_agg(sent_at order by number) = array_agg(sent_at order by sent_at) as ok from hub.delivery where lane = $1',
      [lane],
    )
    expect(row).toEqual({ ok: true })
  })
}

describe('claim', () => {
  slowStatement()
  orderSafe()
  whichLanes()
  fences()
  doubt()
  quickerHand()
})
