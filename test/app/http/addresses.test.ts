import type { IncomingMessage } from 'node:http'
import { describe, expect, it } from 'vitest'
import { createPeers, createRange, networkOf } from '../../../src/app/http/addresses.ts'

const from = (remoteAddress: string, headers: Record<string, string> = {}) =>
  ({ socket: { remoteAddress }, headers }) as unknown as IncomingMessage

describe('addresses', () => {
  it.each([
    ['10.0.0.0/8', '10.255.1.2', true],
    ['10.0.0.0/8', '11.0.0.1', false],
    ['10.1.2.3', '10.1.2.3', true],
    ['fd00::/8', 'fd12::1', true],
    ['fd00::/8', '10.0.0.1', false],
    ['10.0.0.0/8', 'nonsense', false],
    ['nonsense', '10.0.0.1', false],
    ['0.0.0.0/0', '203.0.113.1', true],
  ])('range %s and address %s: %s', (range, address, inside) => {
    expect(createRange([range])(address)).toBe(inside)
  })

  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['2001:db8:0:7:1:2:3:4', '2001:db8:0:7'],
    ['2001:0DB8::7:1:2:3:4', '2001:db8:0:7'],
    ['2001:db8::', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
    ['', ''],
  ])('takes %s for one of %s', (address, network) => {
    expect(networkOf(address)).toBe(network)
  })

  it('knows IPv4 in an IPv6 socket', () => {
    expect(createPeers([]).addressOf(from('::ffff:10.0.0.1'))).toBe('10.0.0.1')
    expect(createPeers([]).isLocal(from('::ffff:127.0.0.1'))).toBe(true)
  })

  it('walks from the right through trusted proxies only', () => {
    const peers = createPeers(['10.0.0.0/8'])
    const chain = { 'x-forwarded-for': '1.1.1.1, 198.51.100.1, 10.0.0.2' }
    expect(peers.addressOf(from('10.0.0.1', chain))).toBe('198.51.100.1')
    expect(peers.addressOf(from('192.0.2.1', chain))).toBe('192.0.2.1')
    expect(peers.addressOf(from('10.0.0.1', { 'x-forwarded-for': 'unknown' }))).toBe('10.0.0.1')
    expect(peers.addressOf(from('10.0.0.1'))).toBe('10.0.0.1')
  })

  it('is not local through a proxy, nor from elsewhere', () => {
    const peers = createPeers([])
    expect(peers.isLocal(from('::1'))).toBe(true)
    expect(peers.isLocal(from('127.0.0.1', { forwarded: 'for=1' }))).toBe(false)
    expect(peers.isLocal(from('10.0.0.1'))).toBe(false)
  })
})
