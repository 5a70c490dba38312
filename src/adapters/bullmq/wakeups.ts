import type { Logger } from '../../domain/log-events.ts'
import type { Clock, Wakeups } from '../../engine/ports.ts'
import { openLine, type WakeupBackend, type WakeupLine } from './backend.ts'

/**
 * Wake-ups over BullMQ. First one at once, then at most one per system and `spacingMs`. Sending never
 * waits and never throws: a wake-up that is lost is found by the next beat.
 *
 * A wedged BullMQ worker says that it is running, so it is not asked: when nothing has arrived for
 * `quietMs`, a canary is sent every second; when none of them arrives either, the worker is rebuilt.
 */
interface WakeupOptions {
  readonly backend: WakeupBackend
  readonly clock: Clock
  readonly log: Logger
  /** Undefined in a process that only accepts. */
  readonly onWake?: (system: string) => void
  readonly spacingMs: number
  readonly quietMs?: number
  readonly patienceMs?: number
}

export interface BullWakeups extends Wakeups {
  /** Milliseconds since anything arrived. */
  quietForMs(): number
  /** How often the worker has been rebuilt. */
  rebuilt(): number
  close(): Promise<void>
}

const canary = ''
const sendBudgetMs = 500

export async function createWakeups(options: WakeupOptions): Promise<BullWakeups> {
  const { clock, log } = options
  const quietMs = options.quietMs ?? 15_000
  const patienceMs = options.patienceMs ?? 15_000
  const pending = new Set<string>()
  const lastSentAt = new Map<string, number>()
  let heardAt = clock.monotonicMs()
  let rebuilds = 0
  let sending = false
  let closed = false
  let timer: NodeJS.Timeout | undefined

  const failed = (error: Error): void =>
    log.warn('wakeup.failed', { reason: error.name, text: error.message })
  const line: WakeupLine = await openLine(options.backend, failed)

  const handle = (system: string): void => {
    heardAt = clock.monotonicMs()
    if (system !== canary) options.onWake?.(system)
  }
  let worker = options.onWake && line.listen(handle, failed)

  const send = async (systems: readonly string[]): Promise<void> => {
    let budget: NodeJS.Timeout | undefined
    const spent = new Promise<never>((_, reject) => {
      budget = setTimeout(() => reject(new Error('the wake-up backend is slow')), sendBudgetMs)
    })
    await Promise.race([line.send(systems), spent])
      .catch(failed)
      .finally(() => clearTimeout(budget))
  }

  const flush = async (): Promise<void> => {
    if (sending || closed) return
    sending = true
    try {
      for (;;) {
        const now = clock.monotonicMs()
        const ready = [...pending].filter(
          (system) =>
            now - (lastSentAt.get(system) ?? Number.NEGATIVE_INFINITY) >= options.spacingMs,
        )
        if (ready.length === 0) break
        for (const system of ready) {
          pending.delete(system)
          lastSentAt.set(system, now)
        }
        await send(ready)
      }
    } finally {
      sending = false
      if (pending.size > 0 && !closed) timer ??= setTimeout(onTimer, options.spacingMs)
    }
  }
  const onTimer = (): void => {
    timer = undefined
    void flush()
  }

  const rebuild = async (): Promise<void> => {
    rebuilds++
    heardAt = clock.monotonicMs()
    const old = worker
    worker = line.listen(handle, failed)
    log.warn('wakeup.rebuilt', { times: rebuilds })
    await old?.close().catch(failed)
  }

  const watch = setInterval(() => {
    if (!worker) return
    const quiet = clock.monotonicMs() - heardAt
    if (quiet > quietMs + patienceMs) void rebuild()
    else if (quiet > quietMs) void send([canary])
  }, 1_000)

  return {
    wake(system) {
      if (pending.has(system) || closed) return
      pending.add(system)
      if (!timer) void flush()
    },
    quietForMs: () => clock.monotonicMs() - heardAt,
    rebuilt: () => rebuilds,
    async close() {
      closed = true
      clearInterval(watch)
      clearTimeout(timer)
      await worker?.close().catch(failed)
      await line.close().catch(failed)
    },
  }
}
