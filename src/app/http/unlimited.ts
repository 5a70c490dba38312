import { HubError } from '../../domain/errors.ts'
import { isLimited, type Reach } from '../../domain/unit.ts'
import type { Operation } from './operation.ts'

const within =
  (isBeyond: (reach: Reach) => boolean) =>
  (operation: Operation): Operation => ({
    ...operation,
    handler(surroundings) {
      const handle = operation.handler(surroundings)
      return async (call) => {
        if (isBeyond(call.client.reach)) throw new HubError('not-found')
        return handle(call)
      }
    },
  })

/** What may concern any unit and system lies beyond every reach that is limited. */
export const unlimited = within(isLimited)

/** What is done to a system is done to the messages of every unit. */
export const ofEveryUnit = within(({ units }) => units.length > 0)
