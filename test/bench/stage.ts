/** What a benchmark runs on: one PostgreSQL, one Redis when there is one, a target, and a pipeline. */
import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { account } from '../../connectors/dvcqg/simulator.ts'
import { startEmbedded } from '../../src/adapters/postgres/embedded/start.ts'
import { createLogger } from '../../src/adapters/system/logger.ts'
import { openLaw } from '../../src/app/compose/law.ts'
import { openHub } from '../../src/app/compose/open-hub.ts'
import { readConfigFiles } from '../../src/app/config/read-files.ts'
import { demoConfiguration } from '../../src/app/demo/configuration.ts'
import { readSettings } from '../../src/app/settings.ts'
import { forkScript, nextMessage } from '../support/fork-script.ts'
import { endProcess, forkHub, hubAddress } from '../support/hub-process.ts'

export interface Stage {
  readonly postgresPid: number
  readonly redis: { readonly url: string; readonly pid: number } | undefined
  /** A fresh database; returns its address. */
  database(name: string): Promise<string>
  close(): Promise<void>
}

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })

const redisBinary = ['/usr/bin/redis-server', '/usr/local/bin/redis-server'].find(existsSync)

async function startRedis(folder: string) {
  if (!redisBinary) return undefined
  const port = await freePort()
  const child = spawn(
    redisBinary,
    [
      '--port',
      String(port),
      '--bind',
      '127.0.0.1',
      '--dir',
      folder,
      '--appendonly',
      'yes',
      '--maxmemory-policy',
      'noeviction',
      '--save',
      '',
    ],
    { stdio: 'ignore' },
  )
  await new Promise((resolve) => setTimeout(resolve, 500))
  return { url: `redis://127.0.0.1:${port}`, pid: child.pid ?? 0, child }
}

export const silent = createLogger({ level: 'error', format: 'json' })

export async function openStage(): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'hub-bench-'))
  const server = await startEmbedded({
    dataDir: folder,
    log: silent,
    settings: { shared_buffers: '512MB', max_connections: 200, track_commit_timestamp: true },
  })
  const redis = await startRedis(folder)
  const admin = new pg.Pool({ connectionString: server.adminUrl, max: 1 })
  return {
    postgresPid: server.pid,
    redis: redis && { url: redis.url, pid: redis.pid },
    async database(name) {
      await admin.query(`drop database if exists ${name} with (force)`)
      await admin.query(`create database ${name} owner hub`)
      const url = new URL(server.url)
      url.pathname = `/${name}`
      return url.href
    },
    async close() {
      await admin.end()
      if (redis) await endProcess(redis.child)
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export interface Pipeline {
  readonly port: number
  readonly key: string
  /** By role. */
  readonly processes: ReadonlyMap<string, ChildProcess>
  /** Event id → Unix ms at which its acknowledgement was recorded, of all recorded since then (Unix ms). */
  recordedSince(ms: number): Promise<ReadonlyMap<string, number>>
  close(): Promise<void>
}

export interface Shape {
  readonly kind: 'hub' | 'floor'
  readonly processes: 1 | 2
  readonly redisUrl: string | undefined
}

const ask = async <T extends pg.QueryResultRow>(
  url: string,
  text: string,
  values: unknown[] = [],
): Promise<T[]> => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<T>(text, values)).rows
  } finally {
    await client.end()
  }
}

/** `text` selects event_id and ms, of the commit, of what was recorded since $1, in seconds. */
const recordedSince =
  (url: string, text: string) =>
  async (ms: number): Promise<ReadonlyMap<string, number>> => {
    const rows = await ask<{ event_id: string; ms: number }>(url, text, [ms / 1000])
    return new Map(rows.map((row) => [row.event_id, row.ms]))
  }

const portOf = (address: string): number => Number(new URL(address).port)

async function openFloor(url: string, target: string, shape: Shape): Promise<Pipeline> {
  const start = (role: string) =>
    forkScript('test/bench/floor.ts', {
      FLOOR: JSON.stringify({ role, databaseUrl: url, redisUrl: shape.redisUrl, target }),
    })
  const processes = new Map<string, ChildProcess>()
  let port = 0
  for (const role of shape.processes === 1 ? ['all'] : ['api', 'worker']) {
    const child = start(role)
    processes.set(role, child)
    port = Math.max(port, (await nextMessage<{ port: number }>(child)).port)
  }
  return {
    port,
    key: 'none',
    processes,
    recordedSince: recordedSince(
      url,
      `select m.event_id, extract(epoch from pg_xact_commit_timestamp(r.xmin))::float8 * 1000 as ms
       from floor_result r join floor_message m using (id) where r.at >= to_timestamp($1)`,
    ),
    close: async () => {
      for (const child of processes.values()) await endProcess(child, 'SIGKILL')
    },
  }
}

const secretName = 'HUB_SECRET_BENCH'

/**
 * Messages before any that count: with a few hundred, half of the time measured is V8's compiler, which
 * a hub that runs for weeks does not pay.
 */
export const warmUp = 4_000

export interface HubTuning {
  readonly concurrency: number
  readonly runAhead: number
}

/** Applies a configuration that points at the target, and makes a client with a key. */
export async function prepareHub(
  env: NodeJS.ProcessEnv,
  target: string,
  tuning: HubTuning,
): Promise<string> {
  const settings = readSettings(env)
  const hub = await openHub({ settings, role: 'console', log: silent, secret: (name) => env[name] })
  try {
    const reading = readConfigFiles(settings.configDir, await openLaw(undefined))
    if (!reading.ok) throw new Error(JSON.stringify(reading.faults))
    const redirects = { dvcqg: { adapterUrl: target, ...account, password: `env:${secretName}` } }
    const base = demoConfiguration(reading.configuration, redirects, 'http://127.0.0.1')
    const act = { actor: 'bench', reason: 'đo tốc độ' }
    await hub.revisions.apply(
      {
        ...base,
        systems: base.systems.map((system) => ({ ...system, ...tuning, timeoutMs: 30_000 })),
      },
      act,
    )
    await hub.clients.create(
      { id: 'bench', title: 'bench', scopes: ['admin'], sources: ['*'], types: ['*'] },
      act,
    )
    return (await hub.clients.issueKey('bench', 1, act)).key
  } finally {
    await hub.close()
  }
}

export const hubEnvironment = (
  databaseUrl: string,
  redisUrl: string | undefined,
  folder: string,
): NodeJS.ProcessEnv => ({
  HUB_ENV: 'test',
  HUB_DATABASE_URL: databaseUrl,
  HUB_DATA_DIR: folder,
  HUB_HTTP_PORT: '0',
  HUB_LOG: 'json',
  HUB_STOP_TIMEOUT_MS: '5000',
  [secretName]: account.password,
  ...(redisUrl && { HUB_REDIS_URL: redisUrl }),
})

async function openHubPipeline(
  url: string,
  target: string,
  shape: Shape,
  tuning: HubTuning,
): Promise<Pipeline> {
  const folder = mkdtempSync(join(tmpdir(), 'hub-bench-key-'))
  const env = hubEnvironment(url, shape.redisUrl, folder)
  const key = await prepareHub(env, target, tuning)
  const processes = new Map<string, ChildProcess>()
  let port = 0
  for (const role of shape.processes === 1 ? ['all'] : ['api', 'worker']) {
    const child = forkHub(['start'], { ...env, HUB_ROLE: role })
    processes.set(role, child)
    const address = await hubAddress(child)
    if (role !== 'worker') port = portOf(address)
  }
  return {
    port,
    key,
    processes,
    recordedSince: recordedSince(
      url,
      `select m.event_id, extract(epoch from pg_xact_commit_timestamp(d.xmin))::float8 * 1000 as ms
       from hub.delivery d join hub.message m on m.id = d.message_id
       where d.state = 'delivered' and d.finished_at >= to_timestamp($1)`,
    ),
    close: async () => {
      for (const child of processes.values()) await endProcess(child)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export const openPipeline = (
  url: string,
  target: string,
  shape: Shape,
  tuning: HubTuning,
): Promise<Pipeline> =>
  shape.kind === 'floor'
    ? openFloor(url, target, shape)
    : openHubPipeline(url, target, shape, tuning)

export interface Backlog {
  readonly port: number
  readonly key: string
  startWorker(): Promise<void>
  recorded(): Promise<number>
  /** From the delivery recorded after so many others to the last. */
  recordedPerSecond(after: number): Promise<number>
  close(): Promise<void>
}

/** A hub that only accepts, until it is told to send as well. */
export async function openAcceptedBacklog(
  url: string,
  target: string,
  tuning: HubTuning,
): Promise<Backlog> {
  const folder = mkdtempSync(join(tmpdir(), 'hub-bench-key-'))
  const env = hubEnvironment(url, undefined, folder)
  const key = await prepareHub(env, target, tuning)
  const children: ChildProcess[] = []
  const start = async (role: string): Promise<number> => {
    const child = forkHub(['start'], { ...env, HUB_ROLE: role })
    children.push(child)
    return portOf(await hubAddress(child))
  }
  const port = await start('api')
  return {
    port,
    key,
    async startWorker() {
      await start('worker')
    },
    recorded: async () =>
      (
        await ask<{ n: number }>(
          url,
          `select count(*)::int as n from hub.delivery where state = 'delivered'`,
        )
      )[0]?.n ?? 0,
    recordedPerSecond: async (after) =>
      (
        await ask<{ rate: number }>(
          url,
          `select (count(*) / extract(epoch from max(finished_at) - min(finished_at)))::float8 as rate
           from (select finished_at from hub.delivery where state = 'delivered'
             order by finished_at offset $1) d`,
          [after],
        )
      )[0]?.rate ?? 0,
    async close() {
      for (const child of children) await endProcess(child)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
