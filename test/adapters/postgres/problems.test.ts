import { describe, expect, it } from 'vitest'
import { createClaim } from '../../../src/adapters/postgres/claim.ts'
import { createInterveneStore } from '../../../src/adapters/postgres/intervene.ts'
import { createProblemStore } from '../../../src/adapters/postgres/problems.ts'
import { listDeliveries } from '../../../src/adapters/postgres/queries/deliveries.ts'
import { findProblem, listProblems } from '../../../src/adapters/postgres/queries/problems.ts'
import { createSettle } from '../../../src/adapters/postgres/settle.ts'
import { fingerprintLimit } from '../../../src/domain/fingerprint.ts'
import { problemSorts } from '../../../src/engine/ports/problems.ts'
import { useDatabase } from '../../support/database.ts'
import { act, cipher, putLane, settledLane } from './material.ts'

const test = useDatabase()
const database = () => test().database
let systems = 0
const newSystem = (): string => `problem-${++systems}`
const list = async (system: string, more = {}) =>
  (await listProblems(database(), { system, limit: 200, ...more })).items

/** So many lanes fail at once, each with the fingerprint that `of` says. */
async function fail(system: string, count: number, of: (n: number) => string): Promise<string[]> {
  const lanes: string[] = []
  for (let n = 0; n < count; n++)
    lanes.push(await putLane(test(), `${system}-${Math.random()}`, 'waiting', { system }))
  const claim = createClaim(database(), 'one')
  const runs = await claim({ system, lanes: count, runAhead: 1, leaseMs: 60_000 })
  const dead = { state: 'dead', code: 'target-rejected' } as const
  await createSettle(database(), cipher)(
    system,
    runs.map((run, n) =>
      settledLane(
        run,
        { ...dead, cause: { fingerprint: of(n), title: 'mã …', remoteCode: '11' } },
        { head: 1, wakeMs: null },
      ),
    ),
  )
  return lanes
}

const works = async (system: string): Promise<void> => {
  await createProblemStore(database()).succeeded([{ system, operation: 'progress', agoMs: 0 }])
}

describe('problems', () => {
  it('are one for each fingerprint, counted, and read page by page in every order', async () => {
    const system = newSystem()
    await fail(system, 7, (n) => (n < 5 ? 'aa' : 'bb'))
    expect(await list(system, { sort: 'count' })).toMatchObject([
      {
        open: 5,
        dossiers: 5,
        total: 5,
        title: 'mã …',
        remoteCode: '11',
        side: 'data',
        status: 'open',
      },
      { open: 2, dossiers: 2, total: 2 },
    ])
    for (const sort of problemSorts) {
      const first = await listProblems(database(), { system, sort, limit: 1 })
      const cursor = first.next ?? ''
      const second = await listProblems(database(), { system, sort, limit: 1, cursor })
      expect(new Set([...first.items, ...second.items].map(({ id }) => id)).size).toBe(2)
      expect(second.next).toBeNull()
    }
    const [largest] = await list(system, { sort: 'count' })
    const id = largest?.id ?? 0
    expect(await findProblem(database(), id)).toMatchObject({
      trend: { hours: [{ count: 5 }], days: [{ count: 5 }] },
      sample: expect.stringMatching(/^\d+\.1$/),
    })
    const asked = { problem: id, limit: 3 }
    const page = await listDeliveries(database(), asked)
    const rest = await listDeliveries(database(), { ...asked, cursor: page.next ?? '' })
    expect([page.items.length, rest.items.length, rest.next]).toEqual([3, 2, null])
    const [first] = page.items
    const ofDossier = { ...asked, subject: first?.subject ?? '' }
    expect((await listDeliveries(database(), ofDossier)).items).toEqual([first])
    expect((await listDeliveries(database(), { ...ofDossier, problem: id + 1 })).items).toEqual([])
    expect(await list(system, { side: 'network' })).toEqual([])
  })

  it('are bounded: what is beyond the limit is one', async () => {
    const system = newSystem()
    await fail(system, fingerprintLimit - 1, (n) => `f${n}`)
    await fail(system, 4, (n) => `g${n}`)
    await fail(system, 2, (n) => `h${n}`)
    const { next } = await listProblems(database(), { system, limit: 200 })
    const found = await list(system)
    expect(next).not.toBeNull()
    const [others] = await list(system, { sort: 'count' })
    expect([found.length, others?.open, others?.title]).toEqual([fingerprintLimit, 5, ''])
    // What is known stays what it is.
    await fail(system, 1, () => 'f0')
    expect((await list(system, { sort: 'count' }))[1]?.open).toBe(2)
  }, 120_000)

  it('end by themselves when nothing is left and the operation works, and come back', async () => {
    const system = newSystem()
    const store = createProblemStore(database())
    await works(system)
    const [lane] = await fail(system, 1, () => 'aa')
    await store.sweep()
    await works(system)
    await store.sweep()
    expect(await list(system)).toMatchObject([{ status: 'open', open: 1 }])
    const place = { lane: lane ?? '', number: 1 }
    await createInterveneStore(database()).intervene(place, 'discard', act)
    await store.sweep()
    expect(await list(system)).toEqual([])
    const [resolved] = await list(system, { status: 'resolved' })
    expect(resolved).toMatchObject({ status: 'resolved', open: 0 })
    await fail(system, 1, () => 'aa')
    expect(await list(system)).toMatchObject([
      { id: resolved?.id, status: 'open', reopened: 1, total: 2, resolvedAt: null },
    ])
  })

  it('are not over before the operation has worked again', async () => {
    const system = newSystem()
    await works(system)
    const [lane] = await fail(system, 1, () => 'aa')
    await createInterveneStore(database()).intervene(
      { lane: lane ?? '', number: 1 },
      'discard',
      act,
    )
    await createProblemStore(database()).sweep()
    expect(await list(system)).toMatchObject([{ status: 'open', open: 0 }])
  })

  it('keep what people do about them, with an audit row each', async () => {
    const system = newSystem()
    const store = createProblemStore(database())
    await fail(system, 1, () => 'aa')
    const id = (await list(system))[0]?.id ?? 0
    await store.change(id, { action: 'acknowledge' }, act)
    await expect(store.change(id, { action: 'acknowledge' }, act)).rejects.toThrow(/state|trạng/i)
    expect(await list(system)).toMatchObject([{ status: 'acknowledged' }])
    await store.change(id, { action: 'assign', owner: 'lan' }, act)
    await store.change(id, { action: 'note', text: 'đã gọi' }, act)
    await store.change(id, { action: 'mute', until: new Date(Date.now() + 60_000) }, act)
    expect(await list(system, { status: 'muted', owner: 'lan' })).toHaveLength(1)
    await store.change(id, { action: 'unmute' }, act)
    await store.change(id, { action: 'resolve' }, act)
    await expect(store.change(999_999, { action: 'resolve' }, act)).rejects.toMatchObject({
      code: 'not-found',
    })
    const audit = await test().sql(
      `select action from hub.audit where object = $1 and action like 'problem.%' order by id`,
      [String(id)],
    )
    expect(audit.map((row) => row.action)).toEqual(
      ['acknowledge', 'assign', 'note', 'mute', 'unmute', 'resolve'].map(
        (name) => `problem.${name}`,
      ),
    )
    const other = newSystem()
    await fail(other, 1, () => 'aa')
    const found = await findProblem(database(), (await list(other))[0]?.id ?? 0)
    expect(found?.similar.find((one) => one.id === id)?.notes).toMatchObject([
      { author: act.actor, text: 'đã gọi' },
    ])
  })
})
