import { Socket } from 'node:net'
import { createPostgresBackend, Queue, runMigrations, Worker } from 'bullmq'
import { Redis } from 'ioredis'
import pg from 'pg'

/** Where the wake-ups travel. Both may lose them; neither holds anything else. */
export type WakeupBackend =
  | { readonly kind: 'redis'; readonly url: string }
  | { readonly kind: 'postgres'; readonly url: string }

interface WakeupJob {
  readonly system: string
}

export interface WakeupLine {
  /** Fails or hangs when the backend is away; the caller bounds it. */
  send(systems: readonly string[]): Promise<void>
  listen(
    handler: (system: string) => void,
    onError: (error: Error) => void,
  ): { close(): Promise<void> }
  close(): Promise<void>
}

const queueName = 'hub-wakeups'
const schema = 'hub_wakeups'

const jobOptions = {
  attempts: 1,
  removeOnComplete: true,
  removeOnFail: { age: 3600, count: 1000 },
} as const

/**
 * `stalled` has no meaning for a wake-up, so BullMQ is told never to give one up. What the library
 * calls failed, completed or delayed is never looked at: the state is in PostgreSQL.
 */
const workerOptions = {
  // Begun by `begin`, when it can.
  autorun: false,
  concurrency: 20,
  lockDuration: 30_000,
  stalledInterval: 15_000,
  maxStalledCount: 1000,
  removeOnComplete: { count: 0 },
  removeOnFail: { age: 3600, count: 1000 },
} as const

const toJobs = (systems: readonly string[]) =>
  systems.map((system) => ({ name: 'wake', data: { system }, opts: jobOptions }))

const closeWithinMs = 1_000

/** The library closes in its own time, or never when nobody answers it any more. */
async function within(work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const enough = new Promise((resolve) => {
    timer = setTimeout(resolve, closeWithinMs)
  })
  await Promise.race([work.catch(() => undefined), enough])
  clearTimeout(timer)
}

/** More failures than this in a second are a loop that has lost its brakes. */
const stormSize = 200

/**
 * Runs a worker of the library once its backend is ready, and ends it when it storms. On PostgreSQL it
 * remembers for ever that its first connection failed, and then asks again without ever letting
 * the event loop turn: the process would stand still. Out of memory, Redis makes it do the same.
 */
function begin(
  worker: Pick<Worker, 'run' | 'waitUntilReady'> & {
    on(event: 'error', listener: (error: Error) => void): unknown
    close(force: boolean): Promise<void>
  },
  onError: (error: Error) => void,
): { close(): Promise<void> } {
  let errors = 0
  const calm = setInterval(() => {
    errors = 0
  }, 1_000)
  let closed = false
  const close = (): Promise<void> => {
    closed = true
    clearInterval(calm)
    return within(worker.close(true))
  }
  worker.on('error', (error) => {
    errors += 1
    if (errors < stormSize) onError(error)
    if (errors === stormSize) void close()
  })
  worker
    .waitUntilReady()
    // Closed while it was getting ready, it would run all the same, on a connection nobody ends.
    .then(() => (closed ? undefined : worker.run()))
    .catch(onError)
  return { close }
}

function redisLine(url: string, onError: (error: Error) => void): WakeupLine {
  const connect = (): Redis => {
    // With the offline queue: without it BullMQ's first command, sent before there is a connection,
    // fails, and the queue with it for ever. The caller sends nothing while a send is unanswered.
    const redis = new Redis(url, {
      maxRetriesPerRequest: null,
      // The library's own cap of 20 s would keep lanes waiting that long after an outage.
      retryStrategy: (times) => Math.min(times * 100, 2_000),
    })
    redis.on('error', onError)
    return redis
  }
  const producer = connect()
  const queue = new Queue<WakeupJob>(queueName, {
    connection: producer,
    prefix: '{hub}',
    skipWaitingForReady: true,
  })
  queue.on('error', onError)
  return {
    async send(systems) {
      await queue.addBulk(toJobs(systems))
    },
    listen(handler, onWorkerError) {
      const consumer = connect()
      const worker = new Worker<WakeupJob>(queueName, async (job) => handler(job.data.system), {
        ...workerOptions,
        connection: consumer,
        prefix: '{hub}',
      })
      const begun = begin(worker, onWorkerError)
      return {
        async close() {
          await begun.close()
          consumer.disconnect()
        },
      }
    },
    async close() {
      await within(queue.close())
      producer.disconnect()
    },
  }
}

/**
 * The library takes connections out of its pool without listening for their end; one that breaks in
 * that moment would end the process. Whoever waits for an answer on it is told all the same.
 */
function ForgivingClient(config: pg.ClientConfig): pg.Client {
  const client = new pg.Client(config)
  client.on('error', () => undefined)
  return client
}

const poolOptions = {
  // So that a server that says nothing is a failure after some seconds, not a wait without end.
  connectionTimeoutMillis: 5_000,
  query_timeout: 10_000,
  keepAlive: true,
  Client: ForgivingClient as unknown as new () => pg.ClientBase,
}

/**
 * The sockets of one part of a line. The library forgets a connection that it is just opening when it is closed:
 * that would stay open, and every line that is built anew would leave one more, until the server has none left.
 */
function createSockets(): { stream(): Socket; destroy(): void } {
  const open = new Set<Socket>()
  let isOver = false
  return {
    stream() {
      const socket = new Socket()
      open.add(socket)
      socket.once('close', () => open.delete(socket))
      socket.once('connect', () => isOver && socket.destroy())
      return socket
    },
    destroy() {
      isOver = true
      for (const socket of open) socket.destroy()
    },
  }
}

function postgresLine(url: string, onError: (error: Error) => void): WakeupLine {
  const connection = (max: number, name: string, { stream }: ReturnType<typeof createSockets>) => ({
    ...poolOptions,
    stream,
    connectionString: url,
    schema,
    max,
    application_name: name,
    skipMigrations: true,
  })
  const sending = createSockets()
  const queue = new Queue(
    queueName,
    { connection: connection(1, 'hub wake-ups, sending', sending) },
    createPostgresBackend,
  )
  queue.on('error', onError)
  return {
    // One by one: here the library's bulk insert makes two temporary tables each time, 8 ms and 25 kB
    // of log on a machine where a single job takes less than one.
    async send(systems) {
      for (const { name, data, opts } of toJobs(systems)) await queue.add(name, data, opts)
    },
    listen(handler, onWorkerError) {
      const receiving = createSockets()
      const worker = new Worker(
        queueName,
        async (job) => handler((job.data as WakeupJob).system),
        { ...workerOptions, connection: connection(2, 'hub wake-ups, receiving', receiving) },
        createPostgresBackend,
      )
      const begun = begin(worker, onWorkerError)
      return { close: () => begun.close().then(receiving.destroy) }
    },
    close: () => within(queue.close()).then(sending.destroy),
  }
}

/** Something is there twice, or is not there: not what the library's own notes about its tables say. */
const muddled = ['42P01', '42P06', '42P07', '42701', '42703', '42710', '42723', '42883']
const isMuddled = (error: unknown): boolean =>
  error instanceof pg.DatabaseError && error.code !== undefined && muddled.includes(error.code)

const renewLock = 0x57414b45

/** One process at a time, and only when the tables are still muddled by then. */
async function renewTables(pool: pg.Pool, url: string): Promise<void> {
  const one = await pool.connect()
  const other = new pg.Pool({ ...poolOptions, connectionString: url, max: 1 })
  other.on('error', () => undefined)
  try {
    await one.query('select pg_advisory_lock($1)', [renewLock])
    await runMigrations(other, schema).catch(async (error: unknown) => {
      if (!isMuddled(error)) throw error
      await one.query(`drop schema if exists ${schema} cascade`)
      await runMigrations(other, schema)
    })
  } finally {
    // With its end the lock goes.
    one.release(true)
    await other.end()
  }
}

/**
 * Before a line can be opened: the tables it travels by. Where somebody has emptied them, the library
 * would never start again; nothing in them is worth keeping, so they are made anew.
 */
export async function prepareBackend(backend: WakeupBackend): Promise<void> {
  if (backend.kind === 'redis') return
  const pool = new pg.Pool({ ...poolOptions, connectionString: backend.url, max: 1 })
  pool.on('error', () => undefined)
  try {
    await runMigrations(pool, schema).catch((error: unknown) => {
      if (!isMuddled(error)) throw error
      return renewTables(pool, backend.url)
    })
  } finally {
    await pool.end()
  }
}

export const openLine = (backend: WakeupBackend, onError: (error: Error) => void): WakeupLine =>
  backend.kind === 'redis' ? redisLine(backend.url, onError) : postgresLine(backend.url, onError)
