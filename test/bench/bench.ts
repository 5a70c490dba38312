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
import { parseArgs } from 'node:util'
import { forkScript } from '../support/fork-script.ts'
import { endProcess } from '../support/hub-process.ts'
import { type Contestant, openContestant } from './contestants.ts'
import type { Role } from './pipeline.ts'
import { createVariant, race, rateOf, tableOf, type Variant } from './race.ts'
import { openStage, type Stage } from './stage.ts'

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
const rolesOf = { 1: ['all'], 2: ['api', 'worker'] } as const satisfies Record<number, Role[]>

/** The floor first. What has been opened is in `contestants`, whatever fails. */
async function openVariants(
  stage: Stage,
  processes: 1 | 2,
  contestants: Contestant[],
): Promise<Variant[]> {
  const redisUrl = stage.redis?.url
  const shared = { roles: rolesOf[processes], tuning }
  const open = async (name: string, kind: 'hub' | 'floor', url: string | undefined) => {
    const shape = { ...shared, kind, redisUrl: url }
    const contestant = await openContestant(stage, `bench_${name.toLowerCase()}`, shape)
    contestants.push(contestant)
    return contestant
  }
  const lines = [
    { name: 'PostgreSQL', url: undefined },
    ...(redisUrl ? [{ name: 'Redis', url: redisUrl }] : []),
  ]
  const floor = await open('floor', 'floor', redisUrl)
  const variants = [
    createVariant(`floor, ${processes}p`, floor, { count: messages, spread: 'own' }),
  ]
  for (const { name, url } of lines) {
    const spreads = (['own', 'shared'] as const)
      .map((spread) => ({ spread, title: `hub, ${processes}p, ${name}, ${spread}` }))
      .filter(({ title }) => title.includes(options.only))
    if (spreads.length === 0) continue
    const contestant = await open(name, 'hub', url)
    for (const { spread, title } of spreads)
      variants.push(createVariant(title, contestant, { count: messages, spread }))
  }
  return variants
}

async function compare(stage: Stage, generator: ChildProcess, processes: 1 | 2) {
  const contestants: Contestant[] = []
  try {
    const variants = await openVariants(stage, processes, contestants)
    const [floor] = variants
    if (!floor) return []
    await race(stage, generator, variants, {
      rounds: Number(options.rounds),
      ...(!options['no-latency'] && { latencyAt: () => 0.6 * rateOf(floor) }),
    })
    return tableOf(variants, 'floor')
  } finally {
    for (const contestant of contestants) await contestant.close()
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
