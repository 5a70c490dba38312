/** What simulators that speak no HTTP stand on: a TCP server on loopback, and acts that are put off. */
import { type AddressInfo, createServer, type Socket } from 'node:net'

export interface SimulatorSockets {
  /** Acts later, unless it is stopped before. */
  after(ms: number, act: () => void): void
  /** The port; 0 asks for a free one. */
  listen(port: number, converse: (socket: Socket) => void): Promise<number>
  /** Breaks every line that is open now. */
  cut(): void
  stop(): Promise<void>
}

export function createSimulatorSockets(): SimulatorSockets {
  const timers = new Set<NodeJS.Timeout>()
  const sockets = new Set<Socket>()
  const server = createServer()
  const cut = (): void => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    cut,
    after(ms, act) {
      const timer = setTimeout(() => {
        timers.delete(timer)
        act()
      }, ms)
      timers.add(timer)
    },
    async listen(port, converse) {
      server.on('connection', (socket) => {
        sockets.add(socket)
        socket.on('close', () => sockets.delete(socket))
        socket.on('error', () => socket.destroy())
        converse(socket)
      })
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject)
        server.listen(port, '127.0.0.1', resolve)
      })
      return (server.address() as AddressInfo).port
    },
    async stop() {
      for (const timer of timers) clearTimeout(timer)
      timers.clear()
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      cut()
      await closed
    },
  }
}
