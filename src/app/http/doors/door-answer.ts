import type { DoorResponse } from '../../../connector/door.ts'
import { send, sendStream } from '../answer.ts'
import type { Exchange } from '../exchange.ts'

/** Headers that are the hub's own business, whatever a door says. */
const ours: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'transfer-encoding',
  'content-length',
  'upgrade',
  'trailer',
  'set-cookie',
  'cache-control',
  'content-security-policy',
  'x-content-type-options',
  'cross-origin-resource-policy',
  'referrer-policy',
  'x-request-id',
])

function split(response: DoorResponse): { type: string; headers: string[] } {
  let type = typeof response.body === 'string' ? 'text/plain; charset=utf-8' : ''
  const headers: string[] = []
  for (const [name, value] of Object.entries(response.headers ?? {})) {
    const lower = name.toLowerCase()
    if (lower === 'content-type') type = value
    else if (!ours.has(lower)) headers.push(name, value)
  }
  return { type: type || 'application/octet-stream', headers }
}

/** Writes what a door answered, in its own words, under the hub's safety headers. */
export async function sendDoorAnswer(exchange: Exchange, answer: DoorResponse): Promise<void> {
  const { type, headers } = split(answer)
  const { body, status } = answer
  if (typeof body === 'string' || body instanceof Uint8Array) {
    send(exchange, { status, content: { type, body }, headers })
    return
  }
  await sendStream(exchange, { status, headers }, { type, body })
}
