/** Standard Webhooks: tells a system that wants to be told, with a signature it can check. */
import {
  type Connector,
  type ConnectorContext,
  type CreateConnector,
  checkInSteps,
  cloudEventOf,
  evidenceOf,
  expectSuccess,
  type HttpResponse,
  type Message,
  unauthorised,
  unknown,
} from '../../src/connector/index.ts'
import { signedHeaders } from './signature.ts'

interface WebhookOptions {
  readonly url: string
  readonly secret: string
  readonly previousSecret?: string
  readonly content?: 'reference' | 'full'
}

const createConnector: CreateConnector = (context): Connector => {
  const options = context.options as unknown as WebhookOptions
  const secrets = [options.secret, options.previousSecret].filter((one) => one !== undefined)

  const post = async (id: string, event: object, signal: AbortSignal): Promise<HttpResponse> => {
    const checked = context.outgoing('webhook/event/v1', event)
    // Signed are the very bytes that leave.
    const body = JSON.stringify(checked)
    return context.http.request({
      method: 'POST',
      url: options.url,
      headers: {
        'content-type': 'application/cloudevents+json; charset=utf-8',
        ...signedHeaders(secrets, { id, body, at: context.clock.now() }),
      },
      body: context.outgoing('webhook/body/v1', body),
      signal,
    })
  }

  return {
    check: (signal) => check(context, post, signal),
    async send({ idempotencyKey: id, message }, signal) {
      const data = options.content === 'full' ? message.data : referenceTo(context, message)
      const response = await post(id, cloudEventOf(id, message, data), signal)
      mustBeTaken(response, context.clock.now())
      return { kind: 'delivered', evidence: { httpStatus: response.status } }
    },
    async close() {},
  }
}

/** No personal data leaves with it: whoever may read the message asks for it. */
const referenceTo = ({ publicUrl }: ConnectorContext, { id }: Message) => ({
  message: id,
  link: `${publicUrl}/api/v1/messages/${id}`,
})

/**
 * 2xx counts, whatever its body, but for a page of HTML: that was a proxy on the way, and nobody knows who
 * else has read it. 410 means "never again": the system is paused, so that a person takes it out.
 */
function mustBeTaken(response: HttpResponse, now: Date): void {
  if (response.status === 410) throw unauthorised('target-gone', { evidence: evidenceOf(response) })
  expectSuccess(response, now)
  if (/^text\/html/i.test(response.headers['content-type'] ?? ''))
    throw unknown('answer-invalid', { evidence: evidenceOf(response) })
}

type Post = (id: string, event: object, signal: AbortSignal) => Promise<HttpResponse>

export const testType = 'vn.lien-thong.webhook-test.v1'

/** Sends an event of a type that means nothing: a receiver that checks the signature answers as it would. */
const check = (context: ConnectorContext, post: Post, signal: AbortSignal) =>
  checkInSteps(context, [
    {
      name: 'call',
      passed: {
        vi: 'Bên nhận trả lời sự kiện thử có chữ ký.',
        en: 'The receiver answered a signed test event.',
      },
      ask: async () => {
        const now = context.clock.now()
        const id = `kiem-tra-${now.getTime()}`
        const message: Message = {
          ...{ id, eventId: id, source: `/${context.province.toLowerCase()}/lien-thong` },
          ...{ type: testType, subject: context.system, time: now.toISOString(), data: {} },
        }
        mustBeTaken(await post(id, cloudEventOf(id, message), signal), now)
        return undefined
      },
    },
  ])

export default createConnector
