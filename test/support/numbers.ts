/** Numbers drawn by lot, the same for the same seed. */

/** Numbers in [0, 1) (mulberry32). */
export function createNumbers(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Indices below `count`: the first is drawn most, the one after it 2^exponent times less often, … */
export function createZipf(count: number, exponent: number, random: () => number): () => number {
  const sums: number[] = []
  let sum = 0
  for (let rank = 1; rank <= count; rank++) {
    sum += 1 / rank ** exponent
    sums.push(sum)
  }
  return () => {
    const at = random() * sum
    return sums.findIndex((limit) => at < limit)
  }
}

/** The value below which this share of them lies; NaN of none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

/** A copy in an order drawn by lot. */
export function shuffled<T>(list: readonly T[], random: () => number = Math.random): T[] {
  const rest = [...list]
  return list.flatMap(() => rest.splice(Math.floor(random() * rest.length), 1))
}
