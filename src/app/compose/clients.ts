/** Keys and clients: issued once, checked at every request, cached for a few seconds. */
import { createClientChanges } from '../../adapters/postgres/client-changes.ts'
import { createClientStore } from '../../adapters/postgres/clients.ts'
import type { Database } from '../../adapters/postgres/database.ts'
import { createKey, hashKey, keyMatches, parseKey } from '../../adapters/system/api-keys.ts'
import type { Keyring } from '../../adapters/system/keyring.ts'
import { HubError } from '../../domain/errors.ts'
import type { Logger } from '../../domain/log-events.ts'
import type { Client } from '../../engine/ports/accept.ts'
import type { ClientChanges, ClientStore } from '../../engine/ports/clients.ts'
import type { Clock } from '../../engine/ports/clock.ts'
import type { Hub } from '../hub.ts'
import type { ProcessSettings } from '../settings.ts'
import { createClientUse } from './client-use.ts'

/** A revoked key is refused everywhere after this long at the latest. */
const cacheMs = 5_000
const cacheSize = 10_000
const dayMs = 24 * 60 * 60 * 1000

/** Remembers an answer for a while; many who ask at once share one question. */
function createCache<T>(
  clock: Clock,
  load: (key: string) => Promise<T>,
): (key: string) => Promise<T> {
  const known = new Map<string, { at: number; value: Promise<T> }>()
  return (key) => {
    const now = clock.monotonicMs()
    const hit = known.get(key)
    if (hit && now - hit.at < cacheMs) return hit.value
    if (known.size >= cacheSize) known.clear()
    const value = load(key)
    known.set(key, { at: now, value })
    // A database that was away must not be remembered as a refusal.
    value.catch((error: unknown) => {
      if (error instanceof HubError && error.code === 'store-unavailable') known.delete(key)
    })
    return value
  }
}

function createClients(
  store: ClientStore & ClientChanges,
  keyring: Keyring,
  clock: Clock,
  environment: string,
): Hub['clients'] {
  const hmac = keyring.hmac.bind(keyring)
  const byKey = createCache<Client>(clock, async (text) => {
    const key = parseKey(text)
    const found = key && (await store.findKey(key.id))
    if (!key || !found || !keyMatches(key, found.hash, hmac)) throw new HubError('key-invalid')
    await store.keyUsed(key.id)
    return found.client
  })
  const byId = createCache<Client | undefined>(clock, async (id) => {
    const found = (await store.list()).find(
      (client) => client.id === id && !client.revokedAt && !client.disabledAt,
    )
    return found && { id, scopes: found.scopes, sources: found.sources, types: found.types }
  })
  return {
    ...store,
    async issueKey(client, days, act, othersEndAt) {
      const key = createKey(environment)
      const expiresAt = new Date(clock.now().getTime() + days * dayMs)
      const row = { id: key.id, hash: hashKey(key, hmac), expiresAt }
      if (othersEndAt === undefined) await store.addKey(client, row, act)
      const ended = othersEndAt ? await store.replaceKeys(client, row, othersEndAt, act) : []
      return { id: key.id, key: key.key, expiresAt, ended }
    },
    authenticate: (key) =>
      key === undefined ? Promise.reject(new HubError('key-missing')) : byKey(key),
    byId,
  }
}

interface ClientParts {
  readonly database: Database
  readonly keyring: Keyring
  readonly clock: Clock
  readonly log: Logger
  readonly settings: ProcessSettings
}

/** `served`: an answered request, counted for its client. */
export function openClients({ database, keyring, clock, log, settings }: ClientParts): {
  readonly desk: Hub['clients']
  readonly served: Hub['served']
  close(): Promise<void>
} {
  const store = { ...createClientStore(database), ...createClientChanges(database) }
  const use = createClientUse(store, log)
  return {
    desk: createClients(store, keyring, clock, settings.environment),
    served({ client, status }) {
      // People are users, `user:<name>`; only what a client does is counted by who it is.
      if (client !== undefined && !client.includes(':')) use.count(client, status)
    },
    close: use.stop,
  }
}
