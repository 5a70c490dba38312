/** Sessions with systems that all processes share: one logs in, the others wait for what it gets. */
import { randomUUID } from 'node:crypto'
import { later } from '../../connector/errors.ts'
import type { SharedSession, Token, Turn } from '../../connector/session.ts'
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

/** Whose lease runs out was lost in its login: the turn is the next one's. A long login renews it. */
const leaseMs = 5_000
const renewMs = 1_500
const lookMs = 100

const begin = `
insert into hub.session as s (system, name, owner, lease_until)
values ($1, $2, $3, now() + $5 * interval '1 millisecond')
on conflict (system, name) do update
  set owner = excluded.owner, lease_until = excluded.lease_until
where (s.lease_until is null or s.lease_until < now())
  and (s.token is null or s.expires_at <= now() or s.digest = $4 or $6)
returning 1`

const current = `
select token, (extract(epoch from expires_at - now()) * 1000)::float8 as rest from hub.session
where system = $1 and name = $2 and expires_at > now() and digest is distinct from $3`

const renew = `
update hub.session set lease_until = now() + $4 * interval '1 millisecond'
where system = $1 and name = $2 and owner = $3`

const finish = `
update hub.session set token = $4, digest = $5, owner = null, lease_until = null,
  expires_at = now() + $6 * interval '1 millisecond'
where system = $1 and name = $2 and owner = $3`

const free = `
update hub.session set owner = null, lease_until = null
where system = $1 and name = $2 and owner = $3`

/** Accounts that nobody has used for a day: former passwords, former addresses. */
const forget = `
delete from hub.session where system = $1 and expires_at < now() - interval '1 day' and owner is null`

/** Whoever cannot share logs in for himself. */
const alone: Turn = { end: async () => undefined }

/** `name` tells accounts apart: with other credentials it must be another. */
export function createSharedSession(
  parts: SessionParts,
  system: string,
  name: string,
): SharedSession {
  const { database, log } = parts
  const digestOf = (token: string | undefined): Buffer | null =>
    token === undefined ? null : Buffer.from(parts.digest(token))

  /** A store that is away, or a token that cannot be opened, costs a login and nothing else. */
  const unlessAway = async <T>(step: string, work: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await work()
    } catch {
      log.warn('session.unshared', { system, step })
      return undefined
    }
  }

  const turnOf = (owner: string): Turn => {
    const place = [system, name, owner]
    const renewing = setInterval(() => {
      void unlessAway('renew', () => database.run('session-renew', renew, [...place, leaseMs]))
    }, renewMs)
    renewing.unref()
    return {
      async end(made) {
        clearInterval(renewing)
        const kept =
          made &&
          (await unlessAway('put', async () => {
            const values = [parts.seal(made.token), digestOf(made.token), made.lifetimeMs]
            await database.run('session-put', finish, [...place, ...values])
            await database.run('session-forget', forget, [system])
            return true
          }))
        if (!kept) await unlessAway('free', () => database.run('session-free', free, place))
      },
    }
  }

  const look = async (
    owner: string,
    refused: Buffer | null,
    anew: boolean,
  ): Promise<Token | Turn | undefined> => {
    if (!anew) {
      const [row] = await database.run<{ token: string; rest: number }>('session-look', current, [
        ...[system, name, refused],
      ])
      if (row) return { token: parts.open(row.token), lifetimeMs: row.rest }
    }
    const begun = await database.run('session-begin', begin, [
      ...[system, name, owner, refused, leaseMs, anew],
    ])
    return begun.length > 0 ? turnOf(owner) : undefined
  }

  return {
    async take(refused, anew, signal) {
      // Of this turn alone: what another one of this process began is not ended by it.
      const owner = `${parts.owner}/${randomUUID()}`
      while (!signal.aborted) {
        const asked = await unlessAway('take', async () => ({
          found: await look(owner, digestOf(refused), anew),
        }))
        if (!asked) return alone
        if (asked.found) return asked.found
        await new Promise((resolve) => setTimeout(resolve, lookMs))
      }
      throw later('interrupted')
    },
  }
}
