/** A receiver of Standard Webhooks: checks signature and age, knows what it has had, ignores tests. */
import { createHmac, timingSafeEqual } from 'node:crypto'
import {
  type CreateSimulator,
  createSimulatorServer,
  type SimulatorRequest,
} from '../../src/connector/index.ts'

export const secret = 'whsec_bm90LWEtcmVhbC1zZWNyZXQtZm9yLXRlc3Rz'
const testType = 'vn.lien-thong.webhook-test.v1'
const mostSkewSeconds = 5 * 60

const createSimulator: CreateSimulator = (options) => {
  const events = new Map(options.state ?? [])
  const known = new Set<string>()

  return createSimulatorServer(options, {
    modes: [
      ...(['slow', 'timeout-before', 'timeout-after', 'refuse', 'busy', 'rate-limit'] as const),
      ...(['html-200', 'half-body', 'server-error', 'reset-before', 'duplicate'] as const),
    ],
    state: () => events,
    handle(request) {
      if (request.path === '/gone') return { kind: 'write', run: () => ({ status: 410 }) }
      if (!isSigned(request)) return { kind: 'write', run: () => ({ status: 401 }) }
      const event = request.json() as { subject: string; type: string }
      if (event.type === testType) return { kind: 'read', run: () => ({ status: 204 }) }
      const id = String(request.headers['webhook-id'])
      return {
        kind: 'write',
        items: [
          { subject: event.subject, operation: 'notify', idempotencyKey: id, content: event },
        ],
        run() {
          const isNew = !known.has(id)
          known.add(id)
          if (isNew) events.set(event.subject, event)
          return { status: 200, body: { ok: true }, applied: isNew }
        },
        duplicate: () => ({ status: 200, body: { ok: true } }),
      }
    },
  })
}

function isSigned({ headers, body }: SimulatorRequest): boolean {
  const [id, timestamp] = [String(headers['webhook-id']), String(headers['webhook-timestamp'])]
  if (!(Math.abs(Date.now() / 1000 - Number(timestamp)) < mostSkewSeconds)) return false
  const expected = createHmac('sha256', Buffer.from(secret.slice('whsec_'.length), 'base64'))
    .update(`${id}.${timestamp}.${body.toString('utf8')}`)
    .digest()
  return String(headers['webhook-signature'])
    .split(' ')
    .map((one) => Buffer.from(one.replace(/^v1,/, ''), 'base64'))
    .some((given) => given.length === expected.length && timingSafeEqual(given, expected))
}

export default createSimulator
