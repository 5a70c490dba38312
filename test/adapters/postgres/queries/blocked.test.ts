import { beforeAll, describe, expect, it } from 'vitest'
import { countBlocked, listBlocked } from '../../../../src/adapters/postgres/queries/blocked.ts'
import { reseat } from '../../../../src/adapters/postgres/reseat.ts'
import type { BlockedFilter } from '../../../../src/engine/ports/deliveries.ts'
import { useDatabase } from '../../../support/database.ts'
import { putLane, setUnits } from '../material.ts'

const database = useDatabase()
const list = (filter: Omit<BlockedFilter, 'limit'> & { limit?: number } = {}) =>
  listBlocked(database().database, { limit: 100, ...filter })
const subjectsOf = async (filter: Omit<BlockedFilter, 'limit'> = {}) =>
  (await list(filter)).items.map(({ subject, system }) => `${subject} ${system}`)

const lanes: Record<string, string> = {}

beforeAll(async () => {
  const put = async (subject: string, states: string, options: Parameters<typeof putLane>[3]) => {
    const lane = await putLane(database(), subject, states, options)
    await reseat(database().database.run, [{ lane, number: 1 }])
    lanes[`${subject} ${options?.system ?? 'portal'}`] = lane
  }
  await put('A', 'delivered dead waiting waiting', {})
  await put('A', 'held waiting', { system: 'axis' })
  await put('B', 'dead', {})
  // Its policy lets what comes behind pass: nothing is blocked.
  await put('C', 'dead waiting', { policy: 'skip' })
  await put('D', 'delivered waiting', {})
  // The second one that is dead stands in nobody's way yet.
  await put('E', 'dead discarded dead waiting', {})
  await setUnits(
    database(),
    `case subject when 'A' then 'H99.14' when 'B' then 'H99.14.02' else 'H99.15' end`,
  )
  const [problem] = await database().sql<{ id: number }>(
    `insert into hub.problem (system, operation, code, owner)
     values ('portal', 'progress', 'target-rejected', 'lan') returning id`,
  )
  await database().sql('update hub.failure set problem_id = $1 where lane = $2', [
    problem?.id,
    lanes['B portal'],
  ])
})

describe('blocked dossiers', () => {
  it('are those in front of which something waits for a person, accepted longest ago first', async () => {
    const { items, next } = await list()
    expect(items.map(({ subject, system, id, behind }) => [subject, system, id, behind])).toEqual([
      ['A', 'portal', `${lanes['A portal']}.2`, 2],
      ['A', 'axis', `${lanes['A axis']}.1`, 1],
      ['B', 'portal', `${lanes['B portal']}.1`, 0],
      ['E', 'portal', `${lanes['E portal']}.1`, 2],
    ])
    expect(next).toBeNull()
    expect(items[2]).toMatchObject({
      owner: 'lan',
      state: 'dead',
      failure: { delivery: `${lanes['B portal']}.1`, code: 'target-rejected' },
    })
  })

  it('come page by page, each once', async () => {
    for (const limit of [1, 2, 3, 4]) {
      const found: string[] = []
      for (let cursor: string | undefined; ; ) {
        const page = await list({ limit, ...(cursor && { cursor }) })
        expect(page.items.length).toBeLessThanOrEqual(limit)
        found.push(...page.items.map(({ id }) => id))
        if (page.next === null) break
        cursor = page.next
      }
      expect(found).toEqual((await list()).items.map(({ id }) => id))
    }
    await expect(list({ cursor: 'AAAA' })).rejects.toMatchObject({ code: 'request-invalid' })
  })

  it('are found by system, code, agency with all below it in either form, and owner', async () => {
    expect(await subjectsOf({ system: 'axis' })).toEqual(['A axis'])
    expect(await subjectsOf({ code: 'tls-failed' })).toEqual([])
    expect(await subjectsOf({ code: 'target-rejected', system: 'portal' })).toHaveLength(3)
    const agency = ['A portal', 'A axis', 'B portal']
    expect(await subjectsOf({ unit: 'H99.14' })).toEqual(agency)
    expect(await subjectsOf({ unit: '000.00.14.H99' })).toEqual(agency)
    expect(await subjectsOf({ unit: ' h99.14 ' })).toEqual(agency)
    expect(await subjectsOf({ unit: 'H99.1' })).toEqual([])
    await expect(list({ unit: '14' })).rejects.toMatchObject({
      code: 'request-invalid',
      faults: [{ pointer: '/unit' }],
    })
    expect(await subjectsOf({ owner: 'lan' })).toEqual(['B portal'])
  })

  it('beyond the reach are not there', async () => {
    expect(await subjectsOf({ reach: { systems: ['axis'], units: [] } })).toEqual(['A axis'])
    expect(await subjectsOf({ reach: { systems: [], units: ['H99.15'] } })).toEqual(['E portal'])
    expect(await subjectsOf({ unit: 'H99.14', reach: { systems: [], units: ['H99.15'] } })).toEqual(
      [],
    )
  })

  it('are counted once each, whatever number of systems they wait at', async () => {
    const count = (systems: string[], units: string[] = []) =>
      countBlocked(database().database, systems, { systems: [], units })
    expect(await count(['portal', 'axis'])).toBe(3)
    expect(await count(['axis'])).toBe(1)
    expect(await count(['portal', 'axis'], ['H99.15'])).toBe(1)
    expect(await count([])).toBe(0)
    // What blocks nothing does not use the limit up.
    const all = { systems: [], units: [] }
    expect(await countBlocked(database().database, ['portal', 'axis'], all, 4)).toBe(3)
  })
})
