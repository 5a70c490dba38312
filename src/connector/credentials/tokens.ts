/** The styles that ask for a token first. */
import { expectSuccess } from '../answers.ts'
import type { ConnectorContext } from '../contract.ts'
import { unauthorised } from '../errors.ts'
import type { HttpRequest } from '../http.ts'
import type { Session, Token } from '../session.ts'
import {
  type CredentialOptions,
  type HeaderTokenOptions,
  type LgspOptions,
  lgspToken,
  type OAuth2Options,
} from './styles.ts'

const defaultMinutes = 50
/** A token that ends while a request is on its way would be refused there: it is renewed before. */
const earlyMs = 30_000
/** What running clients do where the answer says when a token ends. */
const headerTokenEarlyMs = 5 * 60_000

/** Undefined where the style has no token. */
export function createTokens(
  context: ConnectorContext,
  options: CredentialOptions,
): Session | undefined {
  switch (options.style) {
    case 'oauth2':
    case 'lgsp':
    case 'token-by-header':
      return context.session({
        login: (signal) => logIn(context, options, signal),
        lifetimeMs: (options.minutes ?? defaultMinutes) * 60_000,
        // Keys of officials come and go; the token stays.
        account: JSON.stringify({ ...options, officials: undefined }),
      })
    default:
      return undefined
  }
}

type TokenOptions = OAuth2Options | LgspOptions | HeaderTokenOptions

function logIn(
  context: ConnectorContext,
  options: TokenOptions,
  signal: AbortSignal,
): Promise<string | Token> {
  switch (options.style) {
    case 'oauth2':
      return oauth2(context, options, signal)
    case 'lgsp':
      return byForm(context, options.tokenUrl, clientGrant, lgspHeaders(options), signal)
    case 'token-by-header':
      return byHeader(context, options, signal)
  }
}

const clientGrant = 'grant_type=client_credentials'
const lgspHeaders = (options: LgspOptions) => ({ lgspaccesstoken: lgspToken(options) })

interface OAuth2Answer {
  readonly access_token: string
  readonly expires_in?: number
}

const encode = encodeURIComponent

/** RFC 6749 §2.3.1, §4.3.2, §4.4.2. */
export function oauth2(
  context: ConnectorContext,
  options: Omit<OAuth2Options, 'style' | 'minutes'>,
  signal: AbortSignal,
): Promise<string | Token> {
  const { clientId, clientSecret, username, password, scope } = options
  const inForm = options.clientIn === 'form'
  const form = [
    username === undefined ? clientGrant : 'grant_type=password',
    ...(username === undefined
      ? []
      : [`username=${encode(username)}`, `password=${encode(password ?? '')}`]),
    ...(inForm ? [`client_id=${encode(clientId)}`, `client_secret=${encode(clientSecret)}`] : []),
    ...(scope === undefined ? [] : [`scope=${encode(scope)}`]),
  ].join('&')
  const pair = Buffer.from(`${encode(clientId)}:${encode(clientSecret)}`).toString('base64')
  const headers = inForm ? {} : { authorization: `Basic ${pair}` }
  return byForm(context, options.tokenUrl, form, headers, signal)
}

async function byForm(
  context: ConnectorContext,
  url: string,
  form: string,
  headers: NonNullable<HttpRequest['headers']>,
  signal: AbortSignal,
): Promise<string | Token> {
  const response = await context.http.request({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body: context.outgoing('credentials/oauth2-form/v1', form),
    signal,
  })
  // RFC 6749 §5.2: a wrong client may be answered with 400 as well as with 401.
  if (response.status === 400 || response.status === 401)
    throw unauthorised('session-refused', { evidence: { httpStatus: response.status } })
  const said = expectSuccess(response, context.clock.now()).json()
  const answer = context.answer<OAuth2Answer>('credentials/oauth2-answer/v1', said)
  return answer.expires_in === undefined
    ? answer.access_token
    : lasting(answer.access_token, answer.expires_in * 1000, earlyMs)
}

async function byHeader(
  context: ConnectorContext,
  options: HeaderTokenOptions,
  signal: AbortSignal,
): Promise<string | Token> {
  const response = await context.http.request({
    method: 'POST',
    url: options.tokenUrl,
    headers: { Auth: options.auth },
    signal,
  })
  const now = context.clock.now()
  const said = expectSuccess(response, now).json()
  const answer = context.answer<{ readonly token: string; readonly expiryDate?: string | null }>(
    'credentials/header-token-answer/v1',
    said,
  )
  const until = timeOf(answer.expiryDate ?? '')
  return until === undefined
    ? answer.token
    : lasting(answer.token, until - now.getTime(), headerTokenEarlyMs)
}

/** Milliseconds. Services of the region write their own time and no zone; what cannot be read is not said. */
function timeOf(text: string): number | undefined {
  const [, day, clock, zone = '+07:00'] =
    /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(?:\.\d+)?(Z|[+-]\d\d:\d\d)?$/.exec(text) ?? []
  const time = Date.parse(`${day}T${clock}${zone}`)
  return Number.isNaN(time) ? undefined : time
}

/** Renewed so much before its end; a short one at half of its life. */
const lasting = (token: string, lifetimeMs: number, before: number): Token => ({
  token,
  lifetimeMs: Math.max(lifetimeMs - before, lifetimeMs / 2, 1_000),
})
