/**
 * A target system in memory, scripted by the test: it keeps what arrives, applies it, and answers
 * as it is told. By default everything is applied and delivered.
 */
import type { Connector, OutgoingDelivery } from '../../src/connector/contract.ts'
import { later } from '../../src/connector/errors.ts'
import type { Manifest, ManifestOperation } from '../../src/connector/manifest.ts'
import type { Confirmation, Memo, Outcome } from '../../src/domain/outcome.ts'

export interface Arrival {
  readonly kind: 'send' | 'confirm'
  readonly subject: string
  readonly n: number
  readonly key: string
  readonly attempt: number
  readonly id: string
  readonly memo: Memo | undefined
  readonly atMs: number
}

/** What one request does and answers. Unless it says otherwise the message is not applied. */
export interface Step {
  readonly outcome?: Outcome | unknown
  readonly throws?: unknown
  /** Applied at once, applied when `applyLate` is called, or not at all. */
  readonly applies?: 'now' | 'late' | 'never'
  /** Held until the test opens the gate or the request is aborted. */
  readonly until?: Promise<unknown>
}

export const delivered: Step = { outcome: { kind: 'delivered' }, applies: 'now' }
export const rejected: Step = { outcome: { kind: 'permanent', code: 'target-rejected' } }
export const busy: Step = { outcome: { kind: 'retry', code: 'target-busy' } }
export const refusedSession: Step = { outcome: { kind: 'auth', code: 'session-refused' } }
/** No answer, and nothing was done. */
export const lost: Step = { outcome: { kind: 'unknown', code: 'answer-timeout' } }
/** No answer, though it was applied. */
export const appliedUnheard: Step = { ...lost, applies: 'now' }

/** What a request with many does as a whole: it takes the first few, each by its own step, and answers for them. */
export interface BatchStep {
  readonly takes: number
  /** Instead of an answer. */
  readonly throws?: unknown
  readonly until?: Promise<unknown>
}

/** What a question gets; `hangs`: no answer, until the asking is broken off. */
export type Answer = Confirmation | 'hangs'

/** One exchange under way, with all that travel in it. */
interface Request {
  readonly subjects: readonly string[]
  readonly signal: AbortSignal
  held: boolean
}

interface TargetOptions {
  /** harmless: keys are honoured. ask: keys are not, but questions are answered. person: neither. */
  readonly repeat: ManifestOperation['repeat']
  readonly batch?: { readonly max: number; readonly maxWaitMs: number }
}

export interface TestTarget {
  readonly connector: Connector
  readonly manifest: Manifest
  readonly arrivals: Arrival[]
  /** For one message: a step for each request to come; after the last one the default again. */
  script(subject: string, n: number, ...steps: readonly Step[]): void
  /** For every message without a script of its own. */
  byDefault(step: Step): void
  /** Answers to questions about one message; a function may throw. Without: what is true. */
  answerQuestions(subject: string, n: number, ...answers: readonly (() => Answer)[]): void
  /** For the batches to come, whatever is in them; after the last one each takes all it is given. */
  scriptBatches(...steps: readonly BatchStep[]): void
  /** Applies what was to be applied late. */
  applyLate(): void
  /** The numbers sent for a subject, in order, repeats included. */
  sent(subject: string): number[]
  /** The numbers applied for a subject, in order. A repeat under a known key counts where keys are not honoured. */
  applied(subject: string): number[]
  /** The most requests that were ever open at once, for one subject and in all. */
  readonly most: { ofOneSubject: number; inAll: number; open: number }
  readonly batches: number[]
  /** The subjects in requests that nothing but a test or an abort will end. */
  held(): string[]
}

const words = { vi: 'Hệ thống thử', en: 'Test system' }

function manifestOf(options: TargetOptions): Manifest {
  const operation = (name: string, more: Partial<ManifestOperation> = {}): ManifestOperation => ({
    name,
    title: words,
    types: [name],
    repeat: options.repeat,
    ...(options.batch && { batch: options.batch }),
    ...more,
  })
  return {
    id: 'test',
    title: words,
    summary: words,
    version: '1.0.0',
    stage: 'example',
    contract: 'invented',
    options: {},
    operations: [operation('progress'), operation('snapshot', { snapshot: true })],
  }
}

const numberOf = (delivery: OutgoingDelivery): number => {
  const { data } = delivery.message
  return Number(Reflect.get(Object(data), 'n'))
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve()
    signal.addEventListener('abort', () => resolve(), { once: true })
  })

export function createTarget(options: TargetOptions): TestTarget {
  const scripts = new Map<string, Step[]>()
  const answers = new Map<string, (() => Answer)[]>()
  const batchSteps: BatchStep[] = []
  const requests = new Set<Request>()
  const arrivals: Arrival[] = []
  const appliedKeys = new Map<string, number>()
  const appliedOrder = new Map<string, number[]>()
  const late: (() => void)[] = []
  const most = { ofOneSubject: 0, inAll: 0, open: 0 }
  const openOf = new Map<string, number>()
  const batches: number[] = []
  let always = delivered

  const nameOf = (delivery: OutgoingDelivery): string =>
    `${delivery.message.subject}/${numberOf(delivery)}`

  const arrive = (kind: Arrival['kind'], delivery: OutgoingDelivery): void => {
    const { subject } = delivery.message
    const open = (openOf.get(subject) ?? 0) + 1
    openOf.set(subject, open)
    most.open += 1
    most.ofOneSubject = Math.max(most.ofOneSubject, open)
    most.inAll = Math.max(most.inAll, most.open)
    const { idempotencyKey: key, attempt, id, memo } = delivery
    const n = numberOf(delivery)
    arrivals.push({ kind, subject, n, key, attempt, id, memo, atMs: performance.now() })
  }
  const leave = ({ message: { subject } }: OutgoingDelivery): void => {
    openOf.set(subject, (openOf.get(subject) ?? 1) - 1)
    most.open -= 1
  }
  const apply = (delivery: OutgoingDelivery): void => {
    const known = appliedKeys.get(delivery.idempotencyKey) ?? 0
    appliedKeys.set(delivery.idempotencyKey, known + 1)
    if (known > 0 && options.repeat === 'harmless') return
    const { subject } = delivery.message
    appliedOrder.set(subject, [...(appliedOrder.get(subject) ?? []), numberOf(delivery)])
  }

  const underWay = async <T>(
    deliveries: readonly OutgoingDelivery[],
    signal: AbortSignal,
    work: (request: Request) => Promise<T>,
  ): Promise<T> => {
    const subjects = deliveries.map(({ message }) => message.subject)
    const request = { subjects, signal, held: false }
    requests.add(request)
    try {
      return await work(request)
    } finally {
      requests.delete(request)
    }
  }
  const hold = async (request: Request, until: Promise<unknown>): Promise<void> => {
    request.held = true
    await Promise.race([until, aborted(request.signal)])
    request.held = false
  }

  const perform = async (delivery: OutgoingDelivery, request: Request): Promise<Outcome> => {
    const step = scripts.get(nameOf(delivery))?.shift() ?? always
    arrive('send', delivery)
    try {
      if (step.applies === 'now') apply(delivery)
      if (step.applies === 'late') late.push(() => apply(delivery))
      const { until } = step
      if (until) await hold(request, until)
      else await new Promise((resolve) => setImmediate(resolve))
      if (step.throws !== undefined) throw step.throws
      return step.outcome as Outcome
    } finally {
      leave(delivery)
    }
  }

  const connector: Connector = {
    check: async () => [],
    close: async () => undefined,
    send: (delivery, signal) =>
      underWay([delivery], signal, (request) => perform(delivery, request)),
    ...(options.batch && {
      sendBatch: (deliveries, signal) =>
        underWay(deliveries, signal, async (request) => {
          batches.push(deliveries.length)
          const step = batchSteps.shift()
          const taken = deliveries.slice(0, step?.takes)
          const outcomes = await Promise.all(taken.map((delivery) => perform(delivery, request)))
          if (step?.until) await hold(request, step.until)
          if (step?.throws !== undefined) throw step.throws
          return outcomes
        }),
    }),
    ...(options.repeat === 'ask' && {
      confirm: (delivery, signal) =>
        underWay([delivery], signal, async (request): Promise<Confirmation> => {
          arrive('confirm', delivery)
          try {
            await new Promise((resolve) => setImmediate(resolve))
            const scripted = answers.get(nameOf(delivery))?.shift()?.()
            if (scripted === undefined)
              return appliedKeys.has(delivery.idempotencyKey) ? 'applied' : 'not-applied'
            if (scripted !== 'hangs') return scripted
            await hold(request, new Promise(() => undefined))
            throw later('interrupted')
          } finally {
            leave(delivery)
          }
        }),
    }),
  }

  return {
    connector,
    manifest: manifestOf(options),
    arrivals,
    script: (subject, n, ...steps) => void scripts.set(`${subject}/${n}`, [...steps]),
    byDefault(step) {
      always = step
    },
    answerQuestions: (subject, n, ...given) => void answers.set(`${subject}/${n}`, [...given]),
    scriptBatches: (...steps) => void batchSteps.splice(0, batchSteps.length, ...steps),
    applyLate() {
      for (const one of late.splice(0)) one()
    },
    sent: (subject) =>
      arrivals.filter((one) => one.kind === 'send' && one.subject === subject).map((one) => one.n),
    applied: (subject) => appliedOrder.get(subject) ?? [],
    most,
    batches,
    held: () =>
      [...requests].flatMap(({ held, signal, subjects }) =>
        held && !signal.aborted ? subjects : [],
      ),
  }
}
