/** Any REST/JSON system, by configuration alone. */
import {
  type Connector,
  type ConnectorContext,
  type CreateConnector,
  checkInSteps,
  createJudge,
  createMapping,
  evidenceOf,
  type Mapping,
  type MappingRow,
  type OutgoingDelivery,
  permanent,
} from '../../src/connector/index.ts'
import { createRestClient, type Filling, type RestClient } from './client.ts'
import type { LookupOptions, PullOptions, PushOptions, RestOptions } from './options.ts'
import { type PullTools, pullPage } from './pull.ts'

const createConnector: CreateConnector = (context): Connector => {
  const options = context.options as unknown as RestOptions
  const client = createRestClient(context, options)
  const { operations = [], pulls = [], lookups = [], check } = options
  const pushes = byName(operations, (operation) => pushOf(context, client, operation))
  const pages = byName(pulls, (pull) => pullOf(context, client, pull))
  const questions = byName(lookups, (lookup) => lookupOf(context, client, lookup))
  const probe = {
    request: check.request,
    body: bodyOf(context, check.request.body),
    judge: createJudge(check.answers, ['done']),
  }

  return {
    check: (signal) =>
      checkInSteps(context, [
        {
          name: 'credentials',
          passed: { vi: 'Tài khoản được chấp nhận.', en: 'The account was accepted.' },
          ask: () => client.logIn(signal).then(() => undefined),
        },
        {
          name: 'call',
          passed: { vi: 'Trả lời đúng như đã cấu hình.', en: 'It answered as configured.' },
          async ask() {
            probe.judge(await client.ask(probe, {}, {}, signal), context.clock.now())
            return undefined
          },
        },
      ]),
    ...(pushes.size > 0 && {
      send: (delivery, signal) => find(pushes, delivery.operation).send(delivery, signal),
      confirm: (delivery, signal) => find(pushes, delivery.operation).confirm(delivery, signal),
    }),
    ...(pages.size > 0 && {
      pull: (request, signal) => pullPage(find(pages, request.operation), request, signal),
    }),
    ...(questions.size > 0 && {
      lookup: (question, signal) => find(questions, question.operation)(question, signal),
    }),
    async close() {},
  }
}

const byName = <From extends { readonly name: string }, To>(
  list: readonly From[],
  make: (one: From) => To,
): ReadonlyMap<string, To> => new Map(list.map((one) => [one.name, make(one)]))

function find<T>(known: ReadonlyMap<string, T>, name: string): T {
  const found = known.get(name)
  if (found === undefined) throw permanent('operation-missing')
  return found
}

const bodyOf = (
  { codes }: ConnectorContext,
  rows: readonly MappingRow[] | undefined,
): Mapping | undefined => rows && createMapping(rows, 'toRemote', codes)

/** What a push may fill its address and body from: the event, and the key of the delivery. */
const fillingOf = ({ idempotencyKey, message }: OutgoingDelivery): Filling => ({
  key: idempotencyKey,
  ...message,
})

function pushOf(context: ConnectorContext, client: RestClient, operation: PushOptions) {
  const { request, answers } = operation
  const { method, idempotencyHeader, schema = 'rest/body/v1' } = request
  const body = createMapping(request.body, 'toRemote', context.codes)
  const judge = createJudge(answers, ['done'])
  const asked = operation.confirm && {
    request: operation.confirm.request,
    body: bodyOf(context, operation.confirm.request.body),
    judge: createJudge(operation.confirm.answers, ['applied', 'not-applied']),
  }
  return {
    async send(delivery: OutgoingDelivery, signal: AbortSignal) {
      const filling = fillingOf(delivery)
      const headers = {
        ...request.headers,
        ...(idempotencyHeader && { [idempotencyHeader]: '{/key}' }),
      }
      const answer = await client.call(
        {
          method,
          request: { ...request, headers },
          filling,
          body: context.outgoing(schema, body(filling, new Date(delivery.message.time))),
        },
        signal,
      )
      judge(answer, context.clock.now())
      return { kind: 'delivered', evidence: evidenceOf(answer.response) } as const
    },
    async confirm(delivery: OutgoingDelivery, signal: AbortSignal) {
      if (!asked) return 'cannot-tell'
      return asked.judge(
        await client.ask(asked, fillingOf(delivery), {}, signal),
        context.clock.now(),
      )
    },
  }
}

const pullOf = (context: ConnectorContext, client: RestClient, pull: PullOptions): PullTools => ({
  context,
  client,
  pull,
  judge: createJudge(pull.answers, ['page']),
  body: bodyOf(context, pull.request.body),
  data: createMapping(pull.message.data, 'toCanonical', context.codes),
})

function lookupOf(
  context: ConnectorContext,
  client: RestClient,
  lookup: LookupOptions,
): NonNullable<Connector['lookup']> {
  const judge = createJudge(lookup.answers, ['found', 'none'])
  const asked = { request: lookup.request, body: bodyOf(context, lookup.request.body) }
  const read = createMapping(lookup.answer, 'toCanonical', context.codes)
  return async (question, signal) => {
    const { official, fields } = question
    const answer = await client.ask(asked, { ...question }, { official }, signal)
    if (judge(answer, context.clock.now()) === 'none') return undefined
    const record = read(answer.body, context.clock.now())
    return Object.fromEntries(Object.entries(record).filter(([name]) => fields.includes(name)))
  }
}

export default createConnector
