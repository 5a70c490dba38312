/** What changes, told to whoever listens. */
import type { Database } from '../../adapters/postgres/database.ts'
import { createLiveStore } from '../../adapters/postgres/live.ts'
import type { Logger } from '../../domain/log-events.ts'
import { createLive } from '../../engine/live.ts'
import type { Live } from '../../engine/ports/live.ts'

export const createLiveDesk = (parts: {
  readonly database: Database
  readonly log: Logger
}): Live => createLive({ store: createLiveStore(parts.database), log: parts.log })
