import { spawn, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createEvaluator, type Evaluator } from '../../../src/adapters/expressions/evaluator.ts'
import { childStart } from '../../../src/adapters/expressions/walls.ts'
import type { Evaluated } from '../../../src/connector/contract.ts'
import type { ConnectorError } from '../../../src/connector/errors.ts'
import { quietLogger } from '../../support/quiet-logger.ts'
import { bombs, escapes } from './escapes.ts'
import { patient } from './patient.ts'

const canary = 'CANARY-7f3a91'
const name = 'EXPRESSIONS_CANARY'
const file = fileURLToPath(new URL('canary.txt', import.meta.url))
const record = { name: 'Nguyễn Văn A', list: [1, 2, 3], inner: { a: 1 } }
let calls = 0
const server = createServer((_, response) => {
  calls += 1
  response.end(canary)
})
let evaluator: Evaluator
let port = 0

beforeAll(async () => {
  process.env[name] = canary
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  port = (server.address() as AddressInfo).port
  evaluator = createEvaluator({ log: quietLogger })
  await answerTo('1')
})
afterAll(async () => {
  delete process.env[name]
  await evaluator.close()
  server.close()
})

const answerTo = (expression: string, input: unknown = record): Promise<Evaluated> =>
  patient(evaluator.evaluate, expression, input)

/** Every global that a polluted prototype would show on, and their members. */
const shapeOfThisProcess = (): string =>
  [Object, Array, Function, String, Number, Promise, RegExp, Error, Map, Set, JSON, Math]
    .flatMap((one) => [one, 'prototype' in one ? one.prototype : {}])
    .map((one) => Reflect.ownKeys(one).map(String).join())
    .join('\n')
const shape = shapeOfThisProcess()

const filled = (text: string): string =>
  text.replaceAll('{file}', file).replaceAll('{port}', String(port)).replaceAll('{name}', name)

/** The same process, as good as new. */
async function expectUntouched(): Promise<void> {
  const probe =
    '{"sum": $sum(list), "own": $keys({}), "up": $uppercase(name), "polluted": polluted, "keys": $keys(inner)}'
  expect(await answerTo(probe)).toEqual({
    ok: true,
    value: { sum: 6, up: 'NGUYỄN VĂN A', keys: 'a' },
  })
  expect(
    await answerTo('$x & $answer & $f & $polluted & ({}).polluted & $merge([{}]).polluted'),
  ).toEqual({
    ok: true,
    value: '',
  })
}

const cases = Object.entries(escapes).flatMap(([kind, texts]) =>
  texts.map((text) => [kind, text] as const),
)

describe('an expression that tries to get out', () => {
  it('is one of many', () => {
    expect(new Set([...cases.map(([, text]) => text), ...bombs]).size).toBeGreaterThan(100)
  })

  it.each(cases)('%s: %s', async (_, text) => {
    const answer = await answerTo(filled(text))
    expect(JSON.stringify(answer)).not.toContain(canary)
    // Whatever came: it is JSON and nothing of the machinery, or words that repeat no data.
    expect(JSON.stringify(answer)).not.toMatch(/native code|implementation":"?\{|environment":\{/)
    if (!answer.ok) expect(answer.why.vi).not.toContain(record.name)
    await expectUntouched()
    expect(shapeOfThisProcess()).toBe(shape)
  })

  it('has neither read the variable, nor called anybody', () => {
    expect(process.env[name]).toBe(canary)
    expect(calls).toBe(0)
  })
})

describe('an expression that takes all there is', () => {
  it.each(bombs.map((text) => [text]))('%s', async (text) => {
    const begun = performance.now()
    const answer = await Promise.race([
      evaluator.evaluate(text, record).catch((error: ConnectorError) => error.code),
      new Promise<'late'>((resolve) => setTimeout(resolve, 5_000, 'late')),
    ])
    expect(answer).not.toBe('late')
    expect(performance.now() - begun).toBeLessThan(5_000)
    if (typeof answer === 'string') expect(answer).toBe('expression-unavailable')
    else expect(answer.ok).toBe(false)
    await expectUntouched()
  })

  it('is broken off after 200 ms', async () => {
    const times: number[] = []
    for (let round = 0; round < 5; round += 1) {
      await answerTo('1')
      const begun = performance.now()
      await evaluator.evaluate('($f := function($x){$f($x + 1)}; $f(1))', {}).catch(() => undefined)
      times.push(performance.now() - begun)
    }
    expect(Math.min(...times)).toBeGreaterThan(190)
    expect(Math.min(...times)).toBeLessThan(300)
  })
})

describe('an expression', () => {
  it.each([['$now()'], ['$millis()'], ['$random()'], ['$shuffle([1,2])'], ['$eval("1")']])(
    'has neither clock nor dice, and no data becomes code: %s',
    async (text) => {
      expect(await answerTo(text)).toMatchObject({ ok: false })
    },
  )

  it('leaves nothing for the next: neither names nor values', async () => {
    await answerTo('($kept := name; $sum := function($x){$kept}; $kept)', { name: 'Trần Thị B' })
    expect(await answerTo('$exists($kept)')).toEqual({ ok: true, value: false })
    expect(await answerTo('$sum([1, 2])')).toEqual({ ok: true, value: 3 })
  })

  it.each(['_jsonata_lambda', '_jsonata_function'])(
    'takes no record that says of itself that it is a function: %s',
    async (mark) => {
      const forged = { f: { [mark]: true, arguments: [], body: { type: 'string', value: 'x' } } }
      expect(await answerTo('f()', forged)).toMatchObject({ ok: false })
      expect(await answerTo('f', forged)).toMatchObject({ ok: false })
    },
  )

  it('keeps members whose names other objects inherit', async () => {
    const odd = JSON.parse('{"__proto__":{"x":1},"constructor":"c","toString":null,"valueOf":[2]}')
    const { value } = (await answerTo('$merge([$, {"hasOwnProperty": 1}])', odd)) as {
      value: unknown
    }
    expect(JSON.parse(JSON.stringify(value))).toEqual(
      JSON.parse(
        '{"__proto__":{"x":1},"constructor":"c","toString":null,"valueOf":[2],"hasOwnProperty":1}',
      ),
    )
  })
})

describe('the walls', () => {
  const start = childStart()
  const preload = fileURLToPath(new URL('probe-preload.cjs', import.meta.url))
  const child = start.arguments.indexOf('--no-addons')
  const probed = [
    ...start.arguments.slice(0, child),
    `--allow-fs-read=${preload}`,
    `--require=${preload}`,
    ...start.arguments.slice(child),
  ]

  it('stop code that has broken out: no file, variable, module, process, code or network', () => {
    const { stdout } = spawnSync(process.execPath, probed, {
      ...start.options,
      input: '',
      encoding: 'utf8',
    })
    expect(stdout).toBe('[]\nready\n')
  })

  it('are what stops it: without them the same code reaches everything', () => {
    const open = readFileSync(preload, 'utf8')
    const { stdout } = spawnSync(
      process.execPath,
      ['--require', preload, '-e', 'fs.writeSync(1, "ready\\n")'],
      { encoding: 'utf8' },
    )
    const reached: string[] = JSON.parse(stdout.split('\n')[0] ?? '')
    expect(open).toContain('tries')
    expect(reached).toEqual(
      expect.arrayContaining(['file', 'folder', 'own', 'write', 'code', 'module', 'children']),
    )
  })

  it('fall with whoever set them up: nothing runs on when the pipe ends', async () => {
    const endless = JSON.stringify({ expression: '($f := function($x){$f($x)}; $f(1))', input: {} })
    const orphan = spawn(process.execPath, start.arguments, {
      ...start.options,
      stdio: ['pipe', 'pipe', 'ignore'],
    })
    const ended = new Promise<number>((resolve) =>
      orphan.once('close', () => resolve(performance.now())),
    )
    await new Promise((resolve) => orphan.stdout.once('data', resolve))
    const begun = performance.now()
    orphan.stdin.end(`${endless}\n${endless}\n`)
    // As if the hub had been killed: nobody reads either.
    orphan.stdout.destroy()
    expect((await ended) - begun).toBeLessThan(3_000)
  })
})
