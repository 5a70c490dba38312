import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createBatcher } from '../../src/engine/batcher.ts'

interface Gate {
  open(): void
  readonly passed: Promise<void>
}
function gate(): Gate {
  let open = (): void => undefined
  const passed = new Promise<void>((resolve) => {
    open = resolve
  })
  return { open: () => open(), passed }
}

/** Doubles numbers; keeps its batches; each waits for `hold`. */
function doubling(limits: { maxItems?: number; maxWeight?: number } = {}, hold?: Promise<void>) {
  const batches: (readonly number[])[] = []
  let running = 0
  let mostRunning = 0
  const batcher = createBatcher<number, number>({
    maxItems: limits.maxItems ?? 100,
    maxWeight: limits.maxWeight ?? 1_000,
    weightOf: (item) => item,
    async run(items) {
      batches.push(items)
      mostRunning = Math.max(mostRunning, ++running)
      await hold
      running -= 1
      if (items.includes(13)) throw new Error('thirteen')
      return items.filter((item) => item !== 7).map((item) => item * 2)
    },
  })
  return { batcher, batches, mostRunning: () => mostRunning }
}

describe('batcher', () => {
  it('takes what one tick brings into one batch', async () => {
    const { batcher, batches } = doubling()
    expect(await Promise.all([1, 2, 3].map((n) => batcher.add(n)))).toEqual([2, 4, 6])
    expect(batches).toEqual([[1, 2, 3]])
  })

  it('gathers what comes while a batch is being written, and writes one at a time', async () => {
    const held = gate()
    const { batcher, batches, mostRunning } = doubling({}, held.passed)
    const first = batcher.add(1)
    await Promise.resolve()
    const rest = [2, 3, 4].map((n) => batcher.add(n))
    held.open()
    expect(await Promise.all([first, ...rest])).toEqual([2, 4, 6, 8])
    expect(batches).toEqual([[1], [2, 3, 4]])
    expect(mostRunning()).toBe(1)
  })

  it('keeps to its limits, but lets one heavy item through', async () => {
    const { batcher, batches } = doubling({ maxItems: 3, maxWeight: 10 })
    await Promise.all([1, 1, 1, 1, 50, 5, 5, 5].map((n) => batcher.add(n)))
    expect(batches).toEqual([[1, 1, 1], [1], [50], [5, 5], [5]])
  })

  it('fails the items of the batch that failed, and no others', async () => {
    const { batcher } = doubling({ maxItems: 2 })
    const results = await Promise.allSettled([1, 2, 13, 4, 5].map((n) => batcher.add(n)))
    expect(results.map((result) => result.status)).toEqual([
      'fulfilled',
      'fulfilled',
      'rejected',
      'rejected',
      'fulfilled',
    ])
  })

  it('fails an item for which there is no answer', async () => {
    const { batcher } = doubling()
    const results = await Promise.allSettled([1, 7].map((n) => batcher.add(n)))
    expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected'])
  })

  it('goes on after a failure', async () => {
    const { batcher } = doubling()
    await expect(batcher.add(13)).rejects.toThrow('thirteen')
    await expect(batcher.add(2)).resolves.toBe(4)
  })

  it('is idle when everything added has been answered', async () => {
    const held = gate()
    const { batcher } = doubling({ maxItems: 1 }, held.passed)
    const answered: number[] = []
    for (const n of [1, 2, 3]) void batcher.add(n).then((result) => answered.push(result))
    const idle = batcher.idle().then(() => [...answered])
    held.open()
    expect(await idle).toEqual([2, 4, 6])
    await batcher.idle()
  })

  it('keeps the order and loses nothing, however it is cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.integer({ min: 14, max: 30 }), { maxLength: 6 }), { maxLength: 8 }),
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 14, max: 90 }),
        async (ticks, maxItems, maxWeight) => {
          const { batcher, batches } = doubling({ maxItems, maxWeight })
          const all: Promise<number>[] = []
          for (const tick of ticks) {
            all.push(...tick.map((n) => batcher.add(n)))
            await Promise.resolve()
          }
          expect(await Promise.all(all)).toEqual(ticks.flat().map((n) => n * 2))
          expect(batches.flat()).toEqual(ticks.flat())
          expect(batches.every((batch) => batch.length <= maxItems)).toBe(true)
        },
      ),
      { numRuns: 60 },
    )
  })
})
