/** A seeded source of chance (sfc32): the same seed gives the same dossiers on every machine. */
export interface Random {
  /** In [0, 1). */
  next(): number
  /** Whole, both ends included. */
  between(low: number, high: number): number
  chance(probability: number): boolean
  pick<T>(list: readonly T[]): T
  /** So many decimal digits. */
  digits(count: number): string
}

export function createRandom(seed: number): Random {
  let a = seed | 0
  let b = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b)
  let c = Math.imul(seed + 0x7f4a7c15, 0xc2b2ae35)
  let counter = 1
  const next = (): number => {
    const mixed = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + mixed
    return (mixed >>> 0) / 4_294_967_296
  }
  // The first draws of neighbouring seeds are alike; these are thrown away.
  for (let round = 0; round < 16; round++) next()

  const between = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1))
  return {
    next,
    between,
    chance: (probability) => next() < probability,
    pick: (list) => {
      const found = list[Math.floor(next() * list.length)]
      if (found === undefined) throw new Error('cannot pick from an empty list')
      return found
    },
    digits: (count) => String(Math.floor(next() * 10 ** count)).padStart(count, '0'),
  }
}
