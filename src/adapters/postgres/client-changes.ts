import { HubError } from '../../domain/errors.ts'
import type { ClientChanges, ClientDetails, ClientUse } from '../../engine/ports/clients.ts'
import type { Act } from '../../engine/ports/interventions.ts'
import { addAudit, auditDetail } from './audit.ts'
import { addKey } from './client-keys.ts'
import type { Database, Run } from './database.ts'

const revoked = (): HubError =>
  new HubError('state-conflict', {
    detail: {
      vi: 'Hệ thống khách này đã bị thu hồi; tạo hệ thống khách mới.',
      en: 'This client is revoked; make a new one.',
    },
  })

const today = `(now() at time zone 'Asia/Ho_Chi_Minh')::date`

async function change(
  run: Run,
  id: string,
  given: Partial<ClientDetails>,
  act: Act,
): Promise<void> {
  const [row] = await run<ClientDetails & { revoked_at: Date | null }>(
    'client-lock',
    'select title, scopes, sources, types, revoked_at from hub.client where id = $1 for update',
    [id],
  )
  if (!row) throw new HubError('not-found')
  const { revoked_at, ...before } = row
  if (revoked_at) throw revoked()
  const after = { ...before, ...given }
  await run(
    'client-change',
    'update hub.client set title = $2, scopes = $3, sources = $4, types = $5 where id = $1',
    [id, after.title, after.scopes, after.sources, after.types],
  )
  await addAudit(run, {
    actor: act.actor,
    action: 'client.changed',
    object: id,
    detail: auditDetail({ reason: act.reason, before, after }),
  })
}

async function setDisabled(run: Run, id: string, to: boolean, act: Act): Promise<boolean> {
  const rows = await run(
    'client-disable',
    `update hub.client set disabled_at = case when $2 then now() end
     where id = $1 and revoked_at is null and (disabled_at is null) = $2 returning id`,
    [id, to],
  )
  if (rows.length === 0) return false
  const action = to ? 'client.disabled' : 'client.enabled'
  await addAudit(run, { actor: act.actor, action, object: id, detail: act.reason })
  return true
}

export function createClientChanges(database: Database): ClientChanges {
  return {
    change: (id, given, act) => database.transaction((run) => change(run, id, given, act)),
    disable: (id, act) => database.transaction((run) => setDisabled(run, id, true, act)),
    enable: (id, act) => database.transaction((run) => setDisabled(run, id, false, act)),
    replaceKeys: (client, key, othersEndAt, act) =>
      database.transaction(async (run) => {
        await addKey(run, client, key)
        const old = await run<{ id: string }>(
          'client-keys-end',
          `update hub.api_key set expires_at = least(expires_at, greatest($3, now()))
           where client = $1 and id <> $2 and revoked_at is null and expires_at > now() returning id`,
          [client, key.id, othersEndAt],
        )
        const ended = old.map(({ id }) => id).sort()
        await addAudit(run, {
          actor: act.actor,
          action: 'key.replaced',
          object: `${client}/${key.id}`,
          detail: auditDetail({
            reason: act.reason,
            before: ended,
            after: [key.id],
            oldEndAt: othersEndAt.toISOString(),
          }),
        })
        return ended
      }),
    async addUse(counts) {
      const rows = [...counts]
      const column = (name: keyof ClientUse) => rows.map(([, use]) => use[name])
      await database.run(
        'client-use-add',
        `insert into hub.client_day as d (client, day, requests, refused, failed)
         select c.id, ${today}, u.requests, u.refused, u.failed
         from unnest($1::text[], $2::bigint[], $3::bigint[], $4::bigint[])
           as u (client, requests, refused, failed)
         cross join lateral (select id from hub.client where id = u.client) c order by c.id
         on conflict (client, day) do update set requests = d.requests + excluded.requests,
           refused = d.refused + excluded.refused, failed = d.failed + excluded.failed`,
        [rows.map(([client]) => client), column('requests'), column('refused'), column('failed')],
      )
    },
    async use() {
      const rows = await database.run<ClientUse & { client: string }>(
        'client-use',
        `select d.client, sum(requests)::float8 as requests, sum(refused)::float8 as refused,
           sum(failed)::float8 as failed
         from hub.client c join hub.client_day d on d.client = c.id and d.day > ${today} - 7
         group by d.client`,
        [],
      )
      return new Map(rows.map(({ client, ...use }) => [client, use]))
    },
  }
}
