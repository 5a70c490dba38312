/**
 * Expressions (JSONata) of mappings, evaluated in a process of their own that is started by the first of them
 * and used by all, one after the other. An expression that runs into a limit takes that process with it and
 * nothing else: who waits behind it is asked of the next one.
 */
import type { Evaluate, Evaluated } from '../../connector/contract.ts'
import { type ConnectorError, later } from '../../connector/errors.ts'
import type { Logger } from '../../domain/log-events.ts'
import { type Child, startChild } from './child-process.ts'
import { type Fault, meaningOf } from './faults.ts'

export interface Evaluator {
  readonly evaluate: Evaluate
  /** Whoever waits is told to come again. Nothing runs any more when it resolves. */
  close(): Promise<void>
}

interface EvaluatorOptions {
  readonly log: Logger
  /** Default: the real one. */
  readonly start?: () => Promise<Child>
}

interface Waiting {
  readonly question: string
  readonly signal: AbortSignal | undefined
  readonly resolve: (answer: Evaluated) => void
  readonly reject: (error: ConnectorError) => void
}

const maxWaiting = 256
const maxCharacters = 1_000_000
/** The process itself breaks off after 200 ms; one that does not is stuck where nothing breaks it off. */
const stuckMs = 1_000
/** Who had less than this of the processor was kept from it by others: no fault of the expression. */
const fairShareMs = 50

export function createEvaluator({ log, start = startChild }: EvaluatorOptions): Evaluator {
  const queue: Waiting[] = []
  let child: Child | undefined
  let working: Promise<void> | undefined
  let isClosed = false

  const answerTo = async (question: string): Promise<Evaluated> => {
    if (child?.isGone()) child = undefined
    try {
      child ??= await start()
    } catch (cause) {
      throw later('expression-unavailable', { cause })
    }
    if (isClosed) throw later('interrupted')
    const { line, fell } = await child.ask(question, stuckMs)
    const answer = line === undefined ? undefined : readAnswer(line)
    if (answer && answer.fault !== 'time') return evaluated(answer)
    await child.stop()
    child = undefined
    const why = answer ? 'time' : fell ? 'memory' : 'lost'
    log.warn('expressions.restarted', { reason: why })
    if (why === 'lost' || (answer?.cpuMs ?? fairShareMs) < fairShareMs)
      throw later(isClosed ? 'interrupted' : 'expression-unavailable')
    return { ok: false, why: meaningOf({ fault: why }) }
  }

  const work = async (): Promise<void> => {
    for (let one = queue.shift(); one; one = queue.shift()) {
      if (one.signal?.aborted || isClosed) one.reject(later('interrupted'))
      else await answerTo(one.question).then(one.resolve, one.reject)
    }
  }
  /** Whoever came while it was ending is not left waiting. */
  const begin = (): void => {
    working ??= work().finally(() => {
      working = undefined
      if (queue.length > 0) begin()
    })
  }

  return {
    evaluate(expression, input, signal) {
      const question = JSON.stringify({ expression, input })
      if (question.length > maxCharacters)
        return Promise.resolve({ ok: false, why: meaningOf({ fault: 'input-too-large' }) })
      if (isClosed || signal?.aborted) return Promise.reject(later('interrupted'))
      if (queue.length >= maxWaiting) return Promise.reject(later('expression-unavailable'))
      return new Promise((resolve, reject) => {
        queue.push({ question, signal, resolve, reject })
        begin()
      })
    },
    async close() {
      isClosed = true
      await child?.stop()
      await working
      await child?.stop()
    },
  }
}

/** `{ value }`, `{}` or `{ fault, … }`; undefined for anything else. */
function readAnswer(line: string): (Fault & { readonly value?: unknown }) | undefined {
  try {
    const answer: unknown = JSON.parse(line)
    return typeof answer === 'object' && answer !== null && !Array.isArray(answer)
      ? answer
      : undefined
  } catch {
    return undefined
  }
}

const evaluated = (answer: Fault & { readonly value?: unknown }): Evaluated =>
  answer.fault === undefined
    ? { ok: true, value: answer.value }
    : { ok: false, why: meaningOf(answer) }
