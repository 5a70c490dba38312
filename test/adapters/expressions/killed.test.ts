/**
 * The process of expressions, killed at any moment while many ask: each caller has the answer to his own
 * question or is told to come again, and whoever comes next is served by another process.
 *
 *   EXPRESSION_KILLS=200 npx vitest run test/adapters/expressions/killed.test.ts
 */
import { setTimeout as pause } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { type Child, startChild } from '../../../src/adapters/expressions/child-process.ts'
import { createEvaluator } from '../../../src/adapters/expressions/evaluator.ts'
import { ConnectorError } from '../../../src/connector/errors.ts'
import { keepingLogger } from '../../support/quiet-logger.ts'
import { patient } from './patient.ts'

const kills = Number(process.env.EXPRESSION_KILLS ?? 20)
const callers = 8

it(`leaves nobody without his answer, killed ${kills} times`, { timeout: 600_000 }, async () => {
  const children: Child[] = []
  const { log, lines } = keepingLogger()
  const evaluator = createEvaluator({
    log,
    async start() {
      const child = await startChild()
      children.push(child)
      return child
    },
  })
  const seen = { answered: 0, again: 0 }
  let isOver = false
  const call = async (caller: number): Promise<void> => {
    for (let turn = 0; !isOver; turn++) {
      const n = caller * 1_000_000 + turn
      try {
        expect(await evaluator.evaluate('n * 2', { n })).toEqual({ ok: true, value: n * 2 })
        seen.answered += 1
      } catch (error) {
        if (!(error instanceof ConnectorError)) throw error
        expect(error.outcome).toMatchObject({ kind: 'retry', code: 'expression-unavailable' })
        seen.again += 1
      }
    }
  }
  const kill = async (): Promise<void> => {
    const killed = new Set<Child>()
    while (killed.size < kills) {
      await pause(Math.random() * 20)
      const child = children.at(-1)
      if (!child || killed.has(child)) continue
      killed.add(child)
      void child.stop()
    }
    isOver = true
  }
  await Promise.all([kill(), ...Array.from({ length: callers }, (_, caller) => call(caller))])

  expect(await patient(evaluator.evaluate, 'n + 1', { n: 1 })).toEqual({ ok: true, value: 2 })
  // One for each that was killed or given up, and one at the end: no storm of them.
  expect(children.length).toBeLessThanOrEqual(kills + lines.length + 1)
  await evaluator.close()
  expect(children.every((child) => child.isGone())).toBe(true)
  expect(seen.answered).toBeGreaterThan(0)
})
