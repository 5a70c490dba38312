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
import { chmodSync, mkdirSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { Logger } from '../../../domain/log-events.ts'
import { newAccess, readAccess, writeAccess } from './access.ts'
import { findBinaries, type Search } from './binaries.ts'
import { clusterOf, createCluster, hasCluster, resetPasswords } from './cluster.ts'
import { cannotRun, didNotStart } from './faults.ts'
import { type FootingKind, findFootings } from './footing.ts'
import { type EmbeddedPostgres, openHandle, type Up } from './handle.ts'
import { type LogFile, logFile } from './log-file.ts'
import { withMutex } from './mutex.ts'
import { giveTo, giveToOwnerOf, ownerOf } from './owner.ts'
import { registerUser } from './processes.ts'
import { findServer, freePort, startServer, waitForServer } from './server.ts'
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

interface Place {
  readonly options: EmbeddedOptions
  readonly dataDir: string
  readonly cluster: string
  readonly file: LogFile
  readonly timeoutMs: number
}

const vanished = (cluster: string) =>
  didNotStart(
    `thư mục dữ liệu ${cluster} đã biến mất khi máy chủ đang chạy.`,
    `the folder ${cluster} vanished while the server was running.`,
  )

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

/**
 * Under the mutex, when no server runs. `again`: it ran until now, so neither may its port change nor
 * may an empty cluster take the place of one that has vanished.
 */
async function start(place: Place, again: boolean): Promise<Up> {
  const { options, dataDir, cluster, file, timeoutMs } = place
  const footings = findFootings(ownerOf(cluster) ?? ownerOf(dataDir), options.footing)
  const feet = [...new Set([footings.server, footings.init ?? footings.server])]
  const binaries = await findBinaries(feet, dataDir, options.search)
  const kept = await readAccess(dataDir)
  let access = { ...(kept ?? newAccess(0)), ...(options.port && { port: options.port }) }
  if (access.port === 0) access = { ...access, port: await freePort() }

  const fresh = !(await hasCluster(dataDir, binaries))
  if (fresh && again) throw vanished(cluster)
  if (fresh) await createCluster(dataDir, footings, binaries, access)
  else if (!kept) await resetPasswords(dataDir, footings, binaries, access)
  // Only now: a kill before this leaves a cluster without passwords in a file, which is mended above.
  if (!kept || kept.port !== access.port) await writeAccess(dataDir, access)
  if (process.getuid?.() === 0) giveTo(cluster, footings.server)
  // A copy of the folder may have lost it, and the server insists on it.
  chmodSync(cluster, 0o700)

  const settings = options.settings ?? {}
  const footing = footings.server
  file.bound()
  for (let left = 5; left > 0; left--) {
    const request = { cluster, footing, binaries, access, settings, log: file, timeoutMs }
    const started = await startServer(request)
    if (started !== 'port-busy') return { pid: started.pid, access, fresh, attached: false }
    if (again || options.port) break
    access = { ...access, port: await freePort() }
    await writeAccess(dataDir, access)
  }
  throw didNotStart(
    `cổng ${access.port} đang bị chương trình khác dùng.`,
    `port ${access.port} is used by another program.`,
  )
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

export type { EmbeddedPostgres }

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
    return openHandle({
      ...place,
      log: options.log,
      revive: options.revive ?? true,
      patienceMs: timeoutMs + 120_000,
      user,
      first: up,
      ensure: async () => (await attach(place)) ?? (await start(place, true)),
    })
  })
}
