/**
 * Contents of files: AES-256-GCM in segments, so that a large file needs little memory and its first
 * piece is known to be right before the second is read.
 *
 *   "LTF1" | segment | segment | …      segment = cipher text of 65,536 bytes (the last: fewer) | tag (16)
 *
 * The nonce is the number of the segment and whether it is the last: segments cannot be left out, put in
 * another order or cut off at the end. Each file has a random key of its own, so no nonce is used twice.
 */
import {
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  type KeyObject,
  randomBytes,
} from 'node:crypto'
import { HubError } from '../../domain/errors.ts'
import type { FileCipher } from '../../engine/ports/crypto.ts'

const algorithm = 'aes-256-gcm'
const magic = Buffer.from('LTF1')
const segmentLength = 64 * 1024
const tagLength = 16

const nonceOf = (number: number, isLast: boolean): Buffer => {
  const nonce = Buffer.alloc(12)
  nonce.writeUInt32BE(number, 7)
  nonce[11] = isLast ? 1 : 0
  return nonce
}

const unreadable = (): HubError =>
  new HubError('file-unreadable', {
    detail: {
      vi: 'Nội dung tệp đã bị thay đổi, bị cắt, hoặc sai khoá.',
      en: 'The content of the file was changed or cut off, or the key is wrong.',
    },
  })

function sealSegment(
  key: KeyObject,
  words: Buffer,
  number: number,
  isLast: boolean,
  plain: Buffer,
) {
  const cipher = createCipheriv(algorithm, key, nonceOf(number, isLast))
  cipher.setAAD(words)
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

function openSegment(
  key: KeyObject,
  words: Buffer,
  number: number,
  isLast: boolean,
  sealed: Buffer,
) {
  const end = sealed.length - tagLength
  if (end < 0) throw unreadable()
  const nonce = nonceOf(number, isLast)
  const decipher = createDecipheriv(algorithm, key, nonce, { authTagLength: tagLength })
  decipher.setAAD(words)
  decipher.setAuthTag(sealed.subarray(end))
  const plain = decipher.update(sealed.subarray(0, end))
  try {
    decipher.final()
    return plain
  } catch {
    throw unreadable()
  }
}

/**
 * The stream in pieces of exactly this length, and what is left as the last, be it empty. The same
 * memory is used for every piece: it must be done with before the next is asked for.
 */
async function* inPieces(
  stream: AsyncIterable<Uint8Array>,
  length: number,
): AsyncIterable<{ bytes: Buffer; isLast: boolean }> {
  const piece = Buffer.allocUnsafe(length)
  let used = 0
  for await (const chunk of stream) {
    for (let at = 0; at < chunk.length; ) {
      // Only now is it known that a full piece is not the last.
      if (used === length) {
        yield { bytes: piece, isLast: false }
        used = 0
      }
      const part = chunk.subarray(at, at + length - used)
      piece.set(part, used)
      used += part.length
      at += part.length
    }
  }
  yield { bytes: piece.subarray(0, used), isLast: true }
}

/** The rest of a stream after the bytes it must begin with. */
async function* afterMagic(stream: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  let head = Buffer.alloc(0)
  for await (const chunk of stream) {
    if (head.length === magic.length) {
      yield chunk
      continue
    }
    const all = Buffer.concat([head, chunk])
    head = all.subarray(0, magic.length)
    if (!magic.subarray(0, head.length).equals(head)) throw unreadable()
    if (all.length > magic.length) yield all.subarray(magic.length)
  }
  if (head.length < magic.length) throw unreadable()
}

export const fileCipher: FileCipher = {
  newKey: () => randomBytes(32),
  async *seal(bytes, words, plain) {
    const key = createSecretKey(bytes)
    const aad = Buffer.from(words)
    let number = 0
    yield magic
    for await (const { bytes: piece, isLast } of inPieces(plain, segmentLength))
      yield sealSegment(key, aad, number++, isLast, piece)
  },
  async *open(bytes, words, sealed) {
    const key = createSecretKey(bytes)
    const aad = Buffer.from(words)
    let number = 0
    for await (const piece of inPieces(afterMagic(sealed), segmentLength + tagLength))
      yield openSegment(key, aad, number++, piece.isLast, piece.bytes)
  },
}
