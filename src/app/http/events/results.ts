import type { AcceptResult } from '../../../connector/door.ts'
import type { ErrorCode, Fault, Words } from '../../../domain/errors.ts'
import type { Receipt } from '../../../domain/message.ts'
import type { Language } from '../language.ts'
import { describeProblem } from '../problem.ts'
import type { EventName } from './event-check.ts'

export const messagePath = (id: string): string => `/api/v1/messages/${id}`

/** A receipt as the API shows it: the same at the first time and at every repeat, but `duplicate`. */
export const presentReceipt = (receipt: Receipt) => ({
  id: receipt.id,
  duplicate: receipt.duplicate,
  acceptedAt: receipt.acceptedAt,
  sha256: receipt.sha256,
  deliveries: receipt.deliveries.map(({ id, system }) => ({ id, system })),
  links: { status: messagePath(receipt.id) },
})

export interface Refusal {
  readonly code: ErrorCode
  readonly detail: Words | undefined
  readonly faults: readonly Fault[]
}

/**
 * The hub checks `data`; the sender of a structured event sees the whole event, so what is wrong
 * with the data is told by a pointer into the event.
 */
export const inEvent = (refusal: Refusal): Refusal =>
  refusal.code === 'schema-violation'
    ? {
        ...refusal,
        faults: refusal.faults.map((fault) => ({ ...fault, pointer: `/data${fault.pointer}` })),
      }
    : refusal

export interface BatchItem {
  readonly name: EventName
  readonly result: AcceptResult | Refusal
}

const presentItem = ({ name, result }: BatchItem, language: Language) => {
  if ('ok' in result && result.ok)
    return {
      status: result.receipt.duplicate ? 'duplicate' : 'accepted',
      event: name,
      receipt: presentReceipt(result.receipt),
    }
  return { status: 'refused', event: name, problem: describeProblem(inEvent(result), language) }
}

/** The answer to a batch: 202 when every item is in the hub's keeping and one is new, else 200. */
export function presentBatch(items: readonly BatchItem[], language: Language) {
  const results = items.map((item) => presentItem(item, language))
  const counted = (status: string) => results.filter((result) => result.status === status).length
  const accepted = counted('accepted')
  const refused = counted('refused')
  return {
    status: accepted > 0 && refused === 0 ? 202 : 200,
    json: { accepted, duplicates: counted('duplicate'), refused, results },
  }
}
