import type { Logger } from '../../domain/log-events.ts'
import type { Clock } from '../../engine/ports/clock.ts'
import type { Wakeups } from '../../engine/ports/wakeups.ts'
import { openLine, prepareBackend, type WakeupBackend } from './backend.ts'
import { createPace } from './pace.ts'

/**
 * Wake-ups over BullMQ. First one at once, then further and further apart, up to one per system and
 * `spacingMs`; for as long a worker that found something looks again by itself. Sending never waits and
 * never throws: a wake-up that is lost is found by the next beat.
 *
 * A wedged BullMQ worker says that it is running, so it is not asked: when nothing has arrived for
 * `quietMs`, a canary is sent every second; when none of them arrives either, or when nothing could be
 * sent for `patienceMs`, everything is built anew.
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
  /** How often queue and worker have been rebuilt. */
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
  const pace = createPace(options.spacingMs)
  let heardAt = clock.monotonicMs()
  let rebuilds = 0
  let sending = false
  let closed = false
  let timer: NodeJS.Timeout | undefined

  const failed = (error: Error): void =>
    log.warn('wakeup.failed', { reason: error.name, text: error.message })
  await prepareBackend(options.backend)
  let line = openLine(options.backend, failed)

  const handle = (system: string): void => {
    heardAt = clock.monotonicMs()
    if (system !== canary) options.onWake?.(system)
  }
  const listen = () => (options.onWake ? line.listen(handle, failed) : undefined)
  let worker = listen()

  /** A send that has not been answered; no other goes out meanwhile, so that none pile up. */
  let unanswered: Promise<unknown> | undefined
  let failingSince: number | undefined

  const answered = (attempt: Promise<unknown>, error?: Error): void => {
    // What a line says that has been given up says nothing about the one in use.
    if (unanswered !== attempt) return
    unanswered = undefined
    failingSince = error ? (failingSince ?? clock.monotonicMs()) : undefined
    if (error) failed(error)
  }

  const send = async (systems: readonly string[]): Promise<void> => {
    if (unanswered) return
    const attempt: Promise<unknown> = line.send(systems).then(
      () => answered(attempt),
      (error: Error) => answered(attempt, error),
    )
    unanswered = attempt
    let budget: NodeJS.Timeout | undefined
    const spent = new Promise<void>((resolve) => {
      budget = setTimeout(() => {
        failingSince ??= clock.monotonicMs()
        failed(new Error('the wake-up backend is slow'))
        resolve()
      }, sendBudgetMs)
    })
    await Promise.race([attempt, spent])
    clearTimeout(budget)
  }

  const nextMs = (): number => {
    const now = clock.monotonicMs()
    return 1 + Math.min(...[...pending].map((system) => pace.waitMs(system, now)))
  }

  const flush = async (): Promise<void> => {
    if (sending || closed) return
    sending = true
    try {
      for (;;) {
        const now = clock.monotonicMs()
        const ready = [...pending].filter((system) => pace.waitMs(system, now) === 0)
        if (ready.length === 0) break
        for (const system of ready) {
          pending.delete(system)
          pace.went(system, now)
        }
        await send(ready)
      }
    } finally {
      sending = false
      clearTimeout(timer)
      timer = pending.size > 0 && !closed ? setTimeout(onTimer, nextMs()) : undefined
    }
  }
  const onTimer = (): void => {
    timer = undefined
    void flush()
  }

  const rebuild = async (): Promise<void> => {
    rebuilds++
    log.warn('wakeup.rebuilt', { times: rebuilds })
    // Its tables may be what is missing.
    await prepareBackend(options.backend).catch(failed)
    if (closed) return
    heardAt = clock.monotonicMs()
    failingSince = undefined
    unanswered = undefined
    const old = { line, worker }
    line = openLine(options.backend, failed)
    worker = listen()
    await Promise.all([old.worker?.close(), old.line.close()]).catch(failed)
  }

  let rebuilding = false
  const rebuildOnce = async (): Promise<void> => {
    if (rebuilding) return
    rebuilding = true
    try {
      await rebuild()
    } finally {
      rebuilding = false
    }
  }

  const watch = setInterval(() => {
    const now = clock.monotonicMs()
    const quiet = worker ? now - heardAt : 0
    const stuck = failingSince !== undefined && now - failingSince > patienceMs
    if (quiet > quietMs + patienceMs || stuck) void rebuildOnce()
    else if (quiet > quietMs) void send([canary])
  }, 1_000)

  return {
    wake(system) {
      if (pending.has(system) || closed) return
      pending.add(system)
      if (!timer || pace.waitMs(system, clock.monotonicMs()) === 0) void flush()
    },
    quietForMs: () => clock.monotonicMs() - heardAt,
    rebuilt: () => rebuilds,
    async close() {
      closed = true
      clearInterval(watch)
      clearTimeout(timer)
      await Promise.all([worker?.close(), line.close()]).catch(failed)
    },
  }
}
