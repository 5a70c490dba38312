import { describe, expect, it } from 'vitest'
import { createClaim } from '../../../src/adapters/postgres/claim.ts'
import { createRenew } from '../../../src/adapters/postgres/renew.ts'
import { createSettle } from '../../../src/adapters/postgres/settle.ts'
import { useDatabase } from '../../support/database.ts'
import { cipher, putLane, settledLane } from './material.ts'

const database = useDatabase()

describe('renew', () => {
  it('prolongs what is still ours, and names what is not', async () => {
    const { database: store, sql } = database()
    for (const subject of ['A', 'B', 'C']) await putLane(database(), subject, 'waiting')
    const claim = createClaim(store, 'one')
    const lanes = await claim({ system: 'portal', lanes: 4, runAhead: 1, leaseMs: 1_000 })
    const [ours, taken, given] = lanes
    if (!ours || !taken || !given) throw new Error('three were to be claimed')
    await sql('update hub.lane set lease_until = now() where id = $1', [taken.lane])
    await createClaim(store, 'two')({ system: 'portal', lanes: 1, runAhead: 1, leaseMs: 1_000 })
    await createSettle(store, cipher)('portal', [settledLane(given)])
    const fences = [given, ours, taken].map(({ lane, fence }) => ({ lane, fence }))
    const lost = await createRenew(store)(fences, 3_600_000)
    expect(lost.toSorted()).toEqual([taken.lane, given.lane].toSorted())
    const rows = await sql<{ id: string; owner: string | null; long: boolean }>(
      `select id, owner, coalesce(lease_until > now() + interval '30 minutes', false) as long
       from hub.lane order by id`,
    )
    expect(rows).toEqual(
      [
        { id: ours.lane, owner: 'one', long: true },
        { id: taken.lane, owner: 'two', long: false },
        { id: given.lane, owner: null, long: false },
      ].toSorted((a, b) => Number(a.id) - Number(b.id)),
    )
  })

  it('has nothing to do for no lanes', async () => {
    expect(await createRenew(database().database)([], 1_000)).toEqual([])
  })
})
