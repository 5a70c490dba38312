/** Work that comes round by itself: sealing the audit chain, purging what is past its time, pulls. */
import type { LogEvent, Logger } from '../domain/log-events.ts'

export interface Chore {
  readonly name: string
  readonly everyMs: number
  readonly failed: LogEvent
  run(signal: AbortSignal): Promise<unknown>
}

export interface Upkeep {
  stop(): Promise<void>
}

/** Runs each chore by its own clock, never twice at once, until stopped. A failure is logged, not fatal. */
export function startUpkeep(chores: readonly Chore[], log: Logger): Upkeep {
  const abort = new AbortController()
  const running = new Map<string, Promise<unknown>>()
  const timers = chores.map((chore) =>
    setInterval(() => {
      if (running.has(chore.name) || abort.signal.aborted) return
      const run = chore
        .run(abort.signal)
        .catch((error: unknown) => log.error(chore.failed, { chore: chore.name }, error))
        .finally(() => running.delete(chore.name))
      running.set(chore.name, run)
    }, chore.everyMs),
  )
  return {
    async stop() {
      abort.abort()
      for (const timer of timers) clearInterval(timer)
      await Promise.all(running.values())
    },
  }
}
