import { beforeAll, describe, expect, it } from 'vitest'
import { createClaim } from '../../../src/adapters/postgres/claim.ts'
import { createKeepLate } from '../../../src/adapters/postgres/keep-late.ts'
import { createSettle } from '../../../src/adapters/postgres/settle.ts'
import type { ClaimedLane, DrainStore, LateSend } from '../../../src/engine/ports/lanes.ts'
import { useDatabase } from '../../support/database.ts'
import { cipher, putLane, settledLane } from './material.ts'

const attempt = {
  kind: 'send',
  number: 1,
  startedAt: new Date('2026-03-02T01:00:00.123Z'),
  durationMs: 8_777,
  outcome: 'delivered',
  code: 'sent-late',
  detail: undefined,
  faults: [],
  evidence: { httpStatus: 200 },
} as const

describe('keep-late', () => {
  const database = useDatabase()
  let keepLate: DrainStore['keepLate']
  beforeAll(() => {
    keepLate = createKeepLate(database().database, cipher)
  })
  let systems = 0

  /** A lane with one claimed delivery, and what to do next with it. */
  async function claimed() {
    systems += 1
    const system = `system-${systems}`
    const lane = await putLane(database(), `A-${system}`, 'waiting', { system })
    const claim = createClaim(database().database, 'one')
    const take = async (): Promise<ClaimedLane> => {
      const [found] = await claim({ system, lanes: 1, runAhead: 8, leaseMs: 60_000 })
      if (!found) throw new Error('nothing to claim')
      return found
    }
    const run = await take()
    const message = run.deliveries[0]?.attributes.id ?? ''
    const sends: LateSend[] = [{ number: 1, message, attempt }]
    const expire = () =>
      database().sql('update hub.lane set lease_until = now() where id = $1', [lane])
    const attempts = () =>
      database().sql(
        'select number, sealed_number, try, outcome, code, key_id, evidence from hub.attempt where lane = $1',
        [lane],
      )
    return { system, lane, run, sends, take, expire, attempts }
  }

  it('keeps once, of a lane that another has taken, what was sent, and changes nothing else', async () => {
    const { lane, run, sends, take, expire, attempts } = await claimed()
    await expire()
    await take()
    const rest = () =>
      database().sql(
        'select l.*, d.* from hub.lane l join hub.delivery d on d.lane = l.id where l.id = $1',
        [lane],
      )
    const before = await rest()
    expect(await keepLate(run, sends)).toEqual([1])
    expect(await keepLate(run, sends)).toEqual([])
    expect(await rest()).toEqual(before)
    const [row, ...more] = await attempts()
    expect(more).toEqual([])
    expect(row).toMatchObject({ number: 1, try: 1, outcome: 'delivered', code: 'sent-late' })
    const { key_id: key, evidence } = row as { key_id: number; evidence: Buffer }
    const plain = cipher.decrypt(key, evidence, `attempt:${lane}.1`)
    expect(JSON.parse(Buffer.from(plain).toString())).toEqual({ httpStatus: 200 })
  })

  it('keeps nothing while nobody else has taken the lane', async () => {
    const { run, sends, expire, attempts } = await claimed()
    await expire()
    expect(await keepLate(run, sends)).toEqual([])
    expect(await attempts()).toEqual([])
  })

  it('keeps nothing of what had been settled, though nobody heard of it', async () => {
    const { system, run, sends, take, attempts } = await claimed()
    const settle = createSettle(database().database, cipher)
    const again = { state: 'waiting', attempt: { ...attempt, code: undefined } } as const
    await settle(system, [settledLane(run, again, { head: 1 })])
    await take()
    expect(await keepLate(run, sends)).toEqual([])
    expect(await attempts()).toMatchObject([{ code: null }])
  })

  it('follows its message to where a correction has moved it', async () => {
    const { lane, run, sends, take, expire, attempts } = await claimed()
    await expire()
    await take()
    await database().sql('update hub.delivery set number = 7 where lane = $1', [lane])
    expect(await keepLate(run, sends)).toEqual([1])
    expect(await attempts()).toMatchObject([{ number: 7, sealed_number: 1 }])
  })
})
