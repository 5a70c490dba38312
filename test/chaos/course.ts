/** What happens in a run between its start and the healing of everything. */
import type { TargetStory, Verdict } from './checker.ts'
import type { Offered, Wound } from './history.ts'
import type { ClientLoad } from './load.ts'
import type { Person } from './person.ts'
import type { World } from './world.ts'

export interface Scene {
  readonly world: World
  readonly load: ClientLoad
  readonly person: Person
  /** In [0, 1), the same for the same seed. */
  readonly random: () => number
  readonly seconds: number
  readonly times: number | undefined
  progress(line: string): void
}

export interface Outcome {
  readonly wounds: readonly Wound[]
  /** What this course promises beside what every run must hold to. */
  judge?(story: TargetStory, offered: readonly Offered[]): Verdict[]
}

export type Course = (scene: Scene) => Promise<Outcome>
