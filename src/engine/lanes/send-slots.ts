/**
 * The requests under way to one system from this process: no more at once than its concurrency allows,
 * and only a few more in each turn of the event loop. What a claim brings would else be translated and
 * sent in one breath, while whoever wants to hand a message in, and every lane that has an answer,
 * waits. Whoever must wait is served by the age of its message, as lanes are when they are claimed.
 */
export interface SendSlots {
  /** Resolves when the message with this id (a UUIDv7: older is smaller) may be sent. */
  take(message: string): Promise<void>
  give(): void
  /** Lets everybody through who waits: they are to see that the drain stops. */
  stop(): void
}

interface Waiting {
  readonly message: string
  go(): void
}

/** Enough to keep a busy process busy; one that waits for its system has many turns. */
const startsPerTurn = 32

export function createSendSlots(limit: () => number): SendSlots {
  let taken = 0
  let started = 0
  let stopped = false
  const waiting: Waiting[] = []

  const takeOldest = (): Waiting | undefined => {
    let at = 0
    for (let index = 1; index < waiting.length; index++)
      if ((waiting[index]?.message ?? '') < (waiting[at]?.message ?? '')) at = index
    return waiting.splice(at, 1)[0]
  }

  const nextTurn = (): void => {
    started = 0
    serve()
  }

  const serve = (): void => {
    while (waiting.length > 0 && (stopped || (taken < limit() && started < startsPerTurn))) {
      taken++
      if (started++ === 0) setImmediate(nextTurn)
      takeOldest()?.go()
    }
  }

  return {
    take: (message) =>
      new Promise((resolve) => {
        waiting.push({ message, go: resolve })
        serve()
      }),
    give() {
      taken--
      // Not at once: the lane that gives it back is about to ask for its next message.
      queueMicrotask(serve)
    },
    stop() {
      stopped = true
      serve()
    },
  }
}
