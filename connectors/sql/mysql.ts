/** MySQL and MariaDB by the driver `mysql2`: every visit is one read-only transaction of a read-only session. */
import { isIP } from 'node:net'
import { type Connection, createConnection, type FieldPacket } from 'mysql2'
import { bytes, type Cell, dayCell, type Kind, textCell, timeCell } from './cells.ts'
import type { Driver, Link, Phase } from './driver.ts'
import { type Meaning, networkFailure, outcomeOf, strange, systemErrorOf } from './failures.ts'
import type { SqlOptions } from './options.ts'
import { createBudget, farewell, nameWanted, rightsBeyond, shortFloat, sizeOf } from './reading.ts'
import { misfit } from './statement.ts'

/** Of a column, by its number in the protocol. TIMESTAMP too is shown as a clock of the session shows it. */
const kinds: Readonly<Record<number, Kind>> = {
  ...{ 7: 'time', 12: 'time', 10: 'day' },
  ...{ 0: 'number', 1: 'number', 2: 'number', 3: 'number', 8: 'number', 9: 'number', 13: 'number' },
  ...{ 4: 'number', 5: 'number', 16: 'number', 246: 'number' },
}
/** ENUM and SET come as texts under these flags: sorted by their numbers, compared as texts. */
const numberedText = 0x100 | 0x800

function kindOf({ columnType, flags }: FieldPacket): Kind {
  if (typeof flags === 'number' && (flags & numberedText) !== 0) return 'disordered'
  return kinds[columnType ?? -1] ?? 'other'
}
const float = 4
const bit = 16

function cellOf(value: unknown, type: number, offset: string): Cell {
  if (value === null || value === undefined) return null
  if (typeof value === 'number') return type === float ? shortFloat(value) : String(value)
  if (typeof value !== 'string')
    return type === bit && Buffer.isBuffer(value)
      ? BigInt(`0x${value.toString('hex')}`).toString()
      : bytes
  if (kinds[type] === 'time') return timeCell(value, offset)
  return kinds[type] === 'day' ? dayCell(value) : textCell(value)
}

const settingsOf = ({ host, port, database, user, password, ...options }: SqlOptions) => ({
  ...{ host, port, database, user, password },
  charset: 'utf8mb4',
  // Our limit of time is over the whole visit.
  connectTimeout: 0,
  ...{ supportBigNumbers: true, bigNumberStrings: true, dateStrings: true, jsonStrings: true },
  ...{ multipleStatements: false, flags: ['-LOCAL_FILES'] },
  ...(options.isEncrypted && {
    ssl: {
      ...{ minVersion: 'TLSv1.2', rejectUnauthorized: true, verifyIdentity: true },
      ...(options.authority !== undefined && { ca: options.authority }),
    },
  }),
})

function link(options: SqlOptions): Link {
  const { host, isEncrypted, offset, statementTimeoutMs } = options
  // The driver would compare the certificate of an address with the name `localhost`.
  if (isEncrypted && isIP(host) !== 0) throw misfit(nameWanted)
  const connection = createConnection(settingsOf(options))
  let isOver = false
  // Also after the last answer: an error that nobody hears would end the process.
  connection.on('error', () => undefined)
  const query = (text: string): Promise<unknown[][]> =>
    new Promise((resolve, reject) =>
      connection.query({ sql: text, rowsAsArray: true }, (error, rows) =>
        error ? reject(error) : resolve(Array.isArray(rows) ? (rows as unknown[][]) : []),
      ),
    )
  const abandon = (): void => {
    const { threadId } = connection
    if (!isOver && threadId) cancel(options, threadId)
    isOver = true
    connection.destroy()
  }

  return {
    async connect() {
      await new Promise<void>((resolve, reject) =>
        connection.connect((error) => (error ? reject(error) : resolve())),
      )
      const [[version] = []] = await query('select version()')
      const limit = String(version).includes('MariaDB')
        ? `max_statement_time = ${statementTimeoutMs / 1000}`
        : `max_execution_time = ${statementTimeoutMs}`
      // What an operator writes is read by the rules by which it was looked through.
      await query(`set session sql_mode = 'STRICT_TRANS_TABLES', time_zone = '${offset}', ${limit}`)
      await query('set session transaction read only')
      await query('start transaction read only')
    },
    async ask({ text, values }) {
      const weigh = createBudget()
      const rows: Cell[][] = []
      let columns: readonly FieldPacket[] = []
      await new Promise<void>((resolve, reject) => {
        // Without a callback the driver gathers nothing: row after row is handed on as it comes.
        const asked = connection.execute({ sql: text, values: [...values], rowsAsArray: true })
        asked.on('error', reject)
        // A connection that breaks tells itself, not its question.
        connection.on('error', reject)
        asked.on('fields', (fields: FieldPacket[]) => {
          columns = fields
        })
        asked.on('result', (row: unknown) => {
          if (isOver || !Array.isArray(row)) return
          try {
            for (const value of row) weigh(sizeOf(value))
            rows.push(
              row.map((value, index) => cellOf(value, columns[index]?.columnType ?? -1, offset)),
            )
          } catch (error) {
            reject(error)
            abandon()
          }
        })
        asked.on('end', () => resolve())
      })
      return { kinds: columns.map(kindOf), rows }
    },
    async mayWrite() {
      return rightsBeyond(
        (await query('show grants')).flatMap(([line]) => beyondReading(String(line))),
      )
    },
    abandon,
    async close() {
      if (!isOver) await farewell(new Promise<void>((resolve) => connection.end(() => resolve())))
      isOver = true
      connection.destroy()
    },
  }
}

const cancelMs = 2_000

/** The server notices a broken connection only when it answers; until then it would work on. */
function cancel(options: SqlOptions, thread: number): void {
  const killer: Connection = createConnection(settingsOf(options))
  const timer = setTimeout(() => killer.destroy(), cancelMs)
  const end = (): void => {
    clearTimeout(timer)
    killer.destroy()
  }
  killer.on('error', end)
  killer.query(`kill query ${thread}`, end)
}

const reading = new Set(
  ['USAGE', 'SELECT', 'SHOW VIEW', 'SHOW DATABASES', 'PROCESS', 'REPLICATION CLIENT'].concat(
    ...['BINLOG MONITOR', 'SLAVE MONITOR', 'REPLICA MONITOR'],
  ),
)

/** Of a line of `show grants`, which may hold the hash of a password, no more than the rights. */
export function beyondReading(line: string): readonly string[] {
  const granted = /^GRANT (.+?) ON (.+?) TO /.exec(line)
  if (!granted) return [`role ${/^GRANT (.+?) TO /.exec(line)?.[1] ?? '?'}`]
  const [, rights = '', place = ''] = granted
  const more = rights
    .split(/,\s*(?![^(]*\))/)
    .filter((right) => !reading.has(right.replace(/\s*\(.*$/, '')))
  const all = / WITH GRANT OPTION/.test(line) ? [...more, 'GRANT OPTION'] : more
  return all.map((right) => `${right} on ${place}`)
}

const meanings: Readonly<Record<number, Meaning>> = {
  ...{ 1045: 'account', 1698: 'account', 1130: 'account', 1251: 'account' },
  ...{ 1044: 'right', 1142: 'right', 1143: 'right', 1227: 'right', 1370: 'right', 1356: 'right' },
  ...{ 1040: 'busy', 1203: 'busy', 1226: 'busy', 1205: 'busy', 1213: 'busy', 1053: 'busy' },
  ...{ 1129: 'busy', 1317: 'timeout', 1969: 'timeout', 3024: 'timeout' },
  ...{ 1049: 'missing', 1054: 'missing', 1146: 'missing', 1305: 'missing' },
  ...{
    1064: 'statement',
    1792: 'statement',
    1235: 'statement',
    1222: 'statement',
    1060: 'statement',
  },
  ...{ 1292: 'value', 1366: 'value', 1411: 'value', 1525: 'value', 1690: 'value' },
}

export const mysql: Driver = {
  link,
  classify(error: unknown, phase: Phase, names: readonly string[]) {
    const { code, message } = systemErrorOf(error)
    const number = Number(Reflect.get(Object(error), 'errno'))
    const meaning = code === 'AUTH_SWITCH_PLUGIN_ERROR' ? 'account' : meanings[number]
    if (meaning) return outcomeOf(meaning, String(number), message, names)
    return networkFailure(error, phase) ?? strange(code)
  },
}
