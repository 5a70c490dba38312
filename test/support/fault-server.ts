/**
 * Servers that break the rules of TCP, TLS or HTTP in one exact way. Each counts what reached it, so
 * that a test can compare what the client believes with what happened.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import net, { type AddressInfo, type Socket } from 'node:net'
import tls, { type TlsOptions } from 'node:tls'

export interface FaultServer {
  readonly port: number
  /** For example http://127.0.0.1:40123 */
  readonly origin: string
  /** Connections accepted (over TLS: with a finished handshake). */
  connections(): number
  /** Connections open now. */
  open(): number
  /** What was received, decrypted; one text per connection. */
  received(): readonly string[]
  close(): Promise<void>
}

/** Told of each piece that arrives, together with all that arrived before it on this connection. */
export type OnData = (socket: Socket, received: string, connection: number) => void

interface FaultOptions {
  onConnection?(socket: Socket, connection: number): void
  onData?: OnData
  readonly tls?: TlsOptions
}

export async function startFaultServer(options: FaultOptions): Promise<FaultServer> {
  const texts: string[] = []
  const sockets = new Set<Socket>()
  const serve = (socket: Socket): void => {
    const connection = texts.push('') - 1
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
    socket.on('data', (chunk) => {
      const text = (texts[connection] ?? '') + chunk.toString('latin1')
      texts[connection] = text
      options.onData?.(socket, text, connection)
    })
    options.onConnection?.(socket, connection)
  }
  const server = options.tls ? tls.createServer(options.tls, serve) : net.createServer(serve)
  server.on('tlsClientError', () => {})
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    port,
    origin: `${options.tls ? 'https' : 'http'}://127.0.0.1:${port}`,
    connections: () => texts.length,
    open: () => sockets.size,
    received: () => texts,
    async close() {
      for (const socket of sockets) socket.destroy()
      if (server.listening) {
        server.close()
        await once(server, 'close')
      }
    },
  }
}

/** Whether a whole request has arrived: head, and a body of the announced length. */
export function isWhole(received: string): boolean {
  const headEnd = received.indexOf('\r\n\r\n')
  if (headEnd < 0) return false
  const length = Number(/\r\ncontent-length: (\d+)/i.exec(received.slice(0, headEnd))?.[1] ?? 0)
  return received.length >= headEnd + 4 + length
}

export const wholeAnswer = (body: string, headers = ''): string =>
  `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n${headers}\r\n${body}`

/** Waits for the whole request, then does this to the connection. */
export const afterRequest =
  (act: (socket: Socket, connection: number) => void): OnData =>
  (socket, received, connection) => {
    if (isWhole(received)) act(socket, connection)
  }

/** A port that nobody listens on. */
export async function closedPort(): Promise<number> {
  const server = await startFaultServer({})
  await server.close()
  return server.port
}

/**
 * A port whose connection attempts are never answered: a listener whose process is frozen and whose
 * queue is full, as with a dead machine behind a firewall.
 */
export async function startBlackHole(): Promise<{ port: number; close(): Promise<void> }> {
  const script =
    'const s=require("net").createServer();s.listen({port:0,host:"127.0.0.1",backlog:1},()=>console.log(s.address().port))'
  const child: ChildProcess = spawn(process.execPath, ['-e', script], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const [line] = (await once(child.stdout ?? child, 'data')) as [Buffer]
  const port = Number(String(line))
  child.kill('SIGSTOP')
  const fillers: Socket[] = []
  const isFull = async (): Promise<boolean> => {
    const socket = net.connect(port, '127.0.0.1').on('error', () => {})
    fillers.push(socket)
    return Promise.race([
      once(socket, 'connect').then(() => false),
      new Promise<boolean>((resolve) => setTimeout(() => resolve(true), 100)),
    ])
  }
  while (!(await isFull()));
  return {
    port,
    async close() {
      for (const socket of fillers) socket.destroy()
      const exited = once(child, 'exit')
      child.kill('SIGKILL')
      await exited
    },
  }
}
