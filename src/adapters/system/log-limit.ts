/** What a repeated warning is known by, and how a held one is written at last. */
type Write = (suppressed: number) => void

interface Held {
  /** The newest that was held back; undefined while there was only the first. */
  write: Write | undefined
  count: number
  readonly timer: NodeJS.Timeout
}

/** Different warnings watched at a time; beyond it each line is simply written. */
const maxKeys = 1_000

export interface LogLimit {
  /** Writes now, or holds back when the same key was written within the last second. */
  pass(key: string, write: Write): void
  /** Writes what is held back and stops. */
  flush(): void
}

/**
 * At most one line a second of each key. The last of those held back is written when the second is
 * over and says how many it stands for, so that a burst never ends unseen.
 */
export function createLogLimit(everyMs = 1_000): LogLimit {
  const held = new Map<string, Held>()

  const end = (key: string): void => {
    const entry = held.get(key)
    if (!entry) return
    if (!entry.write) {
      held.delete(key)
      return
    }
    const { write, count } = entry
    entry.write = undefined
    entry.count = 0
    entry.timer.refresh()
    write(count - 1)
  }

  return {
    pass(key, write) {
      const entry = held.get(key)
      if (entry) {
        entry.write = write
        entry.count += 1
        return
      }
      if (held.size < maxKeys) {
        const timer = setTimeout(end, everyMs, key)
        timer.unref()
        held.set(key, { write: undefined, count: 0, timer })
      }
      write(0)
    },
    flush() {
      for (const { write, count, timer } of held.values()) {
        clearTimeout(timer)
        write?.(count - 1)
      }
      held.clear()
    },
  }
}
