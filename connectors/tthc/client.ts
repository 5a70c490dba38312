/**
 * The only file that talks to the TTHC system. Its API towards the hub, three resources and two
 * styles of credentials (there is no public contract for this direction; the provincial vendor
 * implements this one, see README):
 *
 *   POST <events>          a CloudEvent, structured; `id` is the hub's idempotency key
 *   GET  <events>/<id>     whether that event has been applied
 *   GET  <changes>         dossiers that changed, by key (updatedAt, code)
 *   POST <token>           OAuth 2.0 client credentials, when `auth` is oauth2
 */
import {
  type ConnectorContext,
  cloudEventOf,
  errorForStatus,
  evidenceOf,
  expectSuccess,
  type HttpRequest,
  type HttpResponse,
  type Message,
  oauth2,
  permanent,
  type tthcSystem,
  unknown,
  type Words,
} from '../../src/connector/index.ts'
import type { TthcOptions } from './options.ts'

export interface TthcClient {
  /** Hands an event over under this key. Resolves when the system has said that it holds it. */
  push(key: string, message: Message, signal: AbortSignal): Promise<tthcSystem.PushAnswer>
  /** What the system says about this key. Throws when it does not say it. */
  status(key: string, signal: AbortSignal): Promise<tthcSystem.StatusAnswer['status']>
  changes(position: ChangePosition, signal: AbortSignal): Promise<tthcSystem.ChangesPage>
  /** Gets a new token; without oauth2 there is nothing to do. */
  logIn(signal: AbortSignal): Promise<void>
}

/** Everything after this place is asked for; undefined `at` is the beginning. */
interface ChangePosition {
  readonly at: string | undefined
  readonly code: string
}

type Call = Omit<HttpRequest, 'url' | 'signal'> & { readonly path: string }

export function createTthcClient(context: ConnectorContext, options: TthcOptions): TthcClient {
  const base = options.baseUrl.replace(/\/+$/, '')

  const session = context.session({
    login: (signal) => oauth2(context, accountOf(options, base), signal),
    lifetimeMs: options.tokenMinutes * 60_000,
    account: JSON.stringify(accountOf(options, base)),
  })

  const request = async (
    { path, headers, ...call }: Call,
    credentials: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<HttpResponse> => {
    const response = await context.http.request({
      ...call,
      url: base + path,
      headers: { ...credentials, ...headers },
      signal,
    })
    if (response.status === 401) throw errorForStatus(response)
    return response
  }

  const call = (what: Call, signal: AbortSignal): Promise<HttpResponse> =>
    options.auth === 'oauth2'
      ? session.use((token) => request(what, { authorization: `Bearer ${token}` }, signal), signal)
      : request(what, { [options.apiKeyHeader]: options.apiKey ?? '' }, signal)

  return {
    async push(key, message, signal) {
      const body = context.outgoing('tthc-system/event-push/v1', cloudEventOf(key, message))
      const headers = { 'content-type': 'application/cloudevents+json; charset=utf-8' }
      const response = await call(
        { method: 'POST', path: options.eventsPath, headers, body },
        signal,
      )
      if (response.status === 409)
        throw permanent('target-rejected', { detail: keyTaken, evidence: evidenceOf(response) })
      const said = expectSuccess(response, context.clock.now()).json()
      const answer = context.answer<tthcSystem.PushAnswer>('tthc-system/push-answer/v1', said)
      if (answer.id !== key)
        throw unknown('answer-invalid', { detail: otherKey, evidence: evidenceOf(response) })
      return answer
    },
    async status(key, signal) {
      const path = `${options.eventsPath}/${encodeURIComponent(key)}`
      const response = await call({ method: 'GET', path }, signal)
      // "Unknown" comes with 404; only in the system's own words is it an answer.
      if (response.status !== 404) expectSuccess(response, context.clock.now())
      const answer = context.answer<tthcSystem.StatusAnswer>(
        'tthc-system/status-answer/v1',
        response.json(),
      )
      if (answer.id !== key)
        throw unknown('answer-invalid', { detail: otherKey, evidence: evidenceOf(response) })
      return answer.status
    },
    async changes(position, signal) {
      const query = {
        ...(position.at !== undefined && { since: position.at, after: position.code }),
        limit: String(options.pageSize),
      }
      const response = await call({ method: 'GET', path: options.changesPath, query }, signal)
      const page = expectSuccess(response, context.clock.now()).json()
      return context.answer<tthcSystem.ChangesPage>('tthc-system/changes-page/v1', page)
    },
    async logIn(signal) {
      if (options.auth !== 'oauth2') return
      session.drop()
      await session.use(async () => {}, signal)
    },
  }
}

const accountOf = ({ tokenPath, clientId = '', clientSecret = '' }: TthcOptions, base: string) => ({
  tokenUrl: base + tokenPath,
  clientId,
  clientSecret,
})

const keyTaken: Words = {
  vi: 'Phần mềm một cửa đã ghi nhận khoá này với nội dung khác.',
  en: 'The TTHC system holds other content under this key.',
}
const otherKey: Words = {
  vi: 'Phần mềm một cửa trả lời về một khoá khác.',
  en: 'The TTHC system answered about another key.',
}
