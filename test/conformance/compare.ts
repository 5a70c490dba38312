/** Compares what a simulator received with what a fixture says it must have received. */
import { isDeepStrictEqual } from 'node:util'
import type { Simulator } from '../../src/connector/index.ts'
import type { RemoteEntry } from './subject.ts'

/** Stands in a fixture for any text that is not empty. */
const anyText = '***'

/** `received` with everything that `expected` leaves open replaced by the mark. */
export function masked(received: unknown, expected: unknown): unknown {
  if (expected === anyText) return typeof received === 'string' && received ? anyText : received
  if (Array.isArray(received) && Array.isArray(expected))
    return received.map((item, index) => masked(item, expected[index]))
  if (isRecord(received) && isRecord(expected))
    return Object.fromEntries(
      Object.entries(received).map(([key, value]) => [key, masked(value, expected[key])]),
    )
  return received
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The applied entries, with the fields and masks of the expected ones. */
export function appliedLike(
  simulator: Simulator,
  expected: readonly RemoteEntry[],
): readonly unknown[] {
  return simulator
    .received()
    .filter((entry) => entry.applied)
    .map(({ operation, subject, content, idempotencyKey }, index) => {
      const like = expected[index]
      const key = like?.idempotencyKey === undefined ? {} : { idempotencyKey }
      return masked({ operation, subject, content, ...key }, like)
    })
}

/** How much of a case has been applied, `before` entries of it earlier. */
export function extentOf(
  simulator: Simulator,
  expected: readonly RemoteEntry[],
  before: number,
): 'all' | 'part' | 'nothing' {
  const applied = appliedLike(simulator, expected)
  if (applied.length === before) return 'nothing'
  return isDeepStrictEqual(applied, expected) ? 'all' : 'part'
}

export const appliedCount = (simulator: Simulator): number =>
  simulator.received().filter((entry) => entry.applied).length

/** A copy that later changes do not touch. */
export const stateOf = (simulator: Simulator): Map<string, unknown> =>
  structuredClone(new Map(simulator.state()))
