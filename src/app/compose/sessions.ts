/** Sessions that all processes share, sealed under the hub's own keys. */
import type { Database } from '../../adapters/postgres/database.ts'
import { createSharedSession } from '../../adapters/postgres/sessions.ts'
import type { Keyring } from '../../adapters/system/keyring.ts'
import type { SharedSession } from '../../connector/session.ts'
import type { Logger } from '../../domain/log-events.ts'

interface SessionTools {
  readonly database: Database
  readonly keyring: Keyring
  readonly log: Logger
  readonly processId: string
}

/** By system and account; an account is whatever logs in, and is kept as a keyed hash only. */
export const sharedSessions =
  ({ database, keyring, log, processId }: SessionTools) =>
  (system: string, account: string): SharedSession => {
    const words = `session:${system}`
    const name = Buffer.from(keyring.hmac('session-account', account)).toString('hex')
    const parts = {
      ...{ database, log, owner: processId },
      seal: (text: string) => keyring.seal(words, text),
      open: (sealed: string) => keyring.open(words, sealed),
      digest: (token: string) => keyring.hmac('session', token),
    }
    return createSharedSession(parts, system, name)
  }
