/**
 * The only file that talks to the postal service: two POSTs and a list, with a token of a sharing platform.
 * Source: the clients of two running provincial systems (published code); see README.
 */
import {
  type ConnectorContext,
  createCredentials,
  errorForStatus,
  evidenceOf,
  expectSuccess,
  type HttpRequest,
  type HttpResponse,
  permanent,
  unknown,
  type vnpost,
} from '../../src/connector/index.ts'
import type { PostOptions } from './options.ts'
import type { Body } from './translate.ts'

export type TrackingRow = NonNullable<vnpost.TrackingAnswer['_embedded']>['rh:doc'][number]

export interface PostClient {
  /** Resolves with the code of success, when the service has said that it took it. */
  post(path: 'order' | 'cancel', body: Body, signal: AbortSignal): Promise<string>
  /** The rows behind this id, oldest first as the service gives them. */
  tracking(lastId: string, pageSize: number, signal: AbortSignal): Promise<readonly TrackingRow[]>
  /** Gets a new token; credentials without one have nothing to do. */
  logIn(signal: AbortSignal): Promise<void>
}

export function createPostClient(context: ConnectorContext, options: PostOptions): PostClient {
  const credentials = createCredentials(context, options.credentials)
  const base = options.baseUrl.replace(/\/+$/, '')

  const call = async (
    path: keyof PostOptions['paths'],
    request: Omit<HttpRequest, 'url' | 'signal'>,
    signal: AbortSignal,
  ): Promise<HttpResponse> => {
    const url = `${base}/${options.paths[path]}`
    const response = await credentials.use(
      { url },
      async (headers) => {
        const got = await context.http.request({
          ...request,
          url,
          headers: { ...headers, ...request.headers },
          signal,
        })
        if (got.status === 401) throw errorForStatus(got)
        return got
      },
      signal,
    )
    return expectSuccess(response, context.clock.now())
  }

  return {
    async post(path, { schema, value }, signal) {
      const headers = { 'content-type': 'application/json; charset=utf-8' }
      const body = context.outgoing(schema, value)
      const response = await call(path, { method: 'POST', headers, body }, signal)
      const answer = context.answer<vnpost.Answer>('vnpost/answer/v1', response.json())
      const code = String(answer.status ?? answer.Status)
      const evidence = evidenceOf(response, code)
      if (options.successCodes.includes(code)) return code
      if (options.doubtfulCodes.includes(code)) throw unknown('answer-invalid', { evidence })
      throw permanent('target-rejected', { evidence })
    },
    async tracking(lastId, pageSize, signal) {
      const query = { pagesize: String(pageSize), lastId }
      const response = await call('tracking', { method: 'GET', query }, signal)
      const said = response.json()
      const page = context.answer<vnpost.TrackingAnswer>('vnpost/tracking-answer/v1', said)
      // Without its rows a page is empty only where it says so.
      if (!page._embedded && page._returned !== 0) throw unknown('answer-invalid')
      return page._embedded?.['rh:doc'] ?? []
    },
    logIn: (signal) => credentials.renew(signal),
  }
}
