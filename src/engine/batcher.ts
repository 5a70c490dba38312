/**
 * Shares one commit among requests that come at the same time: no timer, one run at a time; a batch
 * is whatever came while the one before was being written. Items keep their order.
 */
interface BatcherOptions<T, R> {
  readonly maxItems: number
  readonly maxWeight: number
  weightOf(item: T): number
  /** One result per item, in order. A throw fails every item of the batch. */
  run(items: readonly T[]): Promise<readonly R[]>
}

interface Waiting<T, R> {
  readonly item: T
  resolve(result: R): void
  reject(error: unknown): void
}

export interface Batcher<T, R> {
  add(item: T): Promise<R>
  /** Resolves when everything added so far has been written or refused. */
  idle(): Promise<void>
}

export function createBatcher<T, R>(options: BatcherOptions<T, R>): Batcher<T, R> {
  let queue: Waiting<T, R>[] = []
  let running: Promise<void> | undefined

  const take = (): Waiting<T, R>[] => {
    let weight = 0
    let count = 0
    while (count < queue.length && count < options.maxItems) {
      const next = queue[count]
      if (!next) break
      weight += options.weightOf(next.item)
      if (count > 0 && weight > options.maxWeight) break
      count++
    }
    const batch = queue.slice(0, count)
    queue = queue.slice(count)
    return batch
  }

  const runAll = async (): Promise<void> => {
    while (queue.length > 0) {
      const batch = take()
      try {
        const results = await options.run(batch.map((waiting) => waiting.item))
        batch.forEach((waiting, index) => {
          if (index < results.length) waiting.resolve(results[index] as R)
          else waiting.reject(new Error('a batch answered fewer items than it was given'))
        })
      } catch (error) {
        for (const waiting of batch) waiting.reject(error)
      }
    }
    running = undefined
  }

  return {
    add: (item) =>
      new Promise<R>((resolve, reject) => {
        queue.push({ item, resolve, reject })
        // Started in a microtask, so that what one tick brings travels together.
        running ??= Promise.resolve().then(runAll)
      }),
    idle: async () => {
      await running
    },
  }
}
