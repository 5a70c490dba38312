/**
 * What has become of payments that were asked for. Two pulls over the same list:
 *
 *   links     asks nobody: hands on the payer's addresses, so that no payer waits behind the questions
 *   results   asks by QUERY, until the platform says success or failure; "pending" is never the end
 *
 * A payment is asked about again after a tenth of its age, at least a minute and at most a week: while the
 * payer stands at the bank's page often, an address that nobody used seldom, and for as long as it takes.
 */
import {
  ConnectorError,
  type Followed,
  type IncomingMessage,
  type PaymentDisputed,
  type PullPage,
  type PullRequest,
  type UnreadRecord,
} from '../../src/connector/index.ts'
import type { Answered } from './client.ts'
import type { PaymentFollow, PaymentTools } from './init.ts'
import { failed, linkIssued, paid, types } from './translate.ts'

const minuteMs = 60_000
const weekMs = 7 * 24 * 60 * minuteMs
const pageSize = 500
/** Questions of a page: what they found out is committed after so many. */
const mostQuestions = 10

/** Before every subject: the next run begins there. */
const atBeginning = ''

const stateOf = ({ state }: Followed): PaymentFollow => state as PaymentFollow

export async function pullLinks(
  { context, source }: PaymentTools,
  request: PullRequest,
): Promise<PullPage> {
  const followed = await request.followed(request.cursor, pageSize)
  const found: Found = { messages: [], follows: [], unread: [] }
  for (const one of followed) {
    const { link, at, ...state } = stateOf(one)
    if (state.told) continue
    const { subject } = one
    const url = link === undefined ? undefined : context.open(link)
    if (url !== undefined && at !== undefined)
      found.messages.push(linkIssued(source, subject, { url, at }))
    // The answer that held the address was lost, or the key that it was sealed with.
    else found.unread.push({ subject, code: 'answer-invalid', pointers: ['/link'] })
    found.follows.push({ subject, state: { ...state, told: true } })
  }
  return { ...found, ...placeOf(followed) }
}

const placeOf = (followed: readonly Followed[]): Pick<PullPage, 'cursor' | 'more'> => {
  const more = followed.length === pageSize
  return { cursor: more ? followed.at(-1)?.subject : atBeginning, more }
}

interface Found {
  readonly messages: IncomingMessage[]
  readonly follows: { readonly subject: string; readonly state: PaymentFollow | null }[]
  readonly unread: UnreadRecord[]
}

export async function pullResults(
  tools: PaymentTools,
  request: PullRequest,
  signal: AbortSignal,
): Promise<PullPage> {
  const followed = await request.followed(request.cursor, pageSize)
  const now = tools.context.clock.now()
  const due = followed.filter((one) => isDue(one, now))
  const found: Found = { messages: [], follows: [], unread: [] }
  for (const one of due.slice(0, mostQuestions))
    if (await isToldAlready(request, one)) found.follows.push({ subject: one.subject, state: null })
    else heed(tools, found, one, await tools.client.query(one.subject, signal))
  const last = due.length > mostQuestions ? due[mostQuestions - 1] : undefined
  return { ...found, ...(last ? { cursor: last.subject, more: true } : placeOf(followed)) }
}

/** A payer who has no address yet has not paid; but an operator may have forgotten to schedule `links`. */
const isDue = (one: Followed, now: Date): boolean => {
  const { told, next } = stateOf(one)
  const isNew = !told && now.getTime() - Date.parse(one.since) < 2 * minuteMs
  return !isNew && !(Date.parse(next ?? '') > now.getTime())
}

/** An IPN has said it meanwhile. One that came when the hub did not hold the request says nothing of it. */
async function isToldAlready(request: PullRequest, { subject }: Followed): Promise<boolean> {
  const said = await request.latest(subject, [types.settled, types.disputed])
  const { difference } = (said?.data ?? {}) as Partial<PaymentDisputed>
  return said !== undefined && difference !== 'reference-unknown'
}

/** An answer that cannot be read is a fault of this payment alone: those behind it are asked about. */
function heed(tools: PaymentTools, found: Found, one: Followed, answered: Answered): void {
  const { source, context } = tools
  const { subject } = one
  const state = stateOf(one)
  const now = context.clock.now()
  const goOn = () => found.follows.push({ subject, state: { ...state, next: nextTime(one, now) } })
  try {
    const standing = answered.standing()
    if (!standing) throw new ConnectorError('permanent', 'target-not-found', {})
    if (standing.status === 'pending') return void goOn()
    found.messages.push(
      standing.status === 'paid'
        ? paid(source, subject, standing.payment, state)
        : failed(source, { id: subject, amount: state.amount }, standing, now),
    )
    found.follows.push({ subject, state: null })
  } catch (error) {
    // What concerns all payments, a refused signature say, ends the run.
    const isOfThisOne =
      error instanceof ConnectorError && ['permanent', 'unknown'].includes(error.outcome.kind)
    if (!isOfThisOne) throw error
    found.unread.push({ subject, code: error.code, pointers: [] })
    goOn()
  }
}

function nextTime({ since }: Followed, now: Date): string {
  const tenth = (now.getTime() - Date.parse(since)) / 10
  const waitMs = Math.min(Math.max(tenth, minuteMs), weekMs)
  // A little early, so that a run on the minute does not come just before it.
  return new Date(now.getTime() + waitMs - minuteMs / 4).toISOString()
}
