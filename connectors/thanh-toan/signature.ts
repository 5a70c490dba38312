/**
 * Signatures of the payment platform, message version 1.0.6: the lower-case hexadecimal SHA-256 of the
 * fields in the order in which they stand in the message, joined by `|`, and the secret.
 */
import { hash, timingSafeEqual } from 'node:crypto'
import type { PaymentOptions } from './options.ts'

type Key = Pick<PaymentOptions, 'secret' | 'secretJoint'>
type Fields = Readonly<Record<string, string | number>>

const sign = (fields: Fields, { secret, secretJoint }: Key): string =>
  hash('sha256', `${Object.values(fields).join('|')}${secretJoint}${secret}`)

/** The fields as they were given, in that order, and behind them their signature. */
export const signed = <T extends Fields>(fields: T, key: Key): T & { MaXacThuc: string } => ({
  ...fields,
  MaXacThuc: sign(fields, key),
})

/** Takes as long for a signature that is nearly right as for one that is quite wrong. */
export function isSigned(fields: Fields, signature: string, key: Key): boolean {
  const expected = Buffer.from(sign(fields, key))
  const given = Buffer.from(signature)
  return given.length === expected.length && timingSafeEqual(given, expected)
}
