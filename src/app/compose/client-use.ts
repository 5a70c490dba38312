/** How much each client asks: counted here, added to the store now and then, never per request. */
import type { Logger } from '../../domain/log-events.ts'
import type { ClientChanges, ClientUse } from '../../engine/ports/clients.ts'

interface Counter {
  count(client: string, status: number): void
  /** What has been counted since the last time. Never throws: a count that could not be saved is kept. */
  flush(): Promise<void>
  stop(): Promise<void>
}

const everyMs = 30_000

type Counts = { -readonly [K in keyof ClientUse]: ClientUse[K] }

export function createClientUse(
  store: Pick<ClientChanges, 'addUse'>,
  log: Pick<Logger, 'warn'>,
): Counter {
  let counts = new Map<string, Counts>()
  let flushing: Promise<void> | undefined

  const add = (client: string, { requests, refused, failed }: ClientUse): void => {
    const known = counts.get(client)
    if (!known) return void counts.set(client, { requests, refused, failed })
    known.requests += requests
    known.refused += refused
    known.failed += failed
  }
  const save = async (): Promise<void> => {
    const taken = counts
    if (taken.size === 0) return
    counts = new Map()
    try {
      await store.addUse(taken)
    } catch (error) {
      for (const [client, use] of taken) add(client, use)
      const reason = error instanceof Error ? error.message : ''
      log.warn('store.unavailable', { reason })
    }
  }
  const flush = (): Promise<void> => {
    flushing ??= save().finally(() => {
      flushing = undefined
    })
    return flushing
  }
  const timer = setInterval(() => void flush(), everyMs).unref()

  return {
    count: (client, status) =>
      add(client, {
        requests: 1,
        refused: status >= 400 && status < 500 ? 1 : 0,
        failed: status >= 500 ? 1 : 0,
      }),
    flush,
    async stop() {
      clearInterval(timer)
      await flush()
      await flush()
    },
  }
}
