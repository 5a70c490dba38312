import type { Socket } from 'node:net'
import pg from 'pg'
import { HubError } from '../../domain/errors.ts'

export interface Database {
  readonly pool: pg.Pool
  /** A named (prepared) statement on any connection. */
  run<Row extends pg.QueryResultRow>(name: string, text: string, values: unknown[]): Promise<Row[]>
  /** A statement that is not the same every time: planned for its values, and not prepared. */
  ask<Row extends pg.QueryResultRow>(text: string, values: unknown[]): Promise<Row[]>
  /** One transaction; rolls back when `work` throws. A patient one's statements take what they need. */
  transaction<T>(work: (run: Run) => Promise<T>, pace?: 'patient'): Promise<T>
  close(): Promise<void>
}

export type Run = <Row extends pg.QueryResultRow>(
  name: string,
  text: string,
  values: unknown[],
) => Promise<Row[]>

interface DatabaseOptions {
  readonly url: string
  readonly poolSize: number
  readonly applicationName: string
  /** How long the server may work on one of the hub's own statements; default 15,000 ms. */
  readonly statementMs?: number
  readonly onError: (error: Error) => void
}

/** What people ask for may walk through a history. */
const questionMs = 60_000
/** A server that has said nothing for so long after the time it had is away, whatever the network says. */
const graceMs = 2_000

/**
 * SQLSTATEs that mean "the database is away", not "this statement is wrong": connection (08),
 * resources (53), operator intervention (57, with 57P01 to 57P05: going down, coming up, dropped), system
 * (58), no admission (28, 3D000), a server that only reads since a fail-over (25006), one that is not in
 * the state for it yet: it lets nobody in, or it recovers (55000), a lock that did not come (55P03), a
 * transaction that was ended for idling or for lasting (25P03, 25P04). Not 55006 (in use) nor the rest of
 * 55: no statement of the hub meets them but by a mistake of its own.
 */
const awayStates = /^(08|53|57|58|28|3D000|25006|25P03|25P04|55000|55P03)/
const awaySockets = /^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EHOSTUNREACH|ENETUNREACH|EAI_AGAIN)/

export const isAway = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (awayStates.test(code) || awaySockets.test(code)) return true
  // The Unix socket of a server that is not running.
  if (code === 'ENOENT' && 'syscall' in error && error.syscall === 'connect') return true
  return /Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client has encountered a connection error/.test(
    error.message,
  )
}

/** What the library says when its limit for a statement is over. */
const silence = 'Query read timeout'
const streamOf = (client: pg.PoolClient): Socket =>
  (client as unknown as { readonly connection: { readonly stream: Socket } }).connection.stream

/** Deadlock or serialisation failure: the statement did nothing and may simply run again. */
const isTransient = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === '40P01' || error.code === '40001')

const translated = (error: unknown): unknown =>
  isAway(error) || isTransient(error)
    ? new HubError('store-unavailable', { cause: error, retryAfterSeconds: 5 })
    : error

export function openDatabase(options: DatabaseOptions): Database {
  const { statementMs = 15_000 } = options
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.poolSize,
    application_name: options.applicationName,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
    // An old snapshot makes every claim slower for everybody; a stuck statement holds a lane. The
    // plans must be those of a full store from the first message on: a statement that was prepared
    // while a table was small, or nobody had counted its rows, must not go on reading all of it or of a
    // lane (a bitmap has no order, so it knows no limit); and none is worth planning each time.
    options: [
      `statement_timeout=${statementMs}`,
      `lock_timeout=${Math.ceil(statementMs / 2)}`,
      'idle_in_transaction_session_timeout=15000',
      'enable_seqscan=off',
      'enable_bitmapscan=off',
      'jit=off',
      'plan_cache_mode=force_generic_plan',
    ]
      .map((setting) => `-c ${setting}`)
      .join(' '),
  })
  // A server that has fallen silent on one connection has on all there are: who waited on one must not
  // find that out anew on each of the others.
  const idle = new Set<pg.PoolClient>()
  pool.on('release', (_, client) => idle.add(client))
  pool.on('acquire', (client) => idle.delete(client))
  pool.on('remove', (client) => idle.delete(client))
  const noticeSilence = (error: unknown): void => {
    if (!(error instanceof Error) || error.message !== silence) return
    for (const client of idle) streamOf(client).destroy(new Error(silence))
  }
  // Connections that break while idle are replaced by the pool; the next statement tells the truth.
  pool.on('error', options.onError)
  // A connection that is lost while it is in use says so to the statement, and must not end the
  // process: the pool takes its own listener away while a connection is lent out.
  pool.on('connect', (client) => client.on('error', () => undefined))

  /** `withinMs` of 0 is no limit. */
  const once = async <Row extends pg.QueryResultRow>(
    on: pg.Pool | pg.PoolClient,
    statement: { readonly name: string; readonly text: string; readonly values: unknown[] },
    withinMs: number,
  ): Promise<Row[]> => {
    const limit = withinMs === 0 ? 0 : withinMs + graceMs
    try {
      return (await on.query<Row>({ ...statement, query_timeout: limit } as pg.QueryConfig)).rows
    } catch (error) {
      noticeSilence(error)
      throw error
    }
  }

  const transactionWithin = async <T>(
    settings: string,
    withinMs: number,
    work: (run: Run) => Promise<T>,
  ): Promise<T> => {
    for (let left = 5; ; left--) {
      let client: pg.PoolClient
      try {
        client = await pool.connect()
      } catch (error) {
        throw translated(error)
      }
      const run: Run = (name, text, values) => once(client, { name, text, values }, withinMs)
      const step = (text: string, ms = statementMs) =>
        once(client, { name: '', text, values: [] }, ms)
      try {
        await step(`begin${settings}`)
        const result = await work(run)
        await step('commit', withinMs === 0 ? questionMs : statementMs)
        client.release()
        return result
      } catch (error) {
        // On a connection that does not answer nothing more is worth waiting for.
        if (isAway(error)) client.release(true)
        else
          await step('rollback').then(
            () => client.release(),
            () => client.release(true),
          )
        if (left === 0 || !isTransient(error)) throw translated(error)
      }
    }
  }

  return {
    pool,
    async run(name, text, values) {
      for (let left = 5; ; left--) {
        try {
          return await once(pool, { name, text, values }, statementMs)
        } catch (error) {
          if (left === 0 || !isTransient(error)) throw translated(error)
        }
      }
    },
    ask: (text, values) =>
      transactionWithin(
        `; set local plan_cache_mode = force_custom_plan; set local statement_timeout = ${questionMs}`,
        questionMs,
        (run) => run('', text, values),
      ),
    transaction: (work, pace) =>
      pace === 'patient'
        ? transactionWithin('; set local statement_timeout = 0', 0, work)
        : transactionWithin('', statementMs, work),
    close: () => pool.end(),
  }
}
