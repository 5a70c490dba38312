/**
 * As much of SQL Server's protocol (TDS 7.4, without TLS) as it takes to log in, begin a transaction and answer
 * a statement with rows or an error. It shows what a driver sends and how it reads; it knows no SQL.
 */
import { type AddressInfo, createServer, type Socket } from 'node:net'

export type TdsColumn = 'nvarchar' | 'bigint' | 'datetime2' | 'datetime' | 'decimal'

export interface TdsTable {
  readonly columns: readonly { readonly name: string; readonly type: TdsColumn }[]
  /** Texts; a datetime2 as 100 ns since midnight and days since 0001-01-01, the others as numbers. */
  readonly rows: readonly (readonly (string | bigint | readonly [bigint, number] | null)[])[]
}

export type TdsAnswer = TdsTable | { readonly error: number; readonly words: string } | 'never'

export interface TdsQuestion {
  readonly text: string
  readonly values: readonly (string | bigint | null)[]
}

export interface TdsServer {
  readonly port: number
  /** Types of all packets that have come: 16 is a login, 6 a call to stop. */
  readonly packets: readonly number[]
  readonly questions: readonly TdsQuestion[]
  close(): Promise<void>
}

const little = (size: number, value: number | bigint): Buffer => {
  const bytes = Buffer.alloc(8)
  bytes.writeBigInt64LE(BigInt(value))
  return bytes.subarray(0, size)
}
const wide = (text: string): Buffer => Buffer.from(text, 'utf16le')
const named = (text: string): Buffer => Buffer.concat([little(1, text.length), wide(text)])
const packet = (...parts: readonly Uint8Array[]): Buffer => {
  const body = Buffer.concat(parts)
  const head = Buffer.from([4, 1, 0, 0, 0, 0, 1, 0])
  head.writeUInt16BE(body.length + 8, 2)
  return Buffer.concat([head, body])
}
const done = (status = 0): Buffer =>
  Buffer.concat([Buffer.from([0xfd]), little(2, status), little(2, 0), little(8, 0)])
const failure = (number: number, words: string): Buffer => {
  const body = Buffer.concat([
    ...[little(4, number), Buffer.from([1, 14]), little(2, words.length), wide(words)],
    ...[named('s'), named(''), little(4, 1)],
  ])
  return Buffer.concat([Buffer.from([0xaa]), little(2, body.length), body, done(2)])
}

/** No encryption here. */
const noTls = packet(
  Buffer.from([0, 0, 11, 0, 6, 1, 0, 17, 0, 1, 0xff]),
  Buffer.from([16, 0, 0, 0, 0, 0, 2]),
)
const welcome = (): Buffer => {
  const body = Buffer.concat([Buffer.from([1, 0x74, 0, 0, 4]), named('test'), Buffer.alloc(4)])
  return packet(Buffer.from([0xad]), little(2, body.length), body, done())
}
const begun = packet(Buffer.from([0xe3, 11, 0, 8, 8, 1, 2, 3, 4, 5, 6, 7, 8, 0]), done())

const collation = Buffer.from([9, 4, 0xd0, 0, 0x34])
const typeInfo: Readonly<Record<TdsColumn, Buffer>> = {
  nvarchar: Buffer.concat([Buffer.from([0xe7]), little(2, 8000), collation]),
  bigint: Buffer.from([0x26, 8]),
  datetime2: Buffer.from([0x2a, 7]),
  datetime: Buffer.from([0x6f, 8]),
  decimal: Buffer.from([0x6a, 5, 9, 2]),
}

function cell(type: TdsColumn, value: TdsTable['rows'][number][number]): Buffer {
  if (value === null) return type === 'nvarchar' ? little(2, 0xffff) : little(1, 0)
  if (typeof value === 'string') return Buffer.concat([little(2, value.length * 2), wide(value)])
  if (typeof value !== 'bigint')
    return Buffer.concat([little(1, 8), little(5, value[0]), little(3, value[1])])
  if (type === 'decimal') return Buffer.concat([Buffer.from([5, 1]), little(4, value)])
  return Buffer.concat([little(1, 8), little(8, value)])
}

const table = ({ columns, rows }: TdsTable): Buffer =>
  packet(
    ...[Buffer.from([0x81]), little(2, columns.length)],
    ...columns.flatMap(({ name, type }) => [
      ...[little(4, 0), little(2, 9), typeInfo[type], named(name)],
    ]),
    ...rows.flatMap((row) => [
      Buffer.from([0xd1]),
      ...row.map((value, index) => cell(columns[index]?.type ?? 'nvarchar', value)),
    ]),
    done(0x10),
  )

/** Name, user and password of a login, the password as it is hidden in it. */
function accountIn(body: Buffer): { readonly user: string; readonly password: string } {
  const at = (place: number): Buffer => {
    const start = body.readUInt16LE(place)
    return Buffer.from(body.subarray(start, start + body.readUInt16LE(place + 2) * 2))
  }
  const hidden = at(44).map((byte) => {
    const plain = byte ^ 0xa5
    return ((plain << 4) | (plain >> 4)) & 0xff
  })
  return { user: at(40).toString('utf16le'), password: Buffer.from(hidden).toString('utf16le') }
}

/** A call of sp_executesql: the statement, the declaration of its parameters, their values. */
function questionIn(body: Buffer): TdsQuestion {
  let at = body.readUInt32LE(0) + 6
  const values: (string | bigint | null)[] = []
  const text = (): string | null => {
    const isLong = body.readUInt16LE(at + 1) === 0xffff
    at += 8
    if (!isLong) {
      const size = body.readUInt16LE(at)
      at += 2
      if (size === 0xffff) return null
      at += size
      return body.toString('utf16le', at - size, at)
    }
    at += 8
    let whole = ''
    for (;;) {
      const size = body.readUInt32LE(at)
      at += 4 + size
      if (size === 0) return whole
      whole += body.toString('utf16le', at - size, at)
    }
  }
  while (at < body.length) {
    at += 2 + 2 * (body[at] ?? 0)
    if (body[at] === 0xe7) values.push(text())
    else {
      const size = body[at + 2] ?? 0
      values.push(size === 8 ? body.readBigInt64LE(at + 3) : BigInt(body[at + 3] ?? 0))
      at += 3 + size
    }
  }
  const [statement = '', , ...rest] = values
  return { text: String(statement), values: rest }
}

export async function startTdsServer(
  account: { readonly user: string; readonly password: string },
  answer: (question: TdsQuestion) => TdsAnswer,
): Promise<TdsServer> {
  const packets: number[] = []
  const questions: TdsQuestion[] = []
  const sockets = new Set<Socket>()

  const reply = (type: number, body: Buffer): Buffer | undefined => {
    if (type === 0x12) return noTls
    if (type === 0x10) {
      const { user, password } = accountIn(body)
      const isRight = user === account.user && password === account.password
      return isRight ? welcome() : packet(failure(18456, `Login failed for user '${user}'.`))
    }
    if (type === 0x0e) return begun
    if (type === 0x06) return packet(done(0x20))
    if (type !== 0x03) return packet(done())
    const question = questionIn(body)
    questions.push(question)
    const said = answer(question)
    if (said === 'never') return undefined
    return 'error' in said ? packet(failure(said.error, said.words)) : table(said)
  }

  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
    let pending = Buffer.alloc(0)
    let message = Buffer.alloc(0)
    socket.on('data', (chunk: Buffer) => {
      pending = Buffer.concat([pending, chunk])
      while (pending.length >= 8 && pending.length >= pending.readUInt16BE(2)) {
        const [type = 0, status = 0] = pending
        const end = pending.readUInt16BE(2)
        message = Buffer.concat([message, pending.subarray(8, end)])
        pending = pending.subarray(end)
        if ((status & 1) === 0) continue
        packets.push(type)
        const bytes = reply(type, message)
        message = Buffer.alloc(0)
        if (bytes) socket.write(bytes)
      }
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    packets,
    questions,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}
