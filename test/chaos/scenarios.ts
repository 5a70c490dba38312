/** What is broken together, and how bad the weather is meanwhile. */

import { blackHole } from './black-hole.ts'
import type { Course } from './course.ts'
import type { SystemId } from './history.ts'
import { type ActName, actNames } from './nemesis.ts'
import { redrive } from './redrive.ts'
import { soak } from './soak.ts'
import type { Weather } from './weather.ts'

export interface Scenario {
  readonly name: string
  readonly about: string
  readonly weather: Readonly<Partial<Record<SystemId, Weather>>>
  /** None means that only the weather is bad. */
  readonly acts: readonly ActName[]
  /** Rest between two acts, ms. */
  readonly restMs: number
  /** What happens instead of one act after the other. */
  readonly course?: Course
  /** Every dossier in turn, and as many as have `--times` deliveries; default 300, some busier than others. */
  readonly evenly?: true
  /** Requests that a client may need at most for a message; default as many as it takes. */
  readonly mostTries?: number
}

const fair: Weather = { slow: 0.01, reset: 0.002, 'applied-reset': 0.002, busy: 0.002 }

const changeable: Weather = {
  slow: 0.01,
  reset: 0.006,
  'applied-reset': 0.006,
  'half-reset': 0.004,
  silent: 0.002,
  'applied-silent': 0.002,
  late: 0.004,
  html: 0.002,
  'applied-html': 0.002,
  failed: 0.004,
  'applied-failed': 0.004,
  busy: 0.006,
  limited: 0.003,
  expired: 0.001,
  refused: 0.002,
  'question-failed': 0.05,
  'question-html': 0.02,
  'question-silent': 0.01,
}

/** Half of all attempts end in doubt. */
const foul: Weather = {
  reset: 0.08,
  'applied-reset': 0.08,
  'half-reset': 0.04,
  silent: 0.02,
  'applied-silent': 0.02,
  late: 0.04,
  'applied-html': 0.04,
  'applied-failed': 0.08,
  failed: 0.04,
  'question-failed': 0.1,
  'question-html': 0.05,
  'question-silent': 0.02,
}

/** A person must look at every doubt there, so doubts are kept rarer. */
const where = (weather: Weather, share: number): Scenario['weather'] => ({
  keys: weather,
  query: weather,
  batch: weather,
  relay: weather,
  blind: Object.fromEntries(
    Object.entries(weather).map(([fault, often]) => [fault, often * share]),
  ),
})

/** Cuts of some seconds are among the other acts. */
const outages: readonly ActName[] = ['postgres-away', 'redis-away', 'target-away']

export const scenarios: readonly Scenario[] = [
  {
    name: 'all',
    about: 'everything that can be broken, in turn, with targets that fail in every way',
    weather: where(changeable, 0.1),
    // A roll is an orderly restart, which is among them, that waits for every hub: not for bad weather.
    acts: actNames.filter((name) => name !== 'hub-roll' && !outages.includes(name)),
    restMs: 500,
  },
  {
    name: 'kills',
    about: 'kill -9 of hub processes',
    weather: where(fair, 0.1),
    acts: ['hub-kill'],
    restMs: 200,
  },
  {
    name: 'crashes',
    about: 'kill -9 of hub processes and of PostgreSQL, four to one',
    weather: where(fair, 0.1),
    acts: ['hub-kill', 'hub-kill', 'hub-kill', 'hub-kill', 'postgres-kill'],
    restMs: 200,
  },
  {
    name: 'rolling',
    about: 'orderly restarts of one hub after the other: a client needs at most one more try',
    weather: where(fair, 0.1),
    acts: ['hub-roll'],
    restMs: 500,
    mostTries: 2,
  },
  {
    name: 'postgres',
    about: 'kill -9 of PostgreSQL',
    weather: where(fair, 0.1),
    acts: ['postgres-kill'],
    restMs: 2_000,
  },
  {
    name: 'queue',
    about: 'what carries the wake-ups is wiped, rolled back, stopped, filled, frozen, cut off',
    weather: where(fair, 0.1),
    acts: [
      'wakeups-wipe',
      'wakeups-nibble',
      'redis-wipe',
      'redis-nibble',
      'redis-evict',
      'redis-kill',
      'redis-roll-back',
      'redis-full',
      'redis-freeze',
      'redis-cut',
      'redis-hold',
    ],
    restMs: 500,
  },
  {
    name: 'partitions',
    about: 'cuts between the hubs and PostgreSQL, Redis, targets; one way and both',
    weather: where(fair, 0.1),
    acts: [
      'postgres-cut',
      'postgres-hold',
      'postgres-silence',
      'target-cut',
      'target-hold',
      'redis-cut',
      'redis-hold',
    ],
    restMs: 1_000,
  },
  {
    name: 'outages',
    about: 'PostgreSQL, Redis, every target: away for twenty seconds to a minute',
    weather: where(fair, 0.1),
    acts: outages,
    restMs: 5_000,
  },
  {
    name: 'freezes',
    about: 'hub processes stand still beyond their leases and go on',
    weather: where(fair, 0.1),
    acts: ['hub-freeze', 'hub-block'],
    restMs: 1_000,
  },
  {
    name: 'restarts',
    about: 'orderly restarts, and clocks that are minutes off',
    weather: where(fair, 0.1),
    acts: ['hub-stop', 'hub-clock'],
    restMs: 500,
  },
  {
    name: 'doubt',
    about: 'targets that leave half of all attempts in doubt',
    weather: where(foul, 0.2),
    acts: [],
    restMs: 0,
  },
  {
    name: 'redrive',
    about: 'dead letters by the thousand, redriven at 100 a second while hubs are killed',
    weather: {},
    acts: [],
    restMs: 0,
    evenly: true,
    course: redrive,
  },
  {
    name: 'black-hole',
    about: 'one system of five answers nothing for minutes; what the others lose by it',
    weather: {},
    acts: [],
    restMs: 0,
    course: blackHole,
  },
  {
    name: 'soak',
    about: 'nothing is broken, for long: memory stays what it is',
    weather: where(fair, 0.1),
    acts: [],
    restMs: 0,
    course: soak,
  },
]
