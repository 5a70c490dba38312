/**
 * SQL Server by the driver `tedious`: every visit is a transaction that is never committed. The driver makes a
 * JavaScript number of a decimal, and milliseconds of a `datetime`: the one is refused, the other is no watermark.
 */
import { once } from 'node:events'
import { isIP, Socket } from 'node:net'
import { Connection, Request, TYPES } from 'tedious'
import { later } from '../../src/connector/index.ts'
import {
  bytes,
  type Cell,
  dayCell,
  type Kind,
  textCell,
  timeCell,
  type Unreadable,
} from './cells.ts'
import type { Driver, Link, Phase } from './driver.ts'
import { type Meaning, networkFailure, outcomeOf, strange, systemErrorOf } from './failures.ts'
import type { SqlOptions } from './options.ts'
import { createBudget, nameWanted, rightsBeyond, shortFloat, sizeOf } from './reading.ts'
import { misfit, type Value } from './statement.ts'

export interface ColumnType {
  /** The driver's name of it. */
  readonly name: string
  readonly length: number | undefined
}

const decimals = ['Decimal', 'DecimalN', 'Numeric', 'NumericN', 'Money', 'MoneyN', 'SmallMoney']
const integers = ['TinyInt', 'SmallInt', 'Int', 'IntN', 'BigInt']
const fourBytes = ({ name, length }: ColumnType): boolean =>
  name === 'Real' || name === 'SmallDateTime' || length === 4

export function kindOf(type: ColumnType): Kind {
  const { name } = type
  if (name === 'DateTimeOffset') return 'zoned'
  // Of four bytes: smalldatetime, whole minutes.
  if (name === 'DateTime2' || (/DateTime/.test(name) && fourBytes(type))) return 'time'
  if (name === 'Date') return 'day'
  if (name === 'VarChar' || name === 'Char') return 'narrow'
  return integers.includes(name) ? 'number' : 'other'
}

const rounded: Unreadable = {
  wrong: {
    vi: 'là số thập phân, sẽ bị làm tròn: dùng CONVERT(nvarchar(60), …) trong câu SELECT (money: kiểu 2)',
    en: 'is a decimal, which would be rounded: use CONVERT(nvarchar(60), …) in the SELECT (money: style 2)',
  },
  isOfColumn: true,
}

export function cellOf(value: unknown, type: ColumnType, offset: string): Cell {
  if (value === null || value === undefined) return null
  if (decimals.includes(type.name)) return rounded
  if (typeof value === 'boolean') return value
  if (typeof value === 'number')
    return fourBytes(type) && !integers.includes(type.name) ? shortFloat(value) : String(value)
  if (typeof value === 'string') return textCell(value)
  return value instanceof Date && !Number.isNaN(value.getTime())
    ? clockOf(value, type.name, offset)
    : bytes
}

/** The driver keeps what is smaller than a millisecond beside the date, in seconds. */
function clockOf(value: Date, type: string, offset: string): Cell {
  const tiny = Math.round(Number(Reflect.get(value, 'nanosecondsDelta') ?? 0) * 1e7)
  const text = `${value.toISOString().slice(0, -1)}${String(tiny).padStart(4, '0')}`
  if (type === 'Date') return dayCell(text.slice(0, 10))
  if (type === 'Time') return text.slice(11).replace(/\.?0*$/, '')
  return timeCell(type === 'DateTimeOffset' ? `${text}Z` : text, offset)
}

const login = 0x10

/** The driver would log in without TLS where the server says that it has none: it must not come to that. */
function neverInClear(socket: Socket): Socket {
  const write = socket.write.bind(socket) as (...given: unknown[]) => boolean
  socket.write = (...given: unknown[]): boolean => {
    const [chunk] = given
    if (chunk instanceof Uint8Array && chunk[0] === login) {
      socket.destroy(Object.assign(new Error('no TLS'), { code: 'ERR_TLS_REQUIRED' }))
      return false
    }
    return write(...given)
  }
  return socket
}

function link(options: SqlOptions): Link {
  const { host, port, database, user, password, authority, isEncrypted, offset } = options
  if (isEncrypted && isIP(host) !== 0) throw misfit(nameWanted)
  const socket = new Socket()
  const connection = new Connection({
    server: host,
    authentication: { type: 'default', options: { userName: user, password } },
    options: {
      ...{ port, database, encrypt: isEncrypted, trustServerCertificate: false, useUTC: true },
      connector: async () => {
        await once(socket.connect({ host, port }), 'connect')
        return isEncrypted ? neverInClear(socket) : socket
      },
      cryptoCredentialsDetails: {
        minVersion: 'TLSv1.2',
        ...(authority !== undefined && { ca: authority }),
      },
      appName: 'lien-thong-hub',
      readOnlyIntent: true,
      // Our own limit is over the whole visit.
      connectTimeout: 600_000,
      requestTimeout: options.statementTimeoutMs,
      ...{ rowCollectionOnRequestCompletion: false, abortTransactionOnError: true },
    },
  })
  let isOver = false
  // Also after the last answer: an error that nobody hears would end the process.
  connection.on('error', () => undefined)

  const leave = (): void => {
    connection.close()
    // Also while it was still connecting.
    socket.destroy()
  }

  const run = async (text: string, values: readonly Value[]) => {
    const weigh = createBudget()
    const rows: Cell[][] = []
    let types: readonly ColumnType[] = []
    let failure: unknown
    await new Promise<void>((resolve, reject) => {
      const request = new Request(text, (error) => {
        if (isOver) leave()
        if (error) reject(failure ?? error)
        else resolve()
      })
      request.on('columnMetadata', (columns) => {
        types = (columns as unknown as Metadata[]).map(({ type, dataLength }) => {
          return { name: type.name, length: dataLength }
        })
      })
      request.on('row', (columns: readonly { readonly value: unknown }[]) => {
        if (failure) return
        const row = columns.map(({ value }, index) =>
          cellOf(value, types[index] ?? unnamed, offset),
        )
        try {
          for (const { value } of columns) weigh(sizeOf(value))
          rows.push(row)
        } catch (error) {
          failure = error
          connection.cancel()
        }
      })
      for (const [index, value] of values.entries())
        request.addParameter(`p${index + 1}`, typeOf(value), value)
      connection.execSql(request)
    })
    if (failure) throw failure
    return { types, rows }
  }

  return {
    async connect() {
      await new Promise<void>((resolve, reject) =>
        connection.connect((error) => (error ? reject(error) : resolve())),
      )
      await new Promise<void>((resolve, reject) =>
        connection.beginTransaction((error) => (error ? reject(error) : resolve())),
      )
    },
    async ask({ text, values }) {
      const { types, rows } = await run(text, values)
      return { kinds: types.map(kindOf), rows }
    },
    async mayWrite() {
      return rightsBeyond((await run(rights, [])).rows.flat().map(String))
    },
    abandon() {
      isOver = true
      if (!connection.cancel()) return leave()
      // What is called off answers once more; the connection ends with that.
      const timer = setTimeout(leave, farewellMs)
      connection.once('end', () => clearTimeout(timer))
    },
    async close() {
      // Whatever was begun is rolled back.
      if (!isOver) leave()
      isOver = true
    },
  }
}

const farewellMs = 1_000

interface Metadata {
  readonly type: { readonly name: string }
  readonly dataLength: number | undefined
}
const unnamed: ColumnType = { name: '', length: undefined }

const typeOf = (value: Value) => {
  if (typeof value === 'boolean') return TYPES.Bit
  if (typeof value !== 'number') return TYPES.NVarChar
  return Number.isSafeInteger(value) ? TYPES.BigInt : TYPES.Float
}

/** One row, of a few words, for each right beyond reading. */
const rights = `
select 'role ' + r.name from (values ('db_owner'), ('db_datawriter'), ('db_ddladmin'),
  ('db_securityadmin'), ('db_accessadmin')) as r(name) where is_rolemember(r.name) = 1
union all
select 'server role ' + r.name from (values ('sysadmin'), ('securityadmin'), ('serveradmin'),
  ('dbcreator'), ('bulkadmin')) as r(name) where is_srvrolemember(r.name) = 1
union all
select r.name + ' on the database' from (values ('INSERT'), ('UPDATE'), ('DELETE'), ('ALTER'),
  ('EXECUTE'), ('CREATE TABLE')) as r(name) where has_perms_by_name(null, 'database', r.name) = 1
union all
select top (3) 'write to ' + t.name from (
  select quotename(s.name) + '.' + quotename(o.name) as name
  from sys.objects as o join sys.schemas as s on s.schema_id = o.schema_id where o.type in ('U', 'V')
) as t where has_perms_by_name(t.name, 'object', 'INSERT') = 1
  or has_perms_by_name(t.name, 'object', 'UPDATE') = 1
  or has_perms_by_name(t.name, 'object', 'DELETE') = 1`

const meanings: Readonly<Record<number, Meaning>> = {
  ...{ 18452: 'account', 18456: 'account', 18470: 'account', 18486: 'account', 18487: 'account' },
  ...{ 18488: 'account', 229: 'right', 230: 'right', 262: 'right', 916: 'right', 297: 'right' },
  ...{ 1205: 'busy', 1222: 'busy', 3960: 'busy', 10928: 'busy', 10929: 'busy', 17809: 'busy' },
  ...{ 207: 'missing', 208: 'missing', 2812: 'missing', 4060: 'missing', 4104: 'missing' },
  ...{ 102: 'statement', 105: 'statement', 156: 'statement', 170: 'statement', 1033: 'statement' },
  ...{ 8155: 'statement', 3906: 'statement', 195: 'statement', 4121: 'statement' },
  ...{ 220: 'value', 241: 'value', 242: 'value', 245: 'value', 8114: 'value', 8115: 'value' },
}

export const sqlServer: Driver = {
  link,
  classify(error: unknown, phase: Phase, names: readonly string[]) {
    const { code, message } = systemErrorOf(error)
    // What the driver says is in the cause: a number of the server's, or a code of the socket's.
    const cause = error instanceof Error && error.cause ? error.cause : error
    const number = Number(
      Reflect.get(Object(error), 'number') ?? Reflect.get(Object(cause), 'number'),
    )
    const meaning = meanings[number]
    if (meaning) return outcomeOf(meaning, String(number), message, names)
    if (code === 'ELOGIN') return outcomeOf('account', code, message, names)
    if (code === 'ETIMEOUT') return outcomeOf('timeout', code, message, names)
    if (code === 'EENCRYPT') return later('tls-failed')
    const network = networkFailure(cause, phase)
    if (network) return network
    if (/^E(SOCKET|CLOSE|CONNRESET)$/.test(code))
      return later(phase === 'connecting' ? 'connection-refused' : 'connection-lost')
    return strange(Number.isNaN(number) ? code : String(number))
  },
}
