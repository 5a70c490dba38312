import { HubError } from '../../domain/errors.ts'
import type { Act } from '../../engine/ports.ts'
import type { Call } from './operation.ts'

/** Who acts, and why, as the audit trail keeps it. The schema has spoken for the reason. */
export const actOf = ({ client, body }: Call): Act => ({
  actor: `client:${client.id}`,
  reason: (body as { reason: string }).reason.trim(),
})

/** A missing reason has a code of its own; every other fault of the body is `request-invalid`. */
export function requireReason(body: unknown): void {
  const given = typeof body === 'object' && body !== null ? (body as { reason?: unknown }) : {}
  const { reason } = given
  if (reason === undefined || (typeof reason === 'string' && reason.trim() === ''))
    throw new HubError('reason-missing')
}
