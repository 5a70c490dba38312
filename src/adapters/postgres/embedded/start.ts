/**
 * The PostgreSQL that the hub brings along: the real server, from the programs of an npm package,
 * with its data in one folder, `postgres` in the hub's data folder.
 *
 *   cluster/       PostgreSQL's own files
 *   access.json    port and passwords, mode 0600
 *   users/         an empty file for each process that uses the server
 *   log/           the server's log, at most two files of 8 MB
 *
 * The server belongs to the folder, not to a process. Whoever needs it first starts it, whoever
 * comes later uses it too, and the last one to leave stops it. A killed hub leaves it running; the
 * next hub finds it. While a hub runs it starts a server that died again, on the same port.
 */
import { mkdirSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { Logger } from '../../../domain/log-events.ts'
import { type Access, newAccess, readAccess, writeAccess } from './access.ts'
import { findBinaries, type Search } from './binaries.ts'
import { clusterOf, createCluster, hasCluster, resetPasswords } from './cluster.ts'
import { cannotRun, didNotStart } from './faults.ts'
import { type FootingKind, findFootings } from './footing.ts'
import { type LogFile, logFile } from './log-file.ts'
import { withMutex } from './mutex.ts'
import { giveTo, giveToOwnerOf, ownerOf } from './owner.ts'
import { countUsers, registerUser, removeUser } from './processes.ts'
import { findServer, freePort, isServer, startServer, stopServer, waitForServer } from './server.ts'
import type { ServerSettings } from './server-settings.ts'

export interface EmbeddedOptions {
  /** The data folder of the hub; the server keeps to `postgres` in it. Made when absent, mode 0700. */
  readonly dataDir: string
  readonly log: Logger
  /** For a new start; without it the port of last time, or a random one. */
  readonly port?: number
  /** On top of the hub's own server settings; they count from the next start of the server. */
  readonly settings?: ServerSettings
  /** How long a start may take. 30 s. */
  readonly startTimeoutMs?: number
  /** Whether a server that dies is started again while this handle is open. True. */
  readonly revive?: boolean
  /** Only this way of giving up root (for tests). */
  readonly footing?: FootingKind
  /** Where to look for the programs, and where to copy them if need be (for tests). */
  readonly search?: Search
}

export interface EmbeddedPostgres {
  /** Role `hub`, owner of the database `hub`, not a superuser. Holds the password: never log it. */
  readonly url: string
  /** The same through the Unix socket, which costs less than TCP; undefined where the path is too long for one. */
  readonly socketUrl: string | undefined
  /** Superuser `postgres`, for maintenance and tests. */
  readonly adminUrl: string
  readonly port: number
  readonly pid: number
  /** The data were made just now. */
  readonly fresh: boolean
  /** The server was running already. */
  readonly attached: boolean
  /** Stops the server unless another process uses it. Safe twice. */
  stop(): Promise<'stopped' | 'left-running'>
  /** Stops and starts it again on the same port. Cuts the connections of every user. */
  restart(): Promise<void>
}

const longestSocketPath = 100
const watchEveryMs = 1_000

interface Up {
  readonly pid: number
  readonly access: Access
  readonly fresh: boolean
  readonly attached: boolean
}

interface Place {
  readonly options: EmbeddedOptions
  readonly dataDir: string
  readonly cluster: string
  readonly file: LogFile
  readonly timeoutMs: number
}

/** Under the mutex. */
async function attach({ dataDir, cluster, file, timeoutMs }: Place): Promise<Up | undefined> {
  const running = findServer(cluster)
  if (!running) return undefined
  const access = await readAccess(dataDir)
  if (!access)
    throw cannotRun(
      `máy chủ đang chạy (tiến trình ${running.pid}) nhưng thiếu ${join(dataDir, 'access.json')}. Hãy dừng tiến trình đó rồi khởi động lại.`,
      `a server runs (process ${running.pid}) but ${join(dataDir, 'access.json')} is missing. Stop that process and start again.`,
    )
  const found = await waitForServer(cluster, access, file, timeoutMs)
  if (!found) return undefined
  return { pid: found.pid, access: { ...access, port: found.port }, fresh: false, attached: true }
}

/** Under the mutex, when no server runs. */
async function start(place: Place, keepPort: boolean): Promise<Up> {
  const { options, dataDir, cluster, file, timeoutMs } = place
  const footings = findFootings(ownerOf(cluster) ?? ownerOf(dataDir), options.footing)
  const feet = [...new Set([footings.server, footings.init ?? footings.server])]
  const binaries = await findBinaries(feet, dataDir, options.search)
  const kept = await readAccess(dataDir)
  let access = { ...(kept ?? newAccess(0)), ...(options.port && { port: options.port }) }
  if (access.port === 0) access = { ...access, port: await freePort() }
  if (!kept || kept.port !== access.port) await writeAccess(dataDir, access)

  const fresh = !(await hasCluster(dataDir, binaries))
  if (fresh) await createCluster(dataDir, footings, binaries, access)
  else if (!kept) await resetPasswords(dataDir, footings, binaries, access)
  if (ownerOf(cluster)?.uid !== footings.server.uid) giveTo(cluster, footings.server)

  const settings = options.settings ?? {}
  const footing = footings.server
  file.bound()
  for (let left = 5; left > 0; left--) {
    const request = { cluster, footing, binaries, access, settings, log: file, timeoutMs }
    const started = await startServer(request)
    if (started !== 'port-busy') return { pid: started.pid, access, fresh, attached: false }
    if (keepPort || options.port) break
    access = { ...access, port: await freePort() }
    await writeAccess(dataDir, access)
  }
  throw didNotStart(
    `cổng ${access.port} đang bị chương trình khác dùng.`,
    `port ${access.port} is used by another program.`,
  )
}

function open(place: Place, first: Up, user: string): EmbeddedPostgres {
  const { options, dataDir, cluster, file, timeoutMs } = place
  const { log } = options
  const { port, password, adminPassword } = first.access
  const patienceMs = timeoutMs + 120_000
  let pid = first.pid
  let stopping: Promise<'stopped' | 'left-running'> | undefined
  let busy: Promise<unknown> = Promise.resolve()

  /** A server for this handle: the one that runs, or a new one. Under the mutex. */
  const ensure = async (): Promise<void> => {
    const up = (await attach(place)) ?? (await start(place, true))
    pid = up.pid
    if (!up.attached) log.info('postgres.started', { server: pid, port, again: true })
  }
  /** One thing at a time for this handle; failures are told to the caller only. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = busy.then(() => withMutex(dataDir, patienceMs, work))
    busy = turn.catch(() => {})
    return turn
  }
  let reviving = false
  const watch = setInterval(() => {
    file.bound()
    if (options.revive === false || reviving || stopping || isServer(pid, cluster)) return
    reviving = true
    log.warn('postgres.stopped', { server: pid, port, expected: false })
    inTurn(async () => {
      if (!stopping) await ensure()
    })
      .catch((error: unknown) => log.error('store.unavailable', { server: pid, port }, error))
      .finally(() => {
        reviving = false
      })
  }, watchEveryMs)
  watch.unref()

  const leave = async (): Promise<'stopped' | 'left-running'> => {
    await removeUser(dataDir, user)
    if ((await countUsers(dataDir)) > 0) return 'left-running'
    const running = findServer(cluster)
    if (running) await stopServer(running.pid, cluster)
    log.info('postgres.stopped', { server: running?.pid, port, expected: true })
    return 'stopped'
  }
  const socket = join(cluster, `.s.PGSQL.${port}`)
  return {
    url: `postgres://hub:${password}@127.0.0.1:${port}/hub`,
    socketUrl:
      Buffer.byteLength(socket) < longestSocketPath
        ? `postgres://hub:${password}@${encodeURIComponent(cluster)}:${port}/hub`
        : undefined,
    adminUrl: `postgres://postgres:${adminPassword}@127.0.0.1:${port}/postgres`,
    port,
    get pid() {
      return pid
    },
    fresh: first.fresh,
    attached: first.attached,
    stop() {
      clearInterval(watch)
      stopping ??= inTurn(leave)
      return stopping
    },
    restart: () =>
      inTurn(async () => {
        const running = findServer(cluster)
        if (running) await stopServer(running.pid, cluster)
        await ensure()
      }),
  }
}

function openFolder(dataDir: string): LogFile {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    giveToOwnerOf(dirname(dataDir), dataDir)
    return logFile(dataDir)
  } catch (error) {
    throw cannotRun(
      `không tạo được hoặc không ghi được thư mục ${dataDir}.`,
      `the folder ${dataDir} cannot be made or written.`,
      error,
    )
  }
}

/**
 * Starts the embedded PostgreSQL of a folder, or joins the one that runs there; returns when it
 * answers. Throws `config-invalid` when it cannot run here at all, `store-unavailable` when it did
 * not come up; both say why and what to do.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const dataDir = join(resolve(options.dataDir), 'postgres')
  const timeoutMs = options.startTimeoutMs ?? 30_000
  const place: Place = {
    options,
    dataDir,
    cluster: clusterOf(dataDir),
    file: openFolder(dataDir),
    timeoutMs,
  }
  return withMutex(dataDir, timeoutMs + 120_000, async () => {
    const up = (await attach(place)) ?? (await start(place, false))
    const user = await registerUser(dataDir)
    const { pid, access, fresh, attached } = up
    options.log.info('postgres.started', { server: pid, port: access.port, fresh, attached })
    return open(place, up, user)
  })
}
