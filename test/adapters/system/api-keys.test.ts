import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createKey, hashKey, keyMatches, parseKey } from '../../../src/adapters/system/api-keys.ts'

const hmacOf = (pepper: string) => (purpose: string, text: string) =>
  createHmac('sha256', `${pepper}:${purpose}`).update(text).digest()
const hmac = hmacOf('pepper')

const swapped = (text: string, at: number): string =>
  text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1)

describe('api-keys', () => {
  it('makes keys of one form that are read back', () => {
    for (let count = 0; count < 2_000; count++) {
      const made = createKey('prod')
      expect(made.key).toMatch(/^hub_prod_[0-9A-Za-z]{8}_[0-9A-Za-z]{43}$/)
      expect(parseKey(made.key)).toEqual(made)
    }
  })

  it('makes every key and id another', () => {
    const made = Array.from({ length: 2_000 }, () => createKey('test'))

    expect(new Set(made.map((key) => key.id)).size).toBe(2_000)
    expect(new Set(made.map((key) => key.key.slice(-43))).size).toBe(2_000)
  })

  it.each([
    '',
    'Bearer x',
    'hub_prod_short_x',
    `${createKey('prod').key} `,
    `x${createKey('prod').key}`,
    createKey('prod').key.slice(0, -1),
    createKey('prod').key.replace('hub_prod', 'hub_PROD'),
    createKey('prod').key.replace('_', '-'),
    `hub_prod_${'a'.repeat(8)}_${'-'.repeat(43)}`,
  ])('does not take %j for a key', (text) => {
    expect(parseKey(text)).toBeUndefined()
  })

  it('refuses an environment that would break the form', () => {
    expect(() => createKey('Pro_d')).toThrow('lower-case')
    expect(() => createKey('')).toThrow('lower-case')
  })

  it('matches the hash of the same key under the same pepper only', () => {
    const key = createKey('prod')
    const stored = hashKey(key, hmac)

    expect(stored).toHaveLength(32)
    expect(keyMatches(key, stored, hmac)).toBe(true)
    expect(keyMatches(key, stored, hmacOf('other'))).toBe(false)
    expect(keyMatches(createKey('prod'), stored, hmac)).toBe(false)
    expect(keyMatches(key, stored.subarray(1), hmac)).toBe(false)
    expect(keyMatches(key, new Uint8Array(), hmac)).toBe(false)
  })

  it('depends on every character of the key', () => {
    const key = createKey('prod')
    const stored = hashKey(key, hmac)
    for (let at = 'hub_prod_'.length; at < key.key.length; at++) {
      const other = parseKey(swapped(key.key, at))
      if (other) expect(keyMatches(other, stored, hmac)).toBe(false)
    }
  })
})
