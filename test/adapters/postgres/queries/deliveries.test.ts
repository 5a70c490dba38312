import { beforeAll, describe, expect, it } from 'vitest'
import { createAcceptStore } from '../../../../src/adapters/postgres/accept.ts'
import {
  findDelivery,
  listDeliveries,
} from '../../../../src/adapters/postgres/queries/deliveries.ts'
import { createIds } from '../../../../src/adapters/system/ids.ts'
import { deliveryStates } from '../../../../src/domain/delivery.ts'
import type { DeliveryFilter, DeliverySummary } from '../../../../src/engine/ports/deliveries.ts'
import { useDatabase } from '../../../support/database.ts'
import { cipher, newMessage, putLane, routeTo, setUnits } from '../material.ts'

const database = useDatabase()
const list = (filter: Omit<DeliveryFilter, 'limit'> & { limit?: number }) =>
  listDeliveries(database().database, { limit: 100, ...filter })

/** Page after page to the end; `between` does something after each. */
async function walk(
  filter: Omit<DeliveryFilter, 'cursor'>,
  between: () => Promise<unknown> = async () => undefined,
): Promise<DeliverySummary[]> {
  const items: DeliverySummary[] = []
  for (let cursor: string | undefined; ; ) {
    const page = await list({ ...filter, ...(cursor && { cursor }) })
    expect(page.items.length).toBeLessThanOrEqual(filter.limit)
    items.push(...page.items)
    if (page.next === null) return items
    expect(page.items).toHaveLength(filter.limit)
    cursor = page.next
    await between()
  }
}
const idsOf = (items: readonly DeliverySummary[]) => items.map((one) => one.id)

/** The same from the tables, in the plainest way. */
const expected = async (where: string): Promise<string[]> => {
  const rows = await database().sql<{ id: string }>(
    `select d.lane || '.' || d.number as id from hub.delivery d
     join hub.message m on m.id = d.message_id join hub.lane l on l.id = d.lane
     where ${where} order by d.message_id desc, d.lane desc`,
  )
  return rows.map((row) => row.id)
}

const states = 'delivered superseded discarded dead unknown sending waiting held waiting'
const minuteMs = 60_000
const firstMs = Date.parse('2026-03-02T00:00:00Z')
const iso = (minute: number): string => new Date(firstMs + minute * minuteMs).toISOString()

beforeAll(async () => {
  for (const [subject, system] of [
    ['A', 'portal'],
    ['B', 'portal'],
    ['C', 'axis'],
  ] as const)
    await putLane(database(), subject, states, { system })
  // Some done in front of the head, so that it stands where a head stands.
  await database().sql('update hub.lane set head_number = 4')
  const types = ['progress', 'snapshot']
  await createAcceptStore(database().database).accept(
    Array.from({ length: 10 }, (_, minute) => {
      const id = createIds(() => firstMs + minute * minuteMs)()
      const routes = [routeTo('portal'), routeTo('axis')]
      return newMessage('old', minute, { id, routes, type: types[minute % 2] ?? '' })
    }),
  )
})

function agencies(): void {
  it('finds those of an agency with all below it, in either form of its code', async () => {
    await setUnits(database(), `case subject when 'A' then 'H99.14.02' when 'B' then 'H99.15' end`)
    const ofA = await expected(`l.subject = 'A'`)
    expect(ofA.length).toBeGreaterThan(0)
    expect(idsOf((await list({ unit: 'H99.14' })).items)).toEqual(ofA)
    expect(idsOf((await list({ unit: '000.02.14.H99' })).items)).toEqual(ofA)
    expect((await list({ unit: 'H99.1' })).items).toEqual([])
    const dead = await expected(`l.subject = 'A' and d.state = 'dead'`)
    expect(idsOf((await list({ unit: 'H99.14', state: 'dead' })).items)).toEqual(dead)
    const reach = { systems: [], units: ['H99.15'] }
    expect((await list({ unit: 'H99.14', reach })).items).toEqual([])
    expect((await list({ unit: 'H99.14', state: 'dead', reach })).items).toEqual([])
  })
}

function pages(): void {
  it('goes through all, newest first, each once, whatever the size of a page', async () => {
    const all = await expected('true')
    expect(all).toHaveLength(47)
    for (const limit of [1, 2, 7, 47, 48]) expect(idsOf(await walk({ limit }))).toEqual(all)
  })

  it('says that there is no more when a page ends with the last', async () => {
    const { items, next } = await list({ subject: 'A', limit: 9 })
    expect(items).toHaveLength(9)
    expect(next).toBeNull()
    expect((await list({ subject: 'A', limit: 8 })).next).not.toBeNull()
    expect(await list({ subject: 'nobody' })).toEqual({ items: [], next: null })
  })

  it('skips and repeats nothing while more is accepted', async () => {
    const all = await expected('true')
    let n = 0
    const seen = await walk({ limit: 5 }, () => {
      n += 1
      const routes = [routeTo('portal'), routeTo('axis')]
      return createAcceptStore(database().database).accept([newMessage('new', n, { routes })])
    })
    expect(n).toBeGreaterThan(5)
    expect(idsOf(seen)).toEqual(all)
  })

  it.each(['', 'abc', 'MS8y', Buffer.from(`${'0'.repeat(36)}/1`).toString('base64url')])(
    'refuses the cursor "%s"',
    async (cursor) => {
      const page = list({ cursor })
      if (cursor === '') expect((await page).items.length).toBeGreaterThan(0)
      else await expect(page).rejects.toMatchObject({ code: 'request-invalid' })
    },
  )
}

type Filter = readonly [filter: Omit<DeliveryFilter, 'limit'>, where: string]

const filters: readonly Filter[] = [
  ...deliveryStates.map((state): Filter => [{ state }, `d.state = '${state}'`]),
  ...deliveryStates.map(
    (state): Filter => [{ state, subject: 'B' }, `d.state = '${state}' and l.subject = 'B'`],
  ),
  [{ system: 'axis' }, `d.system = 'axis'`],
  [{ system: 'axis', state: 'waiting' }, `d.system = 'axis' and d.state = 'waiting'`],
  [{ subject: 'old' }, `l.subject = 'old'`],
  [{ type: 'snapshot' }, `m.type = 'snapshot'`],
  [{ code: 'target-rejected' }, `d.code = 'target-rejected'`],
  [
    { code: 'target-rejected', state: 'dead', system: 'portal' },
    `d.code = 'target-rejected' and d.state = 'dead' and d.system = 'portal'`,
  ],
  [{ from: iso(3) }, `m.subject <> 'old' or substring(m.event_id from 5)::int >= 3`],
  [{ to: iso(3) }, `m.subject = 'old' and substring(m.event_id from 5)::int < 3`],
  [
    { from: iso(2), to: iso(8), system: 'portal', type: 'progress' },
    `m.subject = 'old' and substring(m.event_id from 5)::int in (2, 4, 6) and d.system = 'portal'`,
  ],
]

function choices(): void {
  it.each(filters)('finds by %o what there is, over pages', async (filter, where) => {
    const all = await expected(where)
    expect(all.length).toBeGreaterThan(0)
    expect(idsOf(await walk({ ...filter, limit: 100 }))).toEqual(all)
    expect(idsOf(await walk({ ...filter, limit: 2 }))).toEqual(all)
  })

  it.each(filters)('finds by %o in short strides what there is in one', async (filter, where) => {
    const short = { own: 3, withMessage: 2 }
    const found: string[] = []
    let isEmpty = false
    for (let cursor: string | undefined; ; ) {
      const asked = { ...filter, limit: 2, ...(cursor && { cursor }) }
      const { items, next } = await listDeliveries(database().database, asked, short)
      found.push(...idsOf(items))
      isEmpty ||= items.length === 0 && next !== null
      if (next === null) break
      cursor = next
    }
    expect(found).toEqual(await expected(where))
    // Of a rare one not every stride holds any.
    if (filter.state === 'superseded' && !filter.subject) expect(isEmpty).toBe(true)
  })

  it('shows where a delivery stands', async () => {
    const { items } = await list({ subject: 'A', state: 'dead' })
    expect(items).toMatchObject([
      {
        id: expect.stringMatching(/^\d+\.4$/),
        system: 'portal',
        job: 'to-portal',
        subject: 'A',
        type: 'progress',
        state: 'dead',
        code: 'target-rejected',
        tries: 1,
        revision: 1,
      },
    ])
    for (const time of [items[0]?.acceptedAt, items[0]?.sentAt, items[0]?.finishedAt])
      expect(time).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
  })
}

function one(): void {
  it('is found with its attempts, what the system said opened', async () => {
    const lane = await putLane(database(), 'E', 'unknown waiting')
    const seal = (text: string) => cipher.encrypt(Buffer.from(text), `attempt:${lane}.1`).bytes
    await database().sql(
      `insert into hub.attempt (lane, number, kind, try, started_at, duration_ms, outcome, code,
         detail, faults, key_id, evidence) values
       ($1, 1, 'confirm', 1, '2026-03-02T00:02Z', 7, 'unknown', 'not-a-code', null, null, null, null),
       ($1, 1, 'send', 1, '2026-03-02T00:01Z', 5, 'unknown', 'answer-timeout',
         '{"vi":"a\\u0000","en":"b"}', '[{"pointer":"/x"}]', 1, $2)`,
      [lane, seal('{"httpStatus":200}')],
    )
    const view = await findDelivery(database().database, cipher, undefined, { lane, number: 1 })
    expect(view?.attempts).toEqual([
      {
        kind: 'send',
        number: 1,
        startedAt: '2026-03-02T00:01:00.000Z',
        durationMs: 5,
        outcome: 'unknown',
        code: 'answer-timeout',
        detail: { vi: 'a\0', en: 'b' },
        faults: [{ pointer: '/x' }],
        evidence: { httpStatus: 200 },
      },
      expect.objectContaining({
        kind: 'confirm',
        code: null,
        detail: null,
        faults: [],
        evidence: null,
      }),
    ])
    expect(view).toMatchObject({ id: `${lane}.1`, state: 'unknown' })
    const second = await findDelivery(database().database, cipher, undefined, { lane, number: 2 })
    expect(second).toMatchObject({ waitsFor: { kind: 'earlier', delivery: `${lane}.1` } })
  })

  it('is not made up', async () => {
    const ask = (lane: string, number: number) =>
      findDelivery(database().database, cipher, undefined, { lane, number })
    expect(await ask('1', 999)).toBeUndefined()
    expect(await ask('999999999999999999', 1)).toBeUndefined()
  })
}

describe('deliveries', () => {
  pages()
  choices()
  one()
  agencies()
})
