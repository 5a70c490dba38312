/** Sign-in as the store sees it: tries, what is proved, and sessions. Every moment here is the store's. */
import { HubError } from '../../domain/errors.ts'
import type { Credentials, OidcFlowStore, SignInStore, Tries } from '../../engine/ports/people.ts'
import { addAudit } from './audit.ts'
import type { Database } from './database.ts'
import { endSessionsOf, type UserRow, userView } from './users.ts'

type CredentialsRow = Pick<
  UserRow,
  'id' | 'name' | 'title' | 'email' | 'roles' | 'password' | 'totp'
> & {
  disabled_at: Date | null
  now: Date
}

const credentialsOf = (row: CredentialsRow | undefined): Credentials | undefined =>
  row && {
    id: row.id,
    name: row.name,
    title: row.title,
    email: row.email,
    roles: row.roles,
    password: row.password,
    totp: row.totp,
    disabled: row.disabled_at !== null,
    now: row.now,
  }

const credentials = `
select id, name, title, email, roles, password, totp, disabled_at, now() as now from hub.user`

/** Rows that nobody has touched for so long say nothing any more. */
const forgetTries = `
delete from hub.sign_in_try where (select max(t) from unnest(at) t) < now() - interval '1 hour'`

function createTries(database: Database): Pick<SignInStore, 'take' | 'giveBack'> {
  return {
    take: (what, most, minutes) =>
      database.transaction(async (run): Promise<Tries> => {
        const key = Buffer.from(what)
        await run(
          'try-row',
          `insert into hub.sign_in_try (what, at) values ($1, '{}') on conflict (what) do nothing`,
          [key],
        )
        const [row] = await run<{ count: number; rest: number; told: boolean }>(
          'try-look',
          `select r.count, coalesce(r.rest, 0)::float8 as rest, told from (
             select * from hub.sign_in_try where what = $1 for update) t
           cross join lateral (select count(*)::int as count,
             extract(epoch from min(m) + $2 * interval '1 minute' - now()) as rest
             from unnest(t.at) m where m > now() - $2 * interval '1 minute') r`,
          [key, minutes],
        )
        if (!row) throw new Error('the row of these tries is gone')
        const allowed = row.count < most
        await run(
          'try-count',
          `update hub.sign_in_try set told = not $3, at = case when $3 then
             array(select m from unnest(at) m where m > now() - $2 * interval '1 minute') || now()
             else at end where what = $1`,
          [key, minutes, allowed],
        )
        return {
          allowed,
          retryAfterSeconds: allowed ? 0 : Math.max(1, Math.ceil(row.rest)),
          first: !allowed && !row.told,
        }
      }),
    async giveBack(what) {
      await database.run(
        'try-give-back',
        'update hub.sign_in_try set at = at[1:cardinality(at) - 1] where what = $1',
        [Buffer.from(what)],
      )
    },
  }
}

interface SessionRow extends UserRow {
  state: 'signed-in' | 'totp-needed' | 'totp-enrolment-needed'
  enrolling: string | null
  idle_ends_at: Date
  ends_at: Date
}

const alive = `s.hash = $1 and s.ends_at > now() and s.seen_at > now() - $2 * interval '1 minute'
  and u.disabled_at is null`
const sessionColumns = `u.*, 0 as sessions, s.state, s.enrolling, s.ends_at,
  least(s.ends_at, s.seen_at + $2 * interval '1 minute') as idle_ends_at`
const look = `select ${sessionColumns} from hub.web_session s join hub.user u on u.id = s.user_id where ${alive}`
const touch = `update hub.web_session s set seen_at = now() from hub.user u
  where u.id = s.user_id and ${alive} returning ${sessionColumns}`

function createSessions(
  database: Database,
): Pick<SignInStore, 'begin' | 'session' | 'end' | 'endAll'> {
  return {
    begin: (session, instead, how) =>
      database.transaction(async (run) => {
        await run(
          'web-session-forget',
          'delete from hub.web_session where ends_at < now() or hash = $1',
          [instead ? Buffer.from(instead) : null],
        )
        await run('try-forget', forgetTries, [])
        const [user] = await run<{ name: string }>(
          'session-user',
          `update hub.user set last_signed_in_at = case when $2 then now() else last_signed_in_at end
           where id = $1 and disabled_at is null returning name`,
          [session.user, session.state === 'signed-in'],
        )
        if (!user) throw new HubError('sign-in-refused')
        await run(
          'web-session-add',
          `insert into hub.web_session (hash, user_id, state, enrolling, ends_at, how)
           values ($1, $2, $3, $4, now() + $5 * interval '1 minute', $6)`,
          [
            Buffer.from(session.hash),
            session.user,
            session.state,
            session.enrolling,
            session.minutes,
            how,
          ],
        )
        await addAudit(run, {
          actor: `user:${user.name}`,
          action: session.state === 'signed-in' ? 'session.begun' : 'session.half-begun',
          object: user.name,
          detail: how,
        })
      }),
    async session(hash, idleMinutes, counts) {
      const [row] = await database.run<SessionRow>(
        counts ? 'web-session-touch' : 'web-session-look',
        counts ? touch : look,
        [Buffer.from(hash), idleMinutes],
      )
      return (
        row && {
          state: row.state,
          enrolling: row.enrolling,
          user: userView(row),
          idleEndsAt: row.idle_ends_at,
          endsAt: row.ends_at,
        }
      )
    },
    end: (hash, by) =>
      database.transaction(async (run) => {
        const [row] = await run<{ name: string }>(
          'web-session-end',
          `delete from hub.web_session s using hub.user u where s.hash = $1 and u.id = s.user_id
           returning u.name`,
          [Buffer.from(hash)],
        )
        if (row)
          await addAudit(run, { actor: by, action: 'session.ended', object: row.name, detail: '' })
        return row !== undefined
      }),
    endAll: (id, act) =>
      database.transaction(async (run) => {
        const [user] = await run<{ name: string }>(
          'user-name',
          'select name from hub.user where id = $1',
          [id],
        )
        if (!user) throw new HubError('not-found')
        const ended = await endSessionsOf(run, id)
        await addAudit(run, {
          actor: act.actor,
          action: 'session.all-ended',
          object: user.name,
          detail: `${ended}; ${act.reason}`,
        })
        return ended
      }),
  }
}

export function createSignInStore(database: Database): SignInStore {
  const find = async (name: string, where: string, values: unknown[]) => {
    const [row] = await database.run<CredentialsRow>(name, `${credentials} where ${where}`, values)
    return credentialsOf(row)
  }
  return {
    ...createTries(database),
    ...createSessions(database),
    credentials: (name) => find('sign-in-name', 'name = $1', [name]),
    byId: (id) => find('sign-in-id', 'id = $1', [id]),
    byOidc: ({ issuer, subject }) =>
      find('sign-in-oidc', 'oidc_issuer = $1 and oidc_subject = $2', [issuer, subject]),
    useCode: (id, counter, totp) =>
      database.transaction(async (run) => {
        const [row] = await run<{ name: string }>(
          'sign-in-code',
          `update hub.user set totp_counter = $2, totp = coalesce($3, totp)
           where id = $1 and (totp_counter is null or totp_counter < $2)
             and ($3::text is null or totp is null) returning name`,
          [id, counter, totp ?? null],
        )
        if (row && totp !== undefined)
          await addAudit(run, {
            actor: `user:${row.name}`,
            action: 'user.totp-enrolled',
            object: row.name,
            detail: '',
          })
        return row !== undefined
      }),
    refused: (actor, detail) =>
      database.transaction((run) =>
        addAudit(run, { actor, action: 'session.refused', object: 'sign-in', detail }),
      ),
  }
}

export function createOidcFlowStore(database: Database): OidcFlowStore {
  return {
    async begin({ state, browser, sealed, minutes }) {
      await database.run('oidc-flow-forget', 'delete from hub.oidc_flow where until < now()', [])
      await database.run(
        'oidc-flow-add',
        `insert into hub.oidc_flow (state, browser, sealed, until)
         values ($1, $2, $3, now() + $4 * interval '1 minute')`,
        [Buffer.from(state), Buffer.from(browser), sealed, minutes],
      )
    },
    async take(state, browser) {
      const [row] = await database.run<{ sealed: string; good: boolean }>(
        'oidc-flow-take',
        `delete from hub.oidc_flow where state = $1
         returning sealed, browser = $2 and until > now() as good`,
        [Buffer.from(state), Buffer.from(browser)],
      )
      return row?.good ? row.sealed : undefined
    },
  }
}
