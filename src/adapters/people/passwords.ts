import type { Passwords } from '../../engine/ports/people.ts'

/** OWASP's least for argon2id: 19 MiB, two passes, one lane; about 30 ms here. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1, algorithm: 2 } as const

/** Each takes 19 MiB and a thread of libuv's four, which files and name look-ups need as well. */
const mostAtOnce = 2

/** Runs at most so many at once; the others wait in line. */
function createGate(most: number): <T>(work: () => Promise<T>) => Promise<T> {
  let running = 0
  const waiting: (() => void)[] = []
  return async (work) => {
    if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve))
    else running += 1
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else running -= 1
    }
  }
}

/** argon2id. The library is loaded when the first password comes. */
export function createPasswords(): Passwords {
  const gate = createGate(mostAtOnce)
  const library = () => import('@node-rs/argon2')
  let nobodys: Promise<string> | undefined
  return {
    hash: (password) => gate(async () => (await library()).hash(password, cost)),
    async verify(hash, password) {
      const { hash: make, verify } = await library()
      // Made as every other one is, so that a name nobody has costs the same time.
      nobodys ??= make('nobody has this password', cost)
      const nobody = await nobodys
      const same = await gate(() => verify(hash ?? nobody, password))
      return same && hash !== null
    },
  }
}
