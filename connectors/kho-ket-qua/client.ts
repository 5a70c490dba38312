/**
 * The only file that talks to the two stores: the national one behind the province's adapter, which is asked,
 * and the province's own, into which papers are put. Source: the login of a running client, the calls of a
 * running provincial system.
 */
import {
  type ConnectorContext,
  createAdapterAddress,
  createCredentials,
  expectSuccess,
  type HttpResponse,
  later,
  type Session,
  unauthorised,
} from '../../src/connector/index.ts'
import type { LocalStore, StoreOptions } from './options.ts'
import { type Answer, codeOf, tokenOf } from './translate.ts'

export interface StoreClient {
  /** Papers of a person: the answer in its agreed form, whatever its code. */
  results(question: object, signal: AbortSignal): Promise<Answer>
  /** A file as it came: it has no envelope. */
  file(question: object, signal: AbortSignal): Promise<string>
  /** Puts papers into the province's store, if there is one; its answer in the agreed form, whatever its code. */
  readonly put: ((papers: object, signal: AbortSignal) => Promise<Answer>) | undefined
  /** Logs in anew, whatever session there is. */
  logIn(signal: AbortSignal): Promise<void>
}

/** A file of 10 MiB in base64, and something for the head. */
const mostFileBytes = 14 * 1024 * 1024

export function createStoreClient(context: ConnectorContext, options: StoreOptions): StoreClient {
  const { adapterUrl, paths, username, password } = options
  const address = createAdapterAddress(options)
  const isSuccess = (answer: Answer): boolean =>
    options.successCodes.includes(codeOf(answer) ?? options.successCodes[0] ?? '')

  const post = (
    path: string,
    body: Parameters<typeof context.http.request>[0]['body'],
    headers: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<HttpResponse> =>
    context.http.request({
      method: 'POST',
      url: address.url(path),
      query: address.query,
      headers: { Accept: 'application/json', ...address.headers, ...headers },
      ...(body !== undefined && { body }),
      maxResponseBytes: mostFileBytes,
      signal,
    })

  const login = async (signal: AbortSignal): Promise<string> => {
    const account = context.outgoing('kho-ket-qua/login/v1', { username, password })
    const response = expectSuccess(await post(paths.login, account, {}, signal))
    const answer = context.answer<Answer>('kho-ket-qua/login-answer/v1', response.json())
    // What an answer to a login holds is not kept as evidence: there may be a token in it.
    if (!isSuccess(answer)) throw unauthorised('session-refused')
    const token = tokenOf(answer)
    if (token === undefined) throw later('answer-invalid')
    return token
  }
  const session: Session = context.session({
    login,
    lifetimeMs: options.sessionMinutes * 60_000,
    account: JSON.stringify([adapterUrl, address.query, address.headers, username, password]),
  })

  const ask = (
    path: string,
    schema: string,
    question: object,
    signal: AbortSignal,
  ): Promise<HttpResponse> =>
    session.use(async (token) => {
      const inBody = options.sessionIn === 'body'
      const body = context.outgoing(schema, inBody ? { session: token, ...question } : question)
      const headers = inBody ? {} : { Authorization: `Bearer ${token}` }
      return expectSuccess(await post(path, body, headers, signal), context.clock.now())
    }, signal)

  return {
    async results(question, signal) {
      const response = await ask(paths.results, 'kho-ket-qua/results-request/v1', question, signal)
      return context.answer<Answer>('kho-ket-qua/results-answer/v1', response.json())
    },
    async file(question, signal) {
      const response = await ask(paths.file, 'kho-ket-qua/file-request/v1', question, signal)
      return response.text()
    },
    put: options.local && createPut(context, options.local),
    async logIn(signal) {
      session.drop()
      await session.use(async () => undefined, signal)
    },
  }
}

function createPut(context: ConnectorContext, local: LocalStore): NonNullable<StoreClient['put']> {
  const credentials = createCredentials(context, local.credentials)
  return (papers, signal) => {
    const body = context.outgoing('kho-ket-qua/papers/v1', papers)
    return credentials.use(
      { url: local.url },
      async (headers) => {
        const response = await context.http.request({
          method: 'POST',
          url: local.url,
          headers: { ...headers, 'Content-Type': 'application/json; charset=utf-8' },
          body,
          signal,
        })
        const answer = expectSuccess(response, context.clock.now()).json()
        return context.answer<Answer>('kho-ket-qua/store-answer/v1', answer)
      },
      signal,
    )
  }
}
