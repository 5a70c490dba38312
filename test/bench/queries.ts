/**
 * `npm run bench:queries`: how long administrators wait for each list, filter and search when the store is
 * full. Ends with 1 where 95 % of the answers take longer than 300 ms, or 100 ms for a page of problems.
 *
 *   --rows N        messages, each with a delivery and a dossier (default 1000000)
 *   --dead-every N  of so many one is dead (default 1000; 10: the morning after an outage)
 *   --repeats N     of each question (default 30)
 *   --plans         also how PostgreSQL goes about each that took longest: EXPLAIN (ANALYZE, BUFFERS)
 *   --json          the figures as JSON
 */
import { parseArgs } from 'node:util'
import { type Database, openDatabase } from '../../src/adapters/postgres/database.ts'
import { migrate } from '../../src/adapters/postgres/migrate.ts'
import { createAuditQueries } from '../../src/adapters/postgres/queries/audit.ts'
import { createPlanQueries } from '../../src/adapters/postgres/queries/plans.ts'
import { createQueries } from '../../src/adapters/postgres/queries/queries.ts'
import type { Configuration } from '../../src/domain/configuration.ts'
import { fillStore } from '../adapters/postgres/many-rows.ts'
import { revisionOf } from '../support/engine.ts'
import { type AllQueries, farDown, type Question, questions } from './questions.ts'
import { openStage } from './stage.ts'

const { values: options } = parseArgs({
  options: {
    rows: { type: 'string', default: '1000000' },
    'dead-every': { type: 'string', default: '1000' },
    repeats: { type: 'string', default: '30' },
    plans: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
})
const rows = Number(options.rows)
const systems = ['dvcqg', 'noi-vu'] as const

const withinMs = (name: string): number => (name.startsWith('problems:') ? 100 : 300)

interface Asked {
  readonly text: string
  readonly values: unknown[]
}

/** The same database; what it is asked is kept until it is taken. */
function recording(database: Database): { database: Database; take(): Asked[] } {
  let asked: Asked[] = []
  return {
    database: {
      ...database,
      ask: (text, values) => {
        asked.push({ text, values })
        return database.ask(text, values)
      },
      run: (name, text, values) => {
        asked.push({ text, values })
        return database.run(name, text, values)
      },
    },
    take() {
      const taken = asked
      asked = []
      return taken
    },
  }
}

/** Nothing that is asked here opens a body. */
const noKeys = {
  keyring: { encrypt: noKey, decrypt: noKey },
  refresh: () => Promise.resolve(),
} as unknown as Parameters<typeof createQueries>[1]
function noKey(): never {
  throw new Error('no question of this bench opens a body')
}

function queriesOf(database: Database): AllQueries {
  const made = revisionOf([]).configuration
  const configuration: Configuration = {
    ...made,
    systems: systems.map(
      (id) => ({ id, connector: 'test', title: { vi: id, en: id }, maintenance: [] }) as never,
    ),
  }
  return {
    ...createQueries(
      database,
      noKeys,
      () => configuration,
      () => null,
    ),
    ...createPlanQueries(database),
    ...createAuditQueries(database),
  }
}

const percentile = (sorted: readonly number[], part: number): number =>
  sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * part) - 1)] ?? 0

async function measure(queries: AllQueries, ask: Question, repeats: number) {
  const times: number[] = []
  // The first two are not counted: a console that is open has asked before.
  for (let turn = -2; turn < repeats; turn++) {
    const from = performance.now()
    await ask(queries, turn + 2)
    if (turn >= 0) times.push(performance.now() - from)
  }
  times.sort((a, b) => a - b)
  return { p50: percentile(times, 0.5), p95: percentile(times, 0.95), most: times.at(-1) ?? 0 }
}

async function explain(database: Database, asked: readonly Asked[]): Promise<string> {
  const plans: string[] = []
  for (const { text, values } of asked) {
    const lines = await database.ask<{ 'QUERY PLAN': string }>(
      `explain (analyze, buffers) ${text}`,
      values,
    )
    plans.push(lines.map((line) => line['QUERY PLAN']).join('\n'))
  }
  return plans.join('\n')
}

const stage = await openStage()
const database = openDatabase({
  url: await stage.database('questions'),
  ...{ poolSize: 4, applicationName: 'bench', onError: () => undefined },
})
try {
  await migrate(database.pool)
  process.stderr.write(`filling the store with ${rows} deliveries\n`)
  await fillStore(database, {
    ...{ rows, due: 500, systems, units: 40, problems: 200 },
    deadEvery: Number(options['dead-every']),
  })
  const recorded = recording(database)
  const queries = queriesOf(recorded.database)
  const table: Record<string, object> = {}
  const missed: string[] = []
  const asks = { ...questions, 'deliveries: 200 pages on': await farDown(queries, 200) }
  for (const [name, ask] of Object.entries(asks)) {
    const { p50, p95, most } = await measure(queries, ask, Number(options.repeats))
    const round = (ms: number): number => Math.round(ms * 10) / 10
    table[name] = { 'p50 ms': round(p50), 'p95 ms': round(p95), 'most ms': round(most) }
    const late = p95 > withinMs(name)
    if (late) missed.push(`${name}: ${round(p95)} ms, aim ${withinMs(name)} ms`)
    if (!late && !options.plans) continue
    recorded.take()
    await ask(queries, 1)
    console.log(`\n${name}\n${await explain(database, recorded.take())}`)
  }
  if (options.json) console.log(JSON.stringify(table))
  else console.table(table)
  for (const miss of missed) console.log(`missed: ${miss}`)
  if (missed.length > 0) process.exitCode = 1
} finally {
  await database.close()
  await stage.close()
}
