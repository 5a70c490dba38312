/** One chaos run: load, wounds, a person, and when all is healed the checker. */
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { createNumbers, quantile, shuffled } from '../support/numbers.ts'
import { type DeliveryRow, judge, readTargetLog, type Verdict } from './checker.ts'
import type { Course } from './course.ts'
import {
  clientIds,
  clients,
  type Offered,
  type SystemId,
  systemIds,
  type TargetLine,
  type Wound,
} from './history.ts'
import { type ClientLoad, startLoad } from './load.ts'
import { type ActName, actsFor, wound } from './nemesis.ts'
import { type Person, startPerson } from './person.ts'
import type { Scenario } from './scenarios.ts'
import type { PushFault } from './weather.ts'
import { openWorld, type World } from './world.ts'

export interface RunOptions {
  readonly scenario: Scenario
  readonly wakeups: 'postgres' | 'redis'
  readonly seed: number
  readonly seconds: number
  readonly perSecond: number
  readonly hubs: number
  /** Ends sooner, once every act has landed so often. */
  readonly times?: number
  /** Between two acts; default: what the scenario says. */
  readonly restMs?: number
  progress(line: string): void
}

export interface Report {
  readonly scenario: string
  readonly wakeups: string
  readonly seed: number
  readonly seconds: number
  readonly accepted: number
  readonly perSecond: number
  readonly refusals: number
  readonly effects: number
  readonly decisions: Readonly<Record<string, number>>
  readonly resumed: Readonly<Record<string, number>>
  readonly acts: readonly ActReport[]
  /** Faults of the targets that really happened, by system. */
  readonly weather: Readonly<Record<string, number>>
  readonly verdicts: readonly Verdict[]
  /** Of what speaks against a promise: everything that is known about it, in order of time. */
  readonly stories: readonly string[]
  readonly ok: boolean
}

interface ActReport {
  readonly name: string
  readonly tried: number
  readonly landed: number
  readonly recoveryMs: { readonly median: number; readonly most: number }
}

function summary(wounds: readonly Wound[]): ActReport[] {
  const names = [...new Set(wounds.map(({ name }) => name))]
  return names.map((name) => {
    const of = wounds.filter((one) => one.name === name)
    const times = of.map(({ recoveryMs }) => recoveryMs ?? 1e9)
    return {
      name,
      tried: of.length,
      landed: of.filter(({ landed }) => landed).length,
      recoveryMs: { median: quantile(times, 0.5), most: Math.max(...times) },
    }
  })
}

/** Of the faults that leave something in doubt: how often it had been applied, had not, or was later. */
async function doubts(world: World): Promise<{ applied: number; not: number; late: number }> {
  const landed = await world.fromTarget<Record<string, number>>('landed')
  const of = (...faults: PushFault[]): number =>
    Object.entries(landed).reduce(
      (sum, [name, count]) =>
        sum + (faults.some((fault) => name.endsWith(` ${fault}`)) ? count : 0),
      0,
    )
  return {
    applied: of('applied-reset', 'applied-silent', 'applied-html', 'applied-failed'),
    not: of('reset', 'silent', 'failed'),
    late: of('late'),
  }
}

/** Only the weather is bad: for so long, or until `times` of each kind of doubt, and a fifth as many late ones. */
const badWeather: Course = async ({ world, seconds, times, progress }) => {
  const until = Date.now() + seconds * 1000
  let seen = await doubts(world)
  const enough = (): boolean =>
    times !== undefined && seen.applied >= times && seen.not >= times && seen.late >= times / 5
  for (let next = 0; Date.now() < until && !enough(); next++) {
    await pause(500)
    seen = await doubts(world)
    if (next % 40 === 0) progress(`in doubt: ${JSON.stringify(seen)}`)
  }
  return {
    wounds: [],
    judge: () => [
      {
        promise: 'as many outcomes were in doubt as were asked for',
        of: seen.applied + seen.not + seen.late,
        against: times === undefined || enough() ? 0 : 1,
        ok: times === undefined || enough(),
        examples: [JSON.stringify(seen)],
      },
    ],
  }
}

/** One act after the other: for so long, or until each has landed `times`. */
const actByAct =
  (acts: readonly ActName[], restMs: number): Course =>
  async ({ world, random, seconds, times, progress }) => {
    const wounds: Wound[] = []
    const until = Date.now() + seconds * 1000
    const landed = (name: ActName): number =>
      wounds.filter((one) => one.name === name && one.landed).length
    const enough = (): boolean => times !== undefined && acts.every((name) => landed(name) >= times)
    while (Date.now() < until && !enough()) {
      // Each in turn, in an order drawn anew for every round.
      for (const name of shuffled(acts, random)) {
        if (Date.now() >= until) break
        const one = await wound(world, name, random)
        wounds.push(one)
        progress(
          `${name}${one.landed ? '' : ' (nothing there)'}: ${one.to - one.from} ms, moving again after ${one.recoveryMs ?? '?'} ms`,
        )
        await pause(restMs)
      }
    }
    return { wounds }
  }

function courseOf({ scenario, restMs }: RunOptions, acts: readonly ActName[]): Course {
  if (scenario.course) return scenario.course
  return acts.length > 0 ? actByAct(acts, restMs ?? scenario.restMs) : badWeather
}

/** Nothing is broken any more: everything must come to an end. */
async function comeToAnEnd(
  world: World,
  load: ClientLoad,
  person: Person,
  progress: (line: string) => void,
): Promise<void> {
  for (const system of systemIds) await world.weather(system, {})
  await Promise.all(world.restarts)
  await load.finish(60_000)
  const effects = async (): Promise<number> =>
    Object.values(await world.fromTarget<Record<string, number>>('effects')).reduce(
      (sum, count) => sum + count,
      0,
    )
  let until = Date.now() + patienceMs
  let before = 0
  for (let seen = ''; Date.now() < until; await pause(300)) {
    // A backlog may take its time, as long as it becomes shorter.
    const count = await effects()
    if (count > before) until = Date.now() + patienceMs
    before = count
    const open = await person.open()
    if (open?.size === 0) return
    const now = JSON.stringify([...(open ?? [])])
    if (now !== seen) progress(`still open: ${now}`)
    seen = now
  }
}

const rowsOf = (world: World): Promise<DeliveryRow[]> =>
  world.sql<DeliveryRow>(
    `select l.system, m.event_id, m.id as message_id, d.state, exists (select from hub.attempt a
       where a.lane = d.lane and a.number = d.number and a.code = 'sent-late') as sent_late
     from hub.delivery d
     join hub.lane l on l.id = d.lane join hub.message m on m.id = d.message_id`,
  )

/** What the target and the store remember of one message to one system, `system/subject/n`. */
async function storyOf(world: World, name: string, wounds: readonly Wound[]): Promise<string> {
  const [system = '', subject = '', n = ''] = name.split('/')
  const clock = (ms: number): string => new Date(ms).toISOString().slice(11, 23)
  const lines: { at: number; what: string }[] = []
  for await (const text of createInterface({ input: createReadStream(world.targetLog) })) {
    const line = JSON.parse(text) as TargetLine
    if (line.system !== system || line.subject !== subject || String(line.n) !== n) continue
    const what = line.what === 'arrival' ? `arrives ${line.fault ?? ''}` : 'has its effect'
    lines.push({ at: line.at, what: `target: ${what}` })
  }
  const attempts = await world.sql<{ at: Date; kind: string; said: string; ms: number }>(
    `select a.started_at as at, a.kind, concat_ws(' ', a.outcome, a.code) as said, a.duration_ms as ms
     from hub.attempt a join hub.delivery d on d.lane = a.lane and d.number = a.number
     join hub.message m on m.id = d.message_id
     where m.event_id = '${subject}-${n}' and d.system = '${system}'`,
  )
  for (const { at, kind, said, ms } of attempts)
    lines.push({ at: at.getTime(), what: `hub: ${kind}, after ${ms} ms ${said}` })
  const acts = await world.sql<{ at: Date; action: string }>(
    `select a.at, a.action from hub.audit a join hub.delivery d on a.object = d.lane || '.' || d.number
     join hub.message m on m.id = d.message_id
     where m.event_id = '${subject}-${n}' and d.system = '${system}'`,
  )
  for (const { at, action } of acts) lines.push({ at: at.getTime(), what: `person: ${action}` })
  const [first, last] = [
    Math.min(...lines.map(({ at }) => at)),
    Math.max(...lines.map(({ at }) => at)),
  ]
  for (const { name: what, from, to } of wounds)
    if (from < last + 1_000 && first - 10_000 < to)
      lines.push({ at: from, what: `nemesis: ${what} for ${to - from} ms` })
  const told = lines.sort((a, b) => a.at - b.at).map(({ at, what }) => `    ${clock(at)} ${what}`)
  return [`  ${name}`, ...told].join('\n')
}

const lateMs = 3_000
/** How long nothing may happen before a run is given up. */
const patienceMs = 90_000
/** One client's messages go to two systems. */
const deliveriesPerMessage =
  clientIds.reduce((sum, client) => sum + clients[client].length, 0) / clientIds.length

/** The faults of targets that a scenario cannot do without. */
const faultsOf = ({ acts, course, weather }: Scenario): string[] =>
  acts.length > 0 || course
    ? []
    : Object.keys(weather.query ?? {}).filter((name) => name !== 'half-reset')

async function perform(world: World, options: RunOptions): Promise<Report> {
  const { scenario, seed, perSecond, progress, wakeups } = options
  for (const [system, weather] of Object.entries(scenario.weather))
    await world.weather(system as SystemId, weather)
  const addresses = world.hubs.map(({ address }) => address)
  const from = Date.now()
  const load = startLoad({
    seed,
    perSecond,
    addresses,
    keys: world.keys,
    evenly: scenario.evenly && Math.ceil((options.times ?? 10_000) / deliveriesPerMessage),
  })
  const byId = new Map<string, Offered>()
  let indexed = 0
  const person = startPerson({
    addresses,
    key: world.keys.person,
    target: world.target,
    offered(id) {
      // Those without a receipt have no id yet; they are looked at again.
      for (; load.offered[indexed]?.messageId !== undefined; indexed++) {
        const one = load.offered[indexed]
        if (one?.messageId) byId.set(one.messageId, one)
      }
      return byId.get(id) ?? load.offered.find(({ messageId }) => messageId === id)
    },
  })
  const names = actsFor(scenario.acts, wakeups)
  const { wounds, judge: judgeCourse } = await courseOf(
    options,
    names,
  )({
    world,
    load,
    person,
    random: createNumbers(seed + 1),
    seconds: options.seconds,
    times: options.times,
    progress,
  })
  await comeToAnEnd(world, load, person, progress)
  await person.stop()
  // What was applied late is in the log too.
  await pause(lateMs)
  await world.fromTarget('end')
  const story = await readTargetLog(world.targetLog)
  const seconds = (load.lastReceiptAt() - from) / 1000
  const accepted = load.offered.filter(({ acceptedAt }) => acceptedAt !== undefined)
  const verify = await world.onHub((hub) => hub.verify())
  const acts = summary(wounds)
  const verdicts = judge(
    {
      offered: load.offered,
      rows: await rowsOf(world),
      verify: verify.filter(({ ok }) => !ok).map((one) => JSON.stringify(one)),
      wounds: wounds.filter(({ landed }) => landed),
      surprises: load.surprises,
      repeats: load.repeats(),
      unexpectedEnds: world.unexpectedEnds,
      oddities: person.oddities,
      mostTries: scenario.mostTries,
    },
    story,
  )
  verdicts.push(...(judgeCourse?.(story, load.offered) ?? []))
  const weather = await world.fromTarget<Record<string, number>>('landed')
  const missing = [
    ...names.filter(
      (name) => !acts.some((act) => act.name === name && act.landed >= (options.times ?? 1)),
    ),
    ...faultsOf(scenario).filter(
      (fault) => !Object.keys(weather).some((landed) => landed.endsWith(fault)),
    ),
  ]
  const accused = verdicts.filter(({ ok }) => !ok).flatMap(({ examples }) => examples)
  const stories: string[] = []
  for (const name of accused.flatMap((one) => /^\w+\/[\w-]+\/\d+/.exec(one)?.[0] ?? []))
    stories.push(await storyOf(world, name, wounds))
  return {
    stories,
    scenario: scenario.name,
    wakeups,
    seed,
    seconds: Math.round(seconds),
    accepted: accepted.length,
    perSecond: Math.round(accepted.length / seconds),
    refusals: load.refusals(),
    effects: story.effects.size,
    decisions: Object.fromEntries(person.decisions),
    resumed: Object.fromEntries(person.resumed),
    acts,
    weather,
    verdicts: [
      ...verdicts,
      {
        promise: 'enough of the faults have landed',
        of: wounds.length,
        against: missing.length,
        ok: missing.length === 0,
        examples: missing,
      },
    ],
    ok: missing.length === 0 && verdicts.every(({ ok }) => ok),
  }
}

export async function runChaos(options: RunOptions): Promise<Report> {
  const { seed, hubs, wakeups } = options
  const world = await openWorld({ seed, hubs, wakeups })
  try {
    return await perform(world, options)
  } finally {
    await world.close()
  }
}
