/** A TCP proxy that can cut connections, refuse new ones, or let chosen ones go silent without a word. */
import { createServer, connect as open, type Socket } from 'node:net'

interface Pair {
  readonly client: Socket
  readonly server: Socket
  said: string
  silent: boolean
}

export interface TestProxy {
  readonly port: number
  /** From now on nothing passes on the connections on which the client has ever said this. */
  silence(said: RegExp): number
  /** Ends every connection. */
  cut(): void
  /** Ends every connection and refuses new ones, until `admit`. */
  refuse(): void
  admit(): void
  close(): Promise<void>
}

export async function startProxy(targetPort: number): Promise<TestProxy> {
  const pairs = new Set<Pair>()
  let refusing = false
  const listener = createServer((client) => {
    if (refusing) return void client.destroy()
    const server = open(targetPort, '127.0.0.1')
    const pair: Pair = { client, server, said: '', silent: false }
    pairs.add(pair)
    const end = (): void => {
      pairs.delete(pair)
      client.destroy()
      server.destroy()
    }
    for (const socket of [client, server]) socket.on('error', end).on('close', end)
    client.on('data', (bytes) => {
      pair.said = (pair.said + bytes.toString('latin1')).slice(-20_000)
      if (!pair.silent) server.write(bytes)
    })
    server.on('data', (bytes) => {
      if (!pair.silent) client.write(bytes)
    })
  })
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
  const address = listener.address()
  const cut = (): void => {
    for (const { client, server } of [...pairs]) {
      client.destroy()
      server.destroy()
    }
  }
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    silence(said) {
      const chosen = [...pairs].filter((pair) => said.test(pair.said))
      for (const pair of chosen) pair.silent = true
      return chosen.length
    },
    cut,
    refuse() {
      refusing = true
      cut()
    },
    admit() {
      refusing = false
    },
    async close() {
      cut()
      await new Promise((resolve) => listener.close(resolve))
    },
  }
}
