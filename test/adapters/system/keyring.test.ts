import { createSecretKey, randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { overhead } from '../../../src/adapters/system/encryption.ts'
import {
  createDataKey,
  createKeyring,
  type DataKeyRow,
  rewrap,
} from '../../../src/adapters/system/keyring.ts'
import type { MasterKey, MasterKeys } from '../../../src/adapters/system/master-key-file.ts'
import { HubError } from '../../../src/domain/errors.ts'

const masterKey = (): MasterKey => {
  const bytes = randomBytes(32)
  return { kid: bytes.toString('hex').slice(0, 8), key: createSecretKey(bytes) }
}
const masters = (current: MasterKey, ...older: MasterKey[]): MasterKeys => ({
  current,
  byKid: new Map([current, ...older].map((key) => [key.kid, key])),
})
const row = (master: MasterKeys, id: number, retired = false): DataKeyRow => ({
  id,
  retired,
  ...createDataKey(master),
})
const codeOf = (work: () => unknown): string => {
  try {
    work()
  } catch (error) {
    if (error instanceof HubError) return error.code
    throw error
  }
  return 'none'
}
const bytesOf = (text: string) => new TextEncoder().encode(text)
const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes)

const master = masters(masterKey())
const rows = [row(master, 1)]
const keyring = createKeyring(master, rows)

describe('keyring', () => {
  it('gives back what it encrypted, of any length', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 9_000 }), fc.string(), (plain, aad) => {
        const { keyId, bytes } = keyring.encrypt(plain, aad)

        expect(bytes.length).toBe(plain.length + overhead)
        expect(Buffer.from(keyring.decrypt(keyId, bytes, aad)).equals(plain)).toBe(true)
      }),
      { numRuns: 200 },
    )
  })

  it('never uses a nonce twice, nor gives two messages the same bytes', () => {
    const seen = new Set<string>()
    for (let count = 0; count < 5_000; count++) {
      const { bytes } = keyring.encrypt(bytesOf('x'), 'm')
      seen.add(Buffer.from(bytes.subarray(0, 12)).toString('hex'))
    }

    expect(seen.size).toBe(5_000)
  })

  it('refuses bytes with any bit flipped', () => {
    const { keyId, bytes } = keyring.encrypt(bytesOf('{"a":1}'), 'm')
    const codes = new Set<string>()
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const flipped = Uint8Array.from(bytes)
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      codes.add(codeOf(() => keyring.decrypt(keyId, flipped, 'm')))
    }

    expect([...codes]).toEqual(['body-unreadable'])
  })

  it('refuses bytes cut short or made longer', () => {
    const { keyId, bytes } = keyring.encrypt(bytesOf('nội dung'), 'm')
    for (let length = 0; length < bytes.length; length++)
      expect(codeOf(() => keyring.decrypt(keyId, bytes.subarray(0, length), 'm'))).toBe(
        'body-unreadable',
      )

    expect(codeOf(() => keyring.decrypt(keyId, Buffer.concat([bytes, bytes]), 'm'))).toBe(
      'body-unreadable',
    )
  })

  it('refuses bytes that belong to another row', () => {
    const first = keyring.encrypt(bytesOf('one'), 'message-1')
    const second = keyring.encrypt(bytesOf('two'), 'message-2')

    expect(codeOf(() => keyring.decrypt(second.keyId, second.bytes, 'message-1'))).toBe(
      'body-unreadable',
    )
    expect(codeOf(() => keyring.decrypt(first.keyId, first.bytes, 'message-2'))).toBe(
      'body-unreadable',
    )
  })

  it('refuses another data key and one it does not have', () => {
    const two = createKeyring(master, [...rows, row(master, 2)])
    const { bytes } = two.encrypt(bytesOf('x'), 'm')

    expect(codeOf(() => two.decrypt(1, bytes, 'm'))).toBe('body-unreadable')
    expect(two.has(3)).toBe(false)
    expect(codeOf(() => two.decrypt(3, bytes, 'm'))).toBe('body-unreadable')
  })

  it('encrypts with the newest key that is not retired and still opens what older ones closed', () => {
    const old = keyring.encrypt(bytesOf('before'), 'm')
    const later = [...rows, row(master, 2), row(master, 3, true)]
    const rotated = createKeyring(master, later)

    expect(rotated.currentId).toBe(2)
    expect(rotated.encrypt(bytesOf('x'), 'm').keyId).toBe(2)
    expect(textOf(rotated.decrypt(old.keyId, old.bytes, 'm'))).toBe('before')
  })

  it('takes in a key that another process made', () => {
    const mine = createKeyring(master, rows)
    const both = [...rows, row(master, 2)]
    const theirs = createKeyring(master, both).encrypt(bytesOf('new'), 'm')
    expect(mine.has(theirs.keyId)).toBe(false)

    mine.load(both)

    expect(textOf(mine.decrypt(theirs.keyId, theirs.bytes, 'm'))).toBe('new')
    expect(mine.currentId).toBe(2)
  })

  it('survives the rotation of the master key, once rewrapped without the old one', () => {
    const old = keyring.encrypt(bytesOf('before'), 'm')
    const sealed = keyring.seal('cursor', 'abc')
    const hmac = keyring.hmac('api-key', 'k')
    const fresh = masterKey()
    const both = masters(fresh, master.current)

    const wrapped = rows.map((each) => ({ ...each, ...rewrap(both, each) }))
    const rotated = createKeyring(masters(fresh), wrapped)

    expect(wrapped[0]?.masterKid).toBe(fresh.kid)
    expect(rewrap(both, wrapped[0] as DataKeyRow)).toBeUndefined()
    expect(textOf(rotated.decrypt(old.keyId, old.bytes, 'm'))).toBe('before')
    expect(rotated.open('cursor', sealed)).toBe('abc')
    expect(Buffer.from(rotated.hmac('api-key', 'k')).equals(hmac)).toBe(true)
  })

  it('refuses to start with a master key that did not wrap the keys', () => {
    const wrong = masters(masterKey())

    expect(codeOf(() => createKeyring(wrong, rows))).toBe('config-invalid')
    expect(codeOf(() => rewrap(wrong, rows[0] as DataKeyRow))).toBe('config-invalid')
    // The name of the key alone does not help: the bytes have to be the same.
    const named = masters({ ...masterKey(), kid: master.current.kid })
    expect(codeOf(() => createKeyring(named, rows))).toBe('config-invalid')
  })

  it('refuses to start without a key that is not retired', () => {
    expect(codeOf(() => createKeyring(master, []))).toBe('config-invalid')
    expect(codeOf(() => createKeyring(master, [row(master, 1, true)]))).toBe('config-invalid')
  })

  it('keeps working when only an older row cannot be unwrapped', () => {
    const lost = masters(masterKey())
    const some = createKeyring(master, [...rows, row(lost, 2), row(master, 3)])

    expect(some.has(2)).toBe(false)
    expect(codeOf(() => some.decrypt(2, new Uint8Array(40), 'm'))).toBe('body-unreadable')
    expect(some.currentId).toBe(3)
  })

  it('seals a text for one purpose only', () => {
    const sealed = keyring.seal('cursor', 'Tiếng Việt')

    expect(sealed).toMatch(/^1\.[\w-]+$/)
    expect(keyring.open('cursor', sealed)).toBe('Tiếng Việt')
    expect(codeOf(() => keyring.open('session', sealed))).toBe('body-unreadable')
    for (const text of [
      '',
      'x',
      '1.',
      '1.AAAA',
      '9.AAAA',
      `${sealed.slice(0, -3)}AAA`,
      '1.<script>',
    ])
      expect(codeOf(() => keyring.open('cursor', text))).toBe('body-unreadable')
  })

  it('gives each purpose its own HMAC, the same in every process', () => {
    const again = createKeyring(master, [...rows, row(master, 2)])
    const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

    expect(hex(again.hmac('api-key', 'k'))).toBe(hex(keyring.hmac('api-key', 'k')))
    expect(hex(keyring.hmac('blind-index', 'k'))).not.toBe(hex(keyring.hmac('api-key', 'k')))
    expect(keyring.hmac('api-key', 'k')).toHaveLength(32)
  })
})
