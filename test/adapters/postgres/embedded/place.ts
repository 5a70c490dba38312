/** A folder of its own for one test, the hubs that work in it, and the end of both. */
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { chownSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { commandLine } from '../../../../src/adapters/postgres/embedded/processes.ts'
import { findServer } from '../../../../src/adapters/postgres/embedded/server.ts'
import {
  type EmbeddedOptions,
  type EmbeddedPostgres,
  startEmbedded,
} from '../../../../src/adapters/postgres/embedded/start.ts'
import { createLogger } from '../../../../src/adapters/system/logger.ts'

const script = fileURLToPath(new URL('./hold.ts', import.meta.url))

/** Small and quick to start; what is tested is the launcher. */
const settings = { shared_buffers: '16MB', max_connections: 20 }

export interface HubProcess {
  readonly child: ChildProcess
  /** The next line it says. */
  next(): Promise<Record<string, unknown>>
  /** Ends its input: it stops as a hub does. Returns what became of the server. */
  end(): Promise<unknown>
  /** kill -9 */
  kill(): Promise<void>
}

export interface Place {
  readonly dataDir: string
  readonly cluster: string
  /** Everything the launcher logged in this process. */
  readonly logged: string[]
  start(options?: Partial<EmbeddedOptions>): Promise<EmbeddedPostgres>
  hub(options?: object, uid?: number): HubProcess
  /** Stops whatever still runs and removes the folder. */
  clear(): Promise<void>
}

export async function query<Row extends pg.QueryResultRow>(
  url: string,
  text: string,
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Row>(text)).rows
  } finally {
    await client.end()
  }
}

/** Waits for a state. */
export async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + 60_000
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`it never came to be: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

/** Also false for a process that has ended and whose parent, gone itself, cannot collect it. */
export const isRunning = (pid: unknown): boolean => commandLine(Number(pid)) !== ''

function spawnHub(options: object, uid: number | undefined): HubProcess {
  const register = fileURLToPath(import.meta.resolve('ts-blank-space/register'))
  const child = spawn(
    process.execPath,
    ['--import', register, script, JSON.stringify({ settings, ...options })],
    {
      cwd: '/',
      stdio: ['pipe', 'pipe', 'inherit'],
      ...(uid !== undefined && { uid, gid: uid }),
    },
  )
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream })[
    Symbol.asyncIterator
  ]()
  const closed = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const next = async () => JSON.parse((await lines.next()).value ?? '{"ended":true}')
  return {
    child,
    next,
    async end() {
      child.stdin?.end()
      const { left } = await next()
      await closed
      return left
    },
    async kill() {
      child.kill('SIGKILL')
      await closed
    },
  }
}

/** Whether another user could run the hub from this checkout at all. */
export function isReadableBy(uid: number): boolean {
  const read = `require('node:fs').readFileSync(${JSON.stringify(script)})`
  return spawnSync(process.execPath, ['-e', read], { cwd: '/', uid, gid: uid }).status === 0
}

/** To make a cluster costs a second, to copy one far less. One for each test file. */
let stopped: Place | undefined

/** A place whose cluster was made and stopped before. */
export async function createUsedPlace(): Promise<Place> {
  if (!stopped) {
    stopped = createPlace()
    await (await stopped.start()).stop()
  }
  const place = createPlace()
  // Node's own copy forgets, from 24 on, who may enter a folder.
  execFileSync('cp', ['-a', `${stopped.dataDir}/.`, place.dataDir])
  return place
}

export async function clearUsedPlace(): Promise<void> {
  await stopped?.clear()
  stopped = undefined
}

export function createPlace(owner?: number): Place {
  const dataDir = mkdtempSync(join(tmpdir(), 'hub-pg-'))
  if (owner !== undefined) chownSync(dataDir, owner, owner)
  const cluster = join(dataDir, 'postgres', 'cluster')
  const handles: EmbeddedPostgres[] = []
  const hubs: HubProcess[] = []
  const logged: string[] = []
  const log = createLogger({
    level: 'info',
    format: 'json',
    destination: { write: (line: string) => logged.push(line) },
  })
  return {
    dataDir,
    cluster,
    logged,
    async start(options = {}) {
      const server = await startEmbedded({ dataDir, log, settings, revive: false, ...options })
      handles.push(server)
      return server
    },
    hub(options = {}, uid) {
      const hub = spawnHub({ dataDir, revive: false, ...options }, uid)
      hubs.push(hub)
      return hub
    },
    async clear() {
      for (const { child } of hubs) child.kill('SIGKILL')
      for (const server of handles) await server.stop()
      const left = findServer(cluster)
      if (left) {
        process.kill(left.pid, 'SIGQUIT')
        await until('the server ends', () => !findServer(cluster))
      }
      log.flush()
      rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}
