/** What is broken in a chaos run, how, and for how long. Every act says whether it really landed. */
import { setTimeout as pause } from 'node:timers/promises'
import { endProcess } from '../support/hub-process.ts'
import type { Direction, TestProxy } from '../support/proxy.ts'
import { waitUntil } from '../support/wait.ts'
import { emptyWakeupTables, nibbleWakeupTables } from '../support/wakeup-tables.ts'
import { systemIds, type Wound } from './history.ts'
import { blockMs, type HubProcess, type World } from './world.ts'

type Random = () => number
/** Breaks something and heals it again. False: what was to be broken was not there. */
type Act = (world: World, random: Random) => Promise<boolean>

const between = (random: Random, least: number, most: number): number =>
  least + random() * (most - least)

const aHubIsUp = (world: World) =>
  waitUntil('a hub is up', () => world.hubs.some(({ up }) => up), Boolean, 60_000)

async function someHub(world: World, random: Random): Promise<HubProcess> {
  await aHubIsUp(world)
  const up = world.hubs.filter((hub) => hub.up)
  return up[Math.floor(random() * up.length)] as HubProcess
}

/** Ends a hub and starts it again. The next act does not wait for that: hubs may be away together. */
async function restart(
  world: World,
  random: Random,
  { signal, clockMs = 0 }: { signal: 'SIGKILL' | 'SIGTERM'; clockMs?: number },
): Promise<boolean> {
  const hub = await someHub(world, random)
  hub.up = false
  await endProcess(hub.child, signal)
  const { exitCode, signalCode } = hub.child
  await pause(between(random, 50, 400))
  if (signal === 'SIGTERM' && exitCode !== 0)
    world.unexpectedEnds.push(
      `hub ${hub.index}, told to stop, ended with ${signalCode ?? exitCode}`,
    )
  const starting = world.startHub(hub, clockMs)
  // Looked at when the run comes to its end; until then nobody waits for it.
  starting.catch(() => undefined)
  world.restarts.push(starting)
  return signal === 'SIGTERM' || signalCode === 'SIGKILL'
}

/** As an operator does it: one hub after the other, the next when the one before is back. */
async function roll(world: World, random: Random): Promise<boolean> {
  await waitUntil('every hub is up', () => world.hubs.every(({ up }) => up), Boolean, 60_000)
  const landed = await restart(world, random, { signal: 'SIGTERM' })
  await world.restarts.at(-1)
  return landed
}

async function freeze(world: World, random: Random): Promise<boolean> {
  const hub = await someHub(world, random)
  hub.child.kill('SIGSTOP')
  await pause(between(random, 6_000, 9_000))
  return hub.child.kill('SIGCONT')
}

async function block(world: World, random: Random): Promise<boolean> {
  const hub = await someHub(world, random)
  const landed = hub.child.kill('SIGUSR2')
  await pause(blockMs)
  return landed
}

const cutFor =
  (way: keyof World['proxies'], least: number, most: number): Act =>
  async (world, random) => {
    const proxy = world.proxies[way]
    if (!proxy) return false
    const cut = proxy.refuse()
    await pause(between(random, least, most))
    proxy.admit()
    return cut > 0
  }

const directions: readonly Direction[] = ['to-server', 'to-client', 'both']

async function holdOne(proxy: TestProxy, random: Random, ms: number): Promise<boolean> {
  proxy.hold(directions[Math.floor(random() * directions.length)] ?? 'both')
  await pause(ms)
  return proxy.flow() > 0
}

const holdFor =
  (way: keyof World['proxies'], least: number, most: number): Act =>
  async (world, random) => {
    const proxy = world.proxies[way]
    return proxy ? holdOne(proxy, random, between(random, least, most)) : false
  }

async function nibble(bite: () => Promise<number>): Promise<boolean> {
  let gone = 0
  for (let bites = 0; bites < 20; bites++) {
    gone += await bite()
    await pause(100)
  }
  return gone > 0
}

export const acts = {
  'hub-kill': (world, random) => restart(world, random, { signal: 'SIGKILL' }),
  'hub-stop': (world, random) => restart(world, random, { signal: 'SIGTERM' }),
  'hub-roll': roll,
  'hub-freeze': freeze,
  'hub-block': block,
  'hub-clock': (world, random) =>
    restart(world, random, {
      signal: 'SIGKILL',
      clockMs: Math.round((random() < 0.5 ? -1 : 1) * between(random, 60_000, 300_000)),
    }),
  'postgres-kill': async (world) => {
    await world.killPostgres()
    return true
  },
  'postgres-cut': cutFor('postgres', 500, 4_000),
  'postgres-hold': holdFor('postgres', 500, 4_000),
  // Every connection there is stays open, and nothing ever comes over it again; a hub has to find that out.
  'postgres-silence': async ({ proxies }) => {
    const silenced = proxies.postgres.silence()
    await pause(silenceMs)
    return silenced > 0
  },
  'target-cut': cutFor('target', 500, 4_000),
  'target-hold': holdFor('target', 500, 4_000),
  'wakeups-wipe': async ({ wakeups, sql }) => {
    if (wakeups !== 'postgres') return false
    return (await emptyWakeupTables(sql, 'with notes')) > 0
  },
  // One after the other, over a while, and never all of it.
  'wakeups-nibble': async ({ wakeups, sql }) => {
    if (wakeups !== 'postgres') return false
    return nibble(() => nibbleWakeupTables(sql))
  },
  'redis-nibble': async ({ redis }, random) => (redis ? nibble(() => redis.nibble(random)) : false),
  'redis-evict': async ({ redis }) => redis !== undefined && (await redis.evict()) > 0,
  'redis-kill': async ({ redis }) => {
    if (!redis) return false
    redis.forget()
    await redis.kill()
    await redis.start()
    return true
  },
  'redis-wipe': async ({ redis }) => {
    await redis?.flush()
    return redis !== undefined
  },
  'redis-roll-back': async ({ redis }, random) => {
    if (!redis) return false
    await redis.save()
    await pause(between(random, 2_000, 4_000))
    await redis.kill()
    await redis.start()
    return true
  },
  'redis-full': async ({ redis }, random) => {
    if (!redis) return false
    await redis.limit(1)
    await pause(between(random, 2_000, 5_000))
    await redis.limit(0)
    return true
  },
  'redis-freeze': async ({ redis }, random) => {
    redis?.freeze()
    await pause(between(random, 2_000, 7_000))
    redis?.thaw()
    return redis !== undefined
  },
  'postgres-away': cutFor('postgres', 20_000, 60_000),
  'target-away': cutFor('target', 20_000, 60_000),
  'redis-away': async ({ redis }, random) => {
    if (!redis) return false
    await redis.kill()
    await pause(between(random, 20_000, 60_000))
    await redis.start()
    return true
  },
  'redis-cut': cutFor('redis', 500, 6_000),
  'redis-hold': holdFor('redis', 500, 6_000),
} satisfies Record<string, Act>
export type ActName = keyof typeof acts
export const actNames = Object.keys(acts) as ActName[]

/** The acts that mean something where wake-ups travel so. */
export const actsFor = (names: readonly ActName[], wakeups: World['wakeups']): ActName[] =>
  names.filter((name) =>
    wakeups === 'redis' ? !name.startsWith('wakeups-') : !name.startsWith('redis-'),
  )

/** As long as a hub waits for an answer of the store. */
const silenceMs = 17_000

const recoveryPatienceMs = 40_000

/** How long until every system has an effect again. */
async function recovery(world: World, from: number): Promise<number | undefined> {
  const effects = () => world.fromTarget<Record<string, number>>('effects')
  const before = await effects()
  while (Date.now() - from < recoveryPatienceMs) {
    await pause(20)
    const now = await effects()
    if (systemIds.every((system) => (now[system] ?? 0) > (before[system] ?? 0)))
      return Date.now() - from
  }
  return undefined
}

export async function wound(world: World, name: ActName, random: Random): Promise<Wound> {
  const from = Date.now()
  const landed = await acts[name](world, random)
  // With every hub away the outage lasts until one has been started.
  await aHubIsUp(world)
  const to = Date.now()
  return { name, from, to, landed, recoveryMs: await recovery(world, to) }
}
