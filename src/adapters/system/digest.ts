import { createHash } from 'node:crypto'
import type { Digest } from '../../engine/ports/crypto.ts'

export const digest: Digest = {
  sha256: (bytes) => createHash('sha256').update(bytes).digest(),
  running() {
    const hash = createHash('sha256')
    return { add: (bytes) => void hash.update(bytes), end: () => hash.digest() }
  },
}
