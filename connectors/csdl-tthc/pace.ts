import { type ConnectorContext, later } from '../../src/connector/index.ts'

/** Lets so many calls a second begin, one after the other; throws `interrupted` when told to stop. */
export function createPace(
  perSecond: number,
  clock: ConnectorContext['clock'],
): (signal: AbortSignal) => Promise<void> {
  const apartMs = 1000 / perSecond
  let freeAt = 0
  return async (signal) => {
    const now = clock.now().getTime()
    // Not further ahead than one call: a clock that was put back must not stop the pull for hours.
    const at = Math.min(Math.max(freeAt, now), now + apartMs)
    freeAt = at + apartMs
    if (at > now) await pause(at - now, signal)
    if (signal.aborted) throw later('interrupted')
  }
}

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', done, { once: true })
  })
