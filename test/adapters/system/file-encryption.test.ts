import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fileCipher } from '../../../src/adapters/system/file-encryption.ts'
import { bytesOf, piecesOf } from '../../support/files.ts'

const key = fileCipher.newKey()
const seal = (plain: Uint8Array, piece = 10_000) =>
  bytesOf(fileCipher.seal(key, 'file:a', piecesOf(plain, piece)))
const open = (sealed: Uint8Array, words = 'file:a', with_ = key, piece = 10_000) =>
  bytesOf(fileCipher.open(with_, words, piecesOf(sealed, piece)))
const noise = (length: number) => Buffer.from(Array.from({ length }, (_, n) => (n * 7) % 251))
const unreadable = { code: 'file-unreadable' }
const segment = 65_536

describe('encryption of files', () => {
  it.each([0, 1, segment - 1, segment, segment + 1, 3 * segment, 200_000])(
    'gives back %i bytes',
    async (length) => {
      const plain = noise(length)
      const sealed = await seal(plain, 777)
      // A single byte is there by chance.
      if (length >= 32) expect(sealed.includes(plain.subarray(0, 32))).toBe(false)
      expect((await open(sealed, 'file:a', key, 4096)).equals(plain)).toBe(true)
    },
  )

  it('notices every changed byte and every cut', async () => {
    const sealed = await seal(noise(150_000))
    await fc.assert(
      fc.asyncProperty(
        fc.nat(sealed.length - 1),
        fc.integer({ min: 1, max: 255 }),
        async (at, by) => {
          const altered = Buffer.from(sealed)
          altered[at] = (altered[at] ?? 0) ^ by
          await expect(open(altered)).rejects.toMatchObject(unreadable)
          await expect(open(sealed.subarray(0, at))).rejects.toMatchObject(unreadable)
        },
      ),
      { numRuns: 60 },
    )
  })

  it('notices segments that are missing, doubled, or in another order', async () => {
    const sealed = await seal(noise(3 * segment + 10))
    const part = (n: number) =>
      sealed.subarray(4 + n * (segment + 16), 4 + (n + 1) * (segment + 16))
    const head = sealed.subarray(0, 4)
    for (const order of [[0, 1, 2], [0, 2, 3], [0, 0, 1, 2, 3], [1, 0, 2, 3], [0, 1, 3, 2], [3]])
      await expect(open(Buffer.concat([head, ...order.map(part)]))).rejects.toMatchObject(
        unreadable,
      )
    expect((await open(Buffer.concat([head, ...[0, 1, 2, 3].map(part)]))).length).toBe(196_618)
  })

  it('opens with the same words and the same key only', async () => {
    const sealed = await seal(noise(10))
    await expect(open(sealed, 'file:b')).rejects.toMatchObject(unreadable)
    await expect(open(sealed, 'file:a', fileCipher.newKey())).rejects.toMatchObject(unreadable)
  })

  it('gives the first pieces before it has read the last', async () => {
    const sealed = await seal(noise(3 * segment))
    let read = 0
    async function* counted() {
      for await (const piece of piecesOf(sealed, 1000)) {
        read += piece.length
        yield piece
      }
    }
    for await (const _ of fileCipher.open(key, 'file:a', counted())) break
    expect(read).toBeLessThan(segment + 3000)
  })
})
