/**
 * How often a system may be woken. A wake-up costs as much as several deliveries, and a worker that is
 * busy needs none: seldom ones go at once, those that keep coming ever further apart.
 */
export interface Pace {
  /** Milliseconds until this system may be woken (again); 0 when it may now. */
  waitMs(system: string, nowMs: number): number
  went(system: string, nowMs: number): void
}

export function createPace(mostMs: number): Pace {
  const leastMs = mostMs / 16
  const last = new Map<string, { readonly at: number; readonly spacingMs: number }>()
  return {
    waitMs(system, nowMs) {
      const known = last.get(system)
      return known ? Math.max(0, known.at + known.spacingMs - nowMs) : 0
    },
    went(system, nowMs) {
      const known = last.get(system)
      const keepsComing = known !== undefined && nowMs - known.at < known.spacingMs * 2
      const spacingMs = keepsComing ? Math.min(mostMs, known.spacingMs * 2) : leastMs
      last.set(system, { at: nowMs, spacingMs })
    },
  }
}
