/** Accounts of people: what administrators decide, and how an account is set up. */
import { HubError } from '../../domain/errors.ts'
import type { NewUser, UserDetails, UserStore, UserView } from '../../engine/ports/people.ts'
import { addAudit, auditDetail } from './audit.ts'
import type { Database, Run } from './database.ts'
import { iso } from './queries/rows.ts'

export interface UserRow {
  id: string
  name: string
  title: string
  email: string | null
  roles: string[]
  may_reveal: boolean
  may_redrive: boolean
  units: string[]
  systems: string[]
  password: string | null
  totp: string | null
  oidc_issuer: string | null
  oidc_subject: string | null
  set_up_until: Date | null
  created_at: Date
  disabled_at: Date | null
  last_signed_in_at: Date | null
  sessions: number
}

export const userView = (row: UserRow): UserView => ({
  id: row.id,
  name: row.name,
  title: row.title,
  email: row.email,
  roles: row.roles,
  mayReveal: row.may_reveal,
  mayRedrive: row.may_redrive,
  units: row.units,
  systems: row.systems,
  oidc:
    row.oidc_issuer !== null && row.oidc_subject !== null
      ? { issuer: row.oidc_issuer, subject: row.oidc_subject }
      : null,
  hasPassword: row.password !== null,
  hasTotp: row.totp !== null,
  createdAt: row.created_at.toISOString(),
  disabledAt: iso(row.disabled_at),
  lastSignedInAt: iso(row.last_signed_in_at),
  setUpUntil: iso(row.set_up_until),
  sessions: row.sessions,
})

const columns = `u.id, u.name, u.title, u.email, u.roles, u.may_reveal, u.may_redrive, u.units, u.systems,
  u.password, u.totp, u.oidc_issuer, u.oidc_subject, u.created_at, u.disabled_at, u.last_signed_in_at,
  case when u.set_up_until > now() then u.set_up_until end as set_up_until,
  (select count(*)::int from hub.web_session s
   where s.user_id = u.id and s.state = 'signed-in' and s.ends_at > now()) as sessions`

const isTaken = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === '23505'

/** What a unique index refuses is somebody else's. */
async function unlessTaken<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!isTaken(error)) throw error
    throw new HubError('state-conflict', {
      detail: {
        vi: 'Tên đăng nhập, hoặc tài khoản ở nhà cung cấp định danh, đã thuộc về người khác.',
        en: 'The name, or the account at the identity provider, is somebody else’s.',
      },
    })
  }
}

const valuesOf = (details: UserDetails): unknown[] => [
  details.title,
  details.email,
  details.roles,
  details.mayReveal,
  details.mayRedrive,
  details.units,
  details.systems,
  details.oidc?.issuer ?? null,
  details.oidc?.subject ?? null,
]

const insert = `
insert into hub.user (id, name, title, email, roles, may_reveal, may_redrive, units, systems, oidc_issuer,
  oidc_subject)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`

const update = `
update hub.user set title = $2, email = $3, roles = $4, may_reveal = $5, may_redrive = $6, units = $7,
  systems = $8, oidc_issuer = $9, oidc_subject = $10
where id = $1`

export const endSessionsOf = async (run: Run, id: string, kept: Uint8Array | null = null) =>
  (
    await run(
      'user-sessions-end',
      'delete from hub.web_session where user_id = $1 and hash is distinct from $2 returning 1',
      [id, kept && Buffer.from(kept)],
    )
  ).length

/** In words that anybody may read: roles, rights, reach. */
export const userSummary = (user: UserDetails): string =>
  [
    user.roles.join('+') || '–',
    ...(user.mayReveal ? ['reveal'] : []),
    ...(user.mayRedrive ? ['redrive'] : []),
    ...(user.units.length > 0 ? [`units ${user.units.join(' ')}`] : []),
    ...(user.systems.length > 0 ? [`systems ${user.systems.join(' ')}`] : []),
    ...(user.oidc ? [`oidc ${user.oidc.issuer}`] : []),
  ].join(', ')

const rightsOf = ({ roles, mayReveal, mayRedrive, units, systems, oidc }: UserDetails): string =>
  JSON.stringify([roles, mayReveal, mayRedrive, units, systems, oidc])

/** What an administrator decides, as it is kept before and after. */
const toldOf = (user: UserDetails) => ({
  ...{ title: user.title, roles: user.roles, units: user.units, systems: user.systems },
  ...{ mayReveal: user.mayReveal, mayRedrive: user.mayRedrive },
  oidc: user.oidc?.issuer ?? null,
})

export async function addUser(run: Run, user: NewUser): Promise<void> {
  await run('user-add', insert, [user.id, user.name, ...valuesOf(user)])
}

function createChanges(database: Database): Pick<UserStore, 'change' | 'disable' | 'enable'> {
  const setDisabled = (
    id: string,
    to: boolean,
    action: string,
    act: { actor: string; reason: string },
  ) =>
    database.transaction(async (run) => {
      const [row] = await run<{ name: string }>(
        'user-disable',
        `update hub.user set disabled_at = case when $2 then now() end
         where id = $1 and (disabled_at is null) = $2 returning name`,
        [id, to],
      )
      if (!row) return false
      if (to) await endSessionsOf(run, id)
      await addAudit(run, { actor: act.actor, action, object: row.name, detail: act.reason })
      return true
    })
  return {
    change: (id, change, act) =>
      unlessTaken(() =>
        database.transaction(async (run) => {
          const [row] = await run<UserRow>(
            'user-lock',
            `select ${columns} from hub.user u where u.id = $1 for update of u`,
            [id],
          )
          if (!row) throw new HubError('not-found')
          const before = userView(row)
          const after = { ...before, ...change }
          await run('user-change', update, [id, ...valuesOf(after)])
          const ended = rightsOf(before) === rightsOf(after) ? 0 : await endSessionsOf(run, id)
          await addAudit(run, {
            actor: act.actor,
            action: 'user.changed',
            object: row.name,
            detail: auditDetail({
              reason: act.reason,
              before: toldOf(before),
              after: toldOf(after),
              sessionsEnded: ended,
            }),
          })
        }),
      ),
    disable: (id, act) => setDisabled(id, true, 'user.disabled', act),
    enable: (id, act) => setDisabled(id, false, 'user.enabled', act),
  }
}

export function createUserStore(
  database: Database,
): Pick<UserStore, 'create' | 'list' | 'find' | 'change' | 'disable' | 'enable'> {
  return {
    ...createChanges(database),
    create: (user, act) =>
      unlessTaken(() =>
        database.transaction(async (run) => {
          await addUser(run, user)
          await addAudit(run, {
            actor: act.actor,
            action: 'user.created',
            object: user.name,
            detail: `${userSummary(user)}; ${act.reason}`,
          })
        }),
      ),
    async list() {
      const rows = await database.run<UserRow>(
        'user-list',
        `select ${columns} from hub.user u order by u.name`,
        [],
      )
      return rows.map(userView)
    },
    async find(user) {
      const [row] = await database.run<UserRow>(
        'user-find',
        `select ${columns} from hub.user u where u.id::text = $1 or u.name = $1`,
        [user],
      )
      return row && userView(row)
    },
  }
}
