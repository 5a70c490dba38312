import { HubError } from '../../domain/errors.ts'
import type { Run } from './database.ts'

interface NewKey {
  readonly id: string
  readonly hash: Uint8Array
  readonly expiresAt: Date
}

/** Throws `not-found` where there is no such client, or it is revoked. */
export async function addKey(run: Run, client: string, key: NewKey): Promise<void> {
  const added = await run(
    'client-key-add',
    `insert into hub.api_key (id, client, hash, expires_at)
     select $1, id, $3, $4 from hub.client where id = $2 and revoked_at is null returning id`,
    [key.id, client, Buffer.from(key.hash), key.expiresAt],
  )
  if (added.length === 0) throw new HubError('not-found')
}
