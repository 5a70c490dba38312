import type { Subject } from '../subject.ts'

/** One thing that every connector must be able to show. */
export interface Rule {
  /** Used in waivers; stable. */
  readonly name: string
  /** A sentence about the connector. */
  readonly title: string
  /** Throws an AssertionError that says what is wrong. */
  check(subject: Subject): Promise<void>
}
