import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { createOneStop, type Load, makeLoad, type OneStop } from '../support/one-stop.ts'
import { openProvince, type Province } from '../support/province.ts'
import { skipsRedis, startRedis, type TestRedis } from '../support/redis.ts'
import { waitUntil } from '../support/wait.ts'
import { emptyWakeupTables } from '../support/wakeup-tables.ts'

const slow = { mode: 'slow', ms: 20 } as const

let province: Province
let redis: TestRedis | undefined

afterEach(async () => {
  await province.close()
  await redis?.close()
  redis = undefined
})

/** How long until the portal takes something that was sent only now. */
async function movesAgainMs(oneStop: OneStop, load: Load, from: number): Promise<number> {
  await waitUntil('what is under way ends', province.open, (open) => open === 0, 20_000)
  const before = province.portal.applied()
  const since = performance.now()
  await oneStop.send(load.messages.slice(from, from + 15))
  await waitUntil('it moves again', province.portal.applied, (now) => now > before, 15_000)
  return performance.now() - since
}

async function runWith(wound: () => Promise<void>, seed: number): Promise<void> {
  await Promise.all([province.start('api'), province.start('worker')])
  province.portal.misbehave(slow)
  const load = makeLoad(40, seed)
  const oneStop = createOneStop(province)
  const kept = 30
  const first = load.messages.length - kept
  const sending = oneStop.send(load.messages.slice(0, first))
  await waitUntil('half is there', province.portal.applied, (seen) => seen >= first / 3)
  await wound()
  await sending
  expect(await movesAgainMs(oneStop, load, first)).toBeLessThan(10_000)
  await wound()
  expect(await movesAgainMs(oneStop, load, first + 15)).toBeLessThan(10_000)
  await province.judge(load.byDossier)
}

describe('lost-stores', () => {
  it('moves again when the tables of wake-ups are emptied', async () => {
    province = await openProvince()
    const sql = province.database?.sql
    await runWith(async () => {
      expect(sql && (await emptyWakeupTables(sql, 'with notes'))).toBeGreaterThan(0)
    }, 201)
  }, 90_000)

  it.skipIf(skipsRedis)(
    'moves again when Redis is flushed, and when it is killed and comes back empty',
    async () => {
      const own = await startRedis()
      redis = own
      province = await openProvince({ redisUrl: own.url })
      let wounds = 0
      await runWith(async () => {
        if (wounds++ === 0) return own.flush()
        await own.kill()
        await own.start()
      }, 202)
      expect(wounds).toBe(2)
    },
    90_000,
  )

  it('answers 503 while PostgreSQL is away, and goes on by itself', async () => {
    province = await openProvince({ embedded: true })
    await province.start('all')
    province.portal.misbehave(slow)
    const load = makeLoad(50, 203)
    const oneStop = createOneStop(province)
    const sending = oneStop.send(load.messages)
    await waitUntil(
      'a third is taken',
      () => oneStop.said.size,
      (n) => n > load.messages.length / 3,
    )
    const pidFile = join(province.folder, 'postgres', 'cluster', 'postmaster.pid')
    const pid = Number(readFileSync(pidFile, 'utf8').split('\n')[0])
    const taken = oneStop.said.size
    process.kill(pid, 'SIGKILL')
    const killedAt = performance.now()
    await waitUntil('it refuses', () => oneStop.refusals.length, Boolean)
    await waitUntil(
      'it takes again',
      () => oneStop.said.size,
      (now) => now > taken + 30,
      20_000,
    )
    expect(performance.now() - killedAt).toBeLessThan(15_000)
    await sending
    for (const refusal of oneStop.refusals) {
      expect(refusal.status).toBe(503)
      expect(refusal.contentType).toContain('application/problem+json')
      expect(Number(refusal.retryAfter)).toBeGreaterThan(0)
    }
    await province.judge(load.byDossier)
  }, 90_000)
})
