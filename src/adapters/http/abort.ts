/**
 * One listener per signal, however many requests wait on it: a process hands the same signal to
 * hundreds of requests at once, and a listener each would be slow and would look like a leak.
 */
const watchers = new WeakMap<AbortSignal, Set<() => void>>()

/** Calls `stop` once when the signal is aborted; the returned function ends the watch. */
export function watchAbort(signal: AbortSignal, stop: () => void): () => void {
  let waiting = watchers.get(signal)
  if (!waiting) {
    const created = new Set<() => void>()
    signal.addEventListener('abort', () => {
      for (const watcher of [...created]) watcher()
    })
    watchers.set(signal, created)
    waiting = created
  }
  const set = waiting
  set.add(stop)
  return () => {
    set.delete(stop)
  }
}
