/**
 * `npm run bench`: the hub against the floor, in one run on one machine.
 *
 *   --messages N   per throughput run (default 15000)
 *   --rounds N     interleaved rounds; the table shows medians (default 3)
 *   --only TEXT    only variants whose name contains TEXT (the floor always runs)
 *   --no-latency   leave the open-loop part out
 *   --json         the figures as JSON
 */
import { parseArgs } from 'node:util'
import { endProcess } from '../support/hub-process.ts'
import type { GeneratorReport, GeneratorTask } from './generator.ts'
import type { Spread } from './messages.ts'
import { cpuSeconds, cpuSecondsOfTree, forkScript, nextMessage, residentMb } from './processes.ts'
import { openPipeline, openStage, type Pipeline, type Shape, type Stage } from './stage.ts'

const { values: options } = parseArgs({
  options: {
    messages: { type: 'string', default: '15000' },
    rounds: { type: 'string', default: '3' },
    only: { type: 'string', default: '' },
    'no-latency': { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
})
const messages = Number(options.messages)
const connections = 64
const tuning = { concurrency: 128, runAhead: 64 }
const latencySeconds = 6
/** With a few hundred, half of the time measured is V8's compiler, which a hub that runs for weeks does not pay. */
const warmUp = 4_000

interface Variant {
  readonly name: string
  readonly shape: Shape
  readonly spread: Spread
}

interface Figures {
  readonly perSecond: number
  readonly cpuMicros: Readonly<Record<string, number>>
  readonly residentMb: number
  readonly refused: number
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

async function untilRecorded(
  pipeline: Pipeline,
  count: number,
  taken: () => Promise<number>,
): Promise<void> {
  const deadline = Date.now() + 180_000
  while ((await taken()) < count && Date.now() < deadline) await pause(20)
  while ((await pipeline.recorded()) < count) {
    if (Date.now() > deadline)
      throw new Error(`only ${await pipeline.recorded()} of ${count} were recorded`)
    await pause(10)
  }
}

async function withPipeline<T>(
  stage: Stage,
  variant: Variant,
  use: (
    pipeline: Pipeline,
    load: (task: Partial<GeneratorTask>) => Promise<GeneratorReport>,
    taken: () => Promise<number>,
  ) => Promise<T>,
): Promise<T> {
  const target = forkScript('target.ts')
  const { address } = await nextMessage<{ address: string }>(target)
  const generator = forkScript('generator.ts')
  const pipeline = await openPipeline(await stage.database('bench'), address, variant.shape, tuning)
  const taken = async (): Promise<number> => {
    target.send('count')
    return (await nextMessage<{ taken: number }>(target)).taken
  }
  const load = (task: Partial<GeneratorTask>): Promise<GeneratorReport> => {
    generator.send({
      port: pipeline.port,
      key: pipeline.key,
      count: messages,
      spread: variant.spread,
      run: 'run',
      connections,
      perSecond: undefined,
      ...task,
    })
    return nextMessage<GeneratorReport>(generator)
  }
  try {
    // Warm: code compiled to the end, connections open, statements planned.
    await load({ count: warmUp, run: 'warm' })
    await untilRecorded(pipeline, warmUp, taken)
    return await use(pipeline, load, taken)
  } finally {
    await pipeline.close()
    await endProcess(generator)
    await endProcess(target)
  }
}

const throughput = (stage: Stage, variant: Variant): Promise<Figures> =>
  withPipeline(stage, variant, async (pipeline, load, taken) => {
    const parts = [...pipeline.processes].map(([role, child]) => ({ role, pid: child.pid }))
    const measure = () =>
      new Map([
        ...parts.map(({ role, pid }) => [role, cpuSeconds(pid)] as const),
        ['postgres', cpuSecondsOfTree(stage.postgresPid)] as const,
        ['redis', cpuSeconds(stage.redis?.pid)] as const,
      ])
    const before = measure()
    const startedAt = performance.now()
    const { refused } = await load({})
    await untilRecorded(pipeline, warmUp + messages, taken)
    const seconds = (performance.now() - startedAt) / 1000
    const after = measure()
    const cpuMicros = Object.fromEntries(
      [...after].map(([name, cpu]) => [
        name,
        Math.round(((cpu - (before.get(name) ?? 0)) * 1e6) / messages),
      ]),
    )
    return {
      perSecond: messages / seconds,
      cpuMicros,
      residentMb: Math.max(...parts.map(({ pid }) => residentMb(pid))),
      refused,
    }
  })

const at = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN

const latency = (stage: Stage, variant: Variant, perSecond: number) =>
  withPipeline(stage, variant, async (pipeline, load, taken) => {
    const count = Math.round(perSecond * latencySeconds)
    const report = await load({ count, perSecond, run: 'even', connections: 256 })
    await untilRecorded(pipeline, warmUp + count, taken)
    const recorded = await pipeline.recordedAt()
    const through = report.due
      .map(([id, ms]) => (recorded.get(id) ?? Number.NaN) - ms)
      .sort((a, b) => a - b)
    return {
      accept50: at(report.latencies, 0.5),
      accept99: at(report.latencies, 0.99),
      through50: at(through, 0.5),
      through99: at(through, 0.99),
    }
  })

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

function variantsOf(stage: Stage): Variant[] {
  const lines = [
    { name: 'PostgreSQL', url: undefined },
    ...(stage.redis ? [{ name: 'Redis', url: stage.redis.url }] : []),
  ]
  const floorUrl = stage.redis?.url
  const floors = ([1, 2] as const).map(
    (processes): Variant => ({
      name: `floor, ${processes}p`,
      shape: { kind: 'floor', processes, redisUrl: floorUrl },
      spread: 'own',
    }),
  )
  const hubs = ([1, 2] as const).flatMap((processes) =>
    lines.flatMap((line) =>
      (['own', 'shared'] as const).map(
        (spread): Variant => ({
          name: `hub, ${processes}p, ${line.name}, ${spread}`,
          shape: { kind: 'hub', processes, redisUrl: line.url },
          spread,
        }),
      ),
    ),
  )
  return [...floors, ...hubs.filter((variant) => variant.name.includes(options.only))]
}

async function main(): Promise<void> {
  const stage = await openStage()
  try {
    const variants = variantsOf(stage)
    const results = new Map<string, Figures[]>(variants.map((variant) => [variant.name, []]))
    for (let round = 0; round < Number(options.rounds); round++)
      for (const variant of variants) {
        const figures = await throughput(stage, variant)
        results.get(variant.name)?.push(figures)
        process.stderr.write(
          `${variant.name}: ${Math.round(figures.perSecond)}/s${figures.refused > 0 ? ` REFUSED ${figures.refused}` : ''}\n`,
        )
      }
    const rate = (name: string): number =>
      median((results.get(name) ?? []).map((one) => one.perSecond))
    const rows = []
    for (const variant of variants) {
      const runs = results.get(variant.name) ?? []
      const floor = rate(`floor, ${variant.shape.processes}p`)
      const last = runs.at(-1)
      const delays = options['no-latency'] ? undefined : await latency(stage, variant, 0.6 * floor)
      rows.push({
        variant: variant.name,
        'msg/s': Math.round(rate(variant.name)),
        'x floor': Number((rate(variant.name) / floor).toFixed(2)),
        'us/msg': Object.entries(last?.cpuMicros ?? {})
          .map(([name, us]) => `${name} ${us}`)
          .join(', '),
        'RSS MB': last?.residentMb,
        ...(delays && {
          'accept p50/p99': `${delays.accept50.toFixed(0)}/${delays.accept99.toFixed(0)}`,
          'through p50/p99': `${delays.through50.toFixed(0)}/${delays.through99.toFixed(0)}`,
        }),
      })
    }
    if (options.json) process.stdout.write(`${JSON.stringify(rows, null, 2)}\n`)
    else console.table(rows)
  } finally {
    await stage.close()
  }
}

await main()
