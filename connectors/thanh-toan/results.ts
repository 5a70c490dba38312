/**
 * What has become of payments that were asked for. Two pulls over the same list, each of what is due of it:
 *
 *   links     asks nobody: hands on the payer's addresses, so that no payer waits behind the questions
 *   results   asks by QUERY, until the platform says success or failure, "pending" is never the end; then by
 *             GET_BILL for the receipt of what was paid (receipts.ts)
 *
 * A payment is asked about again after a tenth of its age, at least a minute and at most a week: while the
 * payer stands at the bank's page often, an address that nobody used seldom, and for as long as it takes. One
 * that has failed is told as failed once and asked about for a month more: the payer may try again at the same
 * address, and the IPN of that may be lost.
 */
import {
  ConnectorError,
  type Followed,
  type PaymentDisputed,
  type PaymentSettled,
  type PullPage,
  type PullRequest,
} from '../../src/connector/index.ts'
import { dayMs, type Found, goOn, minuteMs, passOver, weekMs } from './found.ts'
import type { PaymentFollow, PaymentTools } from './init.ts'
import { askForReceipt } from './receipts.ts'
import { failed, linkIssued, paid, types } from './translate.ts'

const pageSize = 500
/** Questions of a page: what they found out is committed after so many. */
const mostQuestions = 10

const stateOf = ({ state }: Followed): PaymentFollow => state as PaymentFollow
const newFound = (): Found => ({ messages: [], follows: [], unread: [] })

export async function pullLinks(tools: PaymentTools, request: PullRequest): Promise<PullPage> {
  const rows = await request.due(pageSize, 'new')
  const found = newFound()
  for (const one of rows)
    found.follows.push({ subject: one.subject, state: handOn(tools, found, one) })
  const more = rows.length === pageSize
  return { ...found, cursor: more ? rows.at(-1)?.subject : '', more }
}

/** Tells the payer's address, and gives what is kept of the payment from now on. */
function handOn({ context, source }: PaymentTools, found: Found, one: Followed): PaymentFollow {
  const { link, at, ...state } = stateOf(one)
  if (state.told) return state
  const { subject } = one
  const url = link === undefined ? undefined : context.open(link)
  if (url !== undefined && at !== undefined)
    found.messages.push(linkIssued(source, subject, { url, at }))
  // The answer that held the address was lost, or the key that it was sealed with.
  else found.unread.push({ subject, code: 'answer-invalid', pointers: ['/link'] })
  return { ...state, told: true }
}

/** How far a run is. */
interface Place {
  readonly seen: number
  /** The platform gives no receipts at the moment: this run asks for no more. */
  readonly noReceipts?: boolean
}

/** Nothing at the beginning of a run, and where an older version has left a cursor of its own. */
function placeIn(cursor: string | undefined): Place {
  const [seen, noReceipts] = /^(\d+)(!?)$/.exec(cursor ?? '')?.slice(1) ?? []
  return { seen: Number(seen ?? 0), noReceipts: noReceipts === '!' }
}

export async function pullResults(
  tools: PaymentTools,
  request: PullRequest,
  signal: AbortSignal,
): Promise<PullPage> {
  const place = placeIn(request.cursor)
  const rows = await request.due(mostQuestions)
  const found = newFound()
  let { noReceipts = false } = place
  for (const one of rows) {
    if (isWithLinks(one, tools.context.clock.now())) continue
    const state = handOn(tools, found, one)
    const said = await toldAlready(request, one)
    if (said === 'ended' || (!said && isOver(state, tools.context.clock.now())))
      found.follows.push({ subject: one.subject, state: null })
    else if (said)
      noReceipts = await askForReceipt(tools, found, { one, state, said, noReceipts }, signal)
    else await ask(tools, found, { one, state }, signal)
  }
  await leaveOutOvertaken(request, found)
  const seen = place.seen + rows.length
  const more = rows.length === mostQuestions && seen < tools.options.questionsPerRun
  return { ...found, cursor: more ? `${seen}${noReceipts ? '!' : ''}` : '', more }
}

/** A payer who has no address yet has not paid; but an operator may have forgotten to schedule `links`. */
const isWithLinks = (one: Followed, now: Date): boolean =>
  !stateOf(one).told && now.getTime() - Date.parse(one.since) < 2 * minuteMs

const failureMs = 30 * dayMs

/**
 * What was told as paid and is not held any more: there is nothing left to tell a receipt with. What has failed
 * long ago: nobody tries it again.
 */
const isOver = ({ paid: paidAt, failed: failedAt }: PaymentFollow, now: Date): boolean =>
  paidAt !== undefined ||
  (failedAt !== undefined && now.getTime() - Date.parse(failedAt) > failureMs)

/**
 * What an IPN or an answer has told: the payment, once it was made, whatever has been told besides. An IPN that
 * came when the hub did not hold the request says nothing, and a failure is not the end.
 */
async function toldAlready(
  request: PullRequest,
  { subject }: Followed,
): Promise<PaymentSettled | 'ended' | undefined> {
  const settled = await paidAlready(request, subject)
  if (settled) return settled
  const said = await request.latest(subject, [types.disputed])
  const { difference } = (said?.data ?? {}) as Partial<PaymentDisputed>
  return difference === undefined || difference === 'reference-unknown' ? undefined : 'ended'
}

async function paidAlready(
  request: PullRequest,
  subject: string,
): Promise<PaymentSettled | undefined> {
  const said = (await request.latest(subject, [types.settled]))?.data as PaymentSettled | undefined
  return said?.status === 'paid' ? said : undefined
}

/** An IPN that came while others were asked about: a failure told behind it would be what counts. */
async function leaveOutOvertaken(request: PullRequest, found: Found): Promise<void> {
  for (const message of [...found.messages]) {
    const isFailure =
      message.type === types.settled && (message.data as PaymentSettled).status === 'failed'
    if (!isFailure || !(await paidAlready(request, message.subject))) continue
    found.messages.splice(found.messages.indexOf(message), 1)
    const at = found.follows.findIndex(({ subject }) => subject === message.subject)
    const [follow] = found.follows.splice(at, 1)
    if (!follow?.state) continue
    const { failed: _, ...state } = follow.state
    found.follows.push({ subject: message.subject, state })
  }
}

interface Asked {
  readonly one: Followed
  readonly state: PaymentFollow
}

/** An answer that cannot be read is a fault of this payment alone: those behind it are asked about. */
async function ask(
  { source, context, client, options }: PaymentTools,
  found: Found,
  { one, state }: Asked,
  signal: AbortSignal,
): Promise<void> {
  const { subject } = one
  const now = context.clock.now()
  const answered = await client.query(subject, signal)
  const again = state.failed
    ? { subject, state, since: state.failed, now, mostMs: dayMs }
    : { subject, state, since: one.since, now, mostMs: weekMs }
  try {
    const standing = answered.standing()
    if (!standing) throw new ConnectorError('permanent', 'target-not-found', {})
    const isNoNews = standing.status === 'failed' && state.failed !== undefined
    if (standing.status === 'pending' || isNoNews) return goOn(found, again)
    const at = now.toISOString()
    if (standing.status === 'failed') {
      found.messages.push(failed(source, { id: subject, amount: state.amount }, standing, now))
      return goOn(found, { ...again, state: { ...state, failed: at }, since: at })
    }
    const message = paid(source, subject, standing.payment, state)
    found.messages.push(message)
    const hasReceipt = message.type === types.settled
    // Its receipt is asked for in the next run: what was paid is told first, whatever becomes of that.
    const awaiting = hasReceipt && options.receiptDays > 0
    found.follows.push({ subject, state: awaiting ? { ...state, paid: at } : null })
  } catch (error) {
    // What concerns all payments, a refused signature say, ends the run.
    const isOfThisOne =
      error instanceof ConnectorError && ['permanent', 'unknown'].includes(error.outcome.kind)
    if (!isOfThisOne) throw error
    passOver(found, again, error)
  }
}
