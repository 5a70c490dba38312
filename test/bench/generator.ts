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
  /** Undefined: as fast as it goes. Otherwise even, timed from the moment a request was due. */
  readonly perSecond: number | undefined
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

const requestOf = (load: Load, key: string): Buffer =>
  Buffer.concat([
    Buffer.from(
      `POST /api/v1/messages HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${key}\r\n` +
        `Content-Type: application/cloudevents+json\r\nContent-Length: ${load.body.length}\r\n\r\n`,
    ),
    load.body,
  ])

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
  const loads = createLoad(task)
  const requests = loads.map((load) => requestOf(load, task.key))
  const bytes = loads.reduce((sum, load) => sum + load.body.length, 0)
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
      const load = loads[index]
      if (!request || !load) break
      let from = performance.now()
      if (task.perSecond !== undefined) {
        const dueAt = start + (index * 1000) / task.perSecond
        if (dueAt > from) await new Promise((resolve) => setTimeout(resolve, dueAt - from))
        from = dueAt
        due.push([load.eventId, performance.timeOrigin + dueAt])
      }
      const status = await connection.send(request)
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
