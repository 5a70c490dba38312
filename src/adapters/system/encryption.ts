import { createCipheriv, createDecipheriv, type KeyObject, randomFillSync } from 'node:crypto'

const algorithm = 'aes-256-gcm'
const nonceLength = 12
const tagLength = 16

/** What encryption adds to the length of the plain bytes. */
export const overhead = nonceLength + tagLength

/** Nonces are drawn for many messages at once. */
const pool = new Uint8Array(nonceLength * 256)
let used = pool.length

function writeNonce(into: Uint8Array): void {
  if (used === pool.length) {
    randomFillSync(pool)
    used = 0
  }
  into.set(pool.subarray(used, used + nonceLength))
  used += nonceLength
}

/**
 * AES-256-GCM: `nonce (12) | cipher text | tag (16)` in one buffer. `aad` says what the bytes belong
 * to; they open with the same words only. The nonce is random: one key is good for 2^32 messages.
 */
export function encryptBytes(key: KeyObject, plain: Uint8Array, aad: string): Buffer {
  const bytes = Buffer.allocUnsafe(plain.length + overhead)
  writeNonce(bytes)
  const cipher = createCipheriv(algorithm, key, bytes.subarray(0, nonceLength))
  cipher.setAAD(Buffer.from(aad))
  bytes.set(cipher.update(plain), nonceLength)
  cipher.final() // GCM is a stream: nothing is left, but only now is there a tag
  bytes.set(cipher.getAuthTag(), nonceLength + plain.length)
  return bytes
}

/** Undefined when key, words or bytes are not those of `encryptBytes`: all or nothing. */
export function decryptBytes(key: KeyObject, bytes: Uint8Array, aad: string): Buffer | undefined {
  if (bytes.length < overhead) return undefined
  const end = bytes.length - tagLength
  const decipher = createDecipheriv(algorithm, key, bytes.subarray(0, nonceLength), {
    authTagLength: tagLength,
  })
  decipher.setAAD(Buffer.from(aad))
  decipher.setAuthTag(bytes.subarray(end))
  const plain = decipher.update(bytes.subarray(nonceLength, end))
  try {
    decipher.final()
    return plain
  } catch {
    plain.fill(0)
    return undefined
  }
}
