/**
 * Where a chaos run takes place: PostgreSQL, Redis, targets and two hubs or more, as processes of their
 * own, with a fault proxy on every way between them.
 */
import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { startEmbedded } from '../../src/adapters/postgres/embedded/start.ts'
import { createLogger } from '../../src/adapters/system/logger.ts'
import { openHub } from '../../src/app/compose/open-hub.ts'
import { completeHub, completeJob, completeSystem } from '../../src/app/config/defaults.ts'
import type { Hub } from '../../src/app/hub.ts'
import { readSettings } from '../../src/app/settings.ts'
import type { Configuration } from '../../src/domain/configuration.ts'
import { forkScript, nextMessage } from '../support/fork-script.ts'
import { endProcess, forkHub, hubAddress } from '../support/hub-process.ts'
import { startProxy, type TestProxy } from '../support/proxy.ts'
import { freePort, startRedis, type TestRedis } from '../support/redis.ts'
import { waitUntil } from '../support/wait.ts'
import {
  type ClientId,
  clientIds,
  clients,
  honoursKeys,
  type SystemId,
  systemIds,
  systems,
} from './history.ts'
import type { Weather } from './weather.ts'

export interface HubProcess {
  readonly index: number
  readonly address: string
  child: ChildProcess
  /** False between its end and the moment it is ready again. */
  up: boolean
}

export interface World {
  readonly wakeups: 'postgres' | 'redis'
  readonly hubs: readonly HubProcess[]
  /** Starts under way; what they threw is seen when a run comes to its end. */
  readonly restarts: Promise<void>[]
  /** Hub processes that ended though nobody had ended them, and orderly ends that were none. */
  readonly unexpectedEnds: string[]
  /** Of clients, and of an administrator. */
  readonly keys: Readonly<Record<ClientId | 'person', string>>
  readonly target: string
  readonly targetLog: string
  readonly redis: TestRedis | undefined
  readonly proxies: {
    readonly postgres: TestProxy
    readonly redis: TestProxy | undefined
    readonly target: TestProxy
  }
  /** Resolves when it is ready. Its clock may be off. */
  startHub(hub: HubProcess, clockMs?: number): Promise<void>
  /** kill -9 of the server; resolves when it has been started again and answers. */
  killPostgres(): Promise<void>
  weather(system: SystemId, weather: Weather): Promise<void>
  fromTarget<T>(path: string): Promise<T>
  sql<Row extends pg.QueryResultRow>(text: string): Promise<Row[]>
  onHub<T>(work: (hub: Hub) => Promise<T>): Promise<T>
  close(): Promise<void>
}

export interface WorldOptions {
  readonly seed: number
  readonly hubs: number
  readonly wakeups: World['wakeups']
}

const silent = createLogger({ level: 'silent', format: 'json' })
const startsAtMost = 30
const startsWithinMs = 60_000
const types = ['vn.chaos.opened.v1', 'vn.chaos.moved.v1', 'vn.chaos.closed.v1']
const both = (text: string) => ({ vi: text, en: text })
const extension = fileURLToPath(new URL('extension', import.meta.url))
const preload = fileURLToPath(new URL('hub-preload.cjs', import.meta.url))
/** Longer than a lease. */
export const blockMs = 7_000

/** Everything short: minutes show what takes hours in a province. */
function configurationFor(target: string): Configuration {
  return {
    hub: completeHub({ province: 'H99', publicUrl: 'http://127.0.0.1' }),
    systems: systemIds.map((id) =>
      completeSystem({
        id,
        connector: systems[id],
        title: both(`Hệ thống thử ${id}`),
        options: { address: target },
        concurrency: 32,
        timeoutMs: 1_500,
        settleMs: 2_500,
        retry: { stepsSeconds: [0.3, 0.6, 1, 2], giveUpAfterHours: 1 },
        circuit: { probeEveryMs: 500, rampMs: 500 },
      }),
    ),
    jobs: systemIds.map((id) =>
      completeJob({
        kind: 'push',
        id: `to-${id}`,
        title: both(`Tới ${id}`),
        types,
        sources: clientIds
          .filter((client) => (clients[client] as readonly SystemId[]).includes(id))
          .map((client) => `/chaos/${client}`),
        to: id,
      }),
    ),
    codes: {},
  }
}

async function makeKeys(hub: Hub): Promise<World['keys']> {
  const act = { actor: 'chaos', reason: 'Thử sức chịu lỗi' }
  const keyOf = async (id: string, scopes: readonly string[], sources: readonly string[]) => {
    await hub.clients.create({ id, title: id, scopes, sources, types: ['*'] }, act)
    return (await hub.clients.issueKey(id, 1, act)).key
  }
  const keys: Partial<Record<ClientId | 'person', string>> = {}
  for (const client of clientIds)
    keys[client] = await keyOf(client, ['messages:write'], [`/chaos/${client}`])
  keys.person = await keyOf('person', ['admin'], [])
  return keys as World['keys']
}

export async function openWorld({ seed, hubs, wakeups }: WorldOptions): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'hub-chaos-'))
  const server = await startEmbedded({
    dataDir: folder,
    log: silent,
    settings: { shared_buffers: '256MB', max_connections: 100 },
  })
  const redis = wakeups === 'redis' ? await startRedis() : undefined
  const postgresProxy = await startProxy(Number(new URL(server.url).port))
  const redisProxy = redis && (await startProxy(Number(new URL(redis.url).port)))
  const targetLog = join(folder, 'target.jsonl')
  const targetProcess = forkScript('test/chaos/target.ts', {
    CHAOS_TARGET: JSON.stringify({ seed, log: targetLog, honoursKeys }),
  })
  const { port: targetPort } = await nextMessage<{ port: number }>(targetProcess)
  const target = `http://127.0.0.1:${targetPort}`
  const targetProxy = await startProxy(targetPort)

  const through = (url: string, proxy: TestProxy): string => {
    const changed = new URL(url)
    changed.port = String(proxy.port)
    return changed.href
  }
  const env: NodeJS.ProcessEnv = {
    HUB_ENV: 'test',
    HUB_DATA_DIR: folder,
    HUB_EXTENSIONS_DIR: extension,
    HUB_LOG: 'json',
    HUB_LOG_LEVEL: 'info',
    HUB_POOL_SIZE: '10',
    HUB_STOP_TIMEOUT_MS: '5000',
    HUB_DATABASE_URL: through(server.url, postgresProxy),
    ...(redis && redisProxy && { HUB_REDIS_URL: through(redis.url, redisProxy) }),
  }
  const direct: NodeJS.ProcessEnv = { ...env, HUB_DATABASE_URL: server.url }
  const onHub = async <T>(work: (hub: Hub) => Promise<T>): Promise<T> => {
    const settings = readSettings(direct)
    const hub = await openHub({ settings, role: 'console', log: silent, secret: () => undefined })
    try {
      return await work(hub)
    } finally {
      await hub.close()
    }
  }
  const keys = await onHub(async (hub) => {
    const act = { actor: 'chaos', reason: 'Thử sức chịu lỗi' }
    await hub.revisions.apply(configurationFor(`http://127.0.0.1:${targetProxy.port}`), act)
    return makeKeys(hub)
  })

  const unexpectedEnds: string[] = []
  const start = async (port: string, clockMs: number): Promise<ChildProcess> => {
    const child = forkHub(
      ['start', '--debug'],
      {
        ...env,
        HUB_HTTP_PORT: port,
        CHAOS_CLOCK_MS: String(clockMs),
        CHAOS_BLOCK_MS: String(blockMs),
      },
      ['--require', preload],
    )
    let stuck: NodeJS.Timeout | undefined
    const late = new Promise<never>((_, reject) => {
      stuck = setTimeout(() => reject(new Error('neither ready nor ended')), startsWithinMs)
    })
    try {
      await Promise.race([hubAddress(child), late])
    } catch (error) {
      // Nobody restarts a process that stands there.
      if (child.exitCode === null && child.signalCode === null) {
        unexpectedEnds.push(`a hub at ${port} stood still while it started`)
        await endProcess(child, 'SIGKILL')
      }
      throw error
    } finally {
      clearTimeout(stuck)
    }
    return child
  }
  const watch = (hub: HubProcess): void => {
    hub.child.once('exit', (code, signal) => {
      // Who ends it has said so before.
      if (hub.up) unexpectedEnds.push(`hub ${hub.index} ended with ${signal ?? code}`)
    })
  }
  const processes: HubProcess[] = []
  for (let index = 0; index < hubs; index++) {
    const port = await freePort()
    const child = await start(String(port), 0)
    const hub = { index, address: `http://127.0.0.1:${port}`, child, up: true }
    watch(hub)
    processes.push(hub)
  }

  const query = async <Row extends pg.QueryResultRow>(text: string): Promise<Row[]> => {
    const client = new pg.Client({ connectionString: server.url })
    client.on('error', () => undefined)
    await client.connect()
    try {
      return (await client.query<Row>(text)).rows
    } finally {
      await client.end()
    }
  }
  const answersSql = async (): Promise<boolean> => {
    try {
      return (await query('select 1')).length === 1
    } catch {
      return false
    }
  }

  return {
    wakeups,
    hubs: processes,
    restarts: [],
    unexpectedEnds,
    keys,
    target,
    targetLog,
    redis,
    proxies: { postgres: postgresProxy, redis: redisProxy, target: targetProxy },
    async startHub(hub, clockMs = 0) {
      // As a service manager does: what cannot start because the store is away is started again.
      for (let left = startsAtMost; !hub.up && left > 0; left--) {
        try {
          hub.child = await start(new URL(hub.address).port, clockMs)
          hub.up = true
          watch(hub)
        } catch (error) {
          if (left === 1) throw error
          await pause(500)
        }
      }
    },
    async killPostgres() {
      process.kill(server.pid, 'SIGKILL')
      // It is this process's own handle that starts it again.
      await waitUntil('PostgreSQL is back', answersSql, Boolean, 60_000)
    },
    async weather(system, weather) {
      await fetch(`${target}/-/weather/${system}`, {
        method: 'PUT',
        body: JSON.stringify(weather),
      })
    },
    async fromTarget<T>(path: string) {
      return (await (await fetch(`${target}/-/${path}`)).json()) as T
    },
    sql: query,
    onHub,
    async close() {
      for (const hub of processes) {
        hub.up = false
        hub.child.kill('SIGCONT')
        await endProcess(hub.child, 'SIGKILL')
      }
      await endProcess(targetProcess)
      await postgresProxy.close()
      await redisProxy?.close()
      await targetProxy.close()
      await redis?.close()
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
