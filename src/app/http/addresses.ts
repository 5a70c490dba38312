import type { IncomingMessage } from 'node:http'
import { BlockList, isIP } from 'node:net'

/** An IPv4 address that came through an IPv6 socket is an IPv4 address. */
const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '')

const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 4 ? 'ipv4' : 'ipv6')

/**
 * Whom an address stands for: of IPv6 a customer has 64 bits to choose from, so that each of them is no
 * other. What is no address stands for itself.
 */
export function networkOf(address: string): string {
  if (isIP(address) !== 6) return address
  const [head = '', tail] = address.split('%')[0]?.split('::') ?? []
  const groups = (part: string): string[] => (part === '' ? [] : part.split(':'))
  const first = groups(head)
  const last = groups(tail ?? '')
  const zeros = Array.from({ length: Math.max(0, 8 - first.length - last.length) }, () => '0')
  const all = [...first, ...zeros, ...last].slice(0, 4)
  return all.map((group) => Number.parseInt(group, 16).toString(16)).join(':')
}

/** Says whether an address lies in one of the ranges (`10.1.0.0/16`, `10.1.2.3`, `fd00::/8`). */
export function createRange(ranges: readonly string[]): (address: string) => boolean {
  const list = new BlockList()
  for (const range of ranges) {
    const [network = '', bits] = range.split('/')
    if (isIP(network) === 0) continue
    if (bits === undefined) list.addAddress(network, familyOf(network))
    else list.addSubnet(network, Number(bits), familyOf(network))
  }
  return (address) => isIP(address) !== 0 && list.check(address, familyOf(address))
}

export interface Peers {
  /** Who is at the other end: the socket's address, or what a trusted proxy says. */
  addressOf(request: IncomingMessage): string
  /** Whether the request came from this machine itself and through no proxy. */
  isLocal(request: IncomingMessage): boolean
}

const loopback = createRange(['127.0.0.0/8', '::1'])

/**
 * `X-Forwarded-For` is read only when the socket belongs to a proxy of the list, from the right, up
 * to the first address that is no such proxy. Without a list it is never read.
 */
export function createPeers(trustedProxies: readonly string[]): Peers {
  const isProxy = createRange(trustedProxies)
  const socketAddress = ({ socket }: IncomingMessage) => plain(socket.remoteAddress ?? '')
  return {
    addressOf(request) {
      let address = socketAddress(request)
      const chain = String(request.headers['x-forwarded-for'] ?? '').split(',')
      while (isProxy(address) && chain.length > 0) {
        const before = plain((chain.pop() ?? '').trim())
        if (isIP(before) === 0) break
        address = before
      }
      return address
    },
    isLocal(request) {
      const { headers } = request
      const proxied = headers['x-forwarded-for'] ?? headers.forwarded ?? headers['x-real-ip']
      return proxied === undefined && loopback(socketAddress(request))
    },
  }
}
