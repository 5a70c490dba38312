/** Files that stay open between two pages, so that a large one is read once. */
import type { OpenFile } from './pull-page.ts'

/** What lies open between two pages, by the name of the pull. */
export interface Held {
  take(pull: string): OpenFile | undefined
  keep(pull: string, open: OpenFile): void
  close(): Promise<void>
}

/** A run that does not come back must not keep a connection for ever. */
const idleMs = 20_000
export function createHeld(): Held {
  const files = new Map<string, { readonly open: OpenFile; readonly timer: NodeJS.Timeout }>()
  const take = (pull: string): OpenFile | undefined => {
    const found = files.get(pull)
    files.delete(pull)
    clearTimeout(found?.timer)
    return found?.open
  }
  return {
    take,
    keep(pull, open) {
      const timer = setTimeout(() => void take(pull)?.close(), idleMs)
      timer.unref()
      files.set(pull, { open, timer })
    },
    async close() {
      await Promise.all([...files.keys()].map((pull) => take(pull)?.close()))
    },
  }
}
