/** What a connector leaves behind: nothing. */

import assert from 'node:assert/strict'
import { createHook } from 'node:async_hooks'
import { inspect } from 'node:util'
import { secretPlaces } from '../../../src/app/config/secrets.ts'
import type { SimulatorMode } from '../../../src/connector/index.ts'
import {
  confirm,
  firstCases,
  onStand,
  send,
  sendAllButLast,
  steady,
  until,
  words,
} from '../stand.ts'
import type { Subject } from '../subject.ts'
import type { Rule } from './rule.ts'

const promptMs = 1000

/** What the work ends in, if it ends in time. */
async function promptly<T>(work: Promise<T>, name: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    const error = new assert.AssertionError({ message: `${name} goes on after ${promptMs} ms` })
    timer = setTimeout(() => reject(error), promptMs)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

const stops: Rule = {
  name: 'signal',
  title: 'stops at once when it is told to, and then says what may have happened',
  async check(subject) {
    for (const { sample } of firstCases(subject))
      await onStand(subject, { timeoutMs: 30_000 }, async (stand) => {
        const delivery = await sendAllButLast(stand, sample)
        const before = stand.simulator.received().length
        stand.simulator.misbehave({ mode: 'timeout-before' })
        const stop = new AbortController()
        const work = send(stand, delivery, stop.signal)
        await until(
          () => stand.simulator.received().length > before,
          `${sample.name} never reached the simulator`,
        )
        stop.abort()
        const outcome = await promptly(work, sample.name)
        assert.equal(outcome.kind, 'unknown', `${sample.name}: ${words(outcome)}`)
      })
  },
}

const doesNotStart: Rule = {
  name: 'signal-before',
  title: 'does not begin when it has been told to stop',
  async check(subject) {
    for (const { sample } of firstCases(subject))
      await onStand(subject, {}, async (stand) => {
        const delivery = await sendAllButLast(stand, sample)
        const before = stand.simulator.received().length
        const outcome = await send(stand, delivery, AbortSignal.abort())
        assert.equal(outcome.kind, 'retry', `${sample.name}: ${words(outcome)}`)
        assert.equal(stand.simulator.received().length, before, `${sample.name} was sent`)
      })
  },
}

const questionsStop: Rule = {
  name: 'signal-questions',
  title: 'stops its check, its questions and its pulls at once',
  check: (subject) =>
    onStand(subject, { timeoutMs: 30_000, filled: true }, async (stand) => {
      const { connector, simulator } = stand
      const [pull] = subject.manifest.pulls ?? []
      const [asking] = firstCases(subject).filter(({ operation }) => operation.repeat === 'ask')
      const delivery = asking && (await sendAllButLast(stand, asking.sample))
      const start = {
        cursor: undefined,
        startedFrom: undefined,
        refused: [],
        overlapSeconds: 0,
        followed: async () => subject.follows,
        due: async () => subject.follows,
        latest: async () => undefined,
        timesOf: async () => new Map(),
      }
      const works: [string, (signal: AbortSignal) => Promise<unknown> | undefined][] = [
        ['check', (signal) => connector.check(signal)],
        ['confirm', (signal) => delivery && connector.confirm?.(delivery, signal)],
        ['pull', (signal) => pull && connector.pull?.({ operation: pull.name, ...start }, signal)],
      ]
      simulator.misbehave({ mode: 'timeout-before', on: 'any' })
      for (const [name, begin] of works) {
        const stop = new AbortController()
        const calls = simulator.calls()
        const work = begin(stop.signal)
        if (!work) continue
        const over = work.catch(() => undefined)
        await until(() => simulator.calls() > calls, `${name} reaches nobody`)
        stop.abort()
        await promptly(over, name)
      }
    }),
}

const closes: Rule = {
  name: 'close',
  title: 'can be closed twice, also when it has done nothing',
  check: (subject) =>
    onStand(subject, {}, ({ connector }) =>
      assert.doesNotReject(async () => {
        await connector.close()
        await connector.close()
      }),
    ),
}

/** Text of a person: several words, a long number, a mail address. Codes and dates are none. */
function personalTexts(value: unknown): string[] {
  if (typeof value === 'string')
    return /\S\s\S|@/.test(value) || /^\+?\d{9,}$/.test(value) ? [value] : []
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(personalTexts)
}

/** Values of the options that the schema marks as secret. */
const secretsOf = ({ manifest }: Subject, options: Readonly<Record<string, unknown>>): string[] =>
  secretPlaces(manifest.options, options).map((path) =>
    String(path.reduce<unknown>((at, key) => Reflect.get(Object(at), key), options)),
  )

const saidModes: readonly (SimulatorMode | undefined)[] = [
  undefined,
  'refuse',
  'busy',
  'session-expired',
  'half-body',
  'html-200',
  'server-error',
  'unknown-words',
  'duplicate',
]

const silent: Rule = {
  name: 'silent',
  title: 'says no secret and nothing of a message in logs, errors, outcomes and memos',
  async check(subject) {
    for (const example of [0, 1])
      for (const mode of saidModes)
        for (const { operation, sample } of firstCases(subject))
          await onStand(subject, { example }, async (stand) => {
            if (mode && !stand.simulator.modes.includes(mode)) return
            const alone = { ...sample, messages: sample.messages.slice(-1) }
            const delivery = await sendAllButLast(stand, alone)
            if (mode) stand.simulator.misbehave({ mode })
            // The evidence is kept encrypted; everything else may be read by anybody.
            const { evidence: _, ...outcome } = await send(stand, delivery)
            const answer = operation.repeat === 'ask' ? await confirm(stand, delivery) : undefined
            const said = inspect([stand.said, outcome, answer], {
              depth: 20,
              maxStringLength: null,
            })
            const canaries = [
              ...personalTexts(delivery.message.data),
              ...secretsOf(subject, stand.options),
            ]
            const told = canaries.filter((text) => said.includes(text))
            assert.deepEqual(told, [], `${sample.name} under ${mode ?? 'good behaviour'}`)
          })
  },
}

const quietConsole: Rule = {
  name: 'console',
  title: 'writes nothing to the console',
  async check(subject) {
    const names = ['log', 'info', 'warn', 'error', 'debug'] as const
    const before = names.map((name) => console[name])
    const written: unknown[] = []
    for (const name of names) console[name] = (...words: unknown[]) => void written.push(words)
    try {
      await onStand(subject, {}, async (stand) => {
        await stand.connector.check(steady)
        for (const { sample } of firstCases(subject)) {
          const alone = { ...sample, messages: sample.messages.slice(-1) }
          await send(stand, await sendAllButLast(stand, alone))
        }
      })
    } finally {
      for (const [index, name] of names.entries()) Object.assign(console, { [name]: before[index] })
    }
    assert.deepEqual(written, [])
  },
}

const leavesNothing: Rule = {
  name: 'leaves-nothing',
  title: 'leaves no connection, no timer and no process behind',
  async check(subject) {
    const handles = watchHandles()
    try {
      await onStand(subject, {}, async (stand) => {
        await stand.connector.check(steady)
        for (const { sample } of firstCases(subject)) {
          const alone = { ...sample, messages: sample.messages.slice(-1) }
          await send(stand, await sendAllButLast(stand, alone))
        }
      })
      assert.deepEqual(await handles.left(), [])
    } finally {
      handles.stop()
    }
  },
}

const handleKinds = ['TCPWRAP', 'TCPSERVERWRAP', 'TLSWRAP', 'PIPEWRAP', 'PROCESSWRAP', 'Timeout']
const patienceMs = 2000

/** Watches every connection, timer and process that is made from now on. */
function watchHandles(): { left(): Promise<string[]>; stop(): void } {
  const open = new Map<number, string>()
  let recording = true
  const hook = createHook({
    init(id, kind) {
      if (recording && handleKinds.includes(kind)) open.set(id, kind)
    },
    destroy(id) {
      open.delete(id)
    },
  }).enable()
  return {
    /** What is still there after a while; the end of a handle is reported with a delay. */
    async left() {
      recording = false
      const deadline = performance.now() + patienceMs
      while (open.size > 0 && performance.now() < deadline)
        await new Promise((resolve) => setImmediate(resolve))
      return [...open.values()]
    },
    stop: () => void hook.disable(),
  }
}

export const hygieneRules: readonly Rule[] = [
  stops,
  doesNotStart,
  questionsStop,
  closes,
  silent,
  quietConsole,
  leavesNothing,
]
