/** The only file that talks to the system: one call, with its credentials. */
import {
  type Caller,
  type ConfiguredCall,
  type ConnectorContext,
  ConnectorError,
  createCredentials,
  fillTemplate,
  type HttpResponse,
  type Judged,
} from '../../src/connector/index.ts'
import type { RestOptions, RestRequest } from './options.ts'

interface RestCall extends ConfiguredCall<RestRequest> {
  /** Beside what the request says. */
  readonly query?: Readonly<Record<string, string>>
  /** Instead of the request's own address: the next page, as the system has named it. */
  readonly url?: string
}

export interface RestClient extends Caller<RestRequest> {
  readonly base: string
  call(call: RestCall, signal: AbortSignal): Promise<Judged>
}

export function createRestClient(context: ConnectorContext, options: RestOptions): RestClient {
  const credentials = createCredentials(context, options.credentials)
  const base = options.address.replace(/\/+$/, '')

  return {
    base,
    async call({ request, record, filling, query, official, url }, signal) {
      const { path, headers, idempotencyHeader, schema = 'rest/body/v1' } = request
      const address = url ?? base + fillTemplate(path, filling)
      const fill = (texts: Readonly<Record<string, string>> = {}): Record<string, string> =>
        Object.fromEntries(
          Object.entries(texts).map(([name, text]) => [name, fillTemplate(text, filling, asItIs)]),
        )
      const own = {
        accept: 'application/json',
        ...fill(headers),
        ...(idempotencyHeader && { [idempotencyHeader]: String(filling.key) }),
      }
      const asked = url === undefined ? { ...fill(request.query), ...query } : {}
      const body = record && context.outgoing(schema, record)
      const response = await credentials.request(
        {
          method: request.method ?? (body ? 'POST' : 'GET'),
          url: address,
          query: asked,
          headers: own,
          ...(body && { body }),
          signal,
        },
        official === undefined ? {} : { official },
      )
      return { response, body: jsonOf(response) }
    },
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
