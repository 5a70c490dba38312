import { ConnectorError } from '../../connector/errors.ts'
import { HubError } from '../../domain/errors.ts'
import type { Failed } from '../../domain/outcome.ts'

/**
 * The one place that turns a throw into an outcome. A ConnectorError says its own outcome; another
 * HubError (a code missing from its table, a body that cannot be read) is about this message and
 * permanent; anything else is a bug of ours, kept apart so that it is loud.
 */
export function classify(error: unknown): Failed {
  if (error instanceof ConnectorError) return error.outcome
  if (error instanceof HubError)
    return {
      kind: 'permanent',
      code: error.code,
      ...(error.detail && { detail: error.detail }),
      faults: error.faults,
    }
  return { kind: 'permanent', code: 'bug' }
}
