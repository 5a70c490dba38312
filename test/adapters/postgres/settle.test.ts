import { beforeAll, describe, expect, it } from 'vitest'
import { createAcceptStore } from '../../../src/adapters/postgres/accept.ts'
import { createClaim } from '../../../src/adapters/postgres/claim.ts'
import { createSettle } from '../../../src/adapters/postgres/settle.ts'
import { verifyStore } from '../../../src/adapters/postgres/verify.ts'
import type { ClaimedLane, DrainStore, SettledDelivery } from '../../../src/engine/ports/lanes.ts'
import { useDatabase } from '../../support/database.ts'
import { cipher, newMessage, putLane, routeTo, settledLane } from './material.ts'

const database = useDatabase()
let settle: DrainStore['settle']
beforeAll(() => {
  settle = createSettle(database().database, cipher)
})

let systems = 0

/** A lane of a system of its own with these deliveries, claimed. */
async function claimed(states: string) {
  systems += 1
  const system = `system-${systems}`
  const lane = await putLane(database(), `A-${system}`, states, { system })
  const claim = createClaim(database().database, 'one')
  const take = async (): Promise<ClaimedLane> => {
    const [found] = await claim({ system, lanes: 1, runAhead: 8, leaseMs: 60_000 })
    if (!found) throw new Error('nothing to claim')
    return found
  }
  return { system, lane, take, run: await take() }
}

const laneOf = async (lane: string) => {
  const [row] = await database().sql(
    `select head_number, blocked, owner, lease_until, coalesce(wake_at <= now(), false) as due,
       extract(epoch from wake_at - now())::float8 as seconds from hub.lane where id = $1`,
    [lane],
  )
  return row
}
const deliveriesOf = (lane: string) =>
  database().sql<{ state: string; code: string | null; tries: number }>(
    `select state, code, tries, asked, sent_at is not null as sent,
       finished_at is not null as finished
     from hub.delivery where lane = $1 order by number`,
    [lane],
  )
const failuresOf = (lane: string) =>
  database().sql(
    `select f.number, f.state, f.code, p.operation, p.code as problem, p.system
     from hub.failure f left join hub.problem p on p.id = f.problem_id
     where f.lane = $1 order by f.number`,
    [lane],
  )
/** Everything of a lane, to see that nothing of it changed. */
const everythingOf = (lane: string) =>
  database().sql(
    `select l.*, (select json_agg(d order by d.number) from hub.delivery d where d.lane = l.id) as d,
       (select json_agg(a) from hub.attempt a where a.lane = l.id) as a,
       (select json_agg(m) from hub.lane_memo m where m.lane = l.id) as m,
       (select json_agg(f order by f.number) from hub.failure f where f.lane = l.id) as f
     from hub.lane l where l.id = $1`,
    [lane],
  )
const attempt = (number: number) => ({
  kind: 'send' as const,
  number,
  startedAt: new Date('2026-03-02T01:00:00Z'),
  durationMs: 12.6,
  outcome: 'permanent' as const,
  code: 'target-rejected',
  detail: { vi: 'Mã \0 lạ', en: 'odd code' },
  faults: [{ pointer: '/a', rule: 'r', vi: 'sai', en: 'wrong' }],
  evidence: { httpStatus: 400, remoteMessage: 'sai \0 rồi' },
})

function writes(): void {
  it('writes what was delivered and gives a lane without more work back for good', async () => {
    const { system, lane, run } = await claimed('waiting waiting')
    expect(await settle(system, [settledLane(run)])).toEqual({ lost: [], due: false })
    const [first, second] = await deliveriesOf(lane)
    expect(first).toEqual({
      state: 'delivered',
      code: null,
      tries: 1,
      asked: 0,
      sent: true,
      finished: true,
    })
    expect(second).toEqual(first)
    expect(await laneOf(lane)).toMatchObject({
      head_number: 3,
      blocked: false,
      owner: null,
      lease_until: null,
      seconds: null,
    })
  })

  it('leaves a lane due when more has come meanwhile, and says so', async () => {
    const { system, lane, run } = await claimed('waiting')
    const late = newMessage(`A-${system}`, 2, { routes: [routeTo(system)] })
    await createAcceptStore(database().database).accept([late])
    expect(await settle(system, [settledLane(run)])).toEqual({ lost: [], due: true })
    expect(await laneOf(lane)).toMatchObject({ head_number: 2, due: true, owner: null })
  })

  it('lets a lane rest for as long as is said', async () => {
    const { system, lane, run } = await claimed('waiting waiting')
    const retry: Partial<SettledDelivery> = { state: 'waiting', code: 'target-busy' }
    await settle(system, [settledLane(run, retry, { head: 1, wakeMs: 90_000 })])
    const row = await laneOf(lane)
    expect(row).toMatchObject({ head_number: 1, blocked: false, due: false })
    expect(row?.seconds).toBeGreaterThan(80)
    expect((await deliveriesOf(lane)).map((one) => [one.state, one.code, one.tries])).toEqual([
      ['waiting', 'target-busy', 1],
      ['waiting', 'target-busy', 1],
    ])
  })

  it('takes back the try of what is handed back unsent', async () => {
    const { system, lane, run } = await claimed('waiting')
    await settle(system, [settledLane(run, { state: 'waiting', tried: false }, { head: 1 })])
    expect(await deliveriesOf(lane)).toMatchObject([
      { state: 'waiting', tries: 0, sent: false, finished: false },
    ])
  })

  it('keeps attempts as they were, what the system said under a key', async () => {
    const { system, lane, run } = await claimed('waiting waiting')
    const lanes = settledLane(run)
    const [first, second] = lanes.deliveries
    if (!first || !second) throw new Error('two were claimed')
    const bare = { ...attempt(1), detail: undefined, faults: [], evidence: undefined }
    const deliveries = [
      { ...first, attempt: attempt(1) },
      { ...second, attempt: bare },
    ]
    await settle(system, [{ ...lanes, deliveries }])
    const rows = await database().sql<{ key_id: number; evidence: Buffer }>(
      'select * from hub.attempt where lane = $1 order by number',
      [lane],
    )
    expect(rows[0]).toMatchObject({
      number: 1,
      kind: 'send',
      try: 1,
      started_at: attempt(1).startedAt,
      duration_ms: 13,
      outcome: 'permanent',
      code: 'target-rejected',
      detail: attempt(1).detail,
      faults: attempt(1).faults,
    })
    expect(rows[1]).toMatchObject({ detail: null, faults: null, evidence: null, key_id: null })
    const plain = cipher.decrypt(
      rows[0]?.key_id ?? 0,
      rows[0]?.evidence ?? new Uint8Array(),
      `attempt:${lane}.1`,
    )
    expect(JSON.parse(Buffer.from(plain).toString())).toEqual(attempt(1).evidence)
  })

  it('remembers for a lane what it is told last', async () => {
    const { system, run, take } = await claimed('waiting waiting')
    const rest = { head: 1, wakeMs: 0 }
    const back: Partial<SettledDelivery> = { state: 'waiting' }
    await settle(system, [settledLane(run, back, { ...rest, memo: { seen: 'một\0' } })])
    const again = await take()
    expect(again.memo).toEqual({ seen: 'một\0' })
    await settle(system, [settledLane(again, back, rest)])
    expect((await take()).memo).toEqual({ seen: 'một\0' })
  })
}

function persons(): void {
  const dead: Partial<SettledDelivery> = { state: 'dead', code: 'target-rejected' }

  it('lists what needs a person under its problem, and blocks the lane', async () => {
    const { system, lane, run } = await claimed('waiting')
    await settle(system, [settledLane(run, dead, { head: 1, wakeMs: null })])
    expect(await failuresOf(lane)).toEqual([
      {
        number: 1,
        state: 'dead',
        code: 'target-rejected',
        operation: 'progress',
        problem: 'target-rejected',
        system,
      },
    ])
    expect(await laneOf(lane)).toMatchObject({ head_number: 1, blocked: true, seconds: null })
    expect(await deliveriesOf(lane)).toMatchObject([{ state: 'dead', finished: true }])
  })

  it('writes a dead letter and its problem together or not at all', async () => {
    const { system, lane, run } = await claimed('waiting')
    await database().sql(
      `create function hub.refuse_failure() returns trigger language plpgsql as $$
       begin raise exception 'the disk is full' using errcode = '53100'; end $$`,
    )
    await database().sql(
      'create trigger refuse before insert on hub.failure execute function hub.refuse_failure()',
    )
    const settling = settle(system, [settledLane(run, dead, { head: 1, wakeMs: null })])
    await expect(settling).rejects.toThrow()
    await database().sql('drop function hub.refuse_failure cascade')
    expect(await deliveriesOf(lane)).toMatchObject([{ state: 'sending', finished: false }])
    await settle(system, [settledLane(run, dead, { head: 1, wakeMs: null })])
    expect(await failuresOf(lane)).toHaveLength(1)
  })

  it('counts one problem for what fails alike', async () => {
    const { system, run, lane } = await claimed('waiting waiting waiting')
    const [one, two, three] = settledLane(run, dead).deliveries
    if (!one || !two || !three) throw new Error('three were claimed')
    const deliveries = [one, two, { ...three, operation: 'snapshot' }]
    await settle(system, [settledLane(run, {}, { deliveries, head: 1, wakeMs: null })])
    const problems = await database().sql(
      `select p.operation, count(*)::int as open from hub.problem p
       join hub.failure f on f.problem_id = p.id where p.system = $1 group by 1 order by 1`,
      [system],
    )
    expect(problems).toEqual([
      { operation: 'progress', open: 2 },
      { operation: 'snapshot', open: 1 },
    ])
    expect(await failuresOf(lane)).toHaveLength(3)
  })

  it('lists what nobody knows only when a person must find out', async () => {
    const asks = await claimed('waiting')
    const unknown: Partial<SettledDelivery> = { state: 'unknown', code: 'answer-timeout' }
    await settle(asks.system, [settledLane(asks.run, unknown, { head: 1, wakeMs: 5_000 })])
    expect(await failuresOf(asks.lane)).toEqual([])
    const stuck = await claimed('waiting')
    await settle(stuck.system, [settledLane(stuck.run, unknown, { head: 1, wakeMs: null })])
    expect(await failuresOf(stuck.lane)).toMatchObject([{ state: 'unknown' }])
    expect(await laneOf(stuck.lane)).toMatchObject({ blocked: true, seconds: null })
  })

  it('works out anew where a lane stands whose claim came back empty', async () => {
    const { system, lane, run } = await claimed('delivered dead waiting')
    expect(run.deliveries).toEqual([])
    await settle(system, [settledLane(run, {}, { head: undefined })])
    expect(await laneOf(lane)).toMatchObject({ head_number: 2, blocked: true, seconds: null })
    const open = await claimed('delivered waiting')
    const empty = settledLane({ ...open.run, deliveries: [] }, {}, { head: undefined })
    await database().sql(
      `update hub.delivery set state = 'waiting' where lane = $1 and number = 2`,
      [open.lane],
    )
    await settle(open.system, [empty])
    expect(await laneOf(open.lane)).toMatchObject({ head_number: 2, blocked: false, due: true })
  })
}

const followsOf = (system: string) =>
  database().sql<{ subject: string; version: string; state: unknown; asked: boolean }>(
    `select subject, version, state, asked_at is not null as asked from hub.follow
     where system = $1`,
    [system],
  )

function follows(): void {
  it('sets what is to be followed in the commit of the outcome, and anew with the next', async () => {
    const { system, lane, run, take } = await claimed('waiting')
    const answer = await settle(system, [settledLane(run, {}, { follow: { code: 'a' } })])
    expect(answer).toEqual({ lost: [], due: false })
    const subject = `A-${system}`
    const [first] = await followsOf(system)
    expect(first).toMatchObject({ subject, state: { code: 'a' }, asked: false })
    await database().sql('update hub.follow set asked_at = now() where system = $1', [system])
    const late = newMessage(subject, 2, { routes: [routeTo(system)] })
    await createAcceptStore(database().database).accept([late])
    const next = await take()
    expect(next.lane).toBe(lane)
    await settle(system, [settledLane(next, {}, { follow: { code: 'b' } })])
    const [second, ...more] = await followsOf(system)
    expect(second).toMatchObject({ subject, state: { code: 'b' }, asked: false })
    expect(second?.version).not.toBe(first?.version)
    expect(more).toEqual([])
  })

  it('follows nothing for who has lost the lane, beside one who has not', async () => {
    const ours = await claimed('waiting')
    const theirs = await claimed('waiting')
    const follow = { code: 'a' }
    const stale = settledLane({ ...theirs.run, fence: '99' }, {}, { follow })
    const fresh = settledLane(ours.run, {}, { follow })
    expect(await settle(ours.system, [stale, fresh])).toMatchObject({ lost: [theirs.lane] })
    expect(await followsOf(theirs.system)).toEqual([])
    expect(await followsOf(ours.system)).toHaveLength(1)
  })
}

function fences(): void {
  it('lets a stale fence write nothing, not a row', async () => {
    const { system, lane, run, take } = await claimed('waiting waiting')
    await database().sql('update hub.lane set lease_until = now() where id = $1', [lane])
    const next = await take()
    const before = await everythingOf(lane)
    const deliveries = settledLane(run, { state: 'dead', code: 'bug' }).deliveries.map((one) => ({
      ...one,
      attempt: attempt(1),
    }))
    for (const head of [undefined, 1, 3])
      for (const wakeMs of [null, 0]) {
        const stale = { ...run, deliveries, head, wakeMs, memo: { stale: true } }
        expect(await settle(system, [stale])).toMatchObject({ lost: [lane] })
      }
    expect(await everythingOf(lane)).toEqual(before)
    expect(await database().sql('select 1 from hub.problem where system = $1', [system])).toEqual(
      [],
    )
    const { lost } = await settle(system, [
      settledLane(next, {}, { deliveries: settledLane(run).deliveries, head: 3 }),
    ])
    expect(lost).toEqual([])
    expect((await deliveriesOf(lane)).map((one) => one.state)).toEqual(['delivered', 'delivered'])
  })

  it('writes once what is settled twice, and in parallel too', async () => {
    const { system, lane, run } = await claimed('waiting')
    const one = settledLane(run)
    const [delivery] = one.deliveries
    if (!delivery) throw new Error('one was claimed')
    const full = { ...one, deliveries: [{ ...delivery, attempt: attempt(1) }] }
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => createSettle(database().open(1), cipher)(system, [full])),
    )
    expect(answers.map((answer) => answer.lost.length).toSorted()).toEqual([0, 1, 1, 1])
    const after = await everythingOf(lane)
    expect(await settle(system, [full])).toEqual({ lost: [lane], due: false })
    expect(await everythingOf(lane)).toEqual(after)
    expect(after[0]?.a).toHaveLength(1)
  })

  it('writes the lanes that are ours beside one that is not, and leaves no fault in the store', async () => {
    const ours = await claimed('waiting')
    const { lane: theirs } = await claimed('waiting')
    const stale = settledLane({ ...ours.run, lane: theirs, fence: '99' })
    const answer = await settle(ours.system, [stale, settledLane(ours.run)])
    expect(answer.lost).toEqual([theirs])
    expect(await deliveriesOf(ours.lane)).toMatchObject([{ state: 'delivered' }])
    expect(await deliveriesOf(theirs)).toMatchObject([{ state: 'sending' }])
    const names = ['nothing-open-lies-behind-the-head', 'what-needs-a-person-is-listed']
    const verdicts = await verifyStore(database().database)
    expect(verdicts.filter((one) => names.includes(one.name) && !one.ok)).toEqual([])
  })
}

describe('settle', () => {
  writes()
  persons()
  follows()
  fences()
})
