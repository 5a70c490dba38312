import type { Message } from '../domain/message.ts'

/**
 * A message as a CloudEvent in structured JSON, for systems that take them. `id` is the delivery's
 * idempotency key, so that a repeat is a repeat for any receiver of CloudEvents; the id that its source gave
 * it goes along as `originid`.
 */
export const cloudEventOf = (
  id: string,
  message: Message,
  data: unknown = message.data,
): object => ({
  specversion: '1.0',
  id,
  source: message.source,
  type: message.type,
  subject: message.subject,
  time: message.time,
  originid: message.eventId,
  datacontenttype: 'application/json',
  data,
})
