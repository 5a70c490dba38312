/** What the hub takes, wherever it comes from: the API, a door, a pull, or a dry run that keeps nothing. */
import type { AcceptResult } from '../../connector/door.ts'
import { type ErrorCode, errorTable, type Fault, type Words } from '../../domain/errors.ts'
import { attributeFaults, type EventAttributes } from '../../domain/message.ts'
import type { Client, MessageSchemas } from '../ports/accept.ts'

export type Refusal = Extract<AcceptResult, { readonly ok: false }>

export const refuse = (
  code: ErrorCode,
  detail: Words = errorTable[code].title,
  faults: readonly Fault[] = [],
): Refusal => ({ ok: false, code, detail, faults })

const matches = (patterns: readonly string[], value: string): boolean =>
  patterns.some((pattern) =>
    pattern.endsWith('*') ? value.startsWith(pattern.slice(0, -1)) : pattern === value,
  )

const wrongSubject: Fault = {
  pointer: '/subject',
  rule: 'x-subject',
  vi: 'không trùng với mã hồ sơ (khoá nghiệp vụ) trong dữ liệu',
  en: 'is not the dossier code (business key) that the data carries',
}

/** Why this client's message is not taken; undefined: it is. */
export function judgeMessage(
  schemas: MessageSchemas,
  { attributes, data }: { readonly attributes: EventAttributes; readonly data: unknown },
  client: Client,
): Refusal | undefined {
  const wrong = attributeFaults(attributes)
  if (wrong.length > 0) return refuse('event-invalid', errorTable['event-invalid'].title, wrong)
  if (!matches(client.sources, attributes.source)) return refuse('source-forbidden')
  const faults = schemas.validateMessage(attributes.type, data)
  if (!faults) return refuse('type-unknown')
  if (!matches(client.types, attributes.type)) return refuse('type-forbidden')
  if (faults.length > 0)
    return refuse('schema-violation', errorTable['schema-violation'].title, faults)
  // The subject names the lane: it must be the dossier that the data speaks of.
  const subject = schemas.subjectOf(attributes.type, data)
  return subject === undefined || subject === attributes.subject
    ? undefined
    : refuse('event-invalid', errorTable['event-invalid'].title, [wrongSubject])
}
