import { HubError } from '../../domain/errors.ts'
import type { OwnAccountStore } from '../../engine/ports/account.ts'
import { addAudit } from './audit.ts'
import type { Database } from './database.ts'

interface Row {
  id: string
  created_at: Date
  seen_at: Date
  ends_at: Date
  how: string
  current: boolean
}

export function createOwnAccountStore(database: Database): OwnAccountStore {
  return {
    async sessionsOf(user, current, idleMinutes) {
      const rows = await database.run<Row>(
        'own-sessions',
        `select id, created_at, seen_at, ends_at, how, hash = $2 as current from hub.web_session
         where user_id = $1 and state = 'signed-in' and ends_at > now()
           and seen_at > now() - $3 * interval '1 minute' order by created_at desc`,
        [user, Buffer.from(current), idleMinutes],
      )
      return rows.map(({ id, how, current, ...at }) => ({
        ...{ id, how, current },
        createdAt: at.created_at.toISOString(),
        seenAt: at.seen_at.toISOString(),
        endsAt: at.ends_at.toISOString(),
      }))
    },
    endOne: (user, session, by) =>
      database.transaction(async (run) => {
        const [row] = await run<{ name: string; how: string }>(
          'own-session-end',
          `delete from hub.web_session s using hub.user u
           where s.id = $2 and s.user_id = $1 and u.id = s.user_id returning u.name, s.how`,
          [user, session],
        )
        if (!row) return false
        const detail = `begun by ${row.how}`
        await addAudit(run, { actor: by, action: 'session.ended', object: row.name, detail })
        return true
      }),
    enrol: (session, sealed) =>
      database.transaction(async (run) => {
        const [row] = await run<{ name: string }>(
          'own-totp-begin',
          `update hub.web_session s set enrolling = $2 from hub.user u
           where s.hash = $1 and u.id = s.user_id returning u.name`,
          [Buffer.from(session), sealed],
        )
        if (!row) throw new HubError('session-ended')
        await addAudit(run, {
          ...{ actor: `user:${row.name}`, object: row.name, detail: '' },
          action: 'user.totp-begun',
        })
      }),
    async enrolled(session) {
      await database.run(
        'own-totp-done',
        'update hub.web_session set enrolling = null where hash = $1',
        [Buffer.from(session)],
      )
    },
  }
}
