/** Nothing is broken, for long: what a hub process holds in memory must not grow with what it has done. */
import { readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { quantile } from '../support/numbers.ts'
import type { Course } from './course.ts'

const looksPerRun = 120
const mostTimes = 1.15

/** Resident megabytes of a process. */
function residentOf(pid: number | undefined): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024
}

const median = (values: readonly number[]): number => quantile(values, 0.5)

export const soak: Course = async ({ world, seconds, progress }) => {
  const seen = world.hubs.map((): number[] => [])
  for (let look = 0; look < looksPerRun; look++) {
    await pause((seconds * 1000) / looksPerRun)
    world.hubs.forEach(({ child }, index) => void seen[index]?.push(residentOf(child.pid)))
    if (look % 10 === 9)
      progress(`resident, MB: ${seen.map((of) => Math.round(of.at(-1) ?? 0)).join(', ')}`)
  }
  // The first quarter is for filling what has bounds.
  const quarter = looksPerRun / 4
  const growth = seen.map(
    (of) => median(of.slice(3 * quarter)) / median(of.slice(quarter, 2 * quarter)),
  )
  const grown = growth.filter((times) => !(times <= mostTimes))
  return {
    wounds: [],
    judge: () => [
      {
        promise: `no process holds over ${mostTimes} times as much in the last quarter as in the second`,
        of: growth.length,
        against: grown.length,
        ok: grown.length === 0,
        examples: growth.map((times) => times.toFixed(2)),
      },
    ],
  }
}
