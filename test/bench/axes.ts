/** What may grow, and what must not become slower by it. */
import type { ChildProcess } from 'node:child_process'
import { setTimeout as pause } from 'node:timers/promises'
import { type Database, openDatabase } from '../../src/adapters/postgres/database.ts'
import { migrate } from '../../src/adapters/postgres/migrate.ts'
import { verifyStore } from '../../src/adapters/postgres/verify.ts'
import { fillStore } from '../adapters/postgres/many-rows.ts'
import { quantile } from '../support/numbers.ts'
import {
  type Contestant,
  connections,
  handIn,
  latency,
  load,
  median,
  openContestant,
  resident,
  restMs,
  taken,
  warmUp,
} from './contestants.ts'
import type { Shape } from './pipeline.ts'
import { createVariant, race, rateOf, ratiosOf, tableOf, type Variant } from './race.ts'
import { ask, type Stage } from './stage.ts'

export interface AxisOptions {
  readonly stage: Stage
  readonly generator: ChildProcess
  /** Whatever has been opened is put here, and closed by the caller. */
  readonly contestants: Contestant[]
  readonly rounds: number
  readonly history: number
  readonly backlog: number
}

interface Outcome {
  readonly rows: Record<string, string | number>[]
  /** Aims that were not reached, in words. */
  readonly missed: string[]
}

export type Axis = (options: AxisOptions) => Promise<Outcome>

const plain: Shape = {
  kind: 'hub',
  roles: ['all'],
  redisUrl: undefined,
  tuning: { concurrency: 128, runAhead: 64 },
}

async function open(
  { stage, contestants }: AxisOptions,
  name: string,
  change: Partial<Shape> = {},
  prepare?: (url: string) => Promise<void>,
): Promise<Contestant> {
  const contestant = await openContestant(stage, name, { ...plain, ...change }, prepare)
  contestants.push(contestant)
  return contestant
}

/** Each variant's latency at 60 % of its own rate. */
async function raced(
  { stage, generator, rounds }: AxisOptions,
  variants: readonly Variant[],
): Promise<Record<string, string | number>[]> {
  const latencyAt = (variant: Variant): number => 0.6 * rateOf(variant)
  await race(stage, generator, variants, { rounds, latencyAt })
  return tableOf(variants, 'first')
}

const sizes: Axis = async (options) => {
  const hub = await open(options, 'sizes')
  const variants = [
    createVariant('as it is, 3 kB', hub, { count: 3_000, spread: 'own' }),
    ...[
      { name: '10 kB', bytes: 10_000, count: 2_000 },
      { name: '100 kB', bytes: 100_000, count: 400 },
      { name: '1 MB', bytes: 1_000_000, count: 60 },
    ].map(({ name, bytes, count }) => createVariant(name, hub, { count, spread: 'own', bytes })),
  ]
  return { rows: await raced(options, variants), missed: [] }
}

const batches: Axis = async (options) => {
  const hub = await open(options, 'batches')
  const variants = [1, 10, 100, 500].map((batch) =>
    createVariant(`${batch} a request`, hub, { count: 3_000, spread: 'own', batch }),
  )
  return { rows: await raced(options, variants), missed: [] }
}

const systems: Axis = async (options) => {
  const variants: Variant[] = []
  for (const count of [1, 4, 12]) {
    const hub = await open(options, `systems_${count}`, { systems: count })
    variants.push(
      createVariant(`to ${count} each`, hub, { count: Math.ceil(3_000 / count), spread: 'own' }),
    )
  }
  const rows = await raced(options, variants)
  const deliveries = (variant: Variant): number => rateOf(variant) * variant.contestant.systems
  return {
    rows: rows.map((row, index) => ({
      ...row,
      'deliveries/s': Math.round(deliveries(variants[index] as Variant)),
    })),
    missed: [],
  }
}

const processes: Axis = async (options) => {
  const variants = []
  for (const roles of [
    ['all'],
    ['api', 'worker'],
    ['api', 'worker', 'worker', 'worker'],
  ] as const) {
    const hub = await open(options, `processes_${roles.length}`, { roles })
    variants.push(createVariant(roles.join(' + '), hub, { count: 3_000, spread: 'own' }))
  }
  return { rows: await raced(options, variants), missed: [] }
}

const openOwn = (url: string): Database =>
  openDatabase({ url, poolSize: 1, applicationName: 'bench', onError: () => undefined })

/** Months of finished deliveries, each of a dossier of its own: as many cold lanes. */
const withHistory =
  (rows: number) =>
  async (url: string): Promise<void> => {
    const database = openOwn(url)
    try {
      await migrate(database.pool)
      await fillStore(database, { rows, due: 0, systems: ['dvcqg', 'dvcqg'] })
    } finally {
      await database.close()
    }
  }

/** What administrators look at. */
const screens = [
  '/api/v1/deliveries?limit=50',
  '/api/v1/deliveries?limit=50&state=dead',
  '/api/v1/deliveries?limit=50&state=waiting',
  '/api/v1/deliveries?limit=50&system=dvcqg&state=delivered',
  '/api/v1/deliveries?limit=50&subject=S77',
  '/api/v1/dossiers/S77',
  '/api/v1/systems',
  '/api/v1/problems',
]
const screensWithinMs = 300

/** ms within which 95 % of the pages of administrators are there. */
async function screensP95({ pipeline: { port, key } }: Contestant): Promise<number> {
  const times: number[] = []
  for (let round = 0; round < 10; round++)
    for (const path of screens) {
      const from = performance.now()
      const response = await fetch(`http://127.0.0.1:${port}${path}`, {
        headers: { authorization: `Bearer ${key}` },
      })
      await response.arrayBuffer()
      if (response.status >= 500) throw new Error(`${path} answered ${response.status}`)
      times.push(performance.now() - from)
    }
  return quantile(times, 0.95)
}

/** Seconds that the proofs of `hub verify` take; the hub stays up beside them. */
async function verifySeconds({ pipeline: { databaseUrl } }: Contestant): Promise<number> {
  const database = openOwn(databaseUrl)
  try {
    const from = performance.now()
    await verifyStore(database)
    return (performance.now() - from) / 1000
  } finally {
    await database.close()
  }
}

const history: Axis = async (options) => {
  const variants = [
    createVariant('nothing before', await open(options, 'history_0'), {
      count: 3_000,
      spread: 'own',
    }),
  ]
  for (const rows of [options.history / 10, options.history]) {
    const hub = await open(options, `history_${rows}`, {}, withHistory(rows))
    variants.push(createVariant(`${rows} finished`, hub, { count: 3_000, spread: 'own' }))
  }
  const raceRows = await raced(options, variants)
  const rows = []
  const slow = []
  for (const [index, variant] of variants.entries()) {
    const p95 = await screensP95(variant.contestant)
    if (p95 > screensWithinMs)
      slow.push(
        `${variant.name}: pages within ${p95.toFixed(0)} ms, ${screensWithinMs} are asked for`,
      )
    rows.push({
      ...raceRows[index],
      'pages p95 ms': Math.round(p95),
      'verify s': Number((await verifySeconds(variant.contestant)).toFixed(1)),
    })
  }
  const [first] = variants
  const missed = variants
    .map((variant) => ({
      name: variant.name,
      ratio: first ? median(ratiosOf(variant, first)) : 0,
    }))
    .filter(({ ratio }) => ratio < 0.9)
    .map(({ name, ratio }) => `${name}: ${ratio.toFixed(2)} of the rate without, 0.9 is asked for`)
  return { rows, missed: [...missed, ...slow] }
}

/** Of a large backlog so many are timed; what a message costs shows in them. */
const timedAtMost = 50_000

/** Of the deliveries after the first `after`, so many. */
const deliveredPerSecond = async (url: string, after: number, count: number): Promise<number> =>
  (
    await ask<{ rate: number }>(
      url,
      `select (count(*) / extract(epoch from max(finished_at) - min(finished_at)))::float8 as rate
       from (select finished_at from hub.delivery where state = 'delivered'
         order by finished_at offset $1 limit $2) d`,
      [after, count],
    )
  )[0]?.rate ?? 0

/** Accepted while no worker runs; then one starts, warms up, and is timed. */
async function drain(options: AxisOptions, name: string, waiting: number) {
  const hub = await open(options, name, { roles: ['api'] })
  const { databaseUrl, processes: children } = hub.pipeline
  const count = waiting + warmUp
  const startedAt = Date.now()
  for (let left = count; left > 0; left -= 20_000)
    await handIn(options.generator, hub, {
      count: Math.min(20_000, left),
      spread: 'own',
      connections: 8,
      perSecond: undefined,
      batch: 100,
    })
  const acceptedPerSecond = count / ((Date.now() - startedAt) / 1000)
  process.stderr.write(`${waiting} wait, ${Math.round(acceptedPerSecond)} accepted a second\n`)
  await hub.pipeline.start('worker')
  const timed = Math.min(waiting, timedAtMost)
  const deadline = Date.now() + 900_000
  // Asking the target costs the database nothing.
  while ((await taken(hub)) < timed + warmUp && Date.now() < deadline) await pause(100)
  await pause(1_000)
  const perSecond = await deliveredPerSecond(databaseUrl, warmUp, timed)
  const row = {
    waiting,
    timed,
    'msg/s': Math.round(perSecond),
    'accepted/s': Math.round(acceptedPerSecond),
    'RSS MB': resident(hub),
  }
  for (const child of children.values()) child.kill('SIGKILL')
  return row
}

const backlog: Axis = async (options) => {
  const small = 10_000
  const rows: Awaited<ReturnType<typeof drain>>[] = []
  // The small one before and after each of the others, because machines change their speed.
  for (const [index, waiting] of [
    small,
    options.backlog / 10,
    small,
    options.backlog,
    small,
  ].entries())
    rows.push(await drain(options, `backlog_${index}`, waiting))
  const rates = rows.map((row) => row['msg/s'])
  const missed = [1, 3].flatMap((index) => {
    const near = ((rates[index - 1] ?? 0) + (rates[index + 1] ?? 0)) / 2
    const ratio = (rates[index] ?? 0) / near
    return ratio < 0.9
      ? [
          `${rows[index]?.waiting} waiting: ${ratio.toFixed(2)} of the rate of ${small}, 0.9 is asked for`,
        ]
      : []
  })
  return { rows, missed }
}

/** 299 quiet dossiers at an even rate, alone and beside one that has 5,000 messages waiting. */
const lanes: Axis = async (options) => {
  const { generator, rounds } = options
  const hub = await open(options, 'lanes')
  const quiet = { spread: 'quiet', connections } as const
  const asItGoes = { connections, perSecond: undefined }
  await load(generator, hub, { count: warmUp, spread: 'own', ...asItGoes })
  const rate = 150
  const alone = []
  const beside = []
  for (let round = 0; round < rounds; round++) {
    alone.push(await latency(generator, hub, quiet, rate))
    await pause(restMs)
    await handIn(generator, hub, { count: 5_000, spread: 'hot', batch: 500, ...asItGoes })
    beside.push(await latency(generator, hub, quiet, rate))
    // Until the hot one is through as well: a message behind all of its own.
    await load(generator, hub, { count: 1, spread: 'hot', ...asItGoes })
    await pause(restMs)
  }
  const rows = [
    { quiet: 'alone', windows: alone },
    { quiet: 'beside 5,000 of one dossier', windows: beside },
  ].map(({ quiet: name, windows }) => ({
    'quiet dossiers': name,
    'messages/s': rate,
    'through p50': Math.round(median(windows.map(({ through }) => through.p50))),
    'through p95': Math.round(median(windows.map(({ through }) => through.p95))),
    'accept p95': Math.round(median(windows.map(({ accept }) => accept.p95))),
  }))
  const [first = 1, second = 0] = rows.map((row) => row['through p95'])
  const ratio = second / first
  return {
    rows,
    missed:
      ratio > 1.5
        ? [`p95 of quiet dossiers: ${ratio.toFixed(2)} of alone, at most 1.5 is asked for`]
        : [],
  }
}

export const axes: Readonly<Record<string, Axis>> = {
  sizes,
  batches,
  systems,
  processes,
  lanes,
  backlog,
  history,
}
