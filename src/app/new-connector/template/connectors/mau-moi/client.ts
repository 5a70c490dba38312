/** The only file that talks to the system. Every answer is checked before anything is believed. */
import {
  type ConnectorContext,
  type CredentialOptions,
  createCredentials,
  errorForStatus,
  expectSuccess,
  type HttpRequest,
  type HttpResponse,
  unknown,
} from '../../../../../connector/index.ts'
import type { Answer, Question } from './translate.ts'

export interface ClientOptions {
  readonly baseUrl: string
  readonly credentials: CredentialOptions
  readonly pageSize?: number
}

export interface Client {
  logIn(signal: AbortSignal): Promise<void>
  /** `exists`: it holds a question of this code; whether the same, it does not say. */
  put(question: Question, key: string, signal: AbortSignal): Promise<'saved' | 'exists'>
  find(code: string, signal: AbortSignal): Promise<Question | undefined>
  answers(
    ask: { readonly at: number; readonly limit: number; readonly since?: string | undefined },
    signal: AbortSignal,
  ): Promise<{ readonly rows: readonly Answer[]; readonly more: boolean }>
}

export function createClient(context: ConnectorContext, options: ClientOptions): Client {
  const credentials = createCredentials(context, options.credentials)
  const base = options.baseUrl.replace(/\/+$/, '')

  const call = (path: string, request: Omit<HttpRequest, 'url'>): Promise<HttpResponse> =>
    credentials.use(
      { url: base + path },
      async (headers) => {
        const url = base + path
        const sent = { ...request, url, headers: { ...headers, ...request.headers } }
        const response = await context.http.request(sent)
        // Thrown here, so that the session is renewed once and the call made again.
        if (response.status === 401) throw errorForStatus(response)
        return response
      },
      request.signal,
    )

  return {
    logIn: (signal) => credentials.renew(signal),

    async put(question, key, signal) {
      const response = await call(`/questions/${encodeURIComponent(question.code)}`, {
        method: 'PUT',
        headers: { 'idempotency-key': key },
        body: context.outgoing('mau-moi/question/v1', question),
        signal,
      })
      if (response.status === 409) return 'exists'
      const { result } = context.answer<{ result: string }>(
        'mau-moi/saved/v1',
        expectSuccess(response).json(),
      )
      if (result !== 'saved')
        throw unknown('answer-wording-unknown', { evidence: { remoteMessage: result } })
      return 'saved'
    },

    async find(code, signal) {
      const path = `/questions/${encodeURIComponent(code)}`
      const response = await call(path, { method: 'GET', signal })
      if (response.status === 404) return undefined
      return context.answer<Question>('mau-moi/question/v1', expectSuccess(response).json())
    },

    async answers({ at, limit, since }, signal) {
      const query = new URLSearchParams({ skip: String(at), limit: String(limit) })
      if (since !== undefined) query.set('since', since)
      const response = await call(`/answers?${query}`, { method: 'GET', signal })
      const { items, more } = context.answer<{ items: Answer[]; more: boolean }>(
        'mau-moi/answers/v1',
        expectSuccess(response).json(),
      )
      return { rows: items, more }
    },
  }
}
