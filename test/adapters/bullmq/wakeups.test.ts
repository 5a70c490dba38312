import { setTimeout as pause } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type BullWakeups, createWakeups } from '../../../src/adapters/bullmq/wakeups.ts'
import { useDatabase } from '../../support/database.ts'
import { clock } from '../../support/engine.ts'
import { startProxy, type TestProxy } from '../../support/proxy.ts'
import { keepingLogger } from '../../support/quiet-logger.ts'
import { skipsRedis, startRedis, type TestRedis } from '../../support/redis.ts'
import { waitUntil } from '../../support/wait.ts'
import { emptyWakeupTables } from '../../support/wakeup-tables.ts'

interface Backend {
  readonly direct: { readonly kind: 'postgres' | 'redis'; readonly url: string }
  /** The same, through a proxy that the test can make silent. */
  readonly proxied: { readonly kind: 'postgres' | 'redis'; readonly url: string }
  readonly proxy: TestProxy
  /** What a connection that waits for jobs has said. */
  readonly waits: RegExp
  wipe(): Promise<void>
  /** The data of every job it holds, as JSON. */
  jobs(): Promise<readonly string[]>
}

interface Listening {
  readonly wakeups: BullWakeups
  readonly woken: string[]
  readonly lines: ReturnType<typeof keepingLogger>['lines']
}

/** What is left of each would be one more connection of the server's for every line that is built anew. */
function leakTest(backend: () => Backend): void {
  it('leaves no connection behind, however soon it is closed', async () => {
    const { proxied, proxy } = backend()
    const { log } = keepingLogger()
    for (let ms = 0; ms < 120; ms += 10) {
      const onWake = (): void => undefined
      const wakeups = await createWakeups({ backend: proxied, clock, log, spacingMs: 5, onWake })
      await pause(ms)
      await wakeups.close()
    }
    await waitUntil('all are gone', proxy.open, (left) => left === 0)
  })
}

function wakeupTests(backend: () => Backend): void {
  leakTest(backend)
  const opened: BullWakeups[] = []
  afterEach(async () => {
    backend().proxy.admit()
    await Promise.all(opened.splice(0).map((one) => one.close()))
  })
  async function open(
    through: 'direct' | 'proxied' | 'sending only',
    change: { spacingMs?: number; quietMs?: number; patienceMs?: number } = {},
  ): Promise<Listening> {
    const woken: string[] = []
    const { log, lines } = keepingLogger()
    const wakeups = await createWakeups({
      backend: through === 'proxied' ? backend().proxied : backend().direct,
      clock,
      log,
      spacingMs: 5,
      ...change,
      ...(through !== 'sending only' && { onWake: (system) => woken.push(system) }),
    })
    opened.push(wakeups)
    return { wakeups, woken, lines }
  }
  /** Wakes until one arrives: a wake-up may be lost, the next one must not be. */
  const arrives = (sender: Listening, listener: Listening, timeoutMs = 15_000) => {
    const before = listener.woken.length
    return waitUntil(
      'a wake-up arrives',
      () => {
        sender.wakeups.wake('portal')
        return listener.woken.length > before
      },
      Boolean,
      timeoutMs,
    )
  }

  it('wakes another process, by the name of the system', async () => {
    const listener = await open('direct')
    const sender = await open('sending only')
    sender.wakeups.wake('portal')
    sender.wakeups.wake('axis')
    await waitUntil('both have arrived', () => listener.woken.length === 2)
    expect(listener.woken.toSorted()).toEqual(['axis', 'portal'])
  })

  it('carries the name of a system and nothing else', async () => {
    // What the test before had no time to do away with.
    await backend().wipe()
    const sender = await open('sending only')
    sender.wakeups.wake('portal')
    await waitUntil('a job is there', async () => (await backend().jobs()).length > 0)
    for (const data of await backend().jobs())
      expect(JSON.parse(data)).toEqual({ system: 'portal' })
    await backend().wipe()
  })

  it('sends the first at once, and those that keep coming further and further apart', async () => {
    const listener = await open('direct')
    const sender = await open('sending only', { spacingMs: 150 })
    const from = performance.now()
    sender.wakeups.wake('portal')
    await waitUntil('the first has arrived', () => listener.woken.length >= 1)
    while (performance.now() - from < 600) {
      sender.wakeups.wake('portal')
      await new Promise((resolve) => setImmediate(resolve))
    }
    await waitUntil('the last has arrived', () => listener.woken.length >= 5)
    // At 0, 9, 28, 65, 140, 290, 440 and 590 ms at the earliest.
    expect(listener.woken.length).toBeLessThanOrEqual(8)
  })

  it('loses no wake-up that comes while one is being sent', async () => {
    const listener = await open('direct')
    const sender = await open('sending only', { spacingMs: 20 })
    sender.wakeups.wake('portal')
    await waitUntil('the first has arrived', () => listener.woken.length >= 1)
    sender.wakeups.wake('portal')
    sender.wakeups.wake('portal')
    await waitUntil('another has arrived', () => listener.woken.length >= 2)
  })

  it('goes on after the queue was wiped', async () => {
    const listener = await open('direct')
    const sender = await open('sending only')
    await arrives(sender, listener)
    await backend().wipe()
    await arrives(sender, listener)
  })

  it('never throws and never waits while the backend is away, and comes back with it', async () => {
    const listener = await open('proxied')
    const sender = await open('proxied')
    await arrives(sender, listener)
    backend().proxy.refuse()
    const from = performance.now()
    for (let n = 0; n < 50; n++) sender.wakeups.wake(`system-${n}`)
    expect(performance.now() - from).toBeLessThan(50)
    await waitUntil('it is told of', () =>
      sender.lines.some((line) => line.event === 'wakeup.failed'),
    )
    backend().proxy.admit()
    await arrives(sender, listener)
  })

  it('comes to life when its backend does, however late', async () => {
    if (backend().direct.kind === 'postgres') return expect(open('direct')).resolves.toBeDefined()
    backend().proxy.refuse()
    const both = await open('proxied')
    both.wakeups.wake('portal')
    await waitUntil('it is told of', () => both.lines.length > 0)
    backend().proxy.admit()
    await arrives(both, both)
  })

  it('ends in good time when the backend is away', async () => {
    const listener = await open('proxied')
    await arrives(listener, listener)
    backend().proxy.refuse()
    const from = performance.now()
    await listener.wakeups.close()
    expect(performance.now() - from).toBeLessThan(5_000)
  })

  it('ends in good time when the backend no longer says a word', async () => {
    const listener = await open('proxied')
    await arrives(listener, listener)
    backend().proxy.silence()
    const from = performance.now()
    await listener.wakeups.close()
    expect(performance.now() - from).toBeLessThan(5_000)
  })

  it('rebuilds a worker that waits on a connection that went silent', async () => {
    const listener = await open('proxied', { quietMs: 300, patienceMs: 700 })
    const sender = await open('sending only')
    await arrives(sender, listener)
    await waitUntil(
      'the connection that waits is silent',
      () => backend().proxy.silence(backend().waits) > 0,
    )
    await waitUntil('it is rebuilt', () => listener.wakeups.rebuilt() === 1)
    expect(listener.lines.map((line) => line.event)).toContain('wakeup.rebuilt')
    await arrives(sender, listener)
  })

  it('rebuilds all of it when not even its own connection answers', async () => {
    const listener = await open('proxied', { quietMs: 300, patienceMs: 700 })
    const sender = await open('sending only')
    await arrives(sender, listener)
    backend().proxy.silence()
    await waitUntil('it is rebuilt', () => listener.wakeups.rebuilt() >= 1)
    await arrives(sender, listener)
    await arrives(listener, listener)
  })

  it('does not stand still when the backend goes away at its very first word', async () => {
    for (let round = 0; round < 6; round++) {
      const opening = open('proxied')
      await waitUntil('it has begun to speak', () => backend().proxy.silence(/^$/) >= 0)
      backend().proxy.cut()
      await opening.catch(() => undefined)
      backend().proxy.cut()
    }
    let turns = 0
    const turning = setInterval(() => {
      turns += 1
    }, 5)
    await waitUntil('the event loop turns', () => turns > 20)
    clearInterval(turning)
  })

  it('leaves a worker alone that hears its canary', async () => {
    await backend().wipe()
    const listener = await open('direct', { quietMs: 100, patienceMs: 8_000 })
    let heard = 0
    let quiet = listener.wakeups.quietForMs()
    await waitUntil('three canaries have come home', () => {
      const now = listener.wakeups.quietForMs()
      if (now < quiet) heard += 1
      quiet = now
      return heard === 3
    })
    expect(listener.wakeups.rebuilt()).toBe(0)
    expect(listener.woken).toEqual([])
  })
}

describe('wakeups on PostgreSQL', () => {
  const database = useDatabase()
  let proxy: TestProxy
  beforeAll(async () => {
    proxy = await startProxy(Number(new URL(database().url).port), 'listens')
  })
  afterAll(() => proxy.close())
  wakeupTests(() => {
    const { url } = database()
    const through = new URL(url)
    through.port = String(proxy.port)
    return {
      direct: { kind: 'postgres', url },
      proxied: { kind: 'postgres', url: through.href },
      proxy,
      waits: /listen/i,
      wipe: async () => {
        // It may collide with a worker at work; then one of the two gives way.
        await waitUntil('it is wiped', () =>
          emptyWakeupTables(database().sql, 'without notes').then(
            () => true,
            () => false,
          ),
        )
      },
      async jobs() {
        const [table] = await database().sql<{ name: string }>(
          `select format('%I.%I', table_schema, table_name) as name from information_schema.columns
           where table_schema = 'hub_wakeups' and column_name = 'data'`,
        )
        if (!table) throw new Error('no table of the queue has data')
        const rows = await database().sql<{ data: string }>(
          `select data::text as data from ${table.name} where data is not null`,
        )
        return rows.map(({ data }) => data)
      },
    }
  })
})

describe('wakeups on PostgreSQL, its tables', () => {
  const database = useDatabase()
  const woken: string[] = []
  const open = (change: { quietMs?: number; patienceMs?: number } = {}): Promise<BullWakeups> => {
    woken.length = 0
    return createWakeups({
      backend: { kind: 'postgres', url: database().url },
      clock,
      log: keepingLogger().log,
      spacingMs: 5,
      ...change,
      onWake: (system) => woken.push(system),
    })
  }
  const wakesItself = async (): Promise<void> => {
    const wakeups = await open()
    wakeups.wake('portal')
    await waitUntil('it arrives', () => woken.length > 0)
    await wakeups.close()
  }

  it('are made anew where somebody has emptied them all, the notes about them too', async () => {
    await wakesItself()
    await emptyWakeupTables(database().sql, 'with notes')
    await wakesItself()
  })

  it('are made anew while it runs, where somebody has dropped them', async () => {
    const wakeups = await open({ quietMs: 500, patienceMs: 1_000 })
    await database().sql('drop schema hub_wakeups cascade')
    await waitUntil(
      'one arrives',
      () => {
        wakeups.wake('portal')
        return woken.length > 0
      },
      Boolean,
      20_000,
    )
    expect(wakeups.rebuilt()).toBeGreaterThan(0)
    await wakeups.close()
  })
})

describe.skipIf(skipsRedis)('wakeups on Redis (needs redis-server)', () => {
  let redis: TestRedis
  let proxy: TestProxy
  beforeAll(async () => {
    redis = await startRedis()
    proxy = await startProxy(Number(new URL(redis.url).port), 'listens')
  })
  afterAll(async () => {
    await proxy.close()
    await redis.close()
  })
  wakeupTests(() => ({
    direct: { kind: 'redis', url: redis.url },
    proxied: { kind: 'redis', url: `redis://127.0.0.1:${proxy.port}` },
    proxy,
    waits: /bzpopmin/i,
    wipe: () => redis.flush(),
    async jobs() {
      const client = new Redis(redis.url)
      const keys = await client.keys('{hub}:hub-wakeups:*')
      const hashes = await Promise.all(
        keys.map(async (key) =>
          (await client.type(key)) === 'hash' ? client.hget(key, 'data') : null,
        ),
      )
      client.disconnect()
      return hashes.filter((data) => data !== null)
    },
  }))
})
