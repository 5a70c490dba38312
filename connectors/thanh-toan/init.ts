/**
 * Asking for a payment. INIT is answered with the address at which the payer pays; from then on the payment
 * is followed: first its address is handed on (links), then the platform is asked until it is final (results).
 */
import { hash } from 'node:crypto'
import {
  type Confirmation,
  type ConnectorContext,
  ConnectorError,
  type Fault,
  type Follow,
  type Memo,
  type Outcome,
  type OutgoingDelivery,
  type PaymentRequested,
  permanent,
  toVietnamTime,
} from '../../src/connector/index.ts'
import type { PaymentClient } from './client.ts'
import type { PaymentOptions } from './options.ts'
import { initOf } from './translate.ts'

export interface PaymentTools {
  readonly context: ConnectorContext
  readonly options: PaymentOptions
  readonly client: PaymentClient
  /** Who speaks when the platform does, in CloudEvents' sense. */
  readonly source: string
}

/** What is kept of a payment that is not final, or whose receipt is awaited. */
export interface PaymentFollow extends Follow {
  readonly amount: number
  /** The payer's address, sealed, until it has been handed on; and when it came. */
  readonly link?: string
  readonly at?: string
  /** The address has been handed on, or that there is none. */
  readonly told?: boolean
  /** Since when the hub knows that it was paid: from then on only the receipt is asked for. */
  readonly paid?: string
  /** Since when the hub knows that it failed: the payer may try again at the same address. */
  readonly failed?: string
  /** What could not be made out the last time. */
  readonly unread?: string
}

/** Of the request that a reference was used for. */
interface Used extends Memo {
  readonly request: string
  readonly by: string
  /** Nobody knows what became of it, so nothing was followed yet. */
  readonly isInDoubt?: boolean
}

const requestIn = ({ message }: OutgoingDelivery): PaymentRequested =>
  message.data as PaymentRequested

export async function sendInit(
  { context, options, client }: PaymentTools,
  delivery: OutgoingDelivery,
  signal: AbortSignal,
): Promise<Outcome> {
  const request = requestIn(delivery)
  const { codes, clock } = context
  const memo: Used = {
    request: hash('sha256', JSON.stringify(request), 'base64url'),
    by: delivery.idempotencyKey,
  }
  const used = delivery.memo as Used | undefined
  if (used && used.by !== memo.by) {
    const known = (await client.query(request.id, signal)).standing()
    if (known && used.request !== memo.request)
      throw permanent('mapping-failed', { faults: [referenceUsed] })
    // The first request was given up while in doubt, and came again: it had reached the platform after all.
    if (known && used.isInDoubt)
      return { kind: 'delivered', memo, follow: { amount: request.amount } }
    if (known) return { kind: 'delivered' }
  }
  const at = new Date(delivery.message.time)
  const message = initOf(request, options, { codes, at, now: clock.now() })
  const url = await client.init(message, signal).catch((error: unknown) => {
    if (!(error instanceof ConnectorError) || error.outcome.kind !== 'unknown') throw error
    const { kind, code, ...facts } = error.outcome
    throw new ConnectorError(kind, code, {
      ...facts,
      memo: { ...memo, isInDoubt: true },
      cause: error,
    })
  })
  const follow: PaymentFollow = {
    amount: request.amount,
    link: context.seal(url),
    at: toVietnamTime(clock.now()),
  }
  return { kind: 'delivered', memo, follow, evidence: { remoteCode: '0' } }
}

/** The address that a lost answer held is lost; the payment is followed all the same. */
export async function confirmInit(
  { client }: PaymentTools,
  delivery: OutgoingDelivery,
  signal: AbortSignal,
): Promise<Confirmation> {
  const { id, amount } = requestIn(delivery)
  const known = (await client.query(id, signal)).standing()
  const follow: PaymentFollow = { amount }
  return known ? { answer: 'applied', follow } : 'not-applied'
}

const referenceUsed: Fault = {
  pointer: '/id',
  rule: 'unique',
  vi: 'đã dùng cho một yêu cầu thanh toán khác; mỗi lần thanh toán phải có mã riêng',
  en: 'has been used for another payment request; each payment needs one of its own',
}
