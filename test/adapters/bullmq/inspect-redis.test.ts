import { describe, expect, it } from 'vitest'
import { inspectRedis } from '../../../src/adapters/bullmq/inspect-redis.ts'
import { skipsRedis, startRedis } from '../../support/redis.ts'

describe('inspect-redis', () => {
  it.skipIf(skipsRedis)('tells version and eviction policy (needs redis-server)', async () => {
    const redis = await startRedis()
    try {
      expect(await inspectRedis(redis.url)).toEqual({
        version: expect.stringMatching(/^\d+\.\d+/),
        maxmemoryPolicy: 'noeviction',
      })
    } finally {
      await redis.close()
    }
  })

  it('fails at once when nobody is there', async () => {
    await expect(inspectRedis('redis://127.0.0.1:1')).rejects.toThrow()
  })
})
