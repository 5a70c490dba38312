/** Attempts as columns of a statement: what a system said is encrypted, and packed into one value. */
import type { Cipher } from '../../engine/ports/crypto.ts'
import type { SettledDelivery } from '../../engine/ports/lanes.ts'
import { packBytes } from './pack.ts'

type Row = Pick<SettledDelivery, 'number' | 'attempt'> & { readonly lane: string }

/**
 * Lane, number, kind, try, start, duration, outcome, code, detail, faults, key, then where each evidence
 * begins in the packed bytes, those bytes, and how long each is.
 */
export function attemptColumns(rows: readonly Row[], cipher: Cipher): unknown[] {
  const attempts = rows.flatMap((row) =>
    row.attempt ? [{ ...row.attempt, lane: row.lane, place: row.number }] : [],
  )
  const sealed = attempts.map(({ evidence, lane, place }) =>
    evidence
      ? cipher.encrypt(Buffer.from(JSON.stringify(evidence)), `attempt:${lane}.${place}`)
      : { keyId: null, bytes: new Uint8Array() },
  )
  const evidence = packBytes(sealed.map((one) => one.bytes))
  return [
    attempts.map((a) => a.lane),
    attempts.map((a) => a.place),
    attempts.map((a) => a.kind),
    attempts.map((a) => a.number),
    attempts.map((a) => a.startedAt.toISOString()),
    attempts.map((a) => Math.round(a.durationMs)),
    attempts.map((a) => a.outcome),
    attempts.map((a) => a.code ?? null),
    attempts.map((a) => (a.detail ? JSON.stringify(a.detail) : null)),
    attempts.map((a) => (a.faults.length > 0 ? JSON.stringify(a.faults) : null)),
    sealed.map((one) => one.keyId),
    evidence.offsets,
    evidence.bytes,
    evidence.sizes,
  ]
}
