/** Pipelines that stay up side by side and are loaded in turn, and what is measured of each. */
import type { ChildProcess } from 'node:child_process'
import { setTimeout as pause } from 'node:timers/promises'
import { forkScript, nextMessage } from '../support/fork-script.ts'
import { endProcess } from '../support/hub-process.ts'
import { quantile } from '../support/numbers.ts'
import type { GeneratorReport, GeneratorTask } from './generator.ts'
import { openPipeline, type Pipeline, type Shape } from './pipeline.ts'
import { cpuSeconds, cpuSecondsOfTree, residentMb } from './processes.ts'
import type { Stage } from './stage.ts'

/** A pipeline that is up, with a target of its own. */
export interface Contestant {
  readonly pipeline: Pipeline
  readonly target: ChildProcess
  readonly systems: number
  /** Dossiers given out so far. */
  dossiers: number
  runs: number
  close(): Promise<void>
}

export type Task = Pick<
  GeneratorTask,
  'count' | 'spread' | 'connections' | 'perSecond' | 'bytes' | 'batch'
>

/** Milliseconds, in one window of even load. */
export interface Latency {
  readonly accept: Percentiles
  readonly through: Percentiles
}

export interface Percentiles {
  readonly p50: number
  readonly p95: number
  readonly p99: number
}

export interface Burst {
  /** Messages a second, from the first request to the last acknowledgement recorded. */
  readonly perSecond: number
  /** CPU of each process a message, µs. */
  readonly cpuMicros: ReadonlyMap<string, number>
}

/**
 * Messages before any that count: with a few hundred, half of the time measured is V8's compiler, which
 * a hub that runs for weeks does not pay.
 */
export const warmUp = 4_000
export const connections = 64
export const latencySeconds = 5
/** What a burst leaves to be done afterwards must not be paid by the next. */
export const restMs = 1_500

/** `prepare` is given the address of the database, before anything runs on it. */
export async function openContestant(
  stage: Stage,
  name: string,
  shape: Shape,
  prepare: (databaseUrl: string) => Promise<void> = async () => undefined,
): Promise<Contestant> {
  const target = forkScript('test/bench/target.ts')
  try {
    const { address } = await nextMessage<{ address: string }>(target)
    const url = await stage.database(name)
    await prepare(url)
    const pipeline = await openPipeline(url, address, shape)
    return {
      pipeline,
      target,
      systems: shape.systems ?? 1,
      dossiers: 0,
      runs: 0,
      async close() {
        await pipeline.close()
        await endProcess(target)
      },
    }
  } catch (error) {
    await endProcess(target)
    throw error
  }
}

/** How many messages its target has taken so far. */
export const taken = async ({ target }: Contestant): Promise<number> => {
  target.send('count')
  return (await nextMessage<{ taken: number }>(target)).taken
}

/** Hands a load in; resolves when everything is accepted. Event ids begin with `run` and a hyphen. */
export async function handIn(
  generator: ChildProcess,
  contestant: Contestant,
  task: Task,
): Promise<{ report: GeneratorReport; run: string }> {
  const { pipeline } = contestant
  const run = `run${++contestant.runs}`
  const after = contestant.dossiers
  if (task.spread === 'own') contestant.dossiers += task.count
  generator.send({ ...task, port: pipeline.port, key: pipeline.key, run, after })
  const report = await nextMessage<GeneratorReport>(generator)
  if (report.refused > 0) throw new Error(`${report.refused} of ${task.count} were refused`)
  return { report, run }
}

/** Loads a contestant and waits until all of it is recorded. */
export async function load(
  generator: ChildProcess,
  contestant: Contestant,
  task: Task,
): Promise<{ report: GeneratorReport; recorded: ReadonlyMap<string, number> }> {
  const expected = (await taken(contestant)) + task.count * contestant.systems
  const { report, run } = await handIn(generator, contestant, task)
  const deadline = Date.now() + 120_000
  // Asking the target costs the pipeline nothing; the database is asked when there is hope.
  while ((await taken(contestant)) < expected && Date.now() < deadline) await pause(10)
  for (;;) {
    const all = await contestant.pipeline.recordedSince(report.startedAt)
    const recorded = new Map([...all].filter(([id]) => id.startsWith(`${run}-`)))
    if (recorded.size >= task.count) return { report, recorded }
    if (Date.now() > deadline) throw new Error(`${recorded.size} of ${task.count} were recorded`)
    await pause(50)
  }
}

const cpuNow = (stage: Stage, { pipeline }: Contestant): Map<string, number> =>
  new Map([
    ...[...pipeline.processes].map(([role, child]) => [role, cpuSeconds(child.pid)] as const),
    ['postgres', cpuSecondsOfTree(stage.postgresPid)] as const,
    ['redis', cpuSeconds(stage.redis?.pid())] as const,
  ])

export async function burst(
  stage: Stage,
  generator: ChildProcess,
  contestant: Contestant,
  task: Task,
): Promise<Burst> {
  const before = cpuNow(stage, contestant)
  const { report, recorded } = await load(generator, contestant, task)
  const seconds = (Math.max(...recorded.values()) - report.startedAt) / 1000
  const cpuMicros = new Map(
    [...cpuNow(stage, contestant)].map(([name, cpu]) => [
      name,
      ((cpu - (before.get(name) ?? 0)) * 1e6) / task.count,
    ]),
  )
  return { perSecond: task.count / seconds, cpuMicros }
}

export const median = (values: readonly number[]): number => quantile(values, 0.5)

const percentiles = (values: readonly number[]): Percentiles => ({
  p50: quantile(values, 0.5),
  p95: quantile(values, 0.95),
  p99: quantile(values, 0.99),
})

/** A window of even load. */
export async function latency(
  generator: ChildProcess,
  contestant: Contestant,
  task: Omit<Task, 'count' | 'perSecond'>,
  perSecond: number,
): Promise<Latency> {
  const { report, recorded } = await load(generator, contestant, {
    ...task,
    count: Math.max(1, Math.round(perSecond * latencySeconds)),
    perSecond,
  })
  const through = report.due.map(([id, ms]) => (recorded.get(id) ?? Number.NaN) - ms)
  return { accept: percentiles(report.latencies), through: percentiles(through) }
}

/** MB of the largest of its processes. */
export const resident = ({ pipeline }: Contestant): number =>
  Math.max(...[...pipeline.processes.values()].map(({ pid }) => residentMb(pid)))
