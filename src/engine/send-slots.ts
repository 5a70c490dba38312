/**
 * The requests under way to one system from this process: no more at once than its concurrency allows.
 * Whoever must wait is served by the age of its message, as lanes are when they are claimed, so a busy
 * dossier, whose messages must go one by one, keeps up with the others.
 */
import type { Clock } from './ports.ts'

export interface SendSlots {
  /** Resolves when the message with this id (a UUIDv7: older is smaller) may be sent. */
  take(message: string): Promise<void>
  /** Gives back the slot taken at `takenMs`; undefined when the system did not answer. */
  give(takenMs: number | undefined): void
  /** Lanes worth having at hand beyond those being sent from: what is sent in the next moment. */
  ahead(): number
  /** Lets everybody through who waits: they are to see that the drain stops. */
  stop(): void
}

interface Waiting {
  readonly message: string
  go(): void
}

/** A claim for many lanes costs little more than one for a few; but what is claimed counts as sent. */
const aheadMs = 100
const enough = 64

export function createSendSlots(clock: Clock, limit: () => number): SendSlots {
  let taken = 0
  let stopped = false
  let answerMs: number | undefined
  const waiting: Waiting[] = []

  const takeOldest = (): Waiting | undefined => {
    let at = 0
    for (let index = 1; index < waiting.length; index++)
      if ((waiting[index]?.message ?? '') < (waiting[at]?.message ?? '')) at = index
    return waiting.splice(at, 1)[0]
  }

  const serve = (): void => {
    while (waiting.length > 0 && (stopped || taken < limit())) {
      taken++
      takeOldest()?.go()
    }
  }

  return {
    take: (message) =>
      new Promise((resolve) => {
        waiting.push({ message, go: resolve })
        serve()
      }),
    give(takenMs) {
      taken--
      if (takenMs !== undefined) {
        const tookMs = clock.monotonicMs() - takenMs
        answerMs = answerMs === undefined ? tookMs : answerMs + (tookMs - answerMs) / 16
      }
      serve()
    },
    ahead: () =>
      answerMs === undefined
        ? 0
        : Math.max(
            0,
            Math.min(enough - limit(), Math.floor((limit() * aheadMs) / Math.max(answerMs, 1))),
          ),
    stop() {
      stopped = true
      serve()
    },
  }
}
