/**
 * Speaks to the systems of a chaos run (see ../target.ts). One contract, four ways of coping with an
 * answer that never came:
 *
 *   keys    each key has an effect once, so a repeat is harmless
 *   query   no keys, but the system can be asked
 *   blind   neither
 *   batch   many messages a call, an answer for each; can be asked
 */
import {
  type Connector,
  type ConnectorContext,
  type CreateConnector,
  evidenceOf,
  expectSuccess,
  type HttpResponse,
  later,
  type Outcome,
  type OutgoingDelivery,
  permanent,
  unknown,
} from '../../../src/connector/index.ts'

type Kind = 'keys' | 'query' | 'blind' | 'batch'

interface BatchAnswer {
  readonly results: readonly {
    readonly key: string
    readonly status: 'applied' | 'already' | 'refused' | 'busy'
  }[]
}

const itemOf = ({ idempotencyKey, message }: OutgoingDelivery): object => ({
  key: idempotencyKey,
  type: message.type,
  ...(message.data as object),
})

export const createChaosConnector =
  (kind: Kind): CreateConnector =>
  (context): Connector => {
    const { post, get } = createCalls(context)

    const send = async (delivery: OutgoingDelivery, signal: AbortSignal): Promise<Outcome> => {
      const body = context.outgoing('chaos/push/v1', itemOf(delivery))
      const response = await post('/messages', body, signal)
      const answer = context.answer<{ key: string }>('chaos/push-answer/v1', response.json())
      if (answer.key !== delivery.idempotencyKey)
        throw unknown('answer-invalid', { evidence: evidenceOf(response) })
      return { kind: 'delivered' }
    }

    const sendBatch = async (
      deliveries: readonly OutgoingDelivery[],
      signal: AbortSignal,
    ): Promise<Outcome[]> => {
      const body = context.outgoing('chaos/batch/v1', { items: deliveries.map(itemOf) })
      const response = await post('/batches', body, signal)
      const { results } = context.answer<BatchAnswer>('chaos/batch-answer/v1', response.json())
      const byKey = new Map(results.map(({ key, status }) => [key, status]))
      return deliveries.map(({ idempotencyKey }) => {
        switch (byKey.get(idempotencyKey)) {
          case 'applied':
          case 'already':
            return { kind: 'delivered' }
          case 'refused':
            return permanent('target-rejected').outcome
          case 'busy':
            return later('target-busy').outcome
          default:
            return unknown('answer-invalid', { evidence: evidenceOf(response) }).outcome
        }
      })
    }

    return {
      check: async () => [],
      ...(kind === 'batch' ? { sendBatch } : { send }),
      ...((kind === 'query' || kind === 'batch') && {
        async confirm({ idempotencyKey }, signal) {
          const response = await get(`/messages/${encodeURIComponent(idempotencyKey)}`, signal)
          const answer = context.answer<{ key: string; applied: boolean }>(
            'chaos/status-answer/v1',
            response.json(),
          )
          if (answer.key !== idempotencyKey)
            throw unknown('answer-invalid', { evidence: evidenceOf(response) })
          return answer.applied ? 'applied' : 'not-applied'
        },
      }),
      async close() {},
    }
  }

/** Every call carries the token of a session that the system may end at any moment. */
function createCalls({ http, options, outgoing, answer, session, system }: ConnectorContext) {
  const base = `${String(options.address).replace(/\/+$/, '')}/${system}`
  const { use } = session({
    lifetimeMs: 600_000,
    async login(signal) {
      const body = outgoing('chaos/login/v1', { account: system })
      const said = await http.request({ method: 'POST', url: `${base}/session`, body, signal })
      const { token } = answer<{ token: string }>(
        'chaos/login-answer/v1',
        expectSuccess(said).json(),
      )
      return token
    },
  })
  const call = (
    request: Omit<Parameters<typeof http.request>[0], 'headers' | 'signal'>,
    signal: AbortSignal,
  ): Promise<HttpResponse> =>
    use(async (token) => {
      const headers = { authorization: `Bearer ${token}` }
      return expectSuccess(await http.request({ ...request, headers, signal }))
    }, signal)
  return {
    post: (path: string, body: ReturnType<typeof outgoing<object>>, signal: AbortSignal) =>
      call({ method: 'POST', url: base + path, body }, signal),
    get: (path: string, signal: AbortSignal) => call({ method: 'GET', url: base + path }, signal),
  }
}
