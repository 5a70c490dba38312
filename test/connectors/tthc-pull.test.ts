import { afterEach, describe, expect, it } from 'vitest'
import { createDossierGenerator } from '../../connectors/tthc/simulator/dossier-generator.ts'
import type { DossierRecord } from '../../connectors/tthc/simulator/dossier-store.ts'
import { createTthcSimulator, type TthcSimulator } from '../../connectors/tthc/simulator.ts'
import type { Dossier, IncomingMessage } from '../../src/connector/index.ts'
import { registry } from '../support/dvcqg.ts'
import { pullRequest } from '../support/pull-request.ts'
import { createRig, type Rig } from '../support/tthc.ts'

const steady = new AbortController().signal
const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

async function setUp(dossiers: number, options: Readonly<Record<string, unknown>> = {}) {
  const simulator = await createTthcSimulator({ port: 0 })
  const rig = createRig({ pageSize: 4, ...options }, { address: simulator.address })
  closers.push(
    () => rig.close(),
    () => simulator.stop(),
  )
  const generator = createDossierGenerator(11, { dossiersPerDay: 20 })
  for (let left = dossiers; left > 0; left--)
    for (const message of generator.life().messages.slice(0, 4)) simulator.apply(message)
  return { simulator, rig }
}

interface Run {
  readonly messages: readonly IncomingMessage[]
  readonly cursor: string | undefined
  readonly pages: number
}

/** One run as the engine makes it: overlap on the first page only, cursors never twice. */
async function run(
  rig: Rig,
  from?: string,
  { overlapSeconds = 0, stopAfter = 100 } = {},
): Promise<Run> {
  const messages: IncomingMessage[] = []
  const seen = new Set<string | undefined>([from])
  let cursor = from
  for (let page = 1; ; page++) {
    const request = pullRequest({
      ...{ operation: 'dossiers', cursor, startedFrom: from },
      overlapSeconds: page === 1 ? overlapSeconds : 0,
    })
    const result = await rig.connector.pull?.(request, steady)
    if (!result) throw new Error('no pull')
    messages.push(...result.messages)
    cursor = result.cursor
    if (!result.more || page === stopAfter) return { messages, cursor, pages: page }
    expect(seen, 'a cursor came twice').not.toContain(cursor)
    seen.add(cursor)
  }
}

const codesOf = ({ messages }: Run) => new Set(messages.map((message) => message.subject))
const recordsOf = (simulator: TthcSimulator) =>
  [...simulator.state().values()] as unknown as DossierRecord[]
const newestVersion = (simulator: TthcSimulator, code: string) =>
  recordsOf(simulator).find((record) => record.code === code)?.version

describe('connectors/tthc pull', () => {
  it('reads every dossier with its steps, page by page, as valid messages', async () => {
    const { simulator, rig } = await setUp(10)

    const all = await run(rig)

    expect(all.pages).toBe(3)
    expect(codesOf(all)).toEqual(new Set(simulator.state().keys()))
    for (const message of all.messages) {
      expect(registry.validateMessage(message.type, message.data)).toEqual([])
      expect(registry.subjectOf(message.type, message.data)).toBe(message.subject)
    }
    const steps = all.messages.filter(({ type }) => type === 'vn.tthc.dossier.progressed.v1')
    expect(steps.length).toBeGreaterThan(10)
  })

  it('gives the same ids and bytes for what the overlap brings again, and new ones for changes', async () => {
    const { simulator, rig } = await setUp(6)
    const first = await run(rig)
    const byId = new Map(first.messages.map((message) => [message.eventId, message]))
    const [record] = recordsOf(simulator)
    if (!record) throw new Error('no dossier')
    const dossier = { ...record.dossier, note: 'Đã sửa' } as unknown as Dossier
    simulator.apply({
      source: '/x',
      eventId: 'x',
      type: 'vn.tthc.dossier.upserted.v1',
      subject: record.code,
      time: '2026-02-01T08:00:00+07:00',
      data: { dossier },
    })

    const second = await run(rig, first.cursor, { overlapSeconds: 365 * 86_400 })

    const fresh = second.messages.filter(({ eventId }) => !byId.has(eventId))
    expect(fresh.map(({ eventId }) => eventId)).toEqual([`${record.code}.v${record.version + 1}`])
    for (const message of second.messages)
      expect(byId.get(message.eventId) ?? fresh[0]).toEqual(message)
  })

  it('finds a dossier that was committed late, within the overlap', async () => {
    const { simulator, rig } = await setUp(3)
    const first = await run(rig)
    const [late] = createDossierGenerator(12, { dossiersPerDay: 20 }).life().messages
    if (!late) throw new Error('no message')
    const newest =
      recordsOf(simulator)
        .map(({ updatedAt }) => updatedAt)
        .sort()
        .at(-1) ?? ''
    const updatedAt = new Date(Date.parse(newest) - 20_000).toISOString()
    const { dossier } = late.data as { dossier: Dossier }
    simulator.put({
      code: dossier.code,
      version: 1,
      updatedAt,
      dossier: { ...dossier },
      steps: [],
    })

    const without = await run(rig, first.cursor)
    const with30 = await run(rig, first.cursor, { overlapSeconds: 30 })

    expect(codesOf(without)).not.toContain(dossier.code)
    expect(codesOf(with30)).toContain(dossier.code)
  })

  it('loses nothing when dossiers change while it pages', async () => {
    const { simulator, rig } = await setUp(17)
    simulator.misbehavePaging('shift')

    const all = await run(rig)

    for (const code of simulator.state().keys()) {
      const ids = all.messages
        .filter(({ subject }) => subject === code)
        .map(({ eventId }) => eventId)
      expect(ids, code).toContain(`${code}.v${newestVersion(simulator, code)}`)
    }
  })

  it('puts up with rows that come twice and a page that begins where it should end', async () => {
    const { simulator, rig } = await setUp(9)
    simulator.misbehavePaging('repeat')

    const all = await run(rig)

    expect(codesOf(all)).toEqual(new Set(simulator.state().keys()))
  })

  it('stops at a source that goes round in circles or out of order', async () => {
    const { simulator, rig } = await setUp(9)
    for (const fault of ['loop', 'disorder'] as const) {
      simulator.misbehavePaging(fault)
      await expect(run(rig), fault).rejects.toMatchObject({ outcome: { code: 'answer-invalid' } })
    }
  })

  it('never goes back when runs die half way, and ends where a whole run ends', async () => {
    const { rig } = await setUp(15)
    const whole = await run(rig)
    const highOf = (cursor: string | undefined) => Date.parse(JSON.parse(cursor ?? '{}').high.at)
    let cursor: string | undefined
    let high = 0
    for (let tries = 0; tries < 12; tries++) {
      const died = await run(rig, cursor, { overlapSeconds: 3600, stopAfter: 1 })
      expect(highOf(died.cursor)).toBeGreaterThanOrEqual(high)
      high = highOf(died.cursor)
      cursor = died.cursor
    }
    const last = await run(rig, cursor, { overlapSeconds: 3600 })

    expect(highOf(last.cursor)).toBe(highOf(whole.cursor))
    expect(last.cursor).toBe(whole.cursor)
  })

  it('keeps the newest place while a run reads the overlap behind it', async () => {
    const { rig } = await setUp(9)
    const whole = await run(rig)

    const died = await run(rig, whole.cursor, { overlapSeconds: 365 * 86_400, stopAfter: 1 })

    expect(died.messages.length).toBeGreaterThan(0)
    expect(JSON.parse(died.cursor ?? '{}').high).toEqual(JSON.parse(whole.cursor ?? '{}').high)
  })

  it('makes a page of a dead run and of the next one differ, so that the next is not taken for its first', async () => {
    const { rig } = await setUp(9)
    const died = await run(rig, undefined, { stopAfter: 2 })

    const next = await run(rig, died.cursor, { overlapSeconds: 365 * 86_400 })

    expect(next.pages).toBe(3)
  })

  it('begins at the configured time, and stays where it is when nothing is new', async () => {
    const { simulator, rig } = await setUp(8)
    const times = recordsOf(simulator)
      .map(({ updatedAt }) => updatedAt)
      .sort()
    const half = createRig(
      { pageSize: 4, pullFrom: times[4] ?? '' },
      { address: simulator.address },
    )
    closers.push(() => half.close())

    const all = await run(rig)
    const some = await run(half)
    const none = await run(rig, all.cursor)

    expect(codesOf(some).size).toBe(4)
    expect(none).toEqual({ messages: [], cursor: all.cursor, pages: 1 })
  })

  it('lets a bad dossier through to be refused alone, and refuses a row about another dossier', async () => {
    const { simulator, rig } = await setUp(2)
    const [record] = recordsOf(simulator)
    if (!record) throw new Error('no dossier')
    const { summary: _, ...rest } = record.dossier
    simulator.put({ ...record, version: 9, dossier: rest })

    const all = await run(rig)

    const bad = all.messages.find(({ eventId }) => eventId === `${record.code}.v9`)
    expect(registry.validateMessage(bad?.type ?? '', bad?.data)?.length).toBeGreaterThan(0)
    expect(codesOf(all).size).toBe(2)

    simulator.put({
      ...record,
      version: 10,
      dossier: { ...record.dossier, code: 'H99.14-240101-9999' },
    })
    await expect(run(rig)).rejects.toMatchObject({ outcome: { code: 'answer-invalid' } })
  })

  it('refuses a cursor that is not its own', async () => {
    const { rig } = await setUp(1)
    await expect(run(rig, 'page-7')).rejects.toMatchObject({ outcome: { code: 'mapping-failed' } })
  })
})
