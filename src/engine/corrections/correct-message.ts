/** Makes a corrected message of an original and new data: another event, judged as every message is. */
import type { Fault } from '../../domain/errors.ts'
import { differencesBetween } from '../../domain/json-difference.ts'
import type { IncomingMessage, Message } from '../../domain/message.ts'
import { hashedBytes, toSubmission } from '../accept/accept.ts'
import { judgeMessage } from '../accept/judge-message.ts'
import type { Client, MessageSchemas } from '../ports/accept.ts'
import type { CorrectedMessage, Original, SealedEvent } from '../ports/corrections.ts'
import type { Cipher, Digest } from '../ports/crypto.ts'

export interface CorrectionLaw {
  readonly schemas: MessageSchemas & {
    /** Whether the schema of this type marks anything as personal data. */
    holdsPersonalData(type: string): boolean
  }
  readonly cipher: Pick<Cipher, 'encrypt'>
  readonly digest: Digest
  readonly newId: () => string
}

/** It goes where its original stands, whoever had sent that. */
const anybody: Client = { id: 'correction', scopes: [], sources: ['*'], types: ['*'] }

/** The original in all but its data and its own name: another key of idempotency is made of that. */
export function eventOf(original: Message, id: string, data: unknown): IncomingMessage {
  const { id: _, data: __, eventId: ___, ...attributes } = original
  return { ...attributes, eventId: `correction:${id}`, data }
}

/** Why this data could not be sent; its pointers begin at the data. */
export function faultsOf(law: CorrectionLaw, original: Message, data: unknown): readonly Fault[] {
  const { data: given, ...attributes } = eventOf(original, law.newId(), data)
  const refusal = judgeMessage(law.schemas, { attributes, data: given }, anybody)
  if (!refusal) return []
  if (refusal.faults.length > 0) return refusal.faults
  return [{ pointer: '', rule: refusal.code, ...refusal.detail }]
}

export function sealEvent(law: CorrectionLaw, original: Message, data: unknown): SealedEvent {
  const id = law.newId()
  const submission = toSubmission(eventOf(original, id, data))
  const { keyId, bytes } = law.cipher.encrypt(submission.bytes, id)
  return {
    id,
    unit: law.schemas.unitOf(original.type, data) ?? null,
    sha256: law.digest.sha256(hashedBytes(submission)),
    size: submission.bytes.length,
    ...{ keyId, bytes },
  }
}

export function correctMessage(
  law: CorrectionLaw,
  original: Original,
  data: unknown,
  known: readonly Fault[] = [],
): CorrectedMessage {
  const { message } = original
  return {
    original,
    pointers: differencesBetween(message.data, data).map(({ pointer }) => pointer),
    faults: known.length > 0 ? known : faultsOf(law, message, data),
    event: sealEvent(law, message, data),
  }
}
