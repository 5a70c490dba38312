import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, existsSync, readFileSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import pg from 'pg'
import type { Access } from './access.ts'
import type { Binaries } from './binaries.ts'
import { didNotStart, errnoOf, foreignData } from './faults.ts'
import { dataPath, type Footing, serverEnvironment } from './footing.ts'
import type { LogFile } from './log-file.ts'
import { commandLine } from './processes.ts'
import { type ServerSettings, settingArguments } from './server-settings.ts'

const pollMs = 10
const fastStopMs = 60_000
const hardStopMs = 15_000

export interface RunningServer {
  readonly pid: number
  readonly port: number
  readonly ready: boolean
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

const pidFile = (cluster: string): string => join(cluster, 'postmaster.pid')

/** In the server's command line, so that a pid is known for the server of this very folder. */
function nameOf(cluster: string): string {
  const { dev, ino } = statSync(cluster)
  return `lien-thong-hub-${dev.toString(36)}-${ino.toString(36)}`
}

function readPidFile(cluster: string): RunningServer | undefined {
  try {
    const lines = readFileSync(pidFile(cluster), 'utf8').split('\n')
    const [pid, port] = [Number(lines[0]), Number(lines[3])]
    return pid > 1 ? { pid, port, ready: lines[7]?.trim() === 'ready' } : undefined
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined
    throw foreignData(pidFile(cluster), error)
  }
}

export const isServer = (pid: number, cluster: string): boolean =>
  existsSync(cluster) && commandLine(pid).includes(`cluster_name=${nameOf(cluster)} `)

/** The server of this cluster, if it runs. The pid file alone proves nothing: pids are used again. */
export function findServer(cluster: string): RunningServer | undefined {
  const found = readPidFile(cluster)
  return found && isServer(found.pid, cluster) ? found : undefined
}

/** A free port of this machine; nobody keeps it free. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen({ host: '127.0.0.1', port: 0 }, () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })

export interface StartRequest {
  readonly cluster: string
  readonly footing: Footing
  readonly binaries: Binaries
  readonly access: Access
  readonly settings: ServerSettings
  readonly log: LogFile
  readonly timeoutMs: number
}

function launch({ cluster, footing, binaries, access, settings, log }: StartRequest): ChildProcess {
  const command = footing.command(binaries.postgres, [
    '-D',
    dataPath(cluster),
    ...settingArguments(settings, {
      cluster_name: nameOf(cluster),
      port: access.port,
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '.',
      unix_socket_permissions: '0700',
    }),
  ])
  const errors = log.open()
  try {
    const child = spawn(command.file, command.args, {
      ...command.options,
      cwd: cluster,
      env: serverEnvironment,
      stdio: ['ignore', errors, errors],
      // Its own session: a Ctrl-C meant for the hub must not stop the server under it.
      detached: true,
    })
    child.on('error', () => {}) // seen as an end without pid
    child.unref()
    return child
  } finally {
    closeSync(errors)
  }
}

const wasBusy = (lines: readonly string[]): boolean =>
  lines.some((line) => /could not bind|Address already in use/.test(line))

/** The processes of a killed server are still ending; a moment later it can start. */
const isStillEnding = (lines: readonly string[]): boolean =>
  lines.some((line) => /pre-existing shared memory block|lock file .* already exists/.test(line))

/**
 * After a crash the pid in the file may by now be of another program. PostgreSQL would take that for
 * a running server and refuse. (Of a pid that nobody has it thinks for itself, and better.)
 */
function removeForeignPidFile(cluster: string): void {
  const found = readPidFile(cluster)
  if (found && commandLine(found.pid) !== '' && !isServer(found.pid, cluster))
    rmSync(pidFile(cluster), { force: true })
}

export type Started = { readonly pid: number } | 'port-busy'

/**
 * Starts the server and waits until it answers. Only one may try at a time (see mutex.ts). Throws
 * `store-unavailable` with the last lines of its log when it ends or stays silent.
 */
export async function startServer(request: StartRequest): Promise<Started> {
  const { cluster, access, log, timeoutMs } = request
  const secrets = [access.password, access.adminPassword]
  const until = performance.now() + timeoutMs
  removeForeignPidFile(cluster)
  for (;;) {
    const since = log.size()
    const child = launch(request)
    const ended = await whenReadyOrEnded(child, cluster, until)
    if (ended === 'ready') {
      await login(access, until)
      return { pid: child.pid ?? 0 }
    }
    const lines = log.tail(since, secrets)
    // It may be busy repairing after a crash: it goes on, and the next start finds it.
    if (ended === 'late') throw notReady(timeoutMs, lines)
    if (wasBusy(lines)) return 'port-busy'
    if (!isStillEnding(lines) || performance.now() > until)
      throw didNotStart(
        'máy chủ dừng ngay khi khởi động.',
        'the server ended while starting.',
        lines,
      )
    await pause(200)
  }
}

const notReady = (timeoutMs: number, lines: readonly string[]) =>
  didNotStart(
    `máy chủ chưa sẵn sàng sau ${timeoutMs / 1000} giây; nó vẫn chạy tiếp, hãy khởi động lại liên thông sau.`,
    `the server was not ready within ${timeoutMs / 1000} s; it goes on, start the hub again later.`,
    lines,
  )

async function whenReadyOrEnded(
  child: ChildProcess,
  cluster: string,
  until: number,
): Promise<'ready' | 'ended' | 'late'> {
  for (;;) {
    const found = readPidFile(cluster)
    if (found?.pid === child.pid && found?.ready) return 'ready'
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null)
      return 'ended'
    if (performance.now() > until) return 'late'
    await pause(pollMs)
  }
}

/** Waits for a server that somebody else started (and may have died while doing so). */
export async function waitForServer(
  cluster: string,
  access: Access,
  log: LogFile,
  timeoutMs: number,
): Promise<RunningServer | undefined> {
  const until = performance.now() + timeoutMs
  for (;;) {
    const found = findServer(cluster)
    if (!found) return undefined
    if (found.ready) {
      await login({ ...access, port: found.port }, until)
      return found
    }
    if (performance.now() > until)
      throw notReady(timeoutMs, log.tail(0, [access.password, access.adminPassword]))
    await pause(pollMs)
  }
}

/** Proves that port and password are right. */
async function login(access: Access, until: number): Promise<void> {
  for (;;) {
    const client = new pg.Client({
      host: '127.0.0.1',
      port: access.port,
      user: 'hub',
      database: 'hub',
      password: access.password,
      connectionTimeoutMillis: 5_000,
    })
    client.on('error', () => {}) // the query or the connection says it
    try {
      await client.connect()
      await client.query('select 1')
      return
    } catch (error) {
      if (performance.now() > until || errnoOf(error).startsWith('28'))
        throw didNotStart(
          `máy chủ không nhận đăng nhập (${errnoOf(error)}).`,
          `the server does not accept the login (${errnoOf(error)}).`,
        )
    } finally {
      await client.end().catch(() => {})
    }
    await pause(pollMs * 5)
  }
}

async function isGone(pid: number, cluster: string, withinMs: number): Promise<boolean> {
  const until = performance.now() + withinMs
  while (isServer(pid, cluster)) {
    if (performance.now() > until) return false
    await pause(pollMs)
  }
  return true
}

/** Stops the server: open connections are cut, what was committed is on disk. */
export async function stopServer(pid: number, cluster: string): Promise<void> {
  if (!isServer(pid, cluster)) return
  process.kill(pid, 'SIGINT')
  if (await isGone(pid, cluster, fastStopMs)) return
  process.kill(pid, 'SIGQUIT')
  if (await isGone(pid, cluster, hardStopMs)) return
  process.kill(pid, 'SIGKILL')
  await isGone(pid, cluster, hardStopMs)
}
