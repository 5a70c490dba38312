/** What is measured: the hub, or the floor, as processes of their own on a database of their own. */
import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { account } from '../../connectors/dvcqg/simulator.ts'
import { openLaw } from '../../src/app/compose/law.ts'
import { openHub } from '../../src/app/compose/open-hub.ts'
import { readConfigFiles } from '../../src/app/config/read-files.ts'
import { demoConfiguration } from '../../src/app/demo/configuration.ts'
import { readSettings } from '../../src/app/settings.ts'
import type { Configuration } from '../../src/domain/configuration.ts'
import { forkScript, nextMessage } from '../support/fork-script.ts'
import { endProcess, forkHub, hubAddress } from '../support/hub-process.ts'
import { ask, silent } from './stage.ts'

export type Role = 'all' | 'api' | 'worker'

export interface Pipeline {
  readonly databaseUrl: string
  readonly port: number
  readonly key: string
  /** By role; a second worker is "worker 2". */
  readonly processes: ReadonlyMap<string, ChildProcess>
  /** One more process. */
  start(role: Role): Promise<void>
  /** Event id → Unix ms at which its last acknowledgement was recorded, of all recorded since then (Unix ms). */
  recordedSince(ms: number): Promise<ReadonlyMap<string, number>>
  close(): Promise<void>
}

export interface Tuning {
  readonly concurrency: number
  readonly runAhead: number
}

export interface Shape {
  readonly kind: 'hub' | 'floor'
  readonly roles: readonly Role[]
  readonly redisUrl: string | undefined
  readonly tuning: Tuning
  /** To how many systems every message goes; default one. */
  readonly systems?: number
}

/** `text` selects event_id and ms, of the commit, of what was recorded since $1, in seconds. */
const recordedSince =
  (url: string, text: string) =>
  async (ms: number): Promise<ReadonlyMap<string, number>> => {
    const rows = await ask<{ event_id: string; ms: number }>(url, text, [ms / 1000])
    return new Map(rows.map((row) => [row.event_id, row.ms]))
  }

const nameOf = (role: Role, processes: ReadonlyMap<string, ChildProcess>): string => {
  const before = [...processes.keys()].filter((name) => name.startsWith(role)).length
  return before === 0 ? role : `${role} ${before + 1}`
}

async function openFloor(url: string, target: string, shape: Shape): Promise<Pipeline> {
  const processes = new Map<string, ChildProcess>()
  let port = 0
  const start = async (role: Role): Promise<void> => {
    const child = forkScript('test/bench/floor.ts', {
      FLOOR: JSON.stringify({ role, databaseUrl: url, redisUrl: shape.redisUrl, target }),
    })
    processes.set(nameOf(role, processes), child)
    port = Math.max(port, (await nextMessage<{ port: number }>(child)).port)
  }
  for (const role of shape.roles) await start(role)
  return {
    databaseUrl: url,
    port,
    key: 'none',
    processes,
    start,
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

/** The demo's configuration with everything turned to the target; the portal as often as is asked for. */
function configurationOf(
  configuration: Configuration,
  target: string,
  { systems: count = 1, tuning }: Shape,
): Configuration {
  const redirects = { dvcqg: { adapterUrl: target, ...account, password: `env:${secretName}` } }
  const base = demoConfiguration(configuration, redirects, 'http://127.0.0.1')
  const names = Array.from({ length: count }, (_, index) => (index === 0 ? '' : `-${index + 1}`))
  return {
    ...base,
    systems: base.systems.flatMap((system) =>
      names.map((name) => ({ ...system, ...tuning, id: system.id + name, timeoutMs: 30_000 })),
    ),
    jobs: base.jobs.flatMap((job) =>
      names.map((name) =>
        job.kind === 'push' ? { ...job, id: job.id + name, to: job.to + name } : job,
      ),
    ),
  }
}

/** Applies the configuration, and makes a client with a key. */
async function prepareHub(env: NodeJS.ProcessEnv, target: string, shape: Shape): Promise<string> {
  const settings = readSettings(env)
  const hub = await openHub({ settings, role: 'console', log: silent, secret: (name) => env[name] })
  try {
    const reading = readConfigFiles(settings.configDir, await openLaw(undefined))
    if (!reading.ok) throw new Error(JSON.stringify(reading.faults))
    const act = { actor: 'bench', reason: 'đo tốc độ' }
    await hub.revisions.apply(configurationOf(reading.configuration, target, shape), act)
    await hub.clients.create(
      { id: 'bench', title: 'bench', scopes: ['admin'], sources: ['*'], types: ['*'] },
      act,
    )
    return (await hub.clients.issueKey('bench', 1, act)).key
  } finally {
    await hub.close()
  }
}

async function openHubPipeline(url: string, target: string, shape: Shape): Promise<Pipeline> {
  const folder = mkdtempSync(join(tmpdir(), 'hub-bench-key-'))
  const env: NodeJS.ProcessEnv = {
    HUB_ENV: 'test',
    HUB_DATABASE_URL: url,
    HUB_DATA_DIR: folder,
    HUB_HTTP_PORT: '0',
    HUB_LOG: 'json',
    HUB_STOP_TIMEOUT_MS: '5000',
    [secretName]: account.password,
    ...(shape.redisUrl && { HUB_REDIS_URL: shape.redisUrl }),
  }
  const key = await prepareHub(env, target, shape)
  const processes = new Map<string, ChildProcess>()
  let port = 0
  const start = async (role: Role): Promise<void> => {
    const child = forkHub(['start'], { ...env, HUB_ROLE: role })
    processes.set(nameOf(role, processes), child)
    const address = await hubAddress(child)
    if (role !== 'worker') port = Number(new URL(address).port)
  }
  for (const role of shape.roles) await start(role)
  return {
    databaseUrl: url,
    port,
    key,
    processes,
    start,
    // A message that goes to several systems is there when the last of them has acknowledged it.
    recordedSince: recordedSince(
      url,
      `select m.event_id, extract(epoch from max(pg_xact_commit_timestamp(d.xmin)))::float8 * 1000 as ms
       from hub.delivery d join hub.message m on m.id = d.message_id
       where d.state = 'delivered' and d.message_id >=
         (lpad(to_hex(($1::float8 * 1000)::bigint), 12, '0') || '70008000000000000000')::uuid
       group by m.event_id having count(*) = ${shape.systems ?? 1}`,
    ),
    close: async () => {
      for (const child of processes.values()) await endProcess(child)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export const openPipeline = (url: string, target: string, shape: Shape): Promise<Pipeline> =>
  shape.kind === 'floor' ? openFloor(url, target, shape) : openHubPipeline(url, target, shape)
