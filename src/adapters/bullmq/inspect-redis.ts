import { Redis } from 'ioredis'

export interface RedisInspection {
  readonly version: string
  /** Empty when the server does not say. */
  readonly maxmemoryPolicy: string
}

/** What `hub doctor` asks Redis. Throws when it does not answer within a few seconds. */
export async function inspectRedis(url: string): Promise<RedisInspection> {
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: 3_000,
    commandTimeout: 3_000,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  })
  // What is wrong is told by the command that fails.
  redis.on('error', () => undefined)
  try {
    await redis.connect()
    const info = await redis.info()
    const field = (name: string) => new RegExp(`^${name}:(.*)$`, 'm').exec(info)?.[1]?.trim() ?? ''
    return { version: field('redis_version'), maxmemoryPolicy: field('maxmemory_policy') }
  } finally {
    redis.disconnect()
  }
}
