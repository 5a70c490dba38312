/** SecurityCode, compared in constant time: digests are of one length, whatever was sent. */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { VbdlisOptions } from './options.ts'

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

export function createSecurityCheck({
  securityCode,
  previousSecurityCode,
}: Pick<VbdlisOptions, 'securityCode' | 'previousSecurityCode'>): (code: unknown) => boolean {
  const known = [securityCode, previousSecurityCode]
    .filter((code) => code !== undefined)
    .map(digest)
  return (code) => {
    if (typeof code !== 'string') return false
    const given = digest(code)
    // All are compared, so that the time does not tell which one it was.
    return known.map((each) => timingSafeEqual(each, given)).includes(true)
  }
}
