/** The messages of the PostgreSQL protocol, version 3, that a client of ours sends and is answered with. */

export interface Frame {
  /** `''` where the protocol has none: the first of a connection. */
  readonly type: string
  readonly body: Buffer
}

export interface ColumnType {
  readonly name: string
  /** Of pg_type. */
  readonly type: number
}

const message = (type: string, ...parts: readonly Uint8Array[]): Buffer => {
  const body = Buffer.concat(parts)
  const head = Buffer.alloc(5)
  head.write(type, 0, 'latin1')
  head.writeInt32BE(body.length + 4, 1)
  return Buffer.concat([head, body])
}
const int16 = (number: number): Buffer => {
  const bytes = Buffer.alloc(2)
  bytes.writeInt16BE(number)
  return bytes
}
const int32 = (number: number): Buffer => {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32BE(number)
  return bytes
}
const text = (value: string): Buffer => Buffer.from(`${value}\0`)

export const askPassword = message('R', int32(3))
/** Known, with a key to cancel by, and ready. */
export const welcome = Buffer.concat([
  message('R', int32(0)),
  message('S', text('client_encoding'), text('UTF8')),
  message('K', int32(4711), int32(99)),
  message('Z', Buffer.from('I')),
])
export const ready = message('Z', Buffer.from('T'))
export const done = (tag: string): Buffer => message('C', text(tag))

export const failure = (state: string, words: string): Buffer =>
  message('E', ...['SERROR', 'VERROR', `C${state}`, `M${words}`].map(text), Buffer.from([0]))

/** To a statement that was prepared, bound, described and executed. */
export function table(
  columns: readonly ColumnType[],
  rows: readonly (readonly (string | null)[])[],
): Buffer {
  const described = columns.flatMap(({ name, type }) => [
    ...[text(name), int32(0), int16(0), int32(type), int16(-1), int32(-1), int16(0)],
  ])
  const cell = (value: string | null): Buffer[] =>
    value === null ? [int32(-1)] : [int32(Buffer.byteLength(value)), Buffer.from(value)]
  return Buffer.concat([
    ...[message('1'), message('2')],
    message('T', int16(columns.length), ...described),
    ...rows.map((row) => message('D', int16(row.length), ...row.flatMap(cell))),
    done(`SELECT ${rows.length}`),
  ])
}

/** Cuts what has come into frames; what is not whole yet stays. */
export function createFrames(): (chunk: Buffer) => readonly Frame[] {
  let pending = Buffer.alloc(0)
  let isFirst = true
  return (chunk) => {
    pending = Buffer.concat([pending, chunk])
    const frames: Frame[] = []
    for (;;) {
      const head = isFirst ? 0 : 1
      if (pending.length < head + 4) return frames
      const end = head + pending.readInt32BE(head)
      if (pending.length < end) return frames
      const type = pending.toString('latin1', 0, head)
      frames.push({ type, body: pending.subarray(head + 4, end) })
      pending = pending.subarray(end)
      isFirst = false
    }
  }
}

/** The text of a Parse, without the name of the statement. */
export const statementIn = (body: Buffer): string => body.toString('utf8').split('\0')[1] ?? ''

/** The values of a Bind, all as text. */
export function valuesIn(body: Buffer): readonly (string | null)[] {
  let at = body.indexOf(0, body.indexOf(0) + 1) + 1
  at += 2 + 2 * body.readInt16BE(at)
  const count = body.readInt16BE(at)
  at += 2
  return Array.from({ length: count }, () => {
    const size = body.readInt32BE(at)
    at += 4
    if (size < 0) return null
    at += size
    return body.toString('utf8', at - size, at)
  })
}
