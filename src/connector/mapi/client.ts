/**
 * `mapi`: the protocol that the national portal, its database of procedures and other providers behind
 * the adapter share. A login gives a session, which the body of every call repeats; every answer is an
 * envelope `{ error_code, message, … }`, as a rule with HTTP 200. This client keeps the session, makes
 * the envelope and turns every answer into a reply or a ConnectorError. Source: running clients, 2020–2025.
 *
 * A manifest takes the options one by one: `{ "$ref": "#/$defs/mapi/properties/username" }`.
 */
import type { Words } from '../../domain/errors.ts'
import type { Evidence } from '../../domain/outcome.ts'
import { expectSuccess } from '../answers.ts'
import type { ConnectorContext } from '../contract.ts'
import { type ConnectorError, later, permanent, unauthorised, unknown } from '../errors.ts'
import type { HttpResponse } from '../http.ts'
import { field, type RemoteRecord } from '../records.ts'
import type { Session } from '../session.ts'
import {
  type AdapterAddressOptions,
  adapterAddressDefaults,
  createAdapterAddress,
} from './address.ts'
import { type MapiMeaning, meaningOf } from './wordings.ts'

/** `#/$defs/adapterAddress` and `#/$defs/mapi`, with their defaults filled in. */
export interface MapiOptions extends AdapterAddressOptions {
  readonly loginPath: string
  readonly servicePath: string
  readonly username: string
  readonly password: string
  readonly sessionMinutes: number
}

export const mapiDefaults = {
  ...adapterAddressDefaults,
  loginPath: 'mapi/login',
  servicePath: 'mapi/g',
  sessionMinutes: 10,
} as const satisfies Partial<MapiOptions>

/** One call of a service. */
export interface MapiCall {
  /** Schema of the whole envelope that leaves, for example `dvcqg/dossier-lookup/v1`. */
  readonly schema: string
  /** Schema of the answer; `mapi/service-answer/v1` unless it says more. */
  readonly answer?: string
  /** The envelope without the session and what the caller repeats in every call. */
  readonly fields: RemoteRecord
}

/** An answer whose meaning is known; what is not known has been thrown. */
export interface MapiReply {
  readonly meaning: Extract<MapiMeaning, 'done' | 'exists' | 'missing' | 'refused'>
  readonly evidence: Evidence
}

/**
 * Every call throws auth (session refused twice), retry (busy, not reached) and unknown (time-out, an
 * answer that does not fit its schema, words that are in no table).
 */
export interface MapiClient {
  /** Calls a service that changes something. */
  write(call: MapiCall, signal: AbortSignal): Promise<MapiReply>
  /**
   * Calls a service that only asks: the records at `place` of the answer (names of members, in any case;
   * `['result']` as a rule). Empty where the system says that there are none; where there is no list at
   * all it has said nothing, and that is unknown. A refusal throws permanent.
   */
  list(
    call: MapiCall,
    signal: AbortSignal,
    place?: readonly string[],
  ): Promise<readonly RemoteRecord[]>
  /** Logs in anew, whatever session there is. */
  logIn(signal: AbortSignal): Promise<void>
}

interface Answer {
  readonly error_code: number | string
  readonly message?: string | null
  readonly session?: string | null
}

interface Read {
  readonly code: number
  readonly words: string
  readonly evidence: Evidence
  readonly answer: Answer
}

const longestWords = 1000

/** `caller` is repeated in every call beside the session: the portal's `madonvi`, for example. */
export function createMapiClient(
  context: ConnectorContext,
  options: MapiOptions,
  caller: RemoteRecord,
): MapiClient {
  const address = createAdapterAddress(options)
  const loginUrl = address.url(options.loginPath)
  const serviceUrl = address.url(options.servicePath)
  const headers = { accept: 'application/json', charset: 'utf-8', ...address.headers }

  const post = async (
    url: string,
    schema: string,
    body: object,
    answerSchema: string,
    signal: AbortSignal,
  ): Promise<Read> => {
    const checked = context.outgoing(schema, body)
    const response = await context.http.request({
      method: 'POST',
      url,
      query: address.query,
      headers,
      body: checked,
      signal,
    })
    return readAnswer(context, expectSuccess(response, context.clock.now()), answerSchema)
  }

  const login = async (signal: AbortSignal): Promise<string> => {
    const account = { username: options.username, password: options.password }
    const read = await post(loginUrl, 'mapi/login/v1', account, 'mapi/login-answer/v1', signal)
    if (read.code !== 0) {
      // A login carries no message: what is not "try later" is for a person.
      if (meaningOf(read.code, read.words) === 'busy')
        throw later('target-busy', { evidence: read.evidence })
      throw unauthorised('session-refused', { evidence: read.evidence })
    }
    const token = read.answer.session
    if (!token) throw later('answer-invalid', { evidence: read.evidence, detail: noSession })
    return token
  }

  const session: Session = context.session({
    login,
    lifetimeMs: options.sessionMinutes * 60_000,
    account: JSON.stringify([
      ...[loginUrl, address.query, address.headers],
      ...[options.username, options.password],
    ]),
  })

  const send = ({ schema, answer, fields }: MapiCall, signal: AbortSignal): Promise<Read> =>
    session.use(async (token) => {
      const body = { session: token, ...caller, ...fields }
      const answerSchema = answer ?? 'mapi/service-answer/v1'
      const read = await post(serviceUrl, schema, body, answerSchema, signal)
      if (meaningOf(read.code, read.words) === 'session')
        throw unauthorised('session-refused', { evidence: read.evidence })
      return read
    }, signal)

  return {
    async write(call, signal) {
      const read = await send(call, signal)
      const meaning = meaningOf(read.code, read.words)
      if (meaning === 'busy' || meaning === 'unclear' || meaning === 'session')
        throw failure(meaning, read)
      return { meaning, evidence: read.evidence }
    },
    async list(call, signal, place = ['result']) {
      const read = await send(call, signal)
      if (read.code !== 0) {
        const meaning = meaningOf(read.code, read.words)
        if (meaning === 'missing') return []
        throw failure(meaning, read)
      }
      // "Nothing found" is an empty list. No list at all says nothing.
      const found = place.reduce<unknown>(memberOf, read.answer)
      if (!Array.isArray(found) || !found.every(isRecord))
        throw unknown('answer-invalid', { evidence: read.evidence, detail: noList })
      return found
    },
    async logIn(signal) {
      session.drop()
      await session.use(async () => undefined, signal)
    },
  }
}

const isRecord = (value: unknown): value is RemoteRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const memberOf = (value: unknown, name: string): unknown =>
  isRecord(value) ? field(value, name) : undefined

const noSession: Words = {
  vi: 'Hệ thống trả lời đăng nhập được nhưng không cấp phiên làm việc.',
  en: 'The system accepted the login but gave no session.',
}
const noList: Words = {
  vi: 'Hệ thống trả lời được nhưng không có danh sách kết quả.',
  en: 'The system answered without a list of results.',
}

function readAnswer(context: ConnectorContext, response: HttpResponse, schema: string): Read {
  const answer = context.answer<Answer>(schema, response.json())
  const words = (answer.message ?? '').trim()
  // Never the whole body: the answer to a login holds the session.
  const evidence: Evidence = {
    httpStatus: response.status,
    remoteCode: String(answer.error_code),
    ...(words !== '' && { remoteMessage: words.slice(0, longestWords) }),
  }
  return { code: Number(answer.error_code), words, evidence, answer }
}

function failure(meaning: MapiMeaning, { evidence }: Read): ConnectorError {
  switch (meaning) {
    case 'busy':
      return later('target-busy', { evidence })
    case 'session':
      return unauthorised('session-refused', { evidence })
    case 'refused':
      return permanent('target-rejected', { evidence })
    case 'missing':
      return permanent('target-not-found', { evidence })
    default:
      return unknown('answer-wording-unknown', { evidence })
  }
}
