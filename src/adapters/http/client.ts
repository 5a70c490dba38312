/**
 * The HTTP client of one system: axios over an adapter of ours. Everything axios would do on the
 * way is switched off (redirects, proxies from the environment, transforms, `data:` and `file:`
 * addresses); what goes through it is the exchange as a whole, because axios copies and normalises
 * headers several times per request. An axios interceptor, or nock below it, still sees each request.
 */
import { Axios, type AxiosAdapter, AxiosHeaders, type AxiosRequestConfig } from 'axios'
import type { ConnectorFiles } from '../../connector/files.ts'
import {
  type HttpClient,
  type HttpRequest,
  type HttpResponse,
  later,
  permanent,
} from '../../connector/index.ts'
import { createAgents, type SocketOptions, type TlsOptions } from './agents.ts'
import { type Body, encodeBody, refuseFiles, wellFormed, withFiles } from './body.ts'
import { type Exchange, type Limits, perform, type RawAnswer } from './exchange.ts'
import { decompress, toResponse } from './response.ts'

export interface HttpClientOptions {
  /** For example `https://adapter.example:8443`. A request to any other origin is refused. */
  readonly allowedOrigins: readonly string[]
  /** The longest a request may take, connecting included; a request may ask for less, not for more. */
  readonly timeoutMs: number
  /** Name lookup and TCP. Default 10,000, and never more than `timeoutMs`, like the next two. */
  readonly connectTimeoutMs?: number
  /** Default as connectTimeoutMs. */
  readonly tlsTimeoutMs?: number
  /** From the written request to the head of the answer. Default timeoutMs. */
  readonly firstByteTimeoutMs?: number
  /** Default 10 MB; a request may ask for less or for more. */
  readonly maxResponseBytes?: number
  readonly tls?: TlsOptions
  readonly sockets?: SocketOptions
  /** What `fileContent` in a body stands for. */
  readonly files?: Pick<ConnectorFiles, 'open'>
}

export interface HttpCounters {
  readonly requests: number
  /** Bytes of bodies, without heads. */
  readonly sentBytes: number
  readonly receivedBytes: number
}

export interface SystemHttpClient extends HttpClient {
  counters(): HttpCounters
  /** Breaks every connection, also those in use, and opens no more. Safe to call twice. */
  close(): void
}

/** A function, because axios copies every plain object that it is given. */
type ExchangeConfig = AxiosRequestConfig & { exchange(): Promise<RawAnswer> }

const noHeaders = new AxiosHeaders()

const adapter: AxiosAdapter = async (config) => {
  const data = await (config as unknown as ExchangeConfig).exchange()
  return { data, status: data.status, statusText: '', headers: noHeaders, config }
}

/** Creates the client of one system. It keeps connections open until it is closed. */
export function createHttpClient(options: HttpClientOptions): SystemHttpClient {
  // `new Axios` has no defaults to merge, unlike `axios.create`.
  const axios = new Axios({ adapter })
  const agents = createAgents(options.sockets ?? {}, options.tls)
  const addressOf = createAddressBook(options.allowedOrigins)
  const counters = { requests: 0, sentBytes: 0, receivedBytes: 0 }
  let isClosed = false

  return {
    async request(request): Promise<HttpResponse> {
      const url = addressOf(request.url)
      if (isClosed || request.signal.aborted) throw later('interrupted')
      const plain = encodeBody(request.body)
      const body = plain?.mayHoldFiles ? await withFiles(plain, options.files) : plain
      if (isClosed || request.signal.aborted) throw later('interrupted')
      const exchange: Exchange = {
        agents,
        url,
        method: request.method,
        path: url.pathname + searchOf(url, request.query),
        headers: headersOf(request, url, body),
        body: body?.bytes,
        limits: limitsOf(options, request),
        signal: request.signal,
      }
      counters.requests += 1
      counters.sentBytes += body?.length ?? 0
      const config: ExchangeConfig = {
        url: url.origin,
        method: request.method,
        exchange: () => perform(exchange),
      }
      const { data } = await axios.request<RawAnswer>(config)
      counters.receivedBytes += data.bytes.length
      if (!data.headers['content-encoding']) return toResponse(data)
      return toResponse(await decompress(data, url.origin, exchange.limits))
    },
    counters: () => ({ ...counters }),
    close() {
      isClosed = true
      agents.http.destroy()
      agents.https.destroy()
    },
  }
}

/** What a request would be, checked as far as it is before a connection is made; nothing is sent. */
export function createPreparation(
  allowedOrigins: readonly string[],
): (request: HttpRequest) => Pick<HttpRequest, 'method' | 'url'> & { headers: Headers } {
  const addressOf = createAddressBook(allowedOrigins)
  return ({ method, url: text, query, headers = {}, ...request }) => {
    const url = addressOf(text)
    headersOf({ method, url: text, headers, ...request }, url, encodeBody(request.body))
    return { method, url: url.origin + url.pathname + searchOf(url, query), headers }
  }
}
type Headers = NonNullable<HttpRequest['headers']>

const forbidden = (vi: string, en: string) => permanent('address-forbidden', { detail: { vi, en } })

/** A system is called at few addresses, over and over; parsing each one every time would show. */
const mostAddresses = 200

function createAddressBook(allowedOrigins: readonly string[]): (text: string) => URL {
  const origins = new Set(allowedOrigins.map((origin) => new URL(origin).origin))
  const known = new Map<string, URL>()
  return (text) => {
    const found = known.get(text)
    if (found) return found
    const url = allowedUrl(text, origins)
    if (known.size >= mostAddresses) known.clear()
    known.set(text, url)
    return url
  }
}

function allowedUrl(text: string, origins: ReadonlySet<string>): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url) throw forbidden('Địa chỉ không hợp lệ', 'The address is not valid')
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw forbidden('Chỉ dùng http hoặc https', 'Only http and https are allowed')
  if (url.username || url.password)
    throw forbidden('Địa chỉ chứa tài khoản', 'The address holds an account')
  if (!origins.has(url.origin))
    throw forbidden(
      `${url.origin} không thuộc địa chỉ của hệ thống`,
      `${url.origin} is not among the addresses of the system`,
    )
  return url
}

function searchOf(url: URL, query: HttpRequest['query']): string {
  if (!query) return url.search
  const pairs = Object.entries(query).map(
    ([name, value]) =>
      `${encodeURIComponent(name)}=${encodeURIComponent(refuseFiles(wellFormed(value)))}`,
  )
  if (pairs.length === 0) return url.search
  return `${url.search || '?'}${url.search.length > 1 ? '&' : ''}${pairs.join('&')}`
}

/** What the client itself decides. */
const ownHeaders = new Set(['host', 'connection', 'content-length', 'transfer-encoding', 'expect'])

function headersOf(request: HttpRequest, url: URL, body: Body | undefined): string[] {
  const headers = ['Host', url.host]
  let hasType = false
  let hasAccept = false
  let hasAgent = false
  for (const [name, value] of Object.entries(request.headers ?? {})) {
    const lower = name.toLowerCase()
    if (ownHeaders.has(lower)) throw new Error(`A connector does not set the header ${lower}`)
    hasType ||= lower === 'content-type'
    hasAccept ||= lower === 'accept'
    hasAgent ||= lower === 'user-agent'
    headers.push(name, headerValue(lower, value))
  }
  if (!hasAccept) headers.push('Accept', 'application/json')
  if (!hasAgent) headers.push('User-Agent', 'lien-thong-hub')
  if (body && !hasType) headers.push('Content-Type', body.type)
  if (body) headers.push('Content-Length', String(body.length))
  else if (request.method !== 'GET' && request.method !== 'DELETE')
    headers.push('Content-Length', '0')
  return headers
}

/** A value that HTTP cannot carry comes from data, so it is a fault of the message, not a bug. */
function headerValue(name: string, value: string): string {
  if (/^[\t\x20-\x7e\x80-\xff]*$/.test(value)) return refuseFiles(value)
  throw permanent('mapping-failed', {
    detail: {
      vi: `Tiêu đề ${name} chứa ký tự mà HTTP không cho phép`,
      en: `The header ${name} holds a character that HTTP does not allow`,
    },
  })
}

const defaultConnectTimeoutMs = 10_000
const defaultMaxResponseBytes = 10 * 1024 * 1024

function limitsOf(options: HttpClientOptions, request: HttpRequest): Limits {
  const timeoutMs = Math.min(options.timeoutMs, request.timeoutMs ?? options.timeoutMs)
  const connectTimeoutMs = options.connectTimeoutMs ?? defaultConnectTimeoutMs
  return {
    timeoutMs,
    connectTimeoutMs,
    tlsTimeoutMs: options.tlsTimeoutMs ?? connectTimeoutMs,
    firstByteTimeoutMs: options.firstByteTimeoutMs ?? timeoutMs,
    maxResponseBytes:
      request.maxResponseBytes ?? options.maxResponseBytes ?? defaultMaxResponseBytes,
    leaveOut: request.leaveOut ?? [],
  }
}
