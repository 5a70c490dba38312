/**
 * `npm run chaos`: breaks a running hub in every way there is a hand for, and checks what came of it from
 * three independent histories and the database.
 *
 *   --only NAMES      scenarios, separated by commas (default all); "list" names them
 *   --seconds N       how long each goes on breaking (default 120)
 *   --times N         ends a scenario sooner, once every act has landed so often
 *   --rest N          seconds between two acts (default: what the scenario says)
 *   --wakeups KIND    postgres, redis or both (default both, Redis only where redis-server is installed)
 *   --rate N          messages a second (default 300)
 *   --hubs N          hub processes (default 2)
 *   --seed N          repeats a run's choices (default: the time)
 *   --json            reports as JSON
 */
import { parseArgs } from 'node:util'
import { skipsRedis } from '../support/redis.ts'
import { type Report, runChaos } from './run.ts'
import { scenarios } from './scenarios.ts'

const { values: options } = parseArgs({
  options: {
    only: { type: 'string', default: 'all' },
    seconds: { type: 'string', default: '120' },
    times: { type: 'string' },
    rest: { type: 'string' },
    wakeups: { type: 'string', default: 'both' },
    rate: { type: 'string', default: '300' },
    hubs: { type: 'string', default: '2' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    json: { type: 'boolean', default: false },
  },
})

const say = (line: string): void => void process.stderr.write(`${line}\n`)

function print(report: Report): void {
  const { scenario, wakeups, seed, seconds, accepted, perSecond, refusals, effects } = report
  say(
    `\n${scenario}, wake-ups by ${wakeups}, seed ${seed}: ${accepted} accepted in ${seconds} s (${perSecond}/s), ` +
      `${refusals} refusals repeated, ${effects} effects`,
  )
  for (const { name, tried, landed, recoveryMs } of report.acts)
    say(
      `  ${name.padEnd(16)} ${landed} of ${tried} landed; moving again after ${recoveryMs.median} ms, at most ${recoveryMs.most}`,
    )
  const weather = new Map<string, number>()
  for (const [name, count] of Object.entries(report.weather)) {
    const fault = name.split(' ')[1] ?? name
    weather.set(fault, (weather.get(fault) ?? 0) + count)
  }
  say(`  targets: ${[...weather].map(([fault, count]) => `${fault} ${count}`).join(', ')}`)
  say(`  person: ${JSON.stringify(report.decisions)}, resumed ${JSON.stringify(report.resumed)}`)
  for (const { promise, of, against, ok, examples } of report.verdicts)
    say(
      `  ${ok ? 'ok   ' : 'WRONG'} ${promise}: ${against} of ${of}${ok ? '' : `, such as ${examples.join('; ')}`}`,
    )
  for (const story of report.stories) say(story)
}

async function main(): Promise<void> {
  const names = options.only.split(',')
  const unknown = names.filter((name) => !scenarios.some((one) => one.name === name))
  if (unknown.length > 0) {
    for (const { name, about } of scenarios) say(`${name.padEnd(12)} ${about}`)
    process.exitCode = unknown[0] === 'list' ? 0 : 2
    return
  }
  const kinds = (['postgres', 'redis'] as const).filter((kind) =>
    options.wakeups === 'both' ? kind === 'postgres' || !skipsRedis : options.wakeups === kind,
  )
  const reports: Report[] = []
  for (const scenario of scenarios.filter(({ name }) => names.includes(name)))
    for (const wakeups of kinds) {
      const report = await runChaos({
        scenario,
        wakeups,
        seed: Number(options.seed),
        seconds: Number(options.seconds),
        perSecond: Number(options.rate),
        hubs: Number(options.hubs),
        ...(options.times !== undefined && { times: Number(options.times) }),
        ...(options.rest !== undefined && { restMs: Number(options.rest) * 1000 }),
        progress: say,
      })
      reports.push(report)
      print(report)
    }
  if (options.json) process.stdout.write(`${JSON.stringify(reports, null, 2)}\n`)
  process.exitCode = reports.length > 0 && reports.every(({ ok }) => ok) ? 0 : 1
}

await main()
