/** Reads what clients were told, what targets did and what the database holds, and gives verdicts. */
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import {
  clients,
  honoursKeys,
  type Offered,
  type SystemId,
  type TargetLine,
  type Wound,
} from './history.ts'

export interface Verdict {
  readonly promise: string
  /** What was looked at. */
  readonly of: number
  /** What speaks against it. */
  readonly against: number
  readonly ok: boolean
  /** Some of what speaks against it. */
  readonly examples: readonly string[]
}

export interface DeliveryRow {
  readonly system: string
  readonly event_id: string
  readonly message_id: string
  readonly state: string
  /** Its history says that a process which had lost it may have sent it too. */
  readonly sent_late: boolean
}

export interface Evidence {
  readonly offered: readonly Offered[]
  readonly rows: readonly DeliveryRow[]
  /** Verdicts of `hub verify` that are not well, in words. */
  readonly verify: readonly string[]
  readonly wounds: readonly Wound[]
  readonly surprises: ReadonlyMap<string, number>
  readonly repeats: number
  /** Hub processes that ended though nobody had ended them, and orderly ends that were none. */
  readonly unexpectedEnds: readonly string[]
  /** What the administrator met that only a fault of the hub explains. */
  readonly oddities: readonly string[]
  /** Requests that a client may need for a message; undefined: as many as it takes. */
  readonly mostTries: number | undefined
}

interface Effects {
  /** Unix ms of each. */
  readonly at: number[]
  readonly pads: Set<string>
}

/** The target's log, digested line by line: a long run's does not fit into memory as text. */
export interface TargetStory {
  /** By `system/subject/n`. */
  readonly effects: ReadonlyMap<string, Effects>
  /** Keys by `system/subject/n`, where there is more than one. */
  readonly changedKeys: ReadonlyMap<string, ReadonlySet<string>>
  readonly outOfOrder: readonly string[]
  readonly arrivals: number
}

export async function readTargetLog(path: string): Promise<TargetStory> {
  const effects = new Map<string, Effects>()
  const keys = new Map<string, string>()
  const changedKeys = new Map<string, Set<string>>()
  const newest = new Map<string, number>()
  const outOfOrder: string[] = []
  let arrivals = 0
  for await (const text of createInterface({ input: createReadStream(path) })) {
    const line = JSON.parse(text) as TargetLine
    const lane = `${line.system}/${line.subject}`
    const name = `${lane}/${line.n}`
    const known = keys.get(name)
    if (known === undefined) keys.set(name, line.key)
    else if (known !== line.key)
      changedKeys.set(name, (changedKeys.get(name) ?? new Set([known])).add(line.key))
    if (line.what === 'arrival') {
      arrivals++
      continue
    }
    const seen = effects.get(name)
    if (seen) {
      seen.at.push(line.at)
      seen.pads.add(line.pad)
      continue
    }
    effects.set(name, { at: [line.at], pads: new Set([line.pad]) })
    // Of a repeat it is the verdict about repeats that speaks.
    if (line.n < (newest.get(lane) ?? 0)) outOfOrder.push(`${name} after ${newest.get(lane)}`)
    newest.set(lane, Math.max(line.n, newest.get(lane) ?? 0))
  }
  return { effects, changedKeys, outOfOrder, arrivals }
}

const isFreeze = (name: string): boolean => ['hub-freeze', 'hub-block'].includes(name)
/** How long after its end a process that was frozen may still be sending what it had begun. */
const wakesWithinMs = 10_000

const verdict = (promise: string, of: number, examples: readonly string[]): Verdict => ({
  promise,
  of,
  against: examples.length,
  ok: examples.length === 0,
  examples: examples.slice(0, 5),
})

export function judge(evidence: Evidence, story: TargetStory): Verdict[] {
  const { offered, rows } = evidence
  const accepted = offered.filter(({ acceptedAt }) => acceptedAt !== undefined)
  const stored = new Map(rows.map((row) => [`${row.system}/${row.event_id}`, row]))
  const places = accepted.flatMap((one) =>
    (clients[one.client] as readonly SystemId[]).map((system) => ({
      system,
      name: `${system}/${one.subject}/${one.n}`,
      state: stored.get(`${system}/${one.eventId}`)?.state,
      isMarked: stored.get(`${system}/${one.eventId}`)?.sent_late ?? false,
      effects: story.effects.get(`${system}/${one.subject}/${one.n}`),
    })),
  )
  const ids = new Map(offered.map(({ eventId, messageId }) => [eventId, messageId]))
  const byEvent = new Map(offered.map((one) => [`${one.subject}/${one.n}`, one]))
  const doubled = places.filter(({ effects }) => (effects?.at.length ?? 0) > 1)
  const named = (list: readonly { name: string }[]): string[] => list.map(({ name }) => name)
  const keyed = ({ system }: { system: SystemId }): boolean => honoursKeys.includes(system)
  const freezes = evidence.wounds.filter(({ name }) => isFreeze(name))
  /** A process that wakes sends what it was about to send; others, or a person, have acted meanwhile. */
  const freezeOf = (at: number): Wound | undefined =>
    freezes.find(({ from, to }) => from < at && at < to + wakesWithinMs)
  const extra = doubled
    .filter((place) => !keyed(place))
    .flatMap(({ effects, ...place }) =>
      (effects?.at.slice(1) ?? []).map((at) => ({ ...place, at, freeze: freezeOf(at) })),
    )
  /** Of one request with many. */
  const isOneRequest = (one: { system: SystemId; at: number }, other: typeof one): boolean =>
    one.system === 'batch' && other.system === 'batch' && Math.abs(one.at - other.at) < 100
  const crowded = extra.filter(({ freeze, ...one }, index) => {
    const first = extra.findIndex((other) => freeze && other.freeze === freeze)
    const other = extra[first]
    return other !== undefined && first !== index && !isOneRequest(one, other)
  })
  return [
    verdict(
      'everything offered has a receipt in the end',
      offered.length,
      offered.filter((one) => one.acceptedAt === undefined).map(({ eventId }) => eventId),
    ),
    verdict(
      'a repeat gets the first receipt again, other bytes under its key 409',
      evidence.repeats,
      offered.flatMap(({ contradiction }) => (contradiction ? [contradiction] : [])),
    ),
    verdict(
      'a receipt names the message that the store holds',
      rows.length,
      rows
        .filter((row) => (ids.get(row.event_id) ?? row.message_id) !== row.message_id)
        .map(({ event_id }) => event_id),
    ),
    verdict(
      'the door answers with a receipt or 503, nothing else',
      offered.reduce((sum, { tries }) => sum + tries, 0),
      [...evidence.surprises].map(([what, times]) => `${what} x${times}`),
    ),
    verdict(
      'what was accepted is in the store, for each of its systems',
      places.length,
      named(places.filter(({ state }) => state === undefined)),
    ),
    verdict(
      'nothing is left unfinished when nothing is broken any more',
      places.length,
      places
        .filter(({ state }) => state && !['delivered', 'discarded'].includes(state))
        .map(({ name, state }) => `${name} ${state}`),
    ),
    verdict(
      'nothing is lost: what was accepted has had its effect',
      places.length,
      places.filter(({ effects }) => !effects).map(({ name, state }) => `${name} ${state}`),
    ),
    verdict(
      'nothing has an effect twice where keys are honoured',
      places.filter(keyed).length,
      named(doubled.filter(keyed)),
    ),
    verdict(
      'elsewhere nothing twice, but by a process that stood still',
      places.filter((place) => !keyed(place)).length,
      named(extra.filter(({ freeze }) => !freeze)),
    ),
    verdict('at most one request each time it stood still', freezes.length, named(crowded)),
    verdict(
      'and no more than one in twenty times',
      freezes.length,
      named(extra.slice(Math.ceil(freezes.length / 20))),
    ),
    verdict(
      'and the history of each such delivery says so',
      extra.length,
      named(extra.filter(({ isMarked }) => !isMarked)),
    ),
    verdict(
      'a client needs no more requests for a message than this scenario allows',
      offered.length,
      offered
        .filter(({ tries }) => tries > (evidence.mostTries ?? Number.POSITIVE_INFINITY))
        .map(({ eventId, tries }) => `${eventId} x${tries}`),
    ),
    verdict('no hub process ends by itself, and an orderly end is one', 1, evidence.unexpectedEnds),
    verdict('what waits for a person is what only a person can know', 1, evidence.oddities),
    verdict('order: no message of a dossier after a later one', places.length, story.outOfOrder),
    verdict('every attempt carries the same key', story.arrivals, [...story.changedKeys.keys()]),
    verdict(
      'what arrives is what was sent, where it was to go',
      story.effects.size,
      [...story.effects]
        .filter(([name, { pads }]) => {
          const [system, ...message] = name.split('/')
          const one = byEvent.get(message.join('/'))
          const routed = one && (clients[one.client] as readonly string[]).includes(system ?? '')
          return !routed || pads.size !== 1 || !pads.has(one.pad)
        })
        .map(([name]) => name),
    ),
    verdict('hub verify: every promise it can prove from the store', 1, evidence.verify),
    verdict(
      'moving again within 10 s, within 30 s after more than 5 s',
      evidence.wounds.length,
      evidence.wounds
        .filter(
          ({ from, to, recoveryMs }) => (recoveryMs ?? 1e9) > (to - from > 5_000 ? 30_000 : 10_000),
        )
        .map(({ name, recoveryMs }) => `${name}: ${recoveryMs ?? 'not at all'} ms`),
    ),
  ]
}
