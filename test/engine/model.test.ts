/**
 * Random histories of a hub: messages that come once, twice or in contradiction, targets that fail in
 * every way, one message or many a request; people who act on what is left over; one or two workers that are
 * killed or stopped; pauses, new revisions, new keys, a queue that is wiped, a backup that is put back. Whatever the
 * history, the store keeps its promises, and the target has each message once and in order.
 *
 * `MODEL_RUNS` sets the number of histories, `MODEL_SEED` repeats them. What fails is printed in the form in
 * which it is kept (model/kept.ts).
 */
import fc from 'fast-check'
import { beforeAll, describe, it } from 'vitest'
import { useDatabase } from '../support/database.ts'
import { useKeys } from '../support/keys.ts'
import { type Command, commandOf } from './model/acts.ts'
import { prepareBackups } from './model/backup.ts'
import { histories } from './model/drawn.ts'
import { comeToAnEnd, judge } from './model/judge.ts'
import { asKept, kept } from './model/kept.ts'
import { modelOf, openReal, type Setting } from './model/world.ts'

const runs = Number(process.env.MODEL_RUNS ?? 500)
const seed = process.env.MODEL_SEED
const database = useDatabase()
const keys = useKeys(database)

async function live(setting: Setting, history: Iterable<Command>): Promise<void> {
  const model = modelOf(setting)
  const real = await openReal(setting, database(), keys())
  try {
    await fc.asyncModelRun(() => ({ model, real }), history)
    await comeToAnEnd(real)
    await judge(model, real)
  } finally {
    await real.world.close()
  }
}

type Drawn = [[Setting, Iterable<Command>]]

async function report(details: fc.RunDetails<Drawn>): Promise<void> {
  if (!details.failed) return
  const { counterexample, errorInstance, numRuns, numShrinks, seed: ran } = details
  const history = counterexample && {
    setting: counterexample[0][0],
    acts: [...counterexample[0][1]].map(String),
  }
  const said = history ? asKept('what was wrong', history) : 'no history was drawn'
  throw new Error(`history ${numRuns} of seed ${ran}, shrunk ${numShrinks} times:\n${said}`, {
    cause: errorInstance,
  })
}

describe('model', () => {
  beforeAll(() => prepareBackups(database()))

  describe('keeps its promises through what once broke them', () => {
    it.each(Object.entries(kept))('%s', (_, { setting, acts }) =>
      live(setting, acts.map(commandOf)),
    )
  })

  it(
    `keeps its promises through ${runs} random histories`,
    () =>
      fc.assert(
        fc.asyncProperty(histories, (drawn) => live(...drawn)),
        {
          numRuns: runs,
          ...(seed && { seed: Number(seed) }),
          endOnFailure: false,
          asyncReporter: report,
        },
      ),
    120_000 + runs * 2_000,
  )
})
