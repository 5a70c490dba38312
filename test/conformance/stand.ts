/** A test stand: one simulator, one connector that speaks to it, and everything either of them says. */
import assert from 'node:assert/strict'
import { createCodeTables } from '../../src/adapters/connectors/code-tables.ts'
import { createContext } from '../../src/adapters/connectors/context.ts'
import { createHttpClient, type SystemHttpClient } from '../../src/adapters/http/client.ts'
import { startRemembering } from '../../src/app/demo/simulators.ts'
import type {
  Connector,
  Follow,
  Memo,
  Outcome,
  OutgoingDelivery,
  Simulator,
  Verdict,
} from '../../src/connector/index.ts'
import { type ManifestOperation, operationFor } from '../../src/connector/manifest.ts'
import { HubError } from '../../src/domain/errors.ts'
import type { Logger } from '../../src/domain/log-events.ts'
import { classify } from '../../src/engine/lanes/classify.ts'
import { createMemoryFiles, type MemoryFiles } from '../support/files.ts'
import type { Case, Subject } from './subject.ts'

export interface StandOptions {
  /** Which of the manifest's examples. 0 works, 1 is refused. */
  readonly example?: number
  /** Limit of each request. Default 5,000. */
  readonly timeoutMs?: number
  /** Start the simulator with fixtures/state.json. */
  readonly filled?: boolean
  /** The simulator writes its effects down here, and begins with those that are here already. */
  readonly journal?: string
}

export interface Stand {
  readonly subject: Subject
  readonly simulator: Simulator
  readonly connector: Connector
  readonly http: SystemHttpClient
  readonly options: Readonly<Record<string, unknown>>
  /** What the connector keeps and opens. */
  readonly files: MemoryFiles
  /** Log lines, and every error thrown, without what is kept encrypted (evidence). */
  readonly said: unknown[]
  close(): Promise<void>
}

const publicUrl = 'https://hub.example.test'
const seal = (text: string): string => `sealed.${Buffer.from(text).toString('base64url')}`
const open = (sealed: string): string => {
  if (!sealed.startsWith('sealed.')) throw new HubError('body-unreadable')
  return Buffer.from(sealed.slice('sealed.'.length), 'base64url').toString()
}

/** A signal for work that nobody stops. */
export const steady = new AbortController().signal

/** Runs `work` on a fresh stand, and closes it whatever happens. */
export async function onStand<T>(
  subject: Subject,
  options: StandOptions,
  work: (stand: Stand) => Promise<T>,
): Promise<T> {
  const stand = await createStand(subject, options)
  try {
    return await work(stand)
  } finally {
    await stand.close()
  }
}

async function createStand(subject: Subject, wish: StandOptions): Promise<Stand> {
  const simulator = wish.journal
    ? await startRemembering(subject.createSimulator, wish.journal)
    : await subject.createSimulator({
        port: 0,
        ...(wish.filled && subject.state && { state: subject.state }),
      })
  try {
    return standFor(subject, simulator, wish)
  } catch (error) {
    await simulator.stop()
    throw error
  }
}

function standFor(subject: Subject, simulator: Simulator, wish: StandOptions): Stand {
  const options = optionsFor(subject, simulator.address, wish.example ?? 0)
  const files = createMemoryFiles(publicUrl)
  const timeoutMs = wish.timeoutMs ?? 5000
  const http = createHttpClient({ allowedOrigins: originsOf(options), timeoutMs, files })
  const said: unknown[] = []
  const context = createContext({
    system: `${subject.id}-thu`,
    options,
    province: 'H99',
    publicUrl,
    http,
    timeoutMs,
    clock: { now: () => new Date() },
    log: loggerInto(said),
    codes: createCodeTables(subject.codes),
    files,
    validate: subject.registry.validate,
    seal,
    open,
  })
  const connector = subject.create(context)
  return {
    subject,
    simulator,
    connector,
    http,
    options,
    files,
    said,
    async close() {
      try {
        await connector.close()
      } finally {
        http.close()
        await simulator.stop()
      }
    },
  }
}

/** An example of the manifest with the simulator's address in place. */
export function optionsFor(
  { manifest }: Subject,
  address: string,
  example: number,
): Record<string, unknown> {
  const examples = manifest.options.examples as readonly Record<string, unknown>[]
  const chosen = examples[example]
  assert(chosen, `connector.json needs options.examples[${example}]`)
  // What the second one does not say is as in the first.
  const whole = { ...examples[0], ...chosen }
  return JSON.parse(JSON.stringify(whole).replaceAll('{{address}}', address))
}

function originsOf(value: unknown): string[] {
  if (typeof value === 'string')
    return /^https?:\/\//.test(value) && URL.canParse(value) ? [new URL(value).origin] : []
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(originsOf) : []
}

function loggerInto(said: unknown[]): Logger {
  const write = (event: string, fields?: object): void => void said.push({ event, ...fields })
  return { info: write, warn: write, error: write, child: () => loggerInto(said) }
}

/** The operation that takes this case. */
export function operationOf(subject: Subject, { name, messages }: Case): ManifestOperation {
  const type = messages.at(-1)?.type ?? ''
  const operation = operationFor(subject.manifest, type)
  assert(operation, `no operation takes ${type} of fixtures/${name}.message.json`)
  return operation
}

/** One case per operation: the first by name. */
export function firstCases(subject: Subject): { operation: ManifestOperation; sample: Case }[] {
  return subject.manifest.operations.flatMap((operation) => {
    const sample = subject.cases.find((one) => operationOf(subject, one) === operation)
    return sample ? [{ operation, sample }] : []
  })
}

/** The deliveries of a case, in order, as the engine would hand them over the first time. */
export function deliveriesOf(subject: Subject, sample: Case): OutgoingDelivery[] {
  return sample.messages.map((message, index) => {
    const operation = operationFor(subject.manifest, message.type)
    assert(operation, `no operation takes ${message.type} of fixtures/${sample.name}.message.json`)
    return {
      id: `1.${index + 1}`,
      idempotencyKey: `hub-${sample.name}-${index + 1}`,
      attempt: 1,
      operation: operation.name,
      message: { id: `018f0000-0000-7000-8000-00000000000${index + 1}`, ...message },
      memo: undefined,
    }
  })
}

/** Sends as the engine does. Whatever is thrown becomes an outcome, and is remembered. */
export async function send(
  stand: Stand,
  delivery: OutgoingDelivery,
  signal = steady,
): Promise<Outcome> {
  const [outcome] = await sendAll(stand, [delivery], signal)
  assert(outcome, 'sendBatch returned no outcome')
  return outcome
}

export async function sendAll(
  { connector, subject, said }: Stand,
  deliveries: readonly OutgoingDelivery[],
  signal = steady,
): Promise<readonly Outcome[]> {
  const name = deliveries[0]?.operation
  const operation = subject.manifest.operations.find((one) => one.name === name)
  try {
    if (operation?.batch && connector.sendBatch)
      return await connector.sendBatch(deliveries, signal)
    assert(connector.send, 'the connector has no send')
    return [await connector.send(deliveries[0] as OutgoingDelivery, signal)]
  } catch (error) {
    if (!(error instanceof HubError)) throw error
    remember(said, error)
    return deliveries.map(() => classify(error))
  }
}

/** What `confirm` says; undefined when it throws a typed error, as it must when it cannot find out. */
export const confirm = async (
  stand: Stand,
  delivery: OutgoingDelivery,
): Promise<Verdict | undefined> => (await confirmWhole(stand, delivery))?.answer

/** The same with what it asks to be followed. */
export async function confirmWhole(
  { connector, said }: Stand,
  delivery: OutgoingDelivery,
): Promise<{ readonly answer: Verdict; readonly follow?: Follow } | undefined> {
  assert(connector.confirm, 'the connector has no confirm')
  try {
    const answer = await connector.confirm(delivery, steady)
    return typeof answer === 'string' ? { answer } : answer
  } catch (error) {
    if (!(error instanceof HubError)) throw error
    remember(said, error)
    return undefined
  }
}

export const remember = (said: unknown[], error: Error): void => {
  const { message, stack, cause } = error
  const typed = error instanceof HubError ? { detail: error.detail, faults: error.faults } : {}
  said.push({ message, stack, cause: String(cause), ...typed })
}

/** Sends all of a case but its last message; returns the last, ready to be sent. */
export async function sendAllButLast(stand: Stand, sample: Case): Promise<OutgoingDelivery> {
  const deliveries = deliveriesOf(stand.subject, sample)
  let memo: Memo | undefined
  for (const delivery of deliveries.slice(0, -1)) {
    const outcome = await send(stand, { ...delivery, memo })
    assert.equal(outcome.kind, 'delivered', `${sample.name}: ${delivery.id} ${words(outcome)}`)
    memo = outcome.memo ?? memo
  }
  const last = deliveries.at(-1)
  assert(last, `fixtures/${sample.name}.message.json is empty`)
  return { ...last, memo }
}

export const words = (outcome: Outcome): string => JSON.stringify(outcome)

/** Waits until the condition holds; fails with the message after five seconds. */
export async function until(condition: () => boolean, message: string): Promise<void> {
  const deadline = performance.now() + 5000
  while (!condition()) {
    assert(performance.now() < deadline, message)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
