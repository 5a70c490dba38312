/** How a history ends, and what must then be true of it. */
import { expect } from 'vitest'
import type { Intervention } from '../../../src/domain/delivery.ts'
import { HubError } from '../../../src/domain/errors.ts'
import type { Row } from '../../support/engine.ts'
import {
  endLeases,
  endWorker,
  type Model,
  type Real,
  type Subject,
  setPaused,
  startWorkers,
  subjects,
  wasApplied,
  work,
} from './world.ts'

const choices = (real: Real, row: Row, applied: boolean): readonly Intervention[] => {
  if (row.state === 'held') return ['release']
  if (row.state === 'dead') return applied ? ['discard'] : ['redrive', 'discard']
  if (row.state !== 'unknown') return []
  if (applied) return ['confirm-delivered']
  // After a restore a later one may have arrived without it; it must not follow behind that.
  return real.restores.length > 0 ? ['send-again', 'give-up'] : ['send-again']
}

/** A person who has looked at the target before deciding. */
async function decide(real: Real, subject: Subject, row: Row): Promise<void> {
  for (const choice of choices(real, row, wasApplied(real, subject, row.number))) {
    try {
      return await real.world.intervene(subject, row.number, choice)
    } catch (error) {
      if (!(error instanceof HubError)) throw error
    }
  }
}

/** Everybody does what is left to do; then everything is final. */
export async function comeToAnEnd(real: Real): Promise<void> {
  for (const one of subjects)
    for (let n = 1; n <= 60; n++) {
      real.target.script(one, n)
      real.target.answerQuestions(one, n)
    }
  real.target.scriptBatches()
  while (real.workers.length > 0) await endWorker(real, 0, 'killed')
  await endLeases(real)
  await startWorkers(real)
  await setPaused(real, false)
  for (let round = 0; round < 100; round++) {
    await work(real)
    const open = await Promise.all(
      subjects.map(async (one) => {
        const rows = await real.world.rows(one)
        const left = rows.filter((row) =>
          ['dead', 'held', 'unknown', 'waiting'].includes(row.state),
        )
        // Newest first, as the rules of order ask for.
        for (const row of left.toReversed()) await decide(real, one, row)
        return left.length
      }),
    )
    if (open.every((count) => count === 0)) return
  }
  throw new Error('it never came to an end')
}

const increasing = (numbers: readonly number[]): boolean =>
  numbers.every((number, index) => index === 0 || number > (numbers[index - 1] ?? 0))

/**
 * In order, and none twice. Of what a lost store had sent only "none twice" is promised: what it had not
 * sent, or a person had given up in it, comes behind. From one restore to the next the order holds.
 */
function judgeOrder(real: Real, subject: Subject): void {
  const applied = real.target.applied(subject)
  expect([subject, applied, new Set(applied).size]).toEqual([subject, applied, applied.length])
  const bounds = [0, ...real.restores.map((at) => at[subject]), applied.length]
  for (const [index, from] of bounds.entries()) {
    const part = applied.slice(from, bounds[index + 1])
    expect([subject, applied, part, increasing(part)]).toEqual([subject, applied, part, true])
  }
}

export async function judge(model: Model, real: Real): Promise<void> {
  expect(await real.world.faults()).toEqual([])
  expect(real.target.most.ofOneSubject).toBeLessThanOrEqual(1)
  const restored = real.restores.length > 0
  const asked = real.setting.repeat === 'ask'
  for (const one of subjects) {
    const rows = await real.world.rows(one)
    expect(rows.map((row) => row.number)).toEqual(model.sent[one].map((_, index) => index + 1))
    judgeOrder(real, one)
    const applied = real.target.applied(one)
    const isSnapshot = (n: number): boolean => model.sent[one][n - 1] === 'snapshot'
    for (const { number, state } of rows) {
      const there = applied.includes(number)
      // Nobody can see whether a snapshot had arrived that a later one has replaced.
      const replaced =
        asked && restored && isSnapshot(number) && applied.some((n) => n > number && isSnapshot(n))
      if (state === 'delivered')
        expect([one, number, there || replaced]).toEqual([one, number, true])
      else expect(['discarded', 'superseded']).toContain(state)
      const exact = real.setting.repeat !== 'harmless' && !restored
      if (state === 'superseded' && exact)
        expect([one, number, there]).toEqual([one, number, false])
    }
  }
}
