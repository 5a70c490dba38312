import { describe, expect, it } from 'vitest'
import { search } from '../../../../src/adapters/postgres/queries/search.ts'
import type { Reach } from '../../../../src/domain/unit.ts'
import { useDatabase } from '../../../support/database.ts'
import { putLane } from '../material.ts'

const database = useDatabase()
const ids = async (text: string, reach?: Reach) =>
  (await search(database().database, text, reach)).map(({ kind, id }) => `${kind} ${id}`)

describe('search', () => {
  it('finds a dossier by how its code begins, once however many systems it goes to', async () => {
    const lane = await putLane(database(), 'H99.14-261122-0001', 'waiting')
    await putLane(database(), 'H99.14-261122-0001', 'waiting', { system: 'axis' })
    await putLane(database(), 'H99.14-261123-0002', 'dead')
    expect(await ids('H99.14-26112')).toEqual([
      'dossier H99.14-261122-0001',
      'dossier H99.14-261123-0002',
    ])
    expect(await ids(' H99.14-261123-0002 ')).toEqual(['dossier H99.14-261123-0002'])
    expect(await ids('h99')).toEqual([])
    expect(await ids('%')).toEqual([])
    expect(await ids('')).toEqual([])
    expect(await ids(`${lane}.1`)).toEqual([`delivery ${lane}.1`])
    expect(await ids(`${lane}.9`)).toEqual([])
  })

  it('finds a message by its id, and nothing beyond the reach', async () => {
    await putLane(database(), 'H99.15-261122-0001', 'waiting')
    const [row] = await database().sql<{ id: string }>(
      `select id from hub.message where subject = 'H99.15-261122-0001'`,
    )
    const id = row?.id ?? ''
    expect(await ids(id.toUpperCase())).toEqual([`message ${id}`])
    const elsewhere = { systems: ['axis'], units: [] }
    expect(await ids(id, elsewhere)).toEqual([])
    expect(await ids('H99.15-26', elsewhere)).toEqual([])
    expect(await ids('H99.15-26', { systems: [], units: ['H99.14'] })).toEqual([])
  })
})
