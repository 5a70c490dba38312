/**
 * `npm run bench`: the hub against the floor, in one run on one machine. Floor and hubs stay up side by
 * side and are loaded in turn, in short bursts: a ratio compares bursts of one round, seconds apart,
 * because machines change their speed from minute to minute.
 *
 *   --messages N    per burst (default 3000)
 *   --rounds N      rounds of bursts (default 7); the table shows medians, and the range of the ratios
 *   --processes P   1 or 2 only (default both)
 *   --only TEXT     only variants whose name contains TEXT (the floor always runs)
 *   --concurrency N, --run-ahead N   of the hub's system (default 128 and 64)
 *   --no-latency    leave out the latencies: windows of even load at 60 % of the floor's rate, as many as rounds
 *   --json          the figures as JSON
 */
import type { ChildProcess } from 'node:child_process'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { forkScript, nextMessage } from '../support/fork-script.ts'
import { endProcess } from '../support/hub-process.ts'
import type { GeneratorReport, GeneratorTask } from './generator.ts'
import type { Spread } from './messages.ts'
import { cpuSeconds, cpuSecondsOfTree, residentMb } from './processes.ts'
import { openPipeline, openStage, type Pipeline, type Shape, type Stage, warmUp } from './stage.ts'

const { values: options } = parseArgs({
  options: {
    messages: { type: 'string', default: '3000' },
    rounds: { type: 'string', default: '7' },
    processes: { type: 'string', default: '' },
    only: { type: 'string', default: '' },
    concurrency: { type: 'string', default: '128' },
    'run-ahead': { type: 'string', default: '64' },
    'no-latency': { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
})
const messages = Number(options.messages)
const tuning = {
  concurrency: Number(options.concurrency),
  runAhead: Number(options['run-ahead']),
}
const connections = 64
const latencySeconds = 5
/** What a burst leaves to be done afterwards must not be paid by the next. */
const restMs = 1_500

/** A pipeline that is up, with a target of its own. */
interface Contestant {
  readonly pipeline: Pipeline
  readonly target: ChildProcess
  /** Dossiers given out so far. */
  dossiers: number
  runs: number
  residentMbWhenWarm: number
}

interface Variant {
  readonly name: string
  readonly contestant: Contestant
  readonly spread: Spread
  readonly bursts: Burst[]
  readonly windows: Latency[]
}

/** Milliseconds, in one window of even load. */
interface Latency {
  readonly accept: Percentiles
  readonly through: Percentiles
}

interface Percentiles {
  readonly p50: number
  readonly p99: number
}

interface Burst {
  readonly perSecond: number
  readonly cpuMicros: ReadonlyMap<string, number>
}

async function openContestant(stage: Stage, name: string, shape: Shape): Promise<Contestant> {
  const target = forkScript('test/bench/target.ts')
  const { address } = await nextMessage<{ address: string }>(target)
  const pipeline = await openPipeline(await stage.database(name), address, shape, tuning)
  return { pipeline, target, dossiers: 0, runs: 0, residentMbWhenWarm: 0 }
}

/** Loads a contestant and waits until all of it is recorded. */
async function load(
  generator: ChildProcess,
  contestant: Contestant,
  task: Pick<GeneratorTask, 'count' | 'spread' | 'connections' | 'perSecond'>,
): Promise<{ report: GeneratorReport; recorded: ReadonlyMap<string, number> }> {
  const { pipeline, target } = contestant
  const taken = async (): Promise<number> => {
    target.send('count')
    return (await nextMessage<{ taken: number }>(target)).taken
  }
  const before = await taken()
  const run = `run${++contestant.runs}`
  generator.send({
    ...task,
    port: pipeline.port,
    key: pipeline.key,
    run,
    after: contestant.dossiers,
  })
  if (task.spread === 'own') contestant.dossiers += task.count
  const report = await nextMessage<GeneratorReport>(generator)
  if (report.refused > 0) throw new Error(`${report.refused} of ${task.count} were refused`)
  const deadline = Date.now() + 60_000
  while ((await taken()) < before + task.count && Date.now() < deadline) await pause(10)
  for (;;) {
    const recorded = await pipeline.recordedSince(report.startedAt)
    if (recorded.size >= task.count) return { report, recorded }
    if (Date.now() > deadline) throw new Error(`${recorded.size} of ${task.count} were recorded`)
    await pause(50)
  }
}

const cpuNow = (stage: Stage, { pipeline }: Contestant): Map<string, number> =>
  new Map([
    ...[...pipeline.processes].map(([role, child]) => [role, cpuSeconds(child.pid)] as const),
    ['postgres', cpuSecondsOfTree(stage.postgresPid)] as const,
    ['redis', cpuSeconds(stage.redis?.pid)] as const,
  ])

/** Nobody always runs after the same neighbour. */
function shuffled<T>(list: readonly T[]): T[] {
  const rest = [...list]
  return list.flatMap(() => rest.splice(Math.floor(Math.random() * rest.length), 1))
}

async function burst(stage: Stage, generator: ChildProcess, variant: Variant): Promise<Burst> {
  const { contestant, spread } = variant
  const before = cpuNow(stage, contestant)
  const { report, recorded } = await load(generator, contestant, {
    count: messages,
    spread,
    connections,
    perSecond: undefined,
  })
  const seconds = (Math.max(...recorded.values()) - report.startedAt) / 1000
  const cpuMicros = new Map(
    [...cpuNow(stage, contestant)].map(([name, cpu]) => [
      name,
      ((cpu - (before.get(name) ?? 0)) * 1e6) / messages,
    ]),
  )
  return { perSecond: messages / seconds, cpuMicros }
}

const at = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

const median = (values: readonly number[]): number => at(values, 0.5)

const percentiles = (values: readonly number[]): Percentiles => ({
  p50: at(values, 0.5),
  p99: at(values, 0.99),
})

async function latency(
  generator: ChildProcess,
  variant: Variant,
  perSecond: number,
): Promise<Latency> {
  const { report, recorded } = await load(generator, variant.contestant, {
    count: Math.round(perSecond * latencySeconds),
    spread: variant.spread,
    connections,
    perSecond,
  })
  const through = report.due.map(([id, ms]) => (recorded.get(id) ?? Number.NaN) - ms)
  return { accept: percentiles(report.latencies), through: percentiles(through) }
}

/** Medians over the windows; of the p99 the range too. */
function latencySummary(windows: readonly Latency[]) {
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

/** What has been opened is in `contestants`, whatever fails. */
async function openVariants(
  stage: Stage,
  processes: 1 | 2,
  contestants: Contestant[],
): Promise<Variant[]> {
  const redisUrl = stage.redis?.url
  const lines = [
    { name: 'PostgreSQL', redisUrl: undefined },
    ...(redisUrl ? [{ name: 'Redis', redisUrl }] : []),
  ]
  const floor = await openContestant(stage, 'bench_floor', { kind: 'floor', processes, redisUrl })
  contestants.push(floor)
  const variants: Variant[] = [
    { name: `floor, ${processes}p`, contestant: floor, spread: 'own', bursts: [], windows: [] },
  ]
  for (const line of lines) {
    const spreads = (['own', 'shared'] as const)
      .map((spread) => ({ spread, name: `hub, ${processes}p, ${line.name}, ${spread}` }))
      .filter(({ name }) => name.includes(options.only))
    if (spreads.length === 0) continue
    const shape = { kind: 'hub', processes, redisUrl: line.redisUrl } as const
    const contestant = await openContestant(stage, `bench_${line.name.toLowerCase()}`, shape)
    contestants.push(contestant)
    for (const { spread, name } of spreads)
      variants.push({ name, contestant, spread, bursts: [], windows: [] })
  }
  return variants
}

const resident = ({ pipeline }: Contestant): number =>
  Math.max(...[...pipeline.processes.values()].map(({ pid }) => residentMb(pid)))

/** The bursts of a variant, each against the floor's of the same round. */
function summary(variant: Variant, floor: Variant) {
  const ratios = variant.bursts.map(
    (one, round) => one.perSecond / (floor.bursts[round]?.perSecond ?? Number.NaN),
  )
  const roles = [...(variant.bursts[0]?.cpuMicros.keys() ?? [])]
  const cpu = roles.map((role) => ({
    role,
    micros: median(variant.bursts.map((one) => one.cpuMicros.get(role) ?? 0)),
  }))
  return {
    variant: variant.name,
    'msg/s': Math.round(median(variant.bursts.map((one) => one.perSecond))),
    'x floor': Number(median(ratios).toFixed(2)),
    range: `${Math.min(...ratios).toFixed(2)}-${Math.max(...ratios).toFixed(2)}`,
    'us/msg': cpu.map(({ role, micros }) => `${role} ${micros.toFixed(0)}`).join(', '),
    'sum us': Math.round(cpu.reduce((sum, { micros }) => sum + micros, 0)),
    'RSS MB': `${variant.contestant.residentMbWhenWarm} > ${resident(variant.contestant)}`,
    ...latencySummary(variant.windows),
  }
}

async function compare(stage: Stage, generator: ChildProcess, processes: 1 | 2) {
  const contestants: Contestant[] = []
  try {
    const variants = await openVariants(stage, processes, contestants)
    const floor = variants[0]
    if (!floor) return []
    // Warm: code compiled to the end, connections open, statements planned.
    for (const contestant of contestants) {
      const task = { count: warmUp, connections, perSecond: undefined }
      await load(generator, contestant, { ...task, spread: 'own' })
      contestant.residentMbWhenWarm = resident(contestant)
    }
    for (let round = 0; round < Number(options.rounds); round++) {
      for (const variant of shuffled(variants)) {
        variant.bursts.push(await burst(stage, generator, variant))
        await pause(restMs)
      }
      const rates = variants.map(({ bursts }) => Math.round(bursts.at(-1)?.perSecond ?? 0))
      process.stderr.write(`${processes}p, round ${round + 1}: ${rates.join(' ')} messages/s\n`)
    }
    const rate = 0.6 * median(floor.bursts.map((one) => one.perSecond))
    for (let round = 0; !options['no-latency'] && round < Number(options.rounds); round++) {
      for (const variant of shuffled(variants)) {
        variant.windows.push(await latency(generator, variant, rate))
        await pause(restMs)
      }
    }
    return variants.map((variant) => summary(variant, floor))
  } finally {
    for (const { pipeline, target } of contestants) {
      await pipeline.close()
      await endProcess(target)
    }
  }
}

async function main(): Promise<void> {
  const stage = await openStage()
  const generator = forkScript('test/bench/generator.ts')
  try {
    const rows = []
    for (const processes of [1, 2] as const)
      if (['', String(processes)].includes(options.processes))
        rows.push(...(await compare(stage, generator, processes)))
    if (options.json) process.stdout.write(`${JSON.stringify(rows, null, 2)}\n`)
    else console.table(rows)
  } finally {
    await endProcess(generator)
    await stage.close()
  }
}

await main()
