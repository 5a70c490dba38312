/** A message arrives as it was meant, and arrives once. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Follow, Outcome } from '../../../src/connector/index.ts'
import { appliedLike, stateOf } from '../compare.ts'
import {
  confirm,
  confirmWhole,
  deliveriesOf,
  firstCases,
  onStand,
  operationOf,
  send,
  sendAll,
  sendAllButLast,
  words,
} from '../stand.ts'
import type { Rule } from './rule.ts'

const largestMemoBytes = 8 * 1024
const largestFollowBytes = 8 * 1024

export function assertFollowFits(where: string, follow: Follow): void {
  const bytes = Buffer.byteLength(JSON.stringify(follow))
  assert(bytes <= largestFollowBytes, `${where}: what is followed has ${bytes} bytes`)
}

/** What an outcome asks to be followed must be asked for by whoever finds out about it later, too. */
const followOf = (outcome: Outcome): Follow | undefined =>
  outcome.kind === 'delivered' ? outcome.follow : undefined

const arrives: Rule = {
  name: 'arrives',
  title: 'delivers every fixture unaltered, diacritics included',
  async check(subject) {
    for (const sample of subject.cases)
      await onStand(subject, {}, async (stand) => {
        const last = await sendAllButLast(stand, sample)
        const outcome = await send(stand, last)
        assert.equal(outcome.kind, 'delivered', `${sample.name}: ${words(outcome)}`)
        assert.deepEqual(
          appliedLike(stand.simulator, sample.remote),
          sample.remote,
          `${sample.name}: the simulator received something else than ${sample.name}.remote.json`,
        )
        if (outcome.kind === 'delivered' && outcome.follow)
          assertFollowFits(sample.name, outcome.follow)
        const memoBytes = Buffer.byteLength(JSON.stringify(outcome.memo ?? {}))
        assert(memoBytes <= largestMemoBytes, `${sample.name}: the memo has ${memoBytes} bytes`)
      })
  },
}

const repeats: Rule = {
  name: 'repeats',
  title: 'has one effect when the same delivery is sent twice, as its operation says',
  async check(subject) {
    for (const sample of subject.cases) {
      const { repeat } = operationOf(subject, sample)
      if (repeat === 'person') continue
      await onStand(subject, {}, async (stand) => {
        const last = await sendAllButLast(stand, sample)
        const first = await send(stand, last)
        assert.equal(first.kind, 'delivered', `${sample.name}: ${words(first)}`)
        if (repeat === 'ask') {
          // The process died before it wrote the outcome down, memo included.
          const said = await confirmWhole(stand, last)
          const { answer, follow } = said ?? {}
          assert.equal(answer, 'applied', `${sample.name}: confirm does not know what was applied`)
          assert.deepEqual(follow, followOf(first), `${sample.name}: confirm follows otherwise`)
          return
        }
        const before = stateOf(stand.simulator)
        const second = await send(stand, { ...last, attempt: 2 })
        assert.equal(second.kind, 'delivered', `${sample.name} again: ${words(second)}`)
        assert.deepEqual(followOf(second), followOf(first), `${sample.name} again: other follow`)
        assert.deepEqual(stateOf(stand.simulator), before, `${sample.name} had two effects`)
      })
    }
  },
}

const asksBefore: Rule = {
  name: 'confirm-absent',
  title: 'says "not applied" of what was never sent',
  async check(subject) {
    for (const { operation, sample } of firstCases(subject)) {
      if (operation.repeat !== 'ask') continue
      await onStand(subject, {}, async (stand) => {
        const last = await sendAllButLast(stand, sample)
        const answer = await confirm(stand, { ...last, memo: undefined })
        assert(answer === 'not-applied' || answer === 'cannot-tell', `${sample.name}: ${answer}`)
      })
    }
  },
}

const batches: Rule = {
  name: 'batches',
  title: 'gives every delivery of a batch its own outcome, also when half of it is taken',
  async check(subject) {
    for (const operation of subject.manifest.operations.filter(({ batch }) => batch)) {
      const samples = subject.cases.filter((one) => operationOf(subject, one) === operation)
      const deliveries = samples.flatMap((sample) => deliveriesOf(subject, sample).slice(0, 1))
      const subjects = new Set(deliveries.map(({ message }) => message.subject))
      assert(subjects.size > 1, `${operation.name} is a batch and needs fixtures of two subjects`)
      const batch = deliveries.slice(0, operation.batch?.max)
      await onStand(subject, {}, async (stand) => {
        const outcomes = await sendAll(stand, batch)
        assert.deepEqual(
          outcomes.map(({ kind }) => kind),
          batch.map(() => 'delivered'),
        )
      })
      await onStand(subject, {}, async (stand) => {
        if (!stand.simulator.modes.includes('partial-batch')) return
        stand.simulator.misbehave({ mode: 'partial-batch', times: 1 })
        const outcomes = await sendAll(stand, batch)
        assert.equal(outcomes.length, batch.length, 'there must be one outcome per delivery')
        const applied = new Set(
          stand.simulator.received().flatMap((one) => (one.applied ? [one.subject] : [])),
        )
        batch.forEach(({ message }, index) => {
          const isDelivered = outcomes[index]?.kind === 'delivered'
          assert.equal(
            isDelivered,
            applied.has(message.subject),
            `${operation.name}: the outcome of item ${index + 1} is not what happened`,
          )
        })
      })
    }
  },
}

const remembers: Rule = {
  name: 'simulator-remembers',
  title:
    'has a simulator that holds after a restart what it held before, by the effects it told of',
  async check(subject) {
    const folder = mkdtempSync(join(tmpdir(), 'hub-journal-'))
    try {
      for (const sample of subject.cases) {
        const journal = join(folder, `${sample.name}.jsonl`)
        const before = await onStand(subject, { journal }, async (stand) => {
          await send(stand, await sendAllButLast(stand, sample))
          return stateOf(stand.simulator)
        })
        const after = await onStand(subject, { journal }, async (stand) => stateOf(stand.simulator))
        assert.deepEqual(after, before, `${sample.name}: forgotten`)
      }
    } finally {
      rmSync(folder, { recursive: true })
    }
  },
}

export const deliveryRules: readonly Rule[] = [arrives, repeats, asksBefore, batches, remembers]
