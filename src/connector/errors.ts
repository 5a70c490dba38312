import { type ErrorCode, type Fault, HubError, type Words } from '../domain/errors.ts'
import type { Evidence, Failed, Memo } from '../domain/outcome.ts'

interface Facts {
  readonly detail?: Words
  readonly faults?: readonly Fault[]
  readonly retryAfterMs?: number
  readonly evidence?: Evidence
  readonly memo?: Memo
  readonly cause?: unknown
}

/** An outcome that is thrown. Made by the four factories below, so that the kind is always said. */
export class ConnectorError extends HubError {
  override readonly name = 'ConnectorError'
  readonly outcome: Failed

  constructor(kind: Failed['kind'], code: ErrorCode, { cause, ...facts }: Facts) {
    super(code, {
      cause,
      ...(facts.detail && { detail: facts.detail }),
      ...(facts.faults && { faults: facts.faults }),
      ...(facts.retryAfterMs !== undefined && {
        retryAfterSeconds: Math.ceil(facts.retryAfterMs / 1000),
      }),
    })
    this.outcome = { kind, code, ...facts }
  }
}

/** The system will never take this message as it is. */
export const permanent = (code: ErrorCode, facts: Facts = {}): ConnectorError =>
  new ConnectorError('permanent', code, facts)

/** Surely not applied; later may work. */
export const later = (code: ErrorCode, facts: Facts = {}): ConnectorError =>
  new ConnectorError('retry', code, facts)

/** The session or the credentials were refused. */
export const unauthorised = (code: ErrorCode, facts: Facts = {}): ConnectorError =>
  new ConnectorError('auth', code, facts)

/** It may have been applied. */
export const unknown = (code: ErrorCode, facts: Facts = {}): ConnectorError =>
  new ConnectorError('unknown', code, facts)
