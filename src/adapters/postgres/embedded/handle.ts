import { join } from 'node:path'
import type { Logger } from '../../../domain/log-events.ts'
import type { Access } from './access.ts'
import type { LogFile } from './log-file.ts'
import { withMutex } from './mutex.ts'
import { countUsers, removeUser } from './processes.ts'
import { findServer, isServer, stopServer } from './server.ts'

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

/** A server that answers. */
export interface Up {
  readonly pid: number
  readonly access: Access
  readonly fresh: boolean
  readonly attached: boolean
}

export interface HandleRequest {
  readonly dataDir: string
  readonly cluster: string
  readonly file: LogFile
  readonly log: Logger
  readonly revive: boolean
  /** How long another process may keep the mutex. */
  readonly patienceMs: number
  /** Under which this process is registered as a user of the server. */
  readonly user: string
  readonly first: Up
  /** The server that runs, or a new one on the same port. Called under the mutex. */
  ensure(): Promise<Up>
}

const longestSocketPath = 100
const watchEveryMs = 1_000

function addresses(cluster: string, { port, password, adminPassword }: Access) {
  const socket = join(cluster, `.s.PGSQL.${port}`)
  const short = Buffer.byteLength(socket) < longestSocketPath
  return {
    url: `postgres://hub:${password}@127.0.0.1:${port}/hub`,
    socketUrl: short
      ? `postgres://hub:${password}@${encodeURIComponent(cluster)}:${port}/hub`
      : undefined,
    adminUrl: `postgres://postgres:${adminPassword}@127.0.0.1:${port}/postgres`,
    port,
  }
}

/** What one user of a running server holds: its addresses, a watch over it, and the way out. */
export function openHandle(request: HandleRequest): EmbeddedPostgres {
  const { dataDir, cluster, file, log, first } = request
  const { port } = first.access
  let pid = first.pid
  let stopping: Promise<'stopped' | 'left-running'> | undefined
  let turn: Promise<unknown> = Promise.resolve()

  /** One thing at a time for this handle; failures are told to the caller only. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = turn.then(() => withMutex(dataDir, request.patienceMs, work))
    turn = mine.catch(() => {})
    return mine
  }
  const ensure = async (): Promise<void> => {
    const up = await request.ensure()
    pid = up.pid
    if (!up.attached) log.info('postgres.started', { server: pid, port, again: true })
  }
  const halt = async (): Promise<void> => {
    const running = findServer(cluster)
    if (running) await stopServer(running.pid, cluster)
  }
  const leave = async (): Promise<'stopped' | 'left-running'> => {
    await removeUser(dataDir, request.user)
    if ((await countUsers(dataDir)) > 0) return 'left-running'
    await halt()
    log.info('postgres.stopped', { server: pid, port, expected: true })
    return 'stopped'
  }

  let reviving = false
  const revive = (): void => {
    reviving = true
    log.warn('postgres.stopped', { server: pid, port, expected: false })
    inTurn(async () => {
      if (!stopping) await ensure()
    })
      .catch((error: unknown) => log.error('store.unavailable', { server: pid, port }, error))
      .finally(() => {
        reviving = false
      })
  }
  const watch = setInterval(() => {
    file.bound()
    if (request.revive && !reviving && !stopping && !isServer(pid, cluster)) revive()
  }, watchEveryMs)
  watch.unref()

  return {
    ...addresses(cluster, first.access),
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
        await halt()
        await ensure()
      }),
  }
}
