/** What a page of the pulls has found out, and when a payment is asked about again. */
import type { ConnectorError, IncomingMessage, UnreadRecord } from '../../src/connector/index.ts'
import type { PaymentFollow } from './init.ts'

export const minuteMs = 60_000
export const dayMs = 24 * 60 * minuteMs
export const weekMs = 7 * dayMs

export interface Found {
  readonly messages: IncomingMessage[]
  readonly follows: {
    readonly subject: string
    readonly state: PaymentFollow | null
    readonly next?: string
  }[]
  readonly unread: UnreadRecord[]
}

export interface Again {
  readonly subject: string
  readonly state: PaymentFollow
  /** From then its age counts. */
  readonly since: string
  readonly now: Date
  readonly mostMs: number
}

/** To be asked about again after a tenth of its age. */
export function goOn(found: Found, { subject, state, since, now, mostMs }: Again): void {
  const tenth = (now.getTime() - Date.parse(since)) / 10
  const waitMs = Math.min(Math.max(tenth, minuteMs), mostMs)
  // A little early, so that a run on the minute does not come just before it.
  const next = new Date(now.getTime() + waitMs - minuteMs / 4).toISOString()
  found.follows.push({ subject, state, next })
}

/** The same for one that could not be made out, which is told of. */
export function passOver(
  found: Found,
  again: Again,
  { code }: ConnectorError,
  pointers: readonly string[] = [],
): void {
  const mark = [code, ...pointers].join(' ')
  const { subject, state } = again
  found.unread.push({ subject, code, pointers, again: state.unread === mark })
  goOn(found, { ...again, state: { ...state, unread: mark } })
}
