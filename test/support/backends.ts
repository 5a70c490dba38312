/** The same tests of the engine on each way a wake-up can travel, and on none. */
import { afterAll, afterEach, beforeAll, describe, expect } from 'vitest'
import { useDatabase } from './database.ts'
import { createWorld, type WakeupKind, type World, type WorldOptions } from './engine.ts'
import { skipsRedis, startRedis, type TestRedis } from './redis.ts'

export interface Bench {
  readonly wakeups: WakeupKind
  /** A world that is closed, and whose store is verified, after the test. */
  world(options: Omit<WorldOptions, 'database' | 'wakeups' | 'redisUrl'>): Promise<World>
  database(): ReturnType<ReturnType<typeof useDatabase>>
  /** Only where the wake-ups travel by Redis. */
  redis(): TestRedis
}

const titles: Readonly<Record<WakeupKind, string>> = {
  postgres: 'wake-ups on PostgreSQL',
  redis: 'wake-ups on Redis (needs redis-server)',
  none: 'no wake-ups, the sweeper alone',
}

export function describeEngine(
  name: string,
  kinds: readonly WakeupKind[],
  body: (bench: Bench) => void,
): void {
  describe(name, () => {
    for (const wakeups of kinds) {
      describe.skipIf(wakeups === 'redis' && skipsRedis)(titles[wakeups], () => {
        const database = useDatabase()
        const worlds: World[] = []
        let redis: TestRedis | undefined
        beforeAll(async () => {
          if (wakeups === 'redis') redis = await startRedis()
        })
        afterAll(() => redis?.close())
        afterEach(async () => {
          const made = worlds.splice(0)
          await Promise.all(made.map((world) => world.close()))
          for (const world of made) {
            // Whatever a test did: what was accepted is there once, in order, and found by somebody.
            expect(await world.faults()).toEqual([])
            expect(world.target.most.ofOneSubject).toBeLessThanOrEqual(1)
          }
        })
        body({
          wakeups,
          database,
          redis() {
            if (!redis) throw new Error('there is no Redis here')
            return redis
          },
          async world(options) {
            const made = await createWorld({
              ...options,
              database: database(),
              wakeups,
              redisUrl: redis?.url,
            })
            worlds.push(made)
            return made
          },
        })
      })
    }
  })
}

export const bothBackends = ['postgres', 'redis'] as const
export const everyWay = ['postgres', 'redis', 'none'] as const
