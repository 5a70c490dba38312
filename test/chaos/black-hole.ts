/**
 * One system of five takes every request and never answers. Windows without and with it take turns, so
 * that a machine that becomes slower by itself does not count.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { quantile } from '../support/numbers.ts'
import type { TargetStory } from './checker.ts'
import type { Course } from './course.ts'
import { clients, type Offered } from './history.ts'

const sick = 'query'
const windows = ['well', 'hole', 'well', 'hole', 'well'] as const
const mostTimes = 1.2
/** What a change of the weather stirs up at first belongs to neither. */
const settlingMs = 3_000

interface Window {
  readonly from: number
  readonly to: number
}

/** ms from receipt to effect, of which 95 % take less, over the four others. */
function p95(window: Window, story: TargetStory, offered: readonly Offered[]): number {
  const times = offered.flatMap(({ client, subject, n, acceptedAt }) =>
    acceptedAt === undefined || acceptedAt < window.from || acceptedAt > window.to
      ? []
      : clients[client]
          .filter((system) => system !== sick)
          .flatMap((system) => {
            const [first] = story.effects.get(`${system}/${subject}/${n}`)?.at ?? []
            return first === undefined ? [] : [first - acceptedAt]
          }),
  )
  return quantile(times, 0.95)
}

export const blackHole: Course = async ({ world, seconds, progress }) => {
  const seen: Window[] = []
  for (const window of windows) {
    await world.weather(sick, window === 'hole' ? { silent: 1, 'question-silent': 1 } : {})
    await pause(settlingMs)
    const from = Date.now()
    await pause((seconds * 1000) / windows.length)
    seen.push({ from, to: Date.now() })
    progress(`${window}: ${seconds / windows.length} s`)
  }
  const landed = (await world.fromTarget<Record<string, number>>('landed'))[`${sick} silent`] ?? 0
  return {
    wounds: [],
    judge(story, offered) {
      const found = seen.map((window) => p95(window, story, offered))
      const ratios = [1, 3].map(
        (hole) => (2 * (found[hole] ?? 0)) / ((found[hole - 1] ?? 0) + (found[hole + 1] ?? 0)),
      )
      progress(`p95 of the others, ms: ${found.map((one) => Math.round(one)).join(', ')}`)
      const worst = ratios.filter((ratio) => !(ratio <= mostTimes))
      return [
        {
          promise: `a system that swallows everything costs the others at most ${mostTimes} in p95`,
          of: ratios.length,
          against: landed > 0 ? worst.length : ratios.length,
          ok: worst.length === 0 && landed > 0,
          examples: [...ratios.map((ratio) => ratio.toFixed(2)), `${landed} swallowed`],
        },
      ]
    },
  }
}
