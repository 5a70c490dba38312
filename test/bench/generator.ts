/**
 * A load generator that costs little: raw sockets, requests made beforehand, one request at a time on
 * each connection. Run as a process of its own; speaks over IPC.
 */
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { createLoad, type Load, type LoadTask } from './messages.ts'

export interface GeneratorTask extends LoadTask {
  readonly port: number
  readonly key: string
  readonly connections: number
  /** Messages a second, evenly, timed from the moment a request was due. Undefined: as fast as it goes. */
  readonly perSecond: number | undefined
  /** Events a request, default 1. */
  readonly batch?: number | undefined
}

export interface GeneratorReport {
  /** Unix ms of the first request. */
  readonly startedAt: number
  readonly seconds: number
  readonly refused: number
  readonly bytes: number
  /** Milliseconds from when it was due to the answer, ascending. */
  readonly latencies: readonly number[]
  /** Event id → Unix ms at which it was due (open loop only). */
  readonly due: readonly (readonly [string, number])[]
}

/** One request: one event, or a batch. */
interface Request {
  readonly loads: readonly Load[]
  readonly bytes: Buffer
}

function requestOf(loads: readonly Load[], key: string, batched: boolean): Request {
  const events = loads.map(({ event }) => event).join()
  const body = Buffer.from(batched ? `[${events}]` : events)
  const head =
    `POST /api/v1/messages HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${key}\r\n` +
    `Content-Type: application/cloudevents${batched ? '-batch' : ''}+json\r\n` +
    `Content-Length: ${body.length}\r\n\r\n`
  return { loads, bytes: Buffer.concat([Buffer.from(head), body]) }
}

function requestsOf(task: GeneratorTask): Request[] {
  const loads = createLoad(task)
  const { batch = 1 } = task
  return Array.from({ length: Math.ceil(loads.length / batch) }, (_, index) =>
    requestOf(loads.slice(index * batch, (index + 1) * batch), task.key, batch > 1),
  )
}

interface Connection {
  /** Resolves with the status of the answer. */
  send(bytes: Buffer): Promise<number>
  end(): void
}

async function openConnection(port: number): Promise<Connection> {
  const socket: Socket = connect({ port, host: '127.0.0.1', noDelay: true })
  await once(socket, 'connect')
  let received = ''
  let done: ((status: number) => void) | undefined
  let fail: ((error: Error) => void) | undefined
  socket.setEncoding('latin1')
  socket.on('data', (chunk: string) => {
    received += chunk
    const head = received.indexOf('\r\n\r\n')
    if (head < 0) return
    const length = Number(/content-length: (\d+)/i.exec(received)?.[1] ?? 0)
    if (received.length < head + 4 + length) return
    const status = Number(received.slice(9, 12))
    received = received.slice(head + 4 + length)
    done?.(status)
  })
  socket.on('error', (error) => fail?.(error))
  socket.on('close', () => fail?.(new Error('the connection was closed')))
  return {
    send: (bytes) =>
      new Promise((resolve, reject) => {
        done = resolve
        fail = reject
        socket.write(bytes)
      }),
    end: () => socket.destroy(),
  }
}

export async function generate(task: GeneratorTask): Promise<GeneratorReport> {
  const requests = requestsOf(task)
  const bytes = requests.reduce((sum, request) => sum + request.bytes.length, 0)
  const latencies: number[] = []
  const due: [string, number][] = []
  let next = 0
  let refused = 0
  const connections = await Promise.all(
    Array.from({ length: task.connections }, () => openConnection(task.port)),
  )
  // A client of a hub keeps its connections: what opening them costs the hub is over before the clock runs.
  await pause(250)
  const start = performance.now()

  const worker = async (connection: Connection): Promise<void> => {
    for (;;) {
      const index = next++
      const request = requests[index]
      if (!request) break
      let from = performance.now()
      if (task.perSecond !== undefined) {
        const dueAt = start + (index * 1000 * (task.batch ?? 1)) / task.perSecond
        if (dueAt > from) await new Promise((resolve) => setTimeout(resolve, dueAt - from))
        from = dueAt
        for (const { eventId } of request.loads) due.push([eventId, performance.timeOrigin + dueAt])
      }
      const status = await connection.send(request.bytes)
      latencies.push(performance.now() - from)
      if (status !== 202) refused++
    }
    connection.end()
  }
  await Promise.all(connections.map(worker))
  const seconds = (performance.now() - start) / 1000
  return {
    startedAt: performance.timeOrigin + start,
    seconds,
    refused,
    bytes,
    latencies: latencies.sort((a, b) => a - b),
    due,
  }
}

process.on('message', async (task: GeneratorTask) => {
  process.send?.(await generate(task))
})
