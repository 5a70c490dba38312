/**
 * What generic connectors have in common: push, question and lookup by configuration. A mapping makes what
 * leaves, rules judge what comes back; how it travels (REST, SOAP) is the caller's.
 */
import { evidenceOf } from '../answers.ts'
import { accountQuestion, checkInSteps } from '../check.ts'
import type { Connector, ConnectorContext, OutgoingDelivery } from '../contract.ts'
import { permanent } from '../errors.ts'
import { createMapping, type Mapping, type MappingRow } from './mapping.ts'
import { createJudge, type Judged, type VerdictRow } from './verdict.ts'

/** How something is asked for; `body` is mapped, the rest is the caller's. */
interface Request {
  readonly body?: readonly MappingRow[]
}

export interface Asked<R extends Request> {
  readonly request: R
  readonly answers: readonly VerdictRow[]
}

interface Push<R extends Request> extends Asked<R> {
  readonly name: string
  readonly confirm?: Asked<R>
}

interface Lookup<R extends Request> extends Asked<R> {
  readonly name: string
  readonly answer: readonly MappingRow[]
}

export interface ConfiguredOptions<R extends Request> {
  readonly check: Asked<R>
  readonly operations?: readonly Push<R>[]
  readonly lookups?: readonly Lookup<R>[]
}

export interface ConfiguredCall<R> {
  readonly request: R
  /** What the mapping made; undefined where the request has none. */
  readonly record: Readonly<Record<string, unknown>> | undefined
  /** What the mapping read: a message with `key`, a question, or nothing. Addresses are filled from it. */
  readonly filling: Readonly<Record<string, unknown>>
  readonly official?: string
}

export interface Caller<R> {
  call(call: ConfiguredCall<R>, signal: AbortSignal): Promise<Judged>
  logIn(signal: AbortSignal): Promise<void>
}

/** `send`, `confirm` and `lookup` are there where they are configured. */
export function createConfigured<R extends Request>(
  context: ConnectorContext,
  { check, operations = [], lookups = [] }: ConfiguredOptions<R>,
  caller: Caller<R>,
): Pick<Connector, 'check' | 'send' | 'confirm' | 'lookup'> {
  const pushes = namedParts(operations, (operation) => pushOf(context, caller, operation))
  const questions = namedParts(lookups, (lookup) => lookupOf(context, caller, lookup))
  const probe = askOf(context, caller, check, ['done'])
  return {
    check: (signal) =>
      checkInSteps(context, [
        accountQuestion(() => caller.logIn(signal)),
        {
          name: 'call',
          passed: { vi: 'Trả lời đúng như đã cấu hình.', en: 'It answered as configured.' },
          ask: () => probe({}, {}, signal).then(() => undefined),
        },
      ]),
    ...(operations.length > 0 && {
      send: (delivery, signal) => pushes(delivery.operation).send(delivery, signal),
      confirm: (delivery, signal) => pushes(delivery.operation).confirm(delivery, signal),
    }),
    ...(lookups.length > 0 && {
      lookup: (question, signal) => questions(question.operation)(question, signal),
    }),
  }
}

/** Makes each once; the function finds one by its name, or throws `operation-missing`. */
export function namedParts<From extends { readonly name: string }, To>(
  list: readonly From[],
  make: (one: From) => To,
): (name: string) => To {
  const parts = new Map(list.map((one) => [one.name, make(one)]))
  return (name) => {
    const found = parts.get(name)
    if (found === undefined) throw permanent('operation-missing')
    return found
  }
}

export const mappingOf = (
  context: ConnectorContext,
  rows: readonly MappingRow[] | undefined,
): Mapping | undefined => rows && createMapping(rows, 'toRemote', context)

/** A question whose answer is one of `wanted`, with that answer. */
function askOf<R extends Request, const Wanted extends Parameters<typeof createJudge>[1][number]>(
  context: ConnectorContext,
  caller: Caller<R>,
  { request, answers }: Asked<R>,
  wanted: readonly Wanted[],
) {
  const map = mappingOf(context, request.body)
  const judge = createJudge(answers, wanted)
  return async (
    filling: ConfiguredCall<R>['filling'],
    more: { readonly official?: string; readonly at?: Date },
    signal: AbortSignal,
  ) => {
    const { official, at = context.clock.now() } = more
    const record = await map?.(filling, at, signal)
    const call = { request, record, filling, ...(official !== undefined && { official }) }
    const judged = await caller.call(call, signal)
    return { said: judge(judged, context.clock.now()), judged }
  }
}

/** What a push may be filled from: the event, and the key of the delivery. */
const fillingOf = ({ idempotencyKey, message }: OutgoingDelivery) => ({
  key: idempotencyKey,
  ...message,
})

/** Codes as they were on the day of the event, whenever it is sent or asked about. */
const dayOf = ({ message }: OutgoingDelivery) => ({ at: new Date(message.time) })

function pushOf<R extends Request>(
  context: ConnectorContext,
  caller: Caller<R>,
  operation: Push<R>,
) {
  const hand = askOf(context, caller, operation, ['done'])
  const asked = operation.confirm
    ? askOf(context, caller, operation.confirm, ['applied', 'not-applied'])
    : undefined
  return {
    async send(delivery: OutgoingDelivery, signal: AbortSignal) {
      const { judged } = await hand(fillingOf(delivery), dayOf(delivery), signal)
      return { kind: 'delivered', evidence: evidenceOf(judged.response) } as const
    },
    async confirm(delivery: OutgoingDelivery, signal: AbortSignal) {
      if (!asked) return 'cannot-tell' as const
      return (await asked(fillingOf(delivery), dayOf(delivery), signal)).said
    },
  }
}

function lookupOf<R extends Request>(
  context: ConnectorContext,
  caller: Caller<R>,
  lookup: Lookup<R>,
): NonNullable<Connector['lookup']> {
  const ask = askOf(context, caller, lookup, ['found', 'none'])
  const read = createMapping(lookup.answer, 'toCanonical', context)
  return async (question, signal) => {
    const { official, fields } = question
    const { said, judged } = await ask({ ...question }, { official }, signal)
    if (said === 'none') return undefined
    const record = await read(judged.body, context.clock.now(), signal)
    return Object.fromEntries(Object.entries(record).filter(([name]) => fields.includes(name)))
  }
}
