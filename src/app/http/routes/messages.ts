import { HubError } from '../../../domain/errors.ts'
import type { Message } from '../../../domain/message.ts'
import { actOf, actorOf } from '../acting.ts'
import {
  eventBodies,
  eventHeaders,
  intakeDescription,
  intakeExample,
} from '../events/documentation.ts'
import { createIntake } from '../events/intake.ts'
import { structuredType } from '../events/media-type.ts'
import type { Operation } from '../operation.ts'
import { text } from '../schemas/shape.ts'

const messageId = {
  id: text(['Mã bản tin / Message id'], {
    pattern: '^[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}$',
  }),
}

const toEvent = (message: Message) => ({
  specversion: '1.0',
  id: message.eventId,
  source: message.source,
  type: message.type,
  subject: message.subject,
  time: message.time,
  ...(message.dataschema !== undefined && { dataschema: message.dataschema }),
  datacontenttype: 'application/json',
  data: message.data,
})

const submitMessages: Operation = {
  id: 'submitMessages',
  tag: 'messages',
  method: 'post',
  path: '/api/v1/messages',
  access: 'messages:write',
  summary: { vi: 'Gửi bản tin', en: 'Submit messages' },
  description: intakeDescription,
  pathParameters: {},
  query: {},
  requestHeaders: eventHeaders,
  body: { kind: 'events', schemas: eventBodies },
  answers: {
    202: {
      words: { vi: 'Đã nhận, bền vững. Lô: mọi bản tin đều đã nhận.', en: 'Accepted, durable.' },
      schema: 'SubmitAnswer',
      headers: { Location: 'Đường dẫn của bản tin / Path of the message' },
    },
    200: {
      words: {
        vi: 'Đã nhận từ trước (gửi trùng). Lô: kết quả từng bản tin.',
        en: 'A duplicate. Batch: a result for each item.',
      },
      schema: 'SubmitAnswer',
      headers: { Location: 'Đường dẫn của bản tin / Path of the message' },
    },
  },
  codes: [
    'body-not-json',
    'json-duplicate-key',
    'json-too-deep',
    'json-number-inexact',
    'body-too-large',
    'batch-too-large',
    'media-type-unsupported',
    'event-invalid',
    'schema-violation',
    'type-unknown',
    'source-forbidden',
    'type-forbidden',
    'message-conflict',
  ],
  example: intakeExample,
  handler: createIntake,
}

const readMessage: Operation = {
  id: 'readMessage',
  tag: 'messages',
  method: 'get',
  path: '/api/v1/messages/{id}',
  access: 'messages:read',
  summary: { vi: 'Xem một bản tin và các lượt gửi', en: 'Read a message and its deliveries' },
  pathParameters: messageId,
  query: {},
  answers: { 200: { words: { vi: 'Bản tin.', en: 'The message.' }, schema: 'Message' } },
  codes: ['not-found'],
  example: 'curl "$HUB/api/v1/messages/01938f5e-0000-7000-8000-000000000001" -H "X-Api-Key: $KEY"',
  handler:
    ({ hub }) =>
    async ({ path, client }) => {
      const message = await hub.queries.message(path.id ?? '', client.reach)
      if (!message) throw new HubError('not-found')
      return { status: 200, json: message }
    },
}

const readMessageBody: Operation = {
  id: 'readMessageBody',
  tag: 'messages',
  method: 'get',
  path: '/api/v1/messages/{id}/body',
  access: 'personal-data:read',
  told: true,
  summary: { vi: 'Xem nội dung một bản tin', en: 'Read the content of a message' },
  description: {
    vi: 'Nội dung có dữ liệu cá nhân; mỗi lần xem được ghi nhật ký. Nội dung đã xoá theo thời hạn lưu thì trả lời not-found.',
    en: 'The content holds personal data; every reading is logged. A purged body answers not-found.',
  },
  pathParameters: messageId,
  query: {},
  answers: {
    200: {
      words: { vi: 'Bản tin dạng CloudEvents.', en: 'The message as a CloudEvent.' },
      schema: 'CloudEvent',
      mediaType: structuredType,
    },
  },
  codes: ['not-found', 'body-unreadable'],
  example:
    'curl "$HUB/api/v1/messages/01938f5e-0000-7000-8000-000000000001/body" -H "X-Api-Key: $KEY"',
  handler:
    ({ hub }) =>
    async ({ path, client }) => {
      const message = await hub.queries.body(path.id ?? '', client.reach)
      if (!message) throw new HubError('not-found')
      const body = JSON.stringify(toEvent(message))
      const note = { actor: actorOf(client), action: 'message.read', object: message.id }
      await hub.audit.note({ ...note, detail: '' })
      return { status: 200, content: { type: `${structuredType}; charset=utf-8`, body } }
    },
}

const readMessageContent: Operation = {
  id: 'readMessageContent',
  tag: 'messages',
  method: 'get',
  path: '/api/v1/messages/{id}/content',
  access: 'messages:read',
  summary: {
    vi: 'Xem nội dung đã che của một bản tin',
    en: 'Read the masked content of a message',
  },
  description: {
    vi: 'Trường có x-pii trong lược đồ, và mọi thứ lược đồ không biết, được thay bằng ***; masked nêu vị trí của chúng.',
    en: 'Members marked x-pii in the schema, and all that the schema does not know, read ***; masked names where they are.',
  },
  pathParameters: messageId,
  query: {},
  answers: { 200: { words: { vi: 'Nội dung.', en: 'The content.' }, schema: 'MessageContent' } },
  codes: ['not-found', 'body-unreadable'],
  example:
    'curl "$HUB/api/v1/messages/01938f5e-0000-7000-8000-000000000001/content" -H "X-Api-Key: $KEY"',
  handler:
    ({ hub }) =>
    async ({ path, client }) => {
      const message = await hub.queries.body(path.id ?? '', client.reach)
      if (!message) throw new HubError('not-found')
      return { status: 200, json: hub.schemas.maskPersonal(message.type, message.data) }
    },
}

/** How long whoever has given a reason may go on looking. */
const revealedSeconds = 300

const revealMessage: Operation = {
  id: 'revealMessage',
  tag: 'messages',
  method: 'post',
  path: '/api/v1/messages/{id}/reveal',
  access: 'personal-data:read',
  told: true,
  summary: { vi: 'Bỏ che nội dung một bản tin', en: 'Reveal the content of a message' },
  description: {
    vi: 'Cần lý do; ai xem, bản tin nào, vì sao được ghi nhật ký kiểm toán. Bên nhận chỉ được giữ nội dung tới lúc until.',
    en: 'Asks for a reason; who has looked at what and why is kept in the audit trail. To be shown until the given time only.',
  },
  pathParameters: messageId,
  query: {},
  body: { kind: 'json', schema: 'Reason' },
  answers: {
    200: {
      words: { vi: 'Nội dung không che.', en: 'The whole content.' },
      schema: 'RevealedContent',
    },
  },
  codes: ['not-found', 'reason-missing', 'body-unreadable'],
  example: `curl "$HUB/api/v1/messages/01938f5e-0000-7000-8000-000000000001/reveal" -H "X-Api-Key: $KEY" \\
  -H "Content-Type: application/json" -d '{"reason": "Công dân gọi hỏi hồ sơ của mình"}'`,
  handler:
    ({ hub }) =>
    async (call) => {
      const id = call.path.id ?? ''
      const { reason } = actOf(call)
      const message = await hub.queries.body(id, call.client.reach)
      if (!message) throw new HubError('not-found')
      await hub.audit.note({
        ...{ actor: actorOf(call.client), action: 'message.revealed', object: id },
        detail: reason,
      })
      const until = new Date(Date.now() + revealedSeconds * 1_000).toISOString()
      return { status: 200, json: { data: message.data, until, seconds: revealedSeconds } }
    },
}

/** The intake comes first: it is the hot path, and the router asks in this order. */
export const messageOperations: readonly Operation[] = [
  submitMessages,
  readMessage,
  readMessageBody,
  readMessageContent,
  revealMessage,
]
