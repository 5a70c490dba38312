/**
 * A target system in memory, scripted by the test: it keeps what arrives, applies it, and answers
 * as it is told. By default everything is applied and delivered.
 */
import type { Connector, OutgoingDelivery } from '../../src/connector/contract.ts'
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
  answerQuestions(subject: string, n: number, ...answers: readonly (() => Confirmation)[]): void
  /** Applies what was to be applied late. */
  applyLate(): void
  /** The numbers sent for a subject, in order, repeats included. */
  sent(subject: string): number[]
  /** The numbers applied for a subject, in order. A repeat under a known key counts where keys are not honoured. */
  applied(subject: string): number[]
  /** The most requests that were ever open at once, for one subject and in all. */
  readonly most: { ofOneSubject: number; inAll: number; open: number }
  readonly batches: number[]
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
  const answers = new Map<string, (() => Confirmation)[]>()
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

  const perform = async (delivery: OutgoingDelivery, signal: AbortSignal): Promise<Outcome> => {
    const step = scripts.get(nameOf(delivery))?.shift() ?? always
    arrive('send', delivery)
    try {
      if (step.applies === 'now') apply(delivery)
      if (step.applies === 'late') late.push(() => apply(delivery))
      const { until } = step
      if (until) await Promise.race([until, aborted(signal)])
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
    send: perform,
    ...(options.batch && {
      sendBatch: (deliveries, signal) => {
        batches.push(deliveries.length)
        return Promise.all(deliveries.map((delivery) => perform(delivery, signal)))
      },
    }),
    ...(options.repeat === 'ask' && {
      async confirm(delivery): Promise<Confirmation> {
        arrive('confirm', delivery)
        try {
          await new Promise((resolve) => setImmediate(resolve))
          const scripted = answers.get(nameOf(delivery))?.shift()
          if (scripted) return scripted()
          return appliedKeys.has(delivery.idempotencyKey) ? 'applied' : 'not-applied'
        } finally {
          leave(delivery)
        }
      },
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
    applyLate() {
      for (const one of late.splice(0)) one()
    },
    sent: (subject) =>
      arrivals.filter((one) => one.kind === 'send' && one.subject === subject).map((one) => one.n),
    applied: (subject) => appliedOrder.get(subject) ?? [],
    most,
    batches,
  }
}
