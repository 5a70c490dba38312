import type { Words } from '../../domain/errors.ts'

export interface Finding {
  /** Stable, for machines. */
  readonly check: string
  /** `warn`: works, and somebody should act. `skip`: there was nothing to look at. */
  readonly state: 'ok' | 'warn' | 'fail' | 'skip'
  readonly title: Words
  readonly found: Words
  readonly next: Words | null
}

export const words = (vi: string, en: string): Words => ({ vi, en })

export const finding = (
  check: string,
  title: Words,
  state: Finding['state'],
  found: Words,
  next: Words | null = null,
): Finding => ({ check, state, title, found, next: state === 'ok' ? null : next })
