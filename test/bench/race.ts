/** Variants loaded in turn, in bursts and then in windows of even load, and the table of what came of it. */
import type { ChildProcess } from 'node:child_process'
import { setTimeout as pause } from 'node:timers/promises'
import { shuffled } from '../support/numbers.ts'
import {
  type Burst,
  burst,
  type Contestant,
  connections,
  type Latency,
  latency,
  load,
  median,
  type Percentiles,
  resident,
  restMs,
  type Task,
  warmUp,
} from './contestants.ts'
import type { Stage } from './stage.ts'

export interface Variant {
  readonly name: string
  readonly contestant: Contestant
  /** Of a burst. */
  readonly task: Omit<Task, 'perSecond' | 'connections'>
  readonly bursts: Burst[]
  readonly windows: Latency[]
  residentMbWhenWarm: number
}

export const createVariant = (
  name: string,
  contestant: Contestant,
  task: Variant['task'],
): Variant => ({ name, contestant, task, bursts: [], windows: [], residentMbWhenWarm: 0 })

export interface RaceOptions {
  readonly rounds: number
  /** Messages a second in the windows; none are run without it. */
  latencyAt?(variant: Variant): number
}

export const rateOf = ({ bursts }: Variant): number =>
  median(bursts.map(({ perSecond }) => perSecond))

/** Fills in bursts and windows. In every round in an order drawn by lot: nobody always runs after the same. */
export async function race(
  stage: Stage,
  generator: ChildProcess,
  variants: readonly Variant[],
  { rounds, latencyAt }: RaceOptions,
): Promise<void> {
  // Warm: code compiled to the end, connections open, statements planned.
  for (const contestant of new Set(variants.map((variant) => variant.contestant))) {
    const task = { count: warmUp, spread: 'own', connections, perSecond: undefined } as const
    await load(generator, contestant, task)
    for (const variant of variants)
      if (variant.contestant === contestant) variant.residentMbWhenWarm = resident(contestant)
  }
  for (let round = 1; round <= rounds; round++) {
    for (const { contestant, task, bursts } of shuffled(variants)) {
      const asItGoes = { ...task, connections, perSecond: undefined }
      bursts.push(await burst(stage, generator, contestant, asItGoes))
      await pause(restMs)
    }
    const rates = variants.map(({ bursts }) => Math.round(bursts.at(-1)?.perSecond ?? 0))
    process.stderr.write(`round ${round}: ${rates.join(' ')} messages/s\n`)
  }
  for (let round = 1; latencyAt && round <= rounds; round++) {
    for (const variant of shuffled(variants)) {
      const { contestant, task, windows } = variant
      const even = { ...task, connections }
      windows.push(await latency(generator, contestant, even, latencyAt(variant)))
      await pause(restMs)
    }
  }
}

/** Medians over the windows; of the p99 the range too. */
function latencySummary(windows: readonly Latency[]): Record<string, string> {
  if (windows.length === 0) return {}
  const column = (of: (window: Latency) => Percentiles): string => {
    const p99 = windows.map((window) => of(window).p99)
    const mid = median(windows.map((window) => of(window).p50))
    const [least, most] = [Math.min(...p99), Math.max(...p99)]
    return `${mid.toFixed(0)}/${median(p99).toFixed(0)} (${least.toFixed(0)}-${most.toFixed(0)})`
  }
  return {
    'accept p50/p99': column((window) => window.accept),
    'through p50/p99': column((window) => window.through),
  }
}

/** Medians over the bursts. */
function cpuSummary(bursts: readonly Burst[]): Record<string, string | number> {
  const roles = [...(bursts[0]?.cpuMicros.keys() ?? [])]
  const cpu = roles.map((role) => ({
    role,
    micros: median(bursts.map((one) => one.cpuMicros.get(role) ?? 0)),
  }))
  return {
    'us/msg': cpu.map(({ role, micros }) => `${role} ${micros.toFixed(0)}`).join(', '),
    'sum us': Math.round(cpu.reduce((sum, { micros }) => sum + micros, 0)),
  }
}

/** The bursts of a variant, each against the first variant's of the same round. */
export const ratiosOf = (variant: Variant, first: Variant): number[] =>
  variant.bursts.map((one, round) => one.perSecond / (first.bursts[round]?.perSecond ?? Number.NaN))

/** A row for each variant; ratios to the first, called `against`. */
export function tableOf(
  variants: readonly Variant[],
  against: string,
): Record<string, string | number>[] {
  const [first] = variants
  if (!first) return []
  return variants.map((variant) => {
    const ratios = ratiosOf(variant, first)
    return {
      variant: variant.name,
      'msg/s': Math.round(rateOf(variant)),
      [`x ${against}`]: Number(median(ratios).toFixed(2)),
      range: `${Math.min(...ratios).toFixed(2)}-${Math.max(...ratios).toFixed(2)}`,
      ...cpuSummary(variant.bursts),
      'RSS MB': `${variant.residentMbWhenWarm} > ${resident(variant.contestant)}`,
      ...latencySummary(variant.windows),
    }
  })
}
