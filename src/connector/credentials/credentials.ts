/**
 * How systems are told who asks: the styles that are in use between provinces and national systems, one
 * part for all connectors. A connector puts `{ "$ref": "#/$defs/credentials" }` into the schema of its
 * options (credentials.schema.json is put there by the loader) and asks for the headers of each request.
 *
 *   none             nothing
 *   basic, api-key   as their names say
 *   oauth2           RFC 6749 client credentials or password, as WSO2 gateways want it
 *   lgsp             lgspaccesstoken beside a bearer token; per official AuthHash
 *   token-by-header  a token for the header `Auth`
 *   hashed-basic     Basic with SHA-256 of address, account, moment and secret; X-Road-Client, ApiKey
 *   esb-source, app-triple, static-bearer    fixed headers
 *   signed-headers   HMAC-SHA-256 over the request's own headers (document axis)
 *
 * The session inside of the body (portal) belongs to the client of that protocol.
 */
import { createHash, createHmac } from 'node:crypto'
import { errorForStatus } from '../answers.ts'
import type { ConnectorContext } from '../contract.ts'
import { permanent } from '../errors.ts'
import type { HttpRequest, HttpResponse } from '../http.ts'
import {
  type CredentialOptions,
  type HashedBasicOptions,
  type LgspOptions,
  lgspToken,
  type SignedHeadersOptions,
} from './styles.ts'
import { createTokens } from './tokens.ts'

type Headers = Readonly<Record<string, string>>

export interface SignedRequest {
  readonly url: string
  /** Of a lookup: the official for whom it is asked. */
  readonly official?: string
  /** `signed-headers`: what is sent as headers under its prefix, and signed. */
  readonly parameters?: Headers
}

export interface Credentials {
  /**
   * Calls with the headers of this request. Where there is a token, one that is refused is renewed once,
   * for all calls of all processes. Throws as the call does, and as a login does (session.ts).
   */
  use<T>(
    request: SignedRequest,
    call: (headers: Headers) => Promise<T>,
    signal: AbortSignal,
  ): Promise<T>
  /** One such call: the answer, whatever its status but 401, which is thrown as what it means. */
  request(request: HttpRequest, more?: Omit<SignedRequest, 'url'>): Promise<HttpResponse>
  /** Gets a new token, whatever there is: what a connection test asks for. Nothing where there is none. */
  renew(signal: AbortSignal): Promise<void>
}

export function createCredentials(
  context: ConnectorContext,
  options: CredentialOptions,
): Credentials {
  const tokens = createTokens(context, options)
  const use: Credentials['use'] = async (request, call, signal) => {
    const fixed = headersOf(options, request, context.clock.now())
    if (!tokens) return call(fixed)
    return tokens.use((token) => call({ ...fixed, Authorization: `Bearer ${token}` }), signal)
  }
  return {
    use,
    request: (request, more) =>
      use(
        { url: request.url, ...more },
        async (headers) => {
          const all = { ...request.headers, ...headers }
          const response = await context.http.request({ ...request, headers: all })
          if (response.status === 401) throw errorForStatus(response)
          return response
        },
        request.signal,
      ),
    async renew(signal) {
      if (!tokens) return
      tokens.drop()
      await tokens.use(async () => undefined, signal)
    },
  }
}

/** Of headers that need no login. */
function headersOf(options: CredentialOptions, request: SignedRequest, now: Date): Headers {
  switch (options.style) {
    case 'basic':
      return { Authorization: `Basic ${base64(`${options.username}:${options.password}`)}` }
    case 'api-key':
      return { [options.header]: options.key }
    case 'lgsp':
      return { lgspaccesstoken: lgspToken(options), ...authHash(options, request.official) }
    case 'hashed-basic':
      return hashedBasic(options, request.url, now)
    case 'esb-source':
      return { ESB_SOURCE_TYPE: options.sourceType, ESB_SOURCE_USERNAME: options.username }
    case 'app-triple': {
      const { appName, accessKey, secretKey } = options
      return { AppName: appName, AccessKey: accessKey, SecretKey: secretKey }
    }
    case 'static-bearer':
      return {
        Authorization: `Bearer ${options.token}`,
        ...(options.unitCode !== undefined && { MaDonVi: options.unitCode }),
        ...(options.apiKey !== undefined && { ApiKey: options.apiKey }),
      }
    case 'signed-headers':
      return signedHeaders(options, request.parameters ?? {}, now)
    default:
      return {}
  }
}

const base64 = (text: string): string => Buffer.from(text).toString('base64')

/** An official without a key of his own asks nothing, rather than in another's name. */
function authHash({ officials }: LgspOptions, official: string | undefined): Headers {
  if (!officials) return {}
  const key =
    official !== undefined && Object.hasOwn(officials, official) ? officials[official] : undefined
  if (!key)
    throw permanent('target-forbidden', {
      detail: {
        vi: 'Cán bộ này chưa có khoá riêng ở hệ thống được hỏi; bổ sung vào cấu hình.',
        en: 'This official has no key of his own at the system; add it to the configuration.',
      },
    })
  return { AuthHash: base64(`${key.keyName}:${key.keyPass}`) }
}

/** Source: population database, công văn 761/VPCP-KSTT and two running clients. */
function hashedBasic(options: HashedBasicOptions, url: string, now: Date): Headers {
  const ms = now.getTime()
  const timestamp = String(options.timestampUnit === 'seconds' ? Math.floor(ms / 1000) : ms)
  const hash = createHash('sha256')
    .update(url + options.username + timestamp + options.secretKey)
    .digest('hex')
  return {
    Authorization: `Basic ${base64(`${options.username}:${hash}`)}`,
    Timestamp: timestamp,
    ...(options.xroadClient !== undefined && { 'X-Road-Client': options.xroadClient }),
    ...(options.apiKey !== undefined && { ApiKey: options.apiKey }),
  }
}

/** Source: national document axis, SDK 2.0.1: names joined by `;`, their JSON, and its HMAC in hex. */
function signedHeaders(options: SignedHeadersOptions, parameters: Headers, now: Date): Headers {
  const { prefix } = options
  const all = { systemid: options.systemId, timestamp: axisTime(now), ...parameters }
  const named = Object.fromEntries(
    Object.entries(all).map(([name, value]) => [`${prefix}${name}`, value]),
  )
  const json = JSON.stringify(named)
  return {
    ...named,
    [`${prefix}sign-header-key`]: Object.keys(named).join(';'),
    [`${prefix}sign-header`]: json,
    [`${prefix}hash-header`]: createHmac('sha256', options.secret).update(json).digest('hex'),
  }
}

/** `ddMMyyyy'T'HHmmss+0700` */
function axisTime(now: Date): string {
  const local = new Date(now.getTime() + 7 * 60 * 60 * 1000).toISOString()
  const [year = '', month = '', day = ''] = local.slice(0, 10).split('-')
  return `${day}${month}${year}T${local.slice(11, 19).replaceAll(':', '')}+0700`
}
