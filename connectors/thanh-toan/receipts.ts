/**
 * The receipt of what was paid: fetched by GET_BILL, kept as a file of the hub, and told with the payment once
 * more. The payment itself has been told before and waits for none of this.
 */
import {
  ConnectorError,
  type Followed,
  isAboutRecord,
  type PaymentSettled,
  permanent,
} from '../../src/connector/index.ts'
import { dayMs, type Found, goOn, passOver } from './found.ts'
import type { PaymentFollow, PaymentTools } from './init.ts'
import { receipted } from './translate.ts'

interface Awaited {
  readonly one: Followed
  readonly state: PaymentFollow
  /** As it was told. */
  readonly said: PaymentSettled
  /** Not to be asked for now. */
  readonly noReceipts: boolean
}

const pointer = '/receipt'

/** Whether the platform gives no receipts at the moment: then the next would only wait as long. */
export async function askForReceipt(
  { context, client, options, source }: PaymentTools,
  found: Found,
  { one, state, said, noReceipts }: Awaited,
  signal: AbortSignal,
): Promise<boolean> {
  const { subject } = one
  const now = context.clock.now()
  const since = state.paid ?? now.toISOString()
  const again = { subject, state: { ...state, paid: since }, since, now, mostMs: dayMs }
  const end = () => void found.follows.push({ subject, state: null })
  const isLate = now.getTime() - Date.parse(since) > options.receiptDays * dayMs
  if (said.receipt || options.receiptDays === 0) end()
  else if (isLate) {
    end()
    found.unread.push({ subject, code: 'target-not-found', pointers: [pointer] })
  } else if (noReceipts) goOn(found, again)
  else
    try {
      const bill = await client.bill(subject, signal)
      if (!bill) goOn(found, again)
      else {
        const kept = await context.files.keep(once(bill), `bien-lai-${subject}.pdf`)
        if (kept.mediaType !== 'application/pdf') throw permanent('file-type-refused')
        const { id: fileId, name, mediaType, size, sha256 } = kept
        found.messages.push(receipted(source, said, { fileId, name, mediaType, size, sha256 }))
        end()
      }
    } catch (error) {
      if (!(error instanceof ConnectorError) || signal.aborted) throw error
      passOver(found, again, error, [pointer])
      return !isOfThisOne(error)
    }
  return noReceipts
}

const isOfThisOne = (error: ConnectorError): boolean =>
  error.outcome.kind === 'permanent' || isAboutRecord(error) || error.code === 'answer-invalid'

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes
}
