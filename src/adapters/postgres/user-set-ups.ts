/** How an account is set up: by a link that is good once, and by its owner. */
import { HubError } from '../../domain/errors.ts'
import type { SetUpLink, UserStore } from '../../engine/ports/people.ts'
import { addAudit } from './audit.ts'
import type { Database, Run } from './database.ts'
import { addUser, endSessionsOf, userSummary } from './users.ts'

const link = `
update hub.user set set_up_hash = $2, set_up_until = now() + $3 * interval '1 hour', set_up_totp = $4
where id = $1 returning set_up_until`

async function addLink(run: Run, id: string, made: SetUpLink): Promise<Date> {
  const [row] = await run<{ set_up_until: Date }>('user-link', link, [
    id,
    Buffer.from(made.hash),
    made.hours,
    made.resetTotp,
  ])
  if (!row) throw new HubError('not-found')
  return row.set_up_until
}

export function createSetUps(
  database: Database,
): Pick<UserStore, 'addSetUpLink' | 'addFirst' | 'ofSetUpLink' | 'setUp' | 'setPassword'> {
  return {
    addSetUpLink: (id, made, act) =>
      database.transaction(async (run) => {
        const until = await addLink(run, id, made)
        await run(
          'user-link-audit',
          `insert into hub.audit (actor, action, object, detail)
           select $2, 'user.set-up-link', u.name, $3 from pg_current_xact_id(), hub.user u where u.id = $1`,
          [id, act.actor, `${made.resetTotp ? 'resets the second factor; ' : ''}${act.reason}`],
        )
        return until
      }),
    addFirst: (user, made, act) =>
      database.transaction(async (run) => {
        // Processes that start at once: one makes it, the others find its link.
        await run('user-first-lock', 'lock table hub.user in share row exclusive mode', [])
        const users = await run<{ id: string; name: string; usable: boolean }>(
          'user-first',
          `select id, name, password is not null or oidc_subject is not null
             or coalesce(set_up_until > now(), false) as usable from hub.user limit 2`,
          [],
        )
        const [only] = users
        if (users.length > 1 || only?.usable || (only && only.name !== user.name)) return undefined
        if (!only) {
          await addUser(run, user)
          await addAudit(run, {
            actor: act.actor,
            action: 'user.created',
            object: user.name,
            detail: `${userSummary(user)}; ${act.reason}`,
          })
        }
        const until = await addLink(run, only?.id ?? user.id, made)
        await addAudit(run, {
          actor: act.actor,
          action: 'user.set-up-link',
          object: user.name,
          detail: act.reason,
        })
        return until
      }),
    async ofSetUpLink(hash) {
      const [row] = await database.run<{ id: string; name: string }>(
        'user-of-link',
        `select id, name from hub.user
         where set_up_hash = $1 and set_up_until > now() and disabled_at is null`,
        [Buffer.from(hash)],
      )
      return row
    },
    setUp: (hash, password) =>
      database.transaction(async (run) => {
        const [row] = await run<{ id: string; name: string }>(
          'user-set-up',
          `update hub.user set password = $2, set_up_hash = null, set_up_until = null, set_up_totp = false,
             totp = case when set_up_totp then null else totp end
           where set_up_hash = $1 and set_up_until > now() and disabled_at is null returning id, name`,
          [Buffer.from(hash), password],
        )
        if (!row) return false
        await endSessionsOf(run, row.id)
        await addAudit(run, {
          actor: `user:${row.name}`,
          action: 'user.set-up',
          object: row.name,
          detail: 'by link',
        })
        return true
      }),
    setPassword: (id, password, kept) =>
      database.transaction(async (run) => {
        const [row] = await run<{ name: string }>(
          'user-password',
          'update hub.user set password = $2 where id = $1 and disabled_at is null returning name',
          [id, password],
        )
        if (!row) throw new HubError('not-found')
        const ended = await endSessionsOf(run, id, kept)
        await addAudit(run, {
          actor: `user:${row.name}`,
          action: 'user.password-changed',
          object: row.name,
          detail: `${ended} other sessions ended`,
        })
      }),
  }
}
