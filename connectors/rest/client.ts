/** The only file that talks to the system: one call, with its credentials and what it is judged by. */
import {
  type ConnectorContext,
  ConnectorError,
  createCredentials,
  errorForStatus,
  fillTemplate,
  type HttpRequest,
  type HttpResponse,
  type LookupQuestion,
  type Mapping,
  type Outgoing,
} from '../../src/connector/index.ts'
import type { Question, RestOptions } from './options.ts'

/** What the places of an address and the rows of a body are filled from. */
export type Filling = Readonly<Record<string, unknown>>

export interface Call {
  readonly method: HttpRequest['method']
  readonly request: Question
  readonly filling: Filling
  readonly body?: Outgoing<object>
  readonly query?: Readonly<Record<string, string>>
  /** Instead of the request's own address: the next page, as the system has named it. */
  readonly url?: string
  readonly official?: LookupQuestion['official']
}

/** An answer and its JSON; undefined where it is none. */
export interface Answer {
  readonly response: HttpResponse
  readonly body: unknown
}

export interface RestClient {
  readonly base: string
  call(call: Call, signal: AbortSignal): Promise<Answer>
  /** A question of the configuration: GET, or POST where it has a body. */
  ask(
    question: { readonly request: Question; readonly body: Mapping | undefined },
    filling: Filling,
    more: Partial<Call>,
    signal: AbortSignal,
  ): Promise<Answer>
  logIn(signal: AbortSignal): Promise<void>
}

export function createRestClient(context: ConnectorContext, options: RestOptions): RestClient {
  const credentials = createCredentials(context, options.credentials)
  const base = options.address.replace(/\/+$/, '')

  const call = async (
    { method, request, filling, body, query, official, url }: Call,
    signal: AbortSignal,
  ): Promise<Answer> => {
    const address = url ?? base + fillTemplate(request.path, filling)
    const fill = (texts: Readonly<Record<string, string>> = {}): Record<string, string> =>
      Object.fromEntries(
        Object.entries(texts).map(([name, text]) => [name, fillTemplate(text, filling, asItIs)]),
      )
    const response = await credentials.use(
      { url: address, ...(official !== undefined && { official }) },
      async (headers) => {
        const answer = await context.http.request({
          method,
          url: address,
          headers: { accept: 'application/json', ...fill(request.headers), ...headers },
          ...(url === undefined && { query: { ...fill(request.query), ...query } }),
          ...(body && { body }),
          signal,
        })
        if (answer.status === 401) throw errorForStatus(answer)
        return answer
      },
      signal,
    )
    return { response, body: jsonOf(response) }
  }

  return {
    base,
    call,
    ask: ({ request, body }, filling, more, signal) =>
      call(
        {
          ...{ method: body ? 'POST' : 'GET', request, filling },
          ...(body && {
            body: context.outgoing('rest/body/v1', body(filling, context.clock.now())),
          }),
          ...more,
        },
        signal,
      ),
    logIn: (signal) => credentials.renew(signal),
  }
}

const asItIs = (text: string): string => text

/** Whether it had to be JSON is for the rules to say; what is none fits no rule that reads a member. */
function jsonOf(response: HttpResponse): unknown {
  try {
    return response.json()
  } catch (error) {
    if (error instanceof ConnectorError) return undefined
    throw error
  }
}
