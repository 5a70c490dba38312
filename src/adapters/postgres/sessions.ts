/** Sessions with systems that all processes share: one logs in, the others wait for what it gets. */
import type { SharedSession, Token } from '../../connector/session.ts'
import type { Logger } from '../../domain/log-events.ts'
import type { Database } from './database.ts'

interface SessionParts {
  readonly database: Database
  readonly log: Logger
  /** Of this process. */
  readonly owner: string
  readonly seal: (text: string) => string
  readonly open: (sealed: string) => string
  readonly digest: (token: string) => Uint8Array
}

/** Whose login takes longer is lost; its place is free again. */
const leaseMs = 30_000
const lookMs = 100

const begin = `
insert into hub.session as s (system, name, owner, lease_until)
values ($1, $2, $3, now() + $5 * interval '1 millisecond')
on conflict (system, name) do update
  set owner = excluded.owner, lease_until = excluded.lease_until
where (s.lease_until is null or s.lease_until < now())
  and (s.token is null or s.expires_at <= now() or s.digest = $4)
returning 1`

const current = `
select token, (extract(epoch from expires_at - now()) * 1000)::int as rest from hub.session
where system = $1 and name = $2 and expires_at > now() and digest is distinct from $3`

const finish = `
update hub.session set token = $4, digest = $5, owner = null, lease_until = null,
  expires_at = now() + $6 * interval '1 millisecond'
where system = $1 and name = $2 and owner = $3`

const free = `
update hub.session set owner = null, lease_until = null
where system = $1 and name = $2 and owner = $3`

/** `name` tells accounts apart: with other credentials it must be another. */
export function createSharedSession(
  parts: SessionParts,
  system: string,
  name: string,
): SharedSession {
  const { database, owner } = parts
  const hashOf = (token: string | undefined): Buffer | null =>
    token === undefined ? null : Buffer.from(parts.digest(token))

  /** A store that is away, or a token that cannot be opened, costs a login and nothing else. */
  const unlessAway = async <T>(work: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await work()
    } catch (error) {
      parts.log.warn('session.unshared', { system, reason: String(error).slice(0, 200) })
      return undefined
    }
  }

  const look = async (refused: Buffer | null): Promise<Token | 'mine' | 'wait'> => {
    const [row] = await database.run<{ token: string; rest: number }>('session-look', current, [
      ...[system, name, refused],
    ])
    if (row) return { token: parts.open(row.token), lifetimeMs: row.rest }
    const begun = await database.run('session-begin', begin, [
      ...[system, name, owner, refused, leaseMs],
    ])
    return begun.length > 0 ? 'mine' : 'wait'
  }

  return {
    take: (refused, signal) =>
      unlessAway(async () => {
        while (!signal.aborted) {
          const found = await look(hashOf(refused))
          if (found === 'mine') return undefined
          if (found !== 'wait') return found
          await new Promise((resolve) => setTimeout(resolve, lookMs))
        }
        return undefined
      }),
    async put({ token, lifetimeMs }) {
      await unlessAway(() =>
        database.run('session-put', finish, [
          ...[system, name, owner, parts.seal(token), hashOf(token), lifetimeMs],
        ]),
      )
    },
    async giveUp() {
      await unlessAway(() => database.run('session-free', free, [system, name, owner]))
    },
  }
}
