/**
 * Remembers in this process when each operation last succeeded, so that the hot path writes nothing for it;
 * the sweeper takes what is new. Of a process that is killed the last seconds are lost: the next success
 * says the same.
 */
export interface Successes {
  tell(system: string, operation: string, atMs: number): void
  /** What is new since the last time; put back by `tell` when it could not be written. */
  take(): { system: string; operation: string; atMs: number }[]
}

export function createSuccesses(): Successes {
  let fresh = new Map<string, { system: string; operation: string; atMs: number }>()
  return {
    tell(system, operation, atMs) {
      const key = `${system} ${operation}`
      const known = fresh.get(key)
      if (!known || known.atMs < atMs) fresh.set(key, { system, operation, atMs })
    },
    take() {
      const taken = [...fresh.values()]
      fresh = new Map()
      return taken
    },
  }
}
