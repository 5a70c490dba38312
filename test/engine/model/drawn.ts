/** Settings and acts as they are drawn at random. */
import fc from 'fast-check'
import { type Intervention, interventions, lanePolicies } from '../../../src/domain/delivery.ts'
import {
  type Act,
  type AnswerName,
  afters,
  answers,
  type BatchStepName,
  batchSteps,
  commandOf,
  type StepName,
  steps,
} from './acts.ts'
import { type Setting, subjects, types } from './world.ts'

const oneIn = (n: number) => fc.nat({ max: n - 1 }).map((drawn) => drawn === n - 1)

const settings: fc.Arbitrary<Setting> = fc.record({
  policy: fc.constantFrom(...lanePolicies),
  repeat: fc.constantFrom('ask', 'harmless', 'person'),
  // A queue takes longer to open than a history without one lasts.
  queue: oneIn(12).map((is) => (is ? 'postgres' : 'none')),
  batch: oneIn(3).chain((is) => (is ? fc.constantFrom(2, 3) : fc.constant(1))),
  workers: oneIn(3).map((is) => (is ? 2 : 1)),
  backups: oneIn(4),
})

const subject = fc.constantFrom(...subjects)
const place = fc.nat({ max: 9 })
const namesOf = <Name extends string>(of: Record<Name, unknown>) =>
  fc.array(fc.constantFrom(...(Object.keys(of) as Name[])), { minLength: 1, maxLength: 3 })
const number = fc.integer({ min: 1, max: 5 })
const nth = fc.nat({ max: 1 })
const after = fc.constantFrom(...afters)
const policy = fc.constantFrom(...lanePolicies)
const always = <Name extends string>(name: Name) => fc.constant([name] as const)

type Drawn = fc.Arbitrary<Act>
const accept: Drawn = fc.tuple(fc.constant('accept'), subject, fc.constantFrom(...types))
const target: Drawn = fc
  .tuple(subject, number, namesOf<StepName>(steps))
  .map(([one, n, names]) => ['target', one, n, ...names])
const crash: Drawn = fc.tuple(
  fc.constant('crash'),
  nth,
  fc.constantFrom('at once', 'after work'),
  after,
)
const stop: Drawn = fc.tuple(fc.constant('stop'), nth, after)

const everywhere: readonly Drawn[] = [
  accept,
  accept,
  accept,
  target,
  always('work'),
  crash,
  stop,
  fc.tuple(fc.constant('repeat'), subject, place, fc.constantFrom('same bytes', 'other bytes')),
  fc.constantFrom('pause', 'resume').map((name): Act => [name]),
  fc.tuple(fc.constant('revise'), fc.integer({ min: 1, max: 8 }), policy),
  always('rotate keys'),
  fc.tuple(
    fc.constant('person'),
    subject,
    place,
    fc.constantFrom(...(Object.keys(interventions) as Intervention[])),
  ),
]
const asking: readonly Drawn[] = [
  fc
    .tuple(subject, number, namesOf<AnswerName>(answers))
    .map(([one, n, names]) => ['answers', one, n, ...names]),
]
const batching: readonly Drawn[] = [
  namesOf<BatchStepName>(batchSteps).map((names) => ['batches', ...names]),
]
const queueing: readonly Drawn[] = [always('wipe queue')]
const among: readonly Drawn[] = [crash, stop, always('start'), always('leases run out')]
const restoring: readonly Drawn[] = [always('backup'), always('backup'), always('restore')]

/** A setting, and what can happen in it. */
export const histories = settings.chain((setting) => {
  const { backups, batch, queue, repeat, workers } = setting
  const drawn = [
    ...everywhere,
    ...(repeat === 'ask' ? asking : []),
    ...(batch > 1 ? batching : []),
    ...(queue === 'none' ? [] : queueing),
    ...(workers > 1 ? among : []),
    ...(backups ? restoring : []),
  ]
  const commands = fc.commands(
    drawn.map((act) => act.map(commandOf)),
    { maxCommands: 40 },
  )
  return fc.tuple(fc.constant(setting), commands)
})
