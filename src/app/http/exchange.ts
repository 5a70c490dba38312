import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Client } from '../../engine/ports/accept.ts'
import { type Language, languageOf } from './language.ts'

/** One request and its answer, and what everybody on the way needs to know about it. */
export interface Exchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  /** operationId of the route, `door`, or `unrouted`. */
  readonly operation: string
  /** Of the caller's `traceparent` (W3C Trace Context), or made here: 32 hex digits. */
  readonly traceId: string
  /** The caller's `X-Request-Id` where it is harmless, else the trace id. */
  readonly requestId: string
  readonly language: Language
  /** `performance.now()` */
  readonly startedMs: number
  client: Client | undefined
  /** `RateLimit` header of the client, once it is known. */
  limit: string | undefined
}

const traceparent = /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}(?:-|$)/
const harmless = /^[A-Za-z0-9._:-]{1,80}$/

function traceIdOf(header: string | string[] | undefined): string {
  const given = typeof header === 'string' ? traceparent.exec(header)?.[1] : undefined
  if (given !== undefined && given !== '0'.repeat(32)) return given
  return randomUUID().replaceAll('-', '')
}

export function openExchange(
  request: IncomingMessage,
  response: ServerResponse,
  operation: string,
): Exchange {
  const { headers } = request
  const traceId = traceIdOf(headers.traceparent)
  const given = headers['x-request-id']
  return {
    request,
    response,
    operation,
    traceId,
    requestId: typeof given === 'string' && harmless.test(given) ? given : traceId,
    language: languageOf(headers['accept-language']),
    startedMs: performance.now(),
    client: undefined,
    limit: undefined,
  }
}

/** The path as it came, without the query: a query may hold what should not be repeated. */
export function pathOf(url: string): string {
  const end = url.search(/[?#]/)
  return end < 0 ? url : url.slice(0, end)
}

/** Aborts when the caller goes away before the answer is written. */
export function disconnectSignal({ response }: Exchange): AbortSignal {
  const controller = new AbortController()
  response.once('close', () => {
    if (!response.writableFinished) controller.abort()
  })
  return controller.signal
}
