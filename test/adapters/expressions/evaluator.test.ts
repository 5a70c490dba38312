import { afterEach, describe, expect, it, onTestFinished } from 'vitest'
import {
  type Child,
  type Said,
  startChild,
} from '../../../src/adapters/expressions/child-process.ts'
import { createEvaluator } from '../../../src/adapters/expressions/evaluator.ts'
import { parseExpressions } from '../../../src/adapters/expressions/parse.ts'
import type { ConnectorError } from '../../../src/connector/errors.ts'
import { keepingLogger, quietLogger } from '../../support/quiet-logger.ts'
import { waitUntil } from '../../support/wait.ts'
import { patient } from './patient.ts'

const codeOf = (work: Promise<unknown>): Promise<unknown> =>
  work.catch(({ outcome }: ConnectorError) => `${outcome.kind} ${outcome.code}`)

/** Processes whose answers the test gives, one by one. */
function staged() {
  const asked: { question: string; say: (said: Said) => void }[] = []
  const seen = { started: 0, stopped: 0, gone: false, refuse: false }
  const start = async (): Promise<Child> => {
    if (seen.refuse) throw new Error('no process')
    seen.started += 1
    seen.gone = false
    return {
      isGone: () => seen.gone,
      ask: (question) => new Promise((say) => asked.push({ question, say })),
      async stop() {
        seen.stopped += 1
        asked.at(-1)?.say({})
      },
    }
  }
  const { log, lines } = keepingLogger()
  const evaluator = createEvaluator({ log, start })
  const next = async (said: Said): Promise<void> => {
    const known = asked.length
    await waitUntil(
      'somebody asks',
      async () => asked.length,
      (count) => count > 0 && count >= known,
    )
    asked.shift()?.say(said)
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
  return { asked, seen, lines, evaluator, next, start }
}

describe('the queue before the process of expressions', () => {
  it('asks one after the other, in the order in which they came', async () => {
    const { asked, seen, evaluator, next } = staged()
    expect(seen.started).toBe(0)
    const answers = Promise.all(['a', 'b', 'c'].map((text) => evaluator.evaluate(text, { text })))
    await waitUntil(
      'the first is asked',
      async () => asked.length,
      (count) => count === 1,
    )
    expect(asked[0]?.question).toBe('{"expression":"a","input":{"text":"a"}}')
    await next({ line: '{"value":1}' })
    await next({ line: '{}' })
    await next({ line: '{"fault":"threw","code":"T2001","position":4}' })
    const [one, two, three] = await answers
    expect([one, two]).toEqual([
      { ok: true, value: 1 },
      { ok: true, value: undefined },
    ])
    expect(three).toMatchObject({ ok: false, why: { en: expect.stringContaining('T2001') } })
    expect(seen).toMatchObject({ started: 1, stopped: 0 })
  })

  it.each([
    ['time', { line: '{"fault":"time","cpuMs":190}' }, { ok: false }],
    ['memory', { fell: true }, { ok: false }],
    [
      'kept from the processor',
      { line: '{"fault":"time","cpuMs":3}' },
      'retry expression-unavailable',
    ],
    ['killed by somebody', { fell: false }, 'retry expression-unavailable'],
    ['an answer that is none', { line: 'x' }, 'retry expression-unavailable'],
  ])(
    '%s fails the one that was asked; the next is asked of a new process',
    async (_, said, outcome) => {
      const { seen, evaluator, next, lines } = staged()
      const first = codeOf(evaluator.evaluate('a', {}))
      const second = evaluator.evaluate('b', {})
      await next(said)
      await next({ line: '{"value":"b"}' })
      if (typeof outcome === 'string') expect(await first).toBe(outcome)
      else expect(await first).toMatchObject(outcome)
      expect(await second).toEqual({ ok: true, value: 'b' })
      expect(seen).toMatchObject({ started: 2, stopped: 1 })
      expect(lines.map(({ event }) => event)).toEqual(['expressions.restarted'])
    },
  )

  it('takes no more than it can hold, and tells the others to come again', async () => {
    const { evaluator } = staged()
    const all = Array.from({ length: 300 }, () => codeOf(evaluator.evaluate('a', {})))
    const refused = await Promise.race([
      all[299],
      new Promise((resolve) => setTimeout(resolve, 500)),
    ])
    expect(refused).toBe('retry expression-unavailable')
    await evaluator.close()
    expect(new Set(await Promise.all(all))).toEqual(
      new Set(['retry expression-unavailable', 'retry interrupted']),
    )
  })

  it('does not ask for those who have gone', async () => {
    const { asked, evaluator, next } = staged()
    const leaving = new AbortController()
    const first = evaluator.evaluate('a', {})
    const second = codeOf(evaluator.evaluate('b', {}, leaving.signal))
    leaving.abort()
    await next({ line: '{}' })
    expect(await first).toEqual({ ok: true, value: undefined })
    expect(await second).toBe('retry interrupted')
    expect(asked).toEqual([])
  })

  it('goes on after one that had gone before it asked', async () => {
    const { asked, evaluator, next } = staged()
    expect(await codeOf(evaluator.evaluate('a', {}, AbortSignal.abort()))).toBe('retry interrupted')
    const later = evaluator.evaluate('b', {})
    await waitUntil('it is asked', async () => asked.length, Boolean)
    await next({ line: '{"value":2}' })
    expect(await later).toEqual({ ok: true, value: 2 })
  })

  it('tells everybody to come again where no process can be started', async () => {
    const { evaluator, seen, next } = staged()
    seen.refuse = true
    expect(await codeOf(evaluator.evaluate('a', {}))).toBe('retry expression-unavailable')
    seen.refuse = false
    const later = evaluator.evaluate('a', {})
    await next({ line: '{"value":2}' })
    expect(await later).toEqual({ ok: true, value: 2 })
  })

  it('starts another where the idle one has gone', async () => {
    const { evaluator, seen, next } = staged()
    const first = evaluator.evaluate('a', {})
    await next({ line: '{"value":1}' })
    await first
    seen.gone = true
    const second = evaluator.evaluate('a', {})
    await next({ line: '{"value":2}' })
    expect(await second).toEqual({ ok: true, value: 2 })
    expect(seen.started).toBe(2)
  })
})

describe('the process of expressions', () => {
  const evaluators: { close(): Promise<void> }[] = []
  afterEach(async () => {
    for (const one of evaluators.splice(0)) await one.close()
  })
  const open = () => {
    const children: Child[] = []
    const evaluator = createEvaluator({
      log: quietLogger,
      async start() {
        const child = await startChild()
        children.push(child)
        return child
      },
    })
    evaluators.push(evaluator)
    return { evaluator, children }
  }

  it('is started by the first expression, kept for the others, and gone after the close', async () => {
    const { evaluator, children } = open()
    expect(children).toEqual([])
    for (const n of [1, 2, 3])
      expect(await patient(evaluator.evaluate, 'n * 2', { n })).toEqual({ ok: true, value: n * 2 })
    expect(children).toHaveLength(1)
    await evaluator.close()
    expect(children[0]?.isGone()).toBe(true)
    expect(await codeOf(evaluator.evaluate('1', {}))).toBe('retry interrupted')
  })

  it('is replaced where somebody has killed it, and nobody notices', async () => {
    const { evaluator, children } = open()
    await evaluator.evaluate('1', {})
    await children[0]?.stop()
    expect(await evaluator.evaluate('2', {})).toEqual({ ok: true, value: 2 })
    expect(children).toHaveLength(2)
  })

  it('does not keep a close waiting', async () => {
    const { evaluator } = open()
    await evaluator.evaluate('1', {})
    const running = codeOf(evaluator.evaluate('($f := function($x){$f($x)}; $f(1))', {}))
    const waiting = codeOf(evaluator.evaluate('1', {}))
    await evaluator.close()
    expect([await running, await waiting]).toEqual(['retry interrupted', 'retry interrupted'])
  })

  it.each([
    ['[long, long, long]', /1,000,000/],
    ['long & long & long', /1,000,000/],
    ['{"a": {"b": long & long}, "c": long}', /1,000,000/],
    [`${'['.repeat(70)}1${']'.repeat(70)}`, /deeper/],
    ['function($x){$x}', /function/],
    ['{"a": [$sum]}', /function/],
    ['/a/', /function/],
    ['1 / 0', /finite|D1001/],
    ['$number("1e400")', /finite|D3030|S0102/],
    ['$error(name)', /D3137/],
    ['name + 1', /T2001/],
  ])('gives JSON or says why not, without data: %s', async (text, said) => {
    const { evaluator } = open()
    const record = { name: 'Nguyễn Văn A', long: 'x'.repeat(400_000) }
    const answer = await patient(evaluator.evaluate, text, record)
    expect(answer).toMatchObject({ ok: false, why: { en: expect.stringMatching(said) } })
    expect(JSON.stringify(answer)).not.toContain('Nguyễn')
  })

  it('is not given what is too large', async () => {
    const { evaluator, children } = open()
    const answer = await evaluator.evaluate('1', { text: 'x'.repeat(1_000_001) })
    expect(answer).toMatchObject({ ok: false })
    expect(children).toEqual([])
    const large = { text: 'ữ'.repeat(900_000) }
    const same = await patient(evaluator.evaluate, 'text', large)
    expect(same.ok && same.value === large.text).toBe(true)
  })

  it('parses while the caller waits, and names the place of a fault', () => {
    const texts = ['a.b', 'a.', '$eval("(")', '(', '"\\n"']
    const wrong = parseExpressions(texts)
    expect(wrong.map((words) => words?.en)).toEqual([
      undefined,
      expect.stringContaining('at character 2'),
      undefined,
      expect.stringContaining('syntax'),
      undefined,
    ])
    expect(parseExpressions([])).toEqual([])
  })

  it('inherits nothing: neither folder nor variables', async () => {
    process.env.HUB_SECRET_EXPRESSIONS = 'x'
    onTestFinished(() => {
      delete process.env.HUB_SECRET_EXPRESSIONS
    })
    const { evaluator } = open()
    expect(await evaluator.evaluate('$keys($)', {})).toEqual({ ok: true, value: undefined })
  })
})
