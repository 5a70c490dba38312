/**
 * Signatures after Standard Webhooks 1.0 (standardwebhooks.com): `v1,` and the base64 HMAC-SHA-256 of
 * `<id>.<unix seconds>.<body>`; several, apart by a space, while a secret is rotated.
 */
import { createHmac } from 'node:crypto'

const prefix = 'whsec_'

function sign(secret: string, text: string): string {
  const key = Buffer.from(secret.slice(prefix.length), 'base64')
  return `v1,${createHmac('sha256', key).update(text).digest('base64')}`
}

export function signedHeaders(
  secrets: readonly string[],
  { id, body, at }: { readonly id: string; readonly body: string; readonly at: Date },
): Record<string, string> {
  const timestamp = String(Math.floor(at.getTime() / 1000))
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': secrets
      .map((secret) => sign(secret, `${id}.${timestamp}.${body}`))
      .join(' '),
  }
}
