/** What has been opened, so that all of it is closed again, in the opposite order. */
export interface Opened {
  /** To be called when the thing is open. */
  add(close: () => Promise<void> | void): void
  /** Goes on when one of them fails, and throws what failed first. */
  close(): Promise<void>
}

export function createOpened(): Opened {
  const closers: (() => Promise<void> | void)[] = []
  return {
    add: (close) => void closers.push(close),
    async close() {
      const failures: unknown[] = []
      for (let close = closers.pop(); close; close = closers.pop())
        try {
          await close()
        } catch (error) {
          failures.push(error)
        }
      if (failures.length > 0) throw failures[0]
    },
  }
}
