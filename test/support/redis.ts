/** A redis-server of its own for a test file or a benchmark, on a free port. */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { Redis } from 'ioredis'
import { waitUntil } from './wait.ts'

const isInstalled = (program: string): boolean =>
  (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)))

export const redisIsInstalled = isInstalled('redis-server')

/** A machine may lack the program, and its tests are skipped by name; CI must not. */
export const skipsRedis = !redisIsInstalled && process.env.CI !== 'true'

export interface TestRedis {
  readonly url: string
  pid(): number | undefined
  flush(): Promise<void>
  /** Keeps a copy of what it holds; who starts it later finds that. */
  save(): Promise<void>
  /** Throws the copy away. */
  forget(): void
  /** Deletes some of its keys, drawn by lot; says how many. */
  nibble(random: () => number): Promise<number>
  /** As a server set up for a cache does when it is full: throws some keys away; says how many. */
  evict(): Promise<number>
  /** Refuses to hold more than so many bytes; 0 is no limit. */
  limit(bytes: number): Promise<void>
  /** The same port, with what was saved. */
  start(): Promise<void>
  /** Cuts every connection at once. */
  kill(): Promise<void>
  /** As if the machine stood still: connections stay, nothing is answered. */
  freeze(): void
  thaw(): void
  close(): Promise<void>
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

async function answers(port: number): Promise<boolean> {
  const client = new Redis(port, '127.0.0.1', {
    lazyConnect: true,
    retryStrategy: () => null,
    maxRetriesPerRequest: 0,
  })
  client.on('error', () => undefined)
  try {
    await client.connect()
    return (await client.ping()) === 'PONG'
  } catch {
    return false
  } finally {
    client.disconnect()
  }
}

/** Keeps nothing on disk, unless told to as a province's would: a log of every command. */
export async function startRedis(disk: 'nothing' | 'log' = 'nothing'): Promise<TestRedis> {
  const port = await freePort()
  const folder = mkdtempSync(join(tmpdir(), 'hub-redis-'))
  let child: ChildProcess | undefined
  const start = async (): Promise<void> => {
    const log = disk === 'log' ? 'yes' : 'no'
    const plain = ['--save', '', '--appendonly', log, '--maxmemory-policy', 'noeviction']
    const where = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder]
    const started = spawn('redis-server', [...where, ...plain], { stdio: 'ignore' })
    let failure: Error | undefined
    started.once('error', (error) => {
      failure = error
    })
    child = started
    await waitUntil('redis-server answers', async () => {
      if (failure) throw failure
      return answers(port)
    })
  }
  const kill = async (): Promise<void> => {
    const dying = child
    child = undefined
    if (!dying || dying.exitCode !== null || dying.signalCode !== null) return
    const gone = new Promise((resolve) => dying.once('exit', resolve))
    dying.kill('SIGCONT')
    dying.kill('SIGKILL')
    await gone
  }
  const command = async <T>(work: (client: Redis) => Promise<T>): Promise<T> => {
    const client = new Redis(port, '127.0.0.1')
    try {
      return await work(client)
    } finally {
      client.disconnect()
    }
  }
  await start()
  return {
    url: `redis://127.0.0.1:${port}`,
    pid: () => child?.pid,
    flush: () => command(async (client) => void (await client.flushall())),
    save: () => command(async (client) => void (await client.save())),
    forget: () => rmSync(join(folder, 'dump.rdb'), { force: true }),
    nibble: (random) =>
      command(async (client) => {
        const keys = await client.keys('*')
        const chosen = keys.filter(() => random() < 0.3)
        return chosen.length === 0 ? 0 : client.del(...chosen)
      }),
    evict: () =>
      command(async (client) => {
        const used = Number(/used_memory:(\d+)/.exec(await client.info('memory'))?.[1])
        const before = await client.dbsize()
        try {
          await client.config('SET', 'maxmemory-policy', 'allkeys-lru')
          await client.config('SET', 'maxmemory', String(used - 20_000))
          // Memory is looked at when something is asked for.
          await client.set('something', 'more').catch(() => undefined)
          return before + 1 - (await client.dbsize())
        } finally {
          await client.config('SET', 'maxmemory', '0')
          await client.config('SET', 'maxmemory-policy', 'noeviction')
        }
      }),
    limit: (bytes) =>
      command(async (client) => void (await client.config('SET', 'maxmemory', String(bytes)))),
    start,
    kill,
    freeze: () => void child?.kill('SIGSTOP'),
    thaw: () => void child?.kill('SIGCONT'),
    async close() {
      await kill()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
