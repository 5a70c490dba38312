/**
 * What an HTTP status means for a message, unless a system's contract says otherwise:
 *
 *   2xx            returned to the caller, who must still look at the body
 *   401            auth       session-refused
 *   403, 407       permanent  target-forbidden
 *   404, 410       permanent  target-not-found
 *   other 4xx      permanent  target-rejected
 *   429            retry      target-rate-limited   with the patience it asks for
 *   503            retry      target-busy           with the patience it asks for
 *   408, other 5xx unknown    target-failed         it may have been applied
 *   3xx            permanent  target-redirected     the address is wrong; never followed
 *   1xx            unknown    answer-invalid
 */
import type { Evidence } from '../domain/outcome.ts'
import { type ConnectorError, later, permanent, unauthorised, unknown } from './errors.ts'
import type { HttpResponse } from './http.ts'

const longestPatienceMs = 24 * 60 * 60 * 1000
const longestWords = 1000

/** What the system said, cut to what is kept. `remoteCode` is added by those who can read it. */
export const evidenceOf = (response: HttpResponse, remoteCode?: string): Evidence => {
  const words = response.text().slice(0, longestWords)
  return {
    httpStatus: response.status,
    ...(remoteCode !== undefined && { remoteCode }),
    ...(words !== '' && { remoteMessage: words }),
  }
}

/**
 * Milliseconds of patience in `Retry-After`: seconds, or an HTTP date measured against the answer's
 * own `Date` so that clocks need not agree. At most a day; undefined when absent or unreadable.
 */
export function retryAfterMs(response: HttpResponse, now = new Date()): number | undefined {
  const value = response.headers['retry-after']?.trim()
  if (!value) return undefined
  if (/^\d+$/.test(value)) return Math.min(Number(value) * 1000, longestPatienceMs)
  const until = Date.parse(value)
  if (Number.isNaN(until)) return undefined
  const sent = Date.parse(response.headers.date ?? '')
  const waitMs = until - (Number.isNaN(sent) ? now.getTime() : sent)
  return Math.min(Math.max(waitMs, 0), longestPatienceMs)
}

/** Returns the response when its status is 2xx, else throws what the table above says. */
export function expectSuccess(response: HttpResponse, now?: Date): HttpResponse {
  if (response.status >= 200 && response.status <= 299) return response
  throw errorForStatus(response, now)
}

/** The table above for an answer that is no success. */
export function errorForStatus(response: HttpResponse, now?: Date): ConnectorError {
  const { status } = response
  const evidence = evidenceOf(response)
  const patience = retryAfterMs(response, now)
  const wait = { evidence, ...(patience !== undefined && { retryAfterMs: patience }) }
  switch (status) {
    case 401:
      return unauthorised('session-refused', { evidence })
    case 403:
    case 407:
      return permanent('target-forbidden', { evidence })
    case 404:
    case 410:
      return permanent('target-not-found', { evidence })
    case 408:
      return unknown('target-failed', { evidence })
    case 429:
      return later('target-rate-limited', wait)
    case 503:
      return later('target-busy', wait)
  }
  if (status >= 500) return unknown('target-failed', { evidence })
  if (status >= 400) return permanent('target-rejected', { evidence })
  if (status >= 300) return permanent('target-redirected', { evidence })
  return unknown('answer-invalid', { evidence })
}
