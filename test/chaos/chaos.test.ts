import { describe, expect, it } from 'vitest'
import { skipsRedis } from '../support/redis.ts'
import { runChaos } from './run.ts'
import { scenarios } from './scenarios.ts'

/** The short form of `npm run chaos`: every act once or so. */
async function breakEverything(wakeups: 'postgres' | 'redis', seed: number): Promise<void> {
  const scenario = scenarios.find(({ name }) => name === 'all')
  if (!scenario) throw new Error('there is no scenario "all"')
  const { verdicts, accepted, stories } = await runChaos({
    scenario,
    wakeups,
    seed,
    seconds: 170,
    times: 1,
    perSecond: 60,
    hubs: 2,
    progress: () => undefined,
  })
  expect(accepted).toBeGreaterThan(1_000)
  const found = { wrong: verdicts.filter(({ ok }) => !ok), stories }
  // A second try may pass, and would hide what the first one found.
  if (found.wrong.length > 0)
    process.stderr.write(`${JSON.stringify({ seed, ...found }, null, 2)}\n`)
  expect(found).toEqual({ wrong: [], stories: [] })
}

describe('chaos', () => {
  it('loses nothing when all of it is broken in turn, wake-ups on PostgreSQL', async () => {
    await breakEverything('postgres', 31)
  }, 300_000)

  it.skipIf(skipsRedis)(
    'loses nothing when all of it is broken in turn, wake-ups on Redis (needs redis-server)',
    () => breakEverything('redis', 32),
    300_000,
  )
})
