/** Testing the connection, and credentials that are refused. */
import assert from 'node:assert/strict'
import type { CheckStep } from '../../../src/connector/index.ts'
import { HubError } from '../../../src/domain/errors.ts'
import { classify } from '../../../src/engine/lanes/classify.ts'
import { appliedCount, stateOf } from '../compare.ts'
import {
  firstCases,
  onStand,
  remember,
  type Stand,
  send,
  sendAllButLast,
  steady,
  words,
} from '../stand.ts'
import type { Rule } from './rule.ts'

type Checked = { readonly steps: readonly CheckStep[] } | { readonly kind: string; code: string }

async function check({ connector, said }: Stand): Promise<Checked> {
  try {
    const steps = await connector.check(steady)
    said.push(steps)
    return { steps }
  } catch (error) {
    if (!(error instanceof HubError)) throw error
    remember(said, error)
    const { kind, code } = classify(error)
    return { kind, code }
  }
}

/** The step at which the check stopped; steps before it are ok, those after it were not tried. */
function failedStep(checked: Checked): CheckStep['name'] | undefined {
  if (!('steps' in checked)) return undefined
  const bad = checked.steps.findIndex((step) => !step.ok)
  assert(bad >= 0, `the check found nothing wrong: ${JSON.stringify(checked.steps)}`)
  const after = checked.steps.slice(bad + 1)
  assert(
    after.every(({ ok, tried }) => !ok && tried === false),
    'the check goes on after a step that failed',
  )
  return checked.steps[bad]?.name
}

const checkPasses: Rule = {
  name: 'check-passes',
  title: 'passes its check on the simulator, and the check changes nothing',
  check: (subject) =>
    onStand(subject, {}, async (stand) => {
      const before = stateOf(stand.simulator)
      const checked = await check(stand)
      assert('steps' in checked, `the check failed: ${JSON.stringify(checked)}`)
      const failed = checked.steps.filter((step) => !step.ok)
      assert.deepEqual(failed, [], 'a step of the check failed')
      const names = checked.steps.map((step) => step.name)
      assert(
        names.includes('credentials') || names.includes('call'),
        `the check proves no credentials: ${names.join(', ')}`,
      )
      for (const { detail, durationMs } of checked.steps) {
        assert(detail.vi && detail.en, 'a step says nothing')
        assert(durationMs >= 0, 'a step has no duration')
      }
      assert.deepEqual(stateOf(stand.simulator), before, 'the check changed the system')
      assert.equal(appliedCount(stand.simulator), 0, 'the check wrote to the system')
    }),
}

const checkCredentials: Rule = {
  name: 'check-credentials',
  title: 'says in its check that credentials are refused',
  check: (subject) =>
    onStand(subject, { example: 1 }, async (stand) => {
      const checked = await check(stand)
      const step = failedStep(checked)
      if (step) assert.match(step, /^(credentials|call)$/)
      else assert.equal('kind' in checked && checked.kind, 'auth', JSON.stringify(checked))
    }),
}

const checkClosedPort: Rule = {
  name: 'check-closed-port',
  title: 'says in its check that nobody listens',
  check: (subject) =>
    onStand(subject, {}, async (stand) => {
      await stand.simulator.stop()
      const checked = await check(stand)
      const step = failedStep(checked)
      if (step) assert.equal(step, 'tcp')
      else assert.deepEqual(checked, { kind: 'retry', code: 'connection-refused' }, 'wrong failure')
    }),
}

/** One turn of the event loop, so that the client has seen its connections go. */
const untilSeen = (): Promise<void> =>
  new Promise((resolve) => setImmediate(() => setImmediate(resolve)))

const refusedCredentials: Rule = {
  name: 'send-credentials',
  title: 'stops the system, and blames no message, when credentials are refused',
  async check(subject) {
    for (const { sample } of firstCases(subject))
      await onStand(subject, { example: 1 }, async (stand) => {
        const delivery = await sendAllButLast(stand, {
          ...sample,
          messages: sample.messages.slice(-1),
        })
        const outcome = await send(stand, delivery)
        assert.equal(outcome.kind, 'auth', `${sample.name}: ${words(outcome)}`)
        assert.equal(appliedCount(stand.simulator), 0, `${sample.name} was applied`)
      })
  },
}

const closedPort: Rule = {
  name: 'send-closed-port',
  title: 'keeps a message for later when nobody listens',
  async check(subject) {
    for (const { sample } of firstCases(subject))
      await onStand(subject, {}, async (stand) => {
        const delivery = await sendAllButLast(stand, sample)
        await stand.simulator.stop()
        await untilSeen()
        const outcome = await send(stand, delivery)
        assert.equal(outcome.kind, 'retry', `${sample.name}: ${words(outcome)}`)
      })
  },
}

export const connectionRules: readonly Rule[] = [
  checkPasses,
  checkCredentials,
  checkClosedPort,
  refusedCredentials,
  closedPort,
]
