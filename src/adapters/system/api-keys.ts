import { randomBytes, timingSafeEqual } from 'node:crypto'

/** Of the hub's random 32 bytes in base62: always this long, leading zeros kept. */
const secretLength = 43
const idLength = 8
const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const form = /^hub_([a-z][a-z0-9-]{0,15})_([0-9A-Za-z]{8})_([0-9A-Za-z]{43})$/

export interface ApiKey {
  readonly environment: string
  /** Not secret: finds the row, may be shown and logged. */
  readonly id: string
  /** The whole key, `hub_<environment>_<id>_<secret>`. Shown once, never stored or logged. */
  readonly key: string
}

/** HMAC under a key that only the hub has: `hmac` of the keyring. */
type Hmac = (purpose: string, text: string) => Uint8Array

function base62(bytes: Uint8Array, length: number): string {
  let rest = BigInt(`0x${Buffer.from(bytes).toString('hex')}`)
  let text = ''
  for (let at = 0; at < length; at++) {
    text = digits[Number(rest % 62n)] + text
    rest /= 62n
  }
  return text
}

/** A new key. `environment` is a short lower-case word, so that a test key shows itself as one. */
export function createKey(environment: string): ApiKey {
  // 16 bytes for 8 digits: the bias of the remainder is then far below any use.
  const id = base62(randomBytes(16), idLength)
  const key = `hub_${environment}_${id}_${base62(randomBytes(32), secretLength)}`
  if (!form.test(key)) throw new Error('an environment is a lower-case word of up to 16 letters')
  return { environment, id, key }
}

/** Undefined when the text does not have the form of a key. */
export function parseKey(text: string): ApiKey | undefined {
  const match = form.exec(text)
  return match?.[1] && match[2] ? { environment: match[1], id: match[2], key: text } : undefined
}

/**
 * What is stored of a key: HMAC-SHA-256 of the whole key, 32 bytes. The secret has 256 random bits,
 * so a slow hash would add nothing; the hub's own key makes a stolen table useless without it.
 */
export const hashKey = (key: ApiKey, hmac: Hmac): Uint8Array => hmac('api-key', key.key)

/** Compares in constant time. */
export function keyMatches(key: ApiKey, stored: Uint8Array, hmac: Hmac): boolean {
  const hash = hashKey(key, hmac)
  return hash.length === stored.length && timingSafeEqual(hash, stored)
}
