/**
 * What has become of payments that were asked for. Two pulls over the same list, each of what is due of it:
 *
 *   links     asks nobody: hands on the payer's addresses, so that no payer waits behind the questions
 *   results   asks by QUERY, until the platform says success or failure, "pending" is never the end; then by
 *             GET_BILL for the receipt of what was paid (receipts.ts)
 *
 * A payment is asked about again after a tenth of its age, at least a minute and at most a week: while the
 * payer stands at the bank's page often, an address that nobody used seldom, and for as long as it takes.
 */
import {
  ConnectorError,
  type Followed,
  type PaymentDisputed,
  type PaymentSettled,
  type PullPage,
  type PullRequest,
} from '../../src/connector/index.ts'
import { type Found, goOn, minuteMs, passOver, weekMs } from './found.ts'
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
    // What was told as paid and is not held any more: there is nothing left to tell a receipt with.
    const isOver = said === 'ended' || (said === undefined && state.paid !== undefined)
    if (isOver) found.follows.push({ subject: one.subject, state: null })
    else if (said)
      noReceipts = await askForReceipt(tools, found, { one, state, said, noReceipts }, signal)
    else await ask(tools, found, { one, state }, signal)
  }
  const seen = place.seen + rows.length
  const more = rows.length === mostQuestions && seen < tools.options.questionsPerRun
  return { ...found, cursor: more ? `${seen}${noReceipts ? '!' : ''}` : '', more }
}

/** A payer who has no address yet has not paid; but an operator may have forgotten to schedule `links`. */
const isWithLinks = (one: Followed, now: Date): boolean =>
  !stateOf(one).told && now.getTime() - Date.parse(one.since) < 2 * minuteMs

/** What an IPN or an answer has told. An IPN that came when the hub did not hold the request says nothing. */
async function toldAlready(
  request: PullRequest,
  { subject }: Followed,
): Promise<PaymentSettled | 'ended' | undefined> {
  const said = await request.latest(subject, [types.settled, types.disputed])
  if (!said) return undefined
  const { difference } = said.data as Partial<PaymentDisputed>
  if (difference === 'reference-unknown') return undefined
  const settled = said.data as PaymentSettled
  return difference === undefined && settled.status === 'paid' ? settled : 'ended'
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
  const again = { subject, state, since: one.since, now, mostMs: weekMs }
  try {
    const standing = answered.standing()
    if (!standing) throw new ConnectorError('permanent', 'target-not-found', {})
    if (standing.status === 'pending') return goOn(found, again)
    const message =
      standing.status === 'paid'
        ? paid(source, subject, standing.payment, state)
        : failed(source, { id: subject, amount: state.amount }, standing, now)
    found.messages.push(message)
    const hasReceipt = standing.status === 'paid' && message.type === types.settled
    // Its receipt is asked for in the next run: what was paid is told first, whatever becomes of that.
    const awaiting = hasReceipt && options.receiptDays > 0
    found.follows.push({ subject, state: awaiting ? { ...state, paid: now.toISOString() } : null })
  } catch (error) {
    // What concerns all payments, a refused signature say, ends the run.
    const isOfThisOne =
      error instanceof ConnectorError && ['permanent', 'unknown'].includes(error.outcome.kind)
    if (!isOfThisOne) throw error
    passOver(found, again, error)
  }
}
