/**
 * A TCP proxy that can cut connections, refuse new ones, let chosen ones go silent without a word, or
 * hold back what goes one way or both, as a network does that is parted and healed.
 */
import { createServer, connect as open, type Socket } from 'node:net'

interface Pair {
  readonly client: Socket
  readonly server: Socket
  said: string
  silent: boolean
  /** Held back, in order. */
  readonly held: { readonly to: 'client' | 'server'; readonly bytes: Buffer }[]
}

export type Direction = 'to-server' | 'to-client' | 'both'

export interface TestProxy {
  readonly port: number
  /** How many connections there are. */
  open(): number
  /**
   * From now on nothing passes on the connections there are; of a proxy that listens, on those only on
   * which the client has said this of late.
   */
  silence(said?: RegExp): number
  /** Ends every connection. */
  cut(): void
  /** Ends every connection and refuses new ones, until `admit`; says how many it has ended. */
  refuse(): number
  admit(): void
  /**
   * Nothing passes that way until `flow`, on old connections and on new ones. What was held back then
   * arrives, unless its connection was reset meanwhile; `flow` says how many pieces were held back.
   */
  hold(direction: Direction): void
  flow(): number
  close(): Promise<void>
}

/** `listens`: keeps what clients say, which costs more than passing it on. */
export async function startProxy(targetPort: number, how?: 'listens'): Promise<TestProxy> {
  const pairs = new Set<Pair>()
  let refusing = false
  let holding: Direction | undefined
  let pieces = 0
  const listener = createServer((client) => {
    if (refusing) return void client.destroy()
    const server = open(targetPort, '127.0.0.1')
    const pair: Pair = { client, server, said: '', silent: false, held: [] }
    const pass = (to: 'client' | 'server', bytes: Buffer): void => {
      if (pair.silent) return
      if (holding !== 'both' && holding !== `to-${to}`) pair[to].write(bytes)
      else {
        pair.held.push({ to, bytes })
        pieces++
      }
    }
    pairs.add(pair)
    const end = (): void => {
      pairs.delete(pair)
      client.destroy()
      server.destroy()
    }
    server.on('error', end).on('close', end)
    client.on('error', end).on('close', () => {
      // An orderly end comes after what is held back; a reset takes that with it.
      if (!pair.held.some(({ to }) => to === 'server')) end()
    })
    client.on('data', (bytes) => {
      if (how === 'listens') pair.said = (pair.said + bytes.toString('latin1')).slice(-20_000)
      pass('server', bytes)
    })
    server.on('data', (bytes) => pass('client', bytes))
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
    open: () => pairs.size,
    silence(said) {
      if (said && how !== 'listens') throw new Error('this proxy does not listen')
      const chosen = [...pairs].filter((pair) => !said || said.test(pair.said))
      for (const pair of chosen) pair.silent = true
      return chosen.length
    },
    cut,
    refuse() {
      refusing = true
      const ended = pairs.size
      cut()
      return ended
    },
    admit() {
      refusing = false
    },
    hold(direction) {
      holding = direction
    },
    flow() {
      holding = undefined
      const before = pieces
      for (const pair of pairs) {
        for (const { to, bytes } of pair.held.splice(0)) pair[to].write(bytes)
        if (pair.client.destroyed) pair.server.end()
      }
      pieces = 0
      return before
    },
    async close() {
      cut()
      await new Promise((resolve) => listener.close(resolve))
    },
  }
}
