/** Ways to break a connector from outside, one part at a time. */
import type {
  Connector,
  ConnectorContext,
  Outcome,
  OutgoingDelivery,
  Session,
  SessionRules,
} from '../../../src/connector/index.ts'
import { ConnectorError } from '../../../src/connector/index.ts'
import type { Subject } from '../subject.ts'

export interface Breakage {
  readonly name: string
  readonly rules: readonly string[]
  change(subject: Subject): Subject
}

type Part = Partial<Connector>

/** Replaces parts of the connector that the echo folder makes. */
export const withParts =
  (change: (connector: Connector, context: ConnectorContext) => Part) =>
  (subject: Subject): Subject => ({
    ...subject,
    create: (context) => {
      const connector = subject.create(context)
      return { ...connector, ...change(connector, context) }
    },
  })

/** Gives the connector another context than the real one. */
export const withContext =
  (change: (context: ConnectorContext) => Partial<ConnectorContext>) =>
  (subject: Subject): Subject => ({
    ...subject,
    create: (context) => subject.create({ ...context, ...change(context) }),
  })

/** Changes what every send ends in, thrown or not. */
export const withOutcome = (change: (outcome: Outcome, delivery: OutgoingDelivery) => Outcome) =>
  withParts((connector) => ({
    async send(delivery, signal) {
      return change(await caught(connector.send?.(delivery, signal)), delivery)
    },
    async sendBatch(deliveries, signal) {
      const whole = await connector.sendBatch?.(deliveries, signal).catch(asOutcome)
      return deliveries.map((delivery, index) => {
        const outcome = Array.isArray(whole) ? whole[index] : whole
        return change(outcome as Outcome, delivery)
      })
    },
  }))

const asOutcome = (error: unknown): Outcome => {
  if (error instanceof ConnectorError) return error.outcome
  throw error
}
export const caught = async (work: Promise<Outcome> | undefined): Promise<Outcome> =>
  (await work?.catch(asOutcome)) as Outcome

export const delivered: Outcome = { kind: 'delivered' }
export const steady = new AbortController().signal
export const ok = { ok: true, durationMs: 1, detail: { vi: 'Được', en: 'Fine' } }

export const doubtful = [
  'mode-timeout-before',
  'mode-timeout-after',
  'mode-late-apply',
  'mode-half-body',
  'mode-html-200',
  'mode-server-error',
  'mode-unknown-words',
]

/** Calls with the first token it gets, for ever. */
export const naiveSession = (login: SessionRules['login']): Session => {
  let token: string | undefined
  return {
    async use(call, signal) {
      if (token === undefined) {
        const said = await login(signal)
        token = typeof said === 'string' ? said : said.token
      }
      return call(token)
    },
    drop() {},
  }
}
