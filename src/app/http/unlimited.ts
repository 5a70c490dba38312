import { HubError } from '../../domain/errors.ts'
import { isLimited } from '../../domain/unit.ts'
import type { Operation } from './operation.ts'

/** What may concern any unit and system lies beyond every reach that is limited. */
export const unlimited = (operation: Operation): Operation => ({
  ...operation,
  handler(surroundings) {
    const handle = operation.handler(surroundings)
    return async (call) => {
      if (isLimited(call.client.reach)) throw new HubError('not-found')
      return handle(call)
    }
  },
})
