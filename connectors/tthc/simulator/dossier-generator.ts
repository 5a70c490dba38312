/**
 * Invented dossiers of province H99 without end, the same for the same seed. For the demo, the
 * benchmark, fault tests and whoever needs realistic messages.
 *
 *   const generator = createDossierGenerator(7)
 *   generator.life()                       one dossier with everything that was ever said about it
 *   generator.messages({ open: 200 })      an endless stream, 200 dossiers at a time, by time
 */
import type { IncomingMessage } from '../../../src/connector/index.ts'
import { type BadKind, badKinds, spoiled } from './bad-messages.ts'
import { codeDay, type Moment, momentOf, officeMoment } from './calendar.ts'
import { agencies, proceduresOf } from './catalogue.ts'
import { dossierLife } from './dossier-life.ts'
import type { Ending } from './life-plan.ts'
import { createRandom, type Random } from './random.ts'

export interface DossierGeneratorOptions {
  /** CloudEvents source. Default `/h99/mot-cua`. */
  readonly source?: string
  /** When the simulated period begins. Default 5 January 2026, 07:30 in Vietnam. */
  readonly from?: Date
  /** How fast simulated time goes on. Default 400. */
  readonly dossiersPerDay?: number
  /** Share of dossiers with one message that is wrong on purpose, 0 to 1. Default 0. */
  readonly badShare?: number
  /** Which mistakes; default all. */
  readonly badKinds?: readonly BadKind[]
  /** Base of the files' addresses. Default `https://mot-cua.h99.example`. */
  readonly filesUrl?: string
}

export interface GeneratedLife {
  readonly code: string
  readonly ending: Ending
  /** In order; the times never go back. */
  readonly messages: readonly IncomingMessage[]
  /** Event ids of messages that are wrong on purpose. */
  readonly bad: ReadonlyMap<string, BadKind>
}

interface GeneratedMessage {
  readonly message: IncomingMessage
  readonly bad: BadKind | undefined
}

export interface DossierGenerator {
  life(): GeneratedLife
  /** Leaves out so many dossiers, to go on where an earlier run stopped. */
  skip(lives: number): void
  /**
   * Messages of `open` dossiers at a time, oldest first; a dossier that has ended makes room for a
   * new one. Ends after `lives` dossiers; endless without it.
   */
  messages(options: { open: number; lives?: number }): Generator<GeneratedMessage, void, undefined>
}

const endings = (random: Random): Ending => {
  const draw = random.next()
  if (draw < 0.86) return 'returned'
  if (draw < 0.92) return 'rejected'
  return draw < 0.97 ? 'withdrawn' : 'stopped'
}

export function createDossierGenerator(
  seed: number,
  options: DossierGeneratorOptions = {},
): DossierGenerator {
  const random = createRandom(seed)
  const perDay = options.dossiersPerDay ?? 400
  const badShare = options.badShare ?? 0
  const kinds = options.badKinds ?? badKinds
  const serials = createSerials()
  let clock: Moment = momentOf(options.from ?? new Date('2026-01-05T00:30:00Z'))

  const life = (): GeneratedLife => {
    clock = officeMoment(clock + Math.floor((random.next() * 2 * 34_200) / perDay))
    const agency = random.pick(agencies)
    const procedure = random.pick(proceduresOf(agency.level))
    const day = codeDay(clock)
    const code = `${agency.code}-${day}-${serials(agency.code, day)}`
    const ending = endings(random)
    const plan = {
      source: options.source ?? '/h99/mot-cua',
      code,
      agency,
      procedure,
      startsAt: clock,
      ending,
      filesUrl: options.filesUrl ?? 'https://mot-cua.h99.example',
    }
    const messages = dossierLife(plan, random)
    const bad = random.chance(badShare) ? spoilOne(messages, random.pick(kinds), random) : none
    return { code, ending, messages, bad }
  }

  return {
    life,
    skip: (lives) => {
      for (let left = lives; left > 0; left--) life()
    },
    messages: ({ open, lives = Number.POSITIVE_INFINITY }) => interleave(life, open, lives),
  }
}

const none: ReadonlyMap<string, BadKind> = new Map()

/**
 * Spoils one snapshot in place: not the first, so that the systems behind know the dossier, and not
 * the last, so that a later snapshot shows the repair. Some short lives have none to spoil.
 */
function spoilOne(
  messages: IncomingMessage[],
  kind: BadKind,
  random: Random,
): ReadonlyMap<string, BadKind> {
  const snapshots = messages.flatMap((message, index) => {
    const wrong = index > 0 && spoiled(message, kind)
    return wrong ? [{ wrong, index }] : []
  })
  if (snapshots.length < 2) return none
  const { wrong, index } = random.pick(snapshots.slice(0, -1))
  messages[index] = wrong
  return new Map([[wrong.eventId, kind]])
}

/** Running numbers per agency and day, at least four digits, as a register gives them. */
function createSerials(): (agency: string, day: string) => string {
  let current = ''
  const given = new Map<string, number>()
  return (agency, day) => {
    if (day !== current) {
      given.clear()
      current = day
    }
    const next = (given.get(agency) ?? 0) + 1
    given.set(agency, next)
    return String(next).padStart(4, '0')
  }
}

interface OpenLife {
  readonly life: GeneratedLife
  readonly number: number
  next: number
}

function* interleave(
  life: () => GeneratedLife,
  open: number,
  lives: number,
): Generator<GeneratedMessage, void, undefined> {
  const running: OpenLife[] = []
  let begun = 0
  while (true) {
    while (running.length < open && begun < lives) {
      running.push({ life: life(), number: begun, next: 0 })
      raise(running)
      begun += 1
    }
    const oldest = running[0]
    if (!oldest) return
    const message = oldest.life.messages[oldest.next]
    oldest.next += 1
    if (oldest.next === oldest.life.messages.length) {
      const last = running.pop()
      if (last && last !== oldest) running[0] = last
    }
    sink(running)
    if (message) yield { message, bad: oldest.life.bad.get(message.eventId) }
  }
}

// A binary heap, so that a thousand open dossiers cost no more than ten. Times are written in one
// form and one offset, so they compare as text.

const timeOf = ({ life, next }: OpenLife): string => life.messages[next]?.time ?? ''

const isOlder = (left: OpenLife, right: OpenLife): boolean => {
  const [a, b] = [timeOf(left), timeOf(right)]
  return a === b ? left.number < right.number : a < b
}

function swapIfOlder(heap: OpenLife[], child: number, parent: number): boolean {
  const [below, above] = [heap[child], heap[parent]]
  if (!below || !above || !isOlder(below, above)) return false
  heap[parent] = below
  heap[child] = above
  return true
}

function raise(heap: OpenLife[]): void {
  let at = heap.length - 1
  while (at > 0 && swapIfOlder(heap, at, (at - 1) >> 1)) at = (at - 1) >> 1
}

function sink(heap: OpenLife[]): void {
  for (let at = 0; ; ) {
    const [left, right] = [heap[2 * at + 1], heap[2 * at + 2]]
    if (!left) return
    const child = right && isOlder(right, left) ? 2 * at + 2 : 2 * at + 1
    if (!swapIfOlder(heap, child, at)) return
    at = child
  }
}
