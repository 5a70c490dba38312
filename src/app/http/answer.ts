import type { IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Exchange } from './exchange.ts'

/** What a route answers with; `json` is written as JSON, `content` as it is. */
export interface Answer {
  readonly status: number
  readonly json?: unknown
  readonly content?: { readonly type: string; readonly body: string | Uint8Array }
  /** Sent piece by piece; its length, where it is known, is announced. */
  readonly stream?: Streamed
  /** Flat: name, value, name, value … */
  readonly headers?: readonly string[]
}

export interface Streamed {
  readonly type: string
  readonly length?: number
  readonly body: AsyncIterable<Uint8Array>
}

/** Of an answer that shows nothing but data. A page brings its own policy. */
const dataPolicy = "default-src 'none'; frame-ancestors 'none'"

const alwaysHeaders: readonly string[] = [
  'X-Content-Type-Options',
  'nosniff',
  'Cache-Control',
  'no-store',
  'Cross-Origin-Resource-Policy',
  'same-origin',
  'Referrer-Policy',
  'no-referrer',
]

/** Headers that every answer carries, errors and doors included. */
export const safeHeaders = (policy = dataPolicy): string[] => [
  ...alwaysHeaders,
  'Content-Security-Policy',
  policy,
]

/** How long, and how much of, an unread request body is thrown away so that the answer arrives. */
const lingerMs = 2000
const lingerBytes = 32 * 1024 * 1024

const hasUnreadBody = ({ headers, complete }: IncomingMessage): boolean =>
  !complete && (headers['transfer-encoding'] !== undefined || Number(headers['content-length']) > 0)

/**
 * Closing a socket into which the caller is still writing destroys the answer on its way. So the
 * answer is written, the rest of the body is thrown away for a moment, and then the line is cut.
 */
function linger({ request, response }: Exchange, body: string | Uint8Array): void {
  let bytes = 0
  const cut = () => {
    clearTimeout(timer)
    if (!response.destroyed) response.end()
  }
  const timer = setTimeout(cut, lingerMs)
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes > lingerBytes) cut()
  })
  request.once('end', cut)
  request.once('close', cut)
  response.write(body)
}

/** What an answer says itself stands instead of what every answer says. */
const without = (standing: readonly string[], own: readonly string[]): string[] =>
  standing.filter((_, index) => !own.includes(standing[index - (index % 2)] ?? ''))

function headersOf(
  exchange: Exchange,
  answer: Answer,
  type: string,
  length: number | undefined,
): string[] {
  const headers = answer.headers ? without(safeHeaders(), answer.headers) : safeHeaders()
  headers.push('X-Request-Id', exchange.requestId)
  // Of an answer that is not repeated (304) or has none (204) this would tell a wrong length.
  if (length !== undefined && ![204, 304].includes(answer.status))
    headers.push('Content-Length', String(length))
  if (length !== 0) headers.push('Content-Type', type)
  if (exchange.limit !== undefined) headers.push('RateLimit', exchange.limit)
  if (answer.headers) headers.push(...answer.headers)
  return headers
}

/** How long a caller may take nothing of a stream. */
const stuckMs = 60_000

/** Writes a streamed answer to its end. When the body breaks off, so does the answer, visibly. */
export async function sendStream(
  exchange: Exchange,
  answer: Answer,
  { type, length, body }: Streamed,
): Promise<void> {
  const { request, response } = exchange
  const close = () => body[Symbol.asyncIterator]().return?.()
  if (response.headersSent || response.destroyed) {
    await close()
    return
  }
  const headers = headersOf(exchange, answer, type, length)
  if (hasUnreadBody(request) || stopping(exchange)) headers.push('Connection', 'close')
  response.writeHead(answer.status, headers)
  if (request.method === 'HEAD') {
    response.end()
    await close()
    return
  }
  response.setTimeout(stuckMs, () => response.destroy())
  await pipeline(Readable.from(body, { objectMode: false }), response)
}

/** Writes the whole answer. */
export function send(exchange: Exchange, answer: Answer): void {
  const { request, response } = exchange
  if (response.headersSent || response.destroyed) return
  const body =
    answer.content?.body ?? (answer.json === undefined ? '' : JSON.stringify(answer.json))
  const headers = headersOf(
    exchange,
    answer,
    answer.content?.type ?? 'application/json; charset=utf-8',
    typeof body === 'string' ? Buffer.byteLength(body) : body.length,
  )
  const unread = hasUnreadBody(request)
  if (unread || stopping(exchange)) headers.push('Connection', 'close')
  response.writeHead(answer.status, headers)
  if (unread) linger(exchange, body)
  else response.end(body)
}

/** Whether the server has stopped listening: then no connection is worth keeping. */
const stopping = ({ request }: Exchange): boolean => {
  const { server } = request.socket as { server?: { listening: boolean } }
  return server !== undefined && !server.listening
}
