/** PostgreSQL by the driver `pg`: every visit is one read-only transaction. */
import { connect } from 'node:net'
import pg from 'pg'
import { later } from '../../src/connector/index.ts'
import { bytes, type Cell, dayCell, type Kind, textCell, timeCell } from './cells.ts'
import type { Driver, Link, Phase } from './driver.ts'
import { type Meaning, networkFailure, outcomeOf, strange, systemErrorOf } from './failures.ts'
import type { SqlOptions } from './options.ts'
import { createBudget, farewell, rightsBeyond } from './reading.ts'

const { Client } = pg

/** Of a type, by its number in pg_type. */
const kinds: Readonly<Record<number, Kind>> = {
  ...{ 1184: 'zoned', 1114: 'time', 1082: 'day' },
  ...{ 20: 'number', 21: 'number', 23: 'number', 1700: 'number', 700: 'number', 701: 'number' },
}
const boolean = 16
const bytea = 17

const reader =
  (type: number, offset: string, weigh: (size: number) => void) =>
  (text: string): Cell => {
    weigh(text.length)
    const kind = kinds[type]
    if (kind === 'zoned' || kind === 'time') return timeCell(text, offset)
    if (kind === 'day') return dayCell(text)
    if (type === boolean) return text === 't'
    return type === bytea ? bytes : textCell(text)
  }

/** One transaction; a pooler between us and the server keeps it together, settings of a session it does not. */
const opening = ({ statementTimeoutMs, offset }: SqlOptions): string =>
  [
    'begin transaction isolation level read committed read only',
    `set local statement_timeout = ${statementTimeoutMs}`,
    `set local lock_timeout = ${statementTimeoutMs}`,
    `set local time zone interval '${offset}' hour to minute`,
    `set local datestyle = 'ISO, YMD'`,
    `set local extra_float_digits = 1`,
  ].join('; ')

interface Session {
  readonly processID: number | null
  readonly secretKey: number | null
  readonly connection: { readonly stream: { destroy(): void } }
}

/** By the extended protocol the server itself takes one statement only. */
const oneStatement = { queryMode: 'extended', rowMode: 'array' } as const

function link(options: SqlOptions): Link {
  const { host, port, database, user, password, authority, offset } = options
  const client = new Client({
    ...{ host, port, database, user, password },
    application_name: 'lien-thong-hub',
    ssl: options.isEncrypted && {
      rejectUnauthorized: true,
      minVersion: 'TLSv1.2',
      ...(authority !== undefined && { ca: authority }),
    },
  })
  const session = client as unknown as Session
  let isOver = false
  // Also after the last answer: an error that nobody hears would end the process.
  client.on('error', () => undefined)
  const rowsOf = async (text: string): Promise<string[][]> =>
    (await client.query({ text, ...oneStatement })).rows
  const abandon = (): void => {
    const { processID, secretKey } = session
    if (!isOver && processID !== null && secretKey !== null)
      cancel({ host, port }, processID, secretKey)
    isOver = true
    session.connection.stream.destroy()
  }
  return {
    async connect() {
      await client.connect()
      await client.query(opening(options))
    },
    async ask({ text, values }) {
      const spend = createBudget()
      let overspent: unknown
      const weigh = (size: number): void => {
        try {
          spend(size)
        } catch (error) {
          overspent = error
          // The driver would read the rest of the answer, and throw it away.
          abandon()
          throw error
        }
      }
      const result = await client
        .query<Cell[]>({
          ...{ text, values: [...values], ...oneStatement },
          types: { getTypeParser: ((type: number) => reader(type, offset, weigh)) as never },
        })
        .catch((error: unknown) => {
          throw overspent ?? error
        })
      return {
        kinds: result.fields.map(({ dataTypeID }) => kinds[dataTypeID] ?? 'other'),
        rows: result.rows,
      }
    },
    async mayWrite() {
      return rightsBeyond((await rowsOf(rights)).flat())
    },
    abandon,
    async close() {
      if (!isOver) await farewell(client.end())
      isOver = true
      session.connection.stream.destroy()
    },
  }
}

const farewellMs = 1_000

/**
 * The server notices a broken connection only when it answers; until then it would work on. The request goes in
 * clear, as libpq sends it: it holds a number that is good for nothing but ending what we end ourselves.
 */
function cancel(
  at: { readonly host: string; readonly port: number },
  id: number,
  key: number,
): void {
  const request = Buffer.alloc(16)
  for (const [index, number] of [16, 80877102, id].entries())
    request.writeInt32BE(number, index * 4)
  request.writeInt32BE(key, 12)
  const socket = connect(at, () => socket.end(request))
  socket.setTimeout(farewellMs, () => socket.destroy())
  socket.on('error', () => socket.destroy())
  socket.on('close', () => socket.destroy())
  socket.unref()
}

/** One row, of a few words, for each right beyond reading. */
const rights = `
select 'superuser' from pg_roles where rolname = current_user and rolsuper
union all
select 'create roles or databases' from pg_roles where rolname = current_user and (rolcreaterole or rolcreatedb)
union all
select 'create in the database ' || datname from pg_database
  where datname = current_database() and has_database_privilege(datname, 'create')
union all
(select 'create in the schema ' || nspname from pg_namespace
  where nspname !~ '^pg_' and nspname <> 'information_schema' and has_schema_privilege(oid, 'create') limit 3)
union all
(select 'write to ' || c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
    and (has_table_privilege(c.oid, 'insert, update, delete, truncate')
      or has_any_column_privilege(c.oid, 'insert, update')) limit 3)`

/** By the longest beginning of the SQLSTATE that is here. */
const meanings: Readonly<Record<string, Meaning>> = {
  ...{ '28': 'account', '42501': 'right', '25': 'statement' },
  ...{ '53': 'busy', '40': 'busy', '57P': 'busy', '55P03': 'busy', '08': 'busy', '58': 'busy' },
  ...{ '57014': 'timeout', '25P03': 'timeout' },
  ...{ '42P01': 'missing', '42703': 'missing', '3D000': 'missing', '3F000': 'missing' },
  ...{ '42': 'statement', '0A': 'statement', '22': 'value' },
}

function meaningOf(state: string): Meaning | undefined {
  for (let length = state.length; length > 1; length--) {
    const meaning = meanings[state.slice(0, length)]
    if (meaning) return meaning
  }
  return undefined
}

export const postgresql: Driver = {
  link,
  classify(error: unknown, phase: Phase, names: readonly string[]) {
    const { code, message } = systemErrorOf(error)
    const meaning = /^[0-9A-Z]{5}$/.test(code) ? meaningOf(code) : undefined
    if (meaning) return outcomeOf(meaning, code, message, names)
    if (/SSL connection/.test(message)) return later('tls-failed')
    // The driver's own words for a connection that ended under it.
    if (/Connection terminated|Connection ended/.test(message))
      return later(phase === 'connecting' ? 'connection-refused' : 'connection-lost')
    return networkFailure(error, phase) ?? strange(code)
  },
}
