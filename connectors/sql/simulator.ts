/**
 * A database in miniature that speaks the PostgreSQL protocol over real TCP: one table of questions, an account
 * with a password, and of SQL just what this connector asks for. A question is its reading call, a login its
 * session; there is nothing to write. So the modes mean:
 *
 *   busy 53300, refuse 42501, server-error XX000      errors instead of rows
 *   unknown-words                                     an error that PostgreSQL does not have
 *   timeout-before, timeout-after                     no answer
 *   half-body, reset-before                           the answer, or the connection, breaks off
 *   html-200                                          something answers that is no database
 */
import type { Socket } from 'node:net'
import {
  type CreateSimulator,
  createModePlan,
  createSimulatorSockets,
  type SimulatorCallKind,
  type SimulatorMode,
} from '../../src/connector/index.ts'
import {
  askPassword,
  type ColumnType,
  createFrames,
  done,
  type Frame,
  failure,
  ready,
  statementIn,
  table,
  valuesIn,
  welcome,
} from './simulator-wire.ts'

export const account = { user: 'lien_thong_doc', password: 'not-a-real-secret' }

const modes = [
  ...(['slow', 'timeout-before', 'timeout-after', 'refuse', 'busy', 'html-200'] as const),
  ...(['half-body', 'server-error', 'reset-before', 'unknown-words'] as const),
] as const satisfies readonly SimulatorMode[]

type Row = Readonly<Record<string, string | null>>

/** Of pg_type: the watermark is a timestamp without time zone, all else is text. */
const typeOf = (column: string): number => (column === 'cap_nhat' ? 1114 : 25)

const shape =
  /^select (?<columns>.+?) from (?<from>"cau_hoi"|\(\n.*\n\)) as q(?: where (?<where>.+?))?(?: order by .+?)?(?: limit (?<limit>\d+))?$/s

/** What the statement asks for; an error as PostgreSQL would tell it where it is none of ours. */
function answer(rows: readonly Row[], text: string, values: readonly (string | null)[]): Buffer {
  if (text.trim().startsWith("select 'superuser'")) return table([{ name: 'text', type: 25 }], [])
  const parts = shape.exec(text)?.groups
  if (!parts) return failure('42601', 'syntax error')
  const names = [...(parts.columns ?? '').matchAll(/q\."(\w+)"/g)].map(([, name = '']) => name)
  const unknown = names.find((name) => !columnNames.includes(name))
  if (unknown) return failure('42703', `column q.${unknown} does not exist`)
  const columns: ColumnType[] = names.map((name) => ({ name, type: typeOf(name) }))
  const found = rows.filter(conditionOf(parts.from ?? '', parts.where ?? '', values))
  const taken = found.slice(0, Number(parts.limit ?? found.length))
  return table(
    columns,
    taken.map((row) => names.map((name) => row[name] ?? null)),
  )
}

const columnNames = ['ma_cau_hoi', 'ma_co_quan', 'ten_co_quan', 'noi_dung', 'cap_nhat']

/** As the database compares a time: without its offset. */
const plain = (time: string | null | undefined): string =>
  (time ?? '').replace('T', ' ').slice(0, 19)

function conditionOf(from: string, where: string, values: readonly (string | null)[]) {
  if (where === '1 = 0' || where.includes(' is null')) return () => false
  if (from.startsWith('(')) return (row: Row) => row.ma_cau_hoi === values[0]
  const mark = plain(values[0])
  const key = values.length > 1 ? (values.at(-1) ?? '') : undefined
  // Rows of one place, not those behind it.
  if (!where.includes('>'))
    return (row: Row) => plain(row.cap_nhat) === mark && row.ma_cau_hoi === key
  return (row: Row) => {
    const time = plain(row.cap_nhat)
    return time > mark || (time === mark && (key === undefined || (row.ma_cau_hoi ?? '') > key))
  }
}

const inOrder = (one: Row, other: Row): number =>
  `${one.cap_nhat} ${one.ma_cau_hoi}` < `${other.cap_nhat} ${other.ma_cau_hoi}` ? -1 : 1

const createSimulator: CreateSimulator = async (options) => {
  const state = new Map(options.state ?? [])
  const plan = createModePlan(modes)
  const sockets = createSimulatorSockets()
  let calls = 0

  const respond = (kind: SimulatorCallKind, socket: Socket, whole: Buffer): void => {
    calls += 1
    const asked = plan.next({ kind, run: () => ({}) })
    const say = (bytes: Uint8Array | string): void => {
      if (!socket.destroyed) socket.write(bytes)
    }
    const fail = (code: string): void => say(Buffer.concat([failure(code, 'simulated'), ready]))
    const answers: Partial<Record<SimulatorMode, () => void>> = {
      slow: () => sockets.after(asked?.ms ?? 0, () => say(whole)),
      'half-body': () => socket.write(whole.subarray(0, whole.length >> 1), () => socket.destroy()),
      'html-200': () => say('HTTP/1.1 200 OK\r\n\r\n<!DOCTYPE html><html lang="vi">Bảo trì</html>'),
      'server-error': () => fail('XX000'),
      busy: () => fail('53300'),
      refuse: () => fail('42501'),
      'unknown-words': () => fail('ZZ999'),
      'reset-before': () => socket.resetAndDestroy(),
    }
    if (asked) answers[asked.mode]?.()
    else say(whole)
  }

  const converse = (socket: Socket): void => {
    const frames = createFrames()
    let isKnown = false
    let user = ''
    let statement = ''
    let values: readonly (string | null)[] = []
    const acts: Readonly<Record<string, (body: Buffer) => void>> = {
      '': (body) => {
        const words = body.toString('utf8', 4).split('\0')
        user = words[words.indexOf('user') + 1] ?? ''
        socket.write(askPassword)
      },
      p: (body) => {
        isKnown =
          user === account.user && body.toString('utf8', 0, body.length - 1) === account.password
        respond('session', socket, isKnown ? welcome : failure('28P01', 'wrong password'))
      },
      Q: () => socket.write(Buffer.concat([done('BEGIN'), ready])),
      P: (body) => {
        statement = statementIn(body)
      },
      B: (body) => {
        values = valuesIn(body)
      },
      S: () => {
        if (!isKnown) return void socket.destroy()
        const rows = ([...state.values()] as Row[]).sort(inOrder)
        respond('read', socket, Buffer.concat([answer(rows, statement, values), ready]))
      },
      X: () => void socket.end(),
    }
    const take = ({ type, body }: Frame): void => acts[type]?.(body)
    socket.on('data', (chunk: Buffer) => {
      for (const frame of frames(chunk)) take(frame)
    })
  }

  const port = await sockets.listen(options.port, converse)

  return {
    address: `postgresql://127.0.0.1:${port}`,
    modes,
    misbehave: plan.add,
    behave: plan.clear,
    calls: () => calls,
    received: () => [],
    state: () => state,
    stop: sockets.stop,
  }
}

export default createSimulator
