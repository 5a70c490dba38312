import { HubError } from '../../domain/errors.ts'
import type { ClientStore, ClientView } from '../../engine/ports/clients.ts'
import { addAudit, auditDetail } from './audit.ts'
import { addKey } from './client-keys.ts'
import type { Database } from './database.ts'

interface ClientRow {
  id: string
  title: string
  scopes: string[]
  sources: string[]
  types: string[]
  created_at: Date
  disabled_at: Date | null
  revoked_at: Date | null
}
interface KeyRow {
  id: string
  client: string
  created_at: Date
  expires_at: Date
  last_used_at: Date | null
  revoked_at: Date | null
}

const iso = (date: Date | null): string | null => date?.toISOString() ?? null

const viewOf = (client: ClientRow, keys: readonly KeyRow[]): ClientView => ({
  id: client.id,
  title: client.title,
  scopes: client.scopes,
  sources: client.sources,
  types: client.types,
  createdAt: client.created_at.toISOString(),
  disabledAt: iso(client.disabled_at),
  revokedAt: iso(client.revoked_at),
  keys: keys
    .filter((key) => key.client === client.id)
    .map((key) => ({
      id: key.id,
      createdAt: key.created_at.toISOString(),
      expiresAt: key.expires_at.toISOString(),
      lastUsedAt: iso(key.last_used_at),
      revokedAt: iso(key.revoked_at),
    })),
})

export function createClientStore(database: Database): ClientStore {
  return {
    create: (client, act) =>
      database.transaction(async (run) => {
        const rows = await run(
          'client-add',
          `insert into hub.client (id, title, scopes, sources, types) values ($1, $2, $3, $4, $5)
           on conflict (id) do nothing returning id`,
          [client.id, client.title, client.scopes, client.sources, client.types],
        )
        if (rows.length === 0)
          throw new HubError('state-conflict', {
            detail: {
              vi: `Đã có hệ thống khách mang mã ${client.id}.`,
              en: `There is a client ${client.id} already.`,
            },
          })
        await addAudit(run, {
          actor: act.actor,
          action: 'client.created',
          object: client.id,
          detail: auditDetail({
            reason: act.reason,
            after: {
              ...{ title: client.title, scopes: client.scopes },
              ...{ sources: client.sources, types: client.types },
            },
          }),
        })
      }),
    addKey: (client, key, act) =>
      database.transaction(async (run) => {
        await addKey(run, client, key)
        await addAudit(run, {
          actor: act.actor,
          action: 'key.issued',
          object: `${client}/${key.id}`,
          detail: act.reason,
        })
      }),
    revoke: (target, act) =>
      database.transaction(async (run) => {
        const rows =
          'key' in target
            ? await run(
                'client-key-revoke',
                'update hub.api_key set revoked_at = now() where id = $1 and revoked_at is null returning id',
                [target.key],
              )
            : await run(
                'client-revoke',
                'update hub.client set revoked_at = now() where id = $1 and revoked_at is null returning id',
                [target.client],
              )
        if (rows.length > 0)
          await addAudit(run, {
            actor: act.actor,
            action: 'key' in target ? 'key.revoked' : 'client.revoked',
            object: 'key' in target ? target.key : target.client,
            detail: act.reason,
          })
        return rows.length > 0
      }),
    async list() {
      const [clients, keys] = await Promise.all([
        database.run<ClientRow>('client-list', 'select * from hub.client order by id', []),
        database.run<KeyRow>(
          'client-keys',
          'select id, client, created_at, expires_at, last_used_at, revoked_at from hub.api_key order by created_at',
          [],
        ),
      ])
      return clients.map((client) => viewOf(client, keys))
    },
    async findKey(keyId) {
      const [row] = await database.run<ClientRow & { hash: Buffer }>(
        'client-key-find',
        `select c.*, k.hash from hub.api_key k join hub.client c on c.id = k.client
         where k.id = $1 and k.revoked_at is null and k.expires_at > now() and c.revoked_at is null
           and c.disabled_at is null`,
        [keyId],
      )
      if (!row) return undefined
      const { id, scopes, sources, types } = row
      return { hash: row.hash, client: { id, scopes, sources, types } }
    },
    async keyUsed(keyId) {
      await database.run(
        'client-key-used',
        // A minute is near enough, and a busy key must not leave a row behind every few seconds.
        `update hub.api_key set last_used_at = now()
         where id = $1 and (last_used_at is null or last_used_at < now() - interval '1 minute')`,
        [keyId],
      )
    },
  }
}
