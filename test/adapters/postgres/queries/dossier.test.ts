import { describe, expect, it } from 'vitest'
import { createAcceptStore } from '../../../../src/adapters/postgres/accept.ts'
import { createInterveneStore } from '../../../../src/adapters/postgres/intervene.ts'
import { findDossier } from '../../../../src/adapters/postgres/queries/dossier.ts'
import type { Configuration, System } from '../../../../src/domain/configuration.ts'
import type { WaitsFor } from '../../../../src/domain/waiting.ts'
import { useDatabase } from '../../../support/database.ts'
import { revisionOf } from '../../../support/engine.ts'
import { act, newMessage, putLane, routeTo } from '../material.ts'

const database = useDatabase()

const always = { kind: 'once', from: '2020-01-01T00:00:00Z', to: '2099-01-01T00:00:00Z' } as const
const system = (id: string, change: Partial<System> = {}) =>
  ({ id, maintenance: [], ...change }) as unknown as System

const configuration: Configuration = {
  ...revisionOf([]).configuration,
  systems: [
    system('portal'),
    system('axis'),
    system('broken'),
    system('paused'),
    system('open'),
    system('resting', { maintenance: [{ ...always, reason: 'nâng cấp' }] }),
  ],
}
const problemOf = (id: string) => (id === 'broken' ? { vi: 'thiếu khoá', en: 'no key' } : null)
const dossier = (code: string) => findDossier(database().database, configuration, code, problemOf)

interface Situation {
  readonly states: string
  readonly system?: string
  /** What the lane has besides, as SQL. */
  readonly lane?: string
  readonly waitsFor: WaitsFor['kind']
}
const later = `wake_at = now() + interval '1 hour'`
const leased = `owner = 'x', lease_until = now() + interval '1 minute'`
const asleep = 'blocked = true, wake_at = null'

const situations: readonly Situation[] = [
  { states: 'delivered', lane: 'head_number = 2, wake_at = null', waitsFor: 'nothing' },
  { states: 'discarded superseded', lane: 'wake_at = null', waitsFor: 'nothing' },
  { states: 'waiting', waitsFor: 'turn' },
  { states: 'sending', lane: leased, waitsFor: 'answer' },
  { states: 'sending', lane: `owner = 'x', lease_until = now()`, waitsFor: 'turn' },
  { states: 'waiting', lane: later, waitsFor: 'retry' },
  { states: 'unknown', lane: later, waitsFor: 'settle' },
  { states: 'dead waiting', lane: asleep, waitsFor: 'person' },
  { states: 'held waiting', lane: asleep, waitsFor: 'person' },
  { states: 'waiting', system: 'paused', waitsFor: 'pause' },
  { states: 'dead', system: 'paused', lane: asleep, waitsFor: 'person' },
  { states: 'waiting', system: 'open', lane: later, waitsFor: 'circuit' },
  { states: 'waiting', system: 'resting', waitsFor: 'maintenance' },
  { states: 'waiting', system: 'broken', waitsFor: 'configuration' },
  { states: 'waiting', system: 'removed', waitsFor: 'configuration' },
  { states: 'delivered', system: 'removed', waitsFor: 'nothing' },
]

function lanes(): void {
  it.each(situations)('of "$states" at $system waits for $waitsFor', async (situation) => {
    const { sql } = database()
    await sql(
      `insert into hub.system_state (system, paused_at, paused_reason, circuit, circuit_at) values
         ('paused', now(), 'nghỉ', 'closed', null), ('open', null, null, 'open', now()),
         ('portal', now() - interval '1 hour', 'đã qua', 'closed', null)
       on conflict do nothing`,
    )
    await sql(`update hub.system_state set resume_at = now() where system = 'portal'`)
    const subject = `W${situations.indexOf(situation)}`
    const lane = await putLane(database(), subject, situation.states, situation)
    if (situation.lane) await sql(`update hub.lane set ${situation.lane} where id = $1`, [lane])
    const view = await dossier(subject)
    expect(view?.systems).toMatchObject([{ lane, waitsFor: { kind: situation.waitsFor } }])
    const waitsFor = view?.systems[0]?.waitsFor
    expect(waitsFor?.words.vi.length).toBeGreaterThan(0)
    if (situation.waitsFor === 'person') expect(waitsFor?.delivery).toBe(`${lane}.1`)
  })

  it('says that a person must look up what nobody knows', async () => {
    const lane = await putLane(database(), 'X', 'unknown waiting')
    await database().sql(
      `insert into hub.failure (lane, number, system, message_id, state, code)
       select lane, number, system, message_id, state, 'answer-timeout' from hub.delivery
       where lane = $1 and number = 1`,
      [lane],
    )
    const view = await dossier('X')
    expect(view?.systems[0]?.waitsFor).toMatchObject({ kind: 'person', delivery: `${lane}.1` })
  })

  it('counts what has arrived and what is open, at each system for itself', async () => {
    await putLane(database(), 'Y', 'delivered superseded delivered dead waiting')
    await database().sql(
      `update hub.delivery set finished_at = $1 where lane =
         (select id from hub.lane where subject = 'Y') and number = 3`,
      ['2030-01-01T00:00:00Z'],
    )
    const routes = [routeTo('axis')]
    await createAcceptStore(database().database).accept([newMessage('Y', 9, { routes })])
    const view = await dossier('Y')
    expect(view?.systems).toMatchObject([
      { system: 'axis', accepted: 1, delivered: 0, open: 1, lastDeliveredAt: null },
      {
        system: 'portal',
        accepted: 5,
        delivered: 2,
        open: 2,
        lastDeliveredAt: '2030-01-01T00:00:00.000Z',
      },
    ])
  })
}

const attempt = (lane: string, number: number, second: number, outcome: string, code?: string) =>
  database().sql(
    `insert into hub.attempt (lane, number, kind, try, started_at, duration_ms, outcome, code)
     values ($1, $2, 'send', 1, now() + $3 * interval '1 second', 5, $4, $5)`,
    [lane, number, second, outcome, code ?? null],
  )

function timeline(): void {
  it('tells in order what happened: accepted, tried, decided, replaced', async () => {
    const lane = await putLane(database(), 'T', 'dead superseded waiting')
    await database().sql(
      `update hub.delivery set finished_at = now() + interval '3 seconds'
       where lane = $1 and number = 2`,
      [lane],
    )
    await attempt(lane, 1, 1, 'retry', 'target-busy')
    await attempt(lane, 1, 2, 'permanent', 'target-rejected')
    await attempt(lane, 3, 4, 'delivered')
    await attempt(lane, 3, 6, 'delivered', 'sent-late')
    await createInterveneStore(database().database).intervene({ lane, number: 1 }, 'discard', act)
    await database().sql(
      `update hub.delivery set finished_at = now() + interval '5 seconds'
       where lane = $1 and number = 1`,
      [lane],
    )
    const view = await dossier('T')
    const place = (n: number) => `${lane}.${n}`
    expect(
      view?.timeline.map(({ what, delivery, state, code }) => [what, delivery, state, code]),
    ).toEqual([
      ['accepted', null, 'accepted', null],
      ['accepted', null, 'accepted', null],
      ['accepted', null, 'accepted', null],
      ['intervention', place(1), 'discard', null],
      ['attempt', place(1), 'retry', 'target-busy'],
      ['attempt', place(1), 'permanent', 'target-rejected'],
      ['finished', place(2), 'superseded', null],
      ['attempt', place(3), 'delivered', null],
      ['finished', place(1), 'discarded', 'target-rejected'],
      ['attempt', place(3), 'delivered', 'sent-late'],
    ])
    for (const { words, message, type } of view?.timeline ?? []) {
      expect(words.vi).not.toBe(words.en)
      expect(message).toMatch(/^[0-9a-f-]{36}$/)
      expect(type).toBe('progress')
    }
    expect(view?.truncated).toBe(false)
    expect(view?.timeline[4]?.words.vi).toMatch(/: /)
    expect(view?.timeline.at(-1)?.words.vi).toMatch(/^Đã đồng bộ: .*mất lượt/)
  })

  it('keeps to its own dossier', async () => {
    await putLane(database(), 'U', 'waiting')
    await putLane(database(), 'U2', 'waiting waiting')
    expect((await dossier('U'))?.timeline).toHaveLength(1)
    expect((await dossier('U2'))?.timeline).toHaveLength(2)
  })

  it('knows a dossier that no system wanted, and none that was never heard of', async () => {
    await createAcceptStore(database().database).accept([newMessage('V', 1, { routes: [] })])
    expect(await dossier('V')).toMatchObject({ code: 'V', systems: [], timeline: [{}] })
    expect(await dossier('never')).toBeUndefined()
  })

  it('shows the newest five hundred of a long story, and says that there is more', async () => {
    const store = createAcceptStore(database().database)
    const numbers = Array.from({ length: 500 }, (_, n) => n)
    const messages = numbers.map((n) => newMessage('Z', n, { routes: [] }))
    await store.accept(messages)
    await database().sql(`update hub.message set accepted_at = '2026-03-02' where subject = 'Z'`)
    expect(await dossier('Z')).toMatchObject({ truncated: false })
    const last = newMessage('Z', 500, { routes: [] })
    await store.accept([last])
    const view = await dossier('Z')
    expect(view?.truncated).toBe(true)
    expect(view?.timeline).toHaveLength(500)
    expect(view?.timeline.at(-1)?.message).toBe(last.id)
  })
}

describe('dossier', () => {
  lanes()
  timeline()
})
