import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createSharedSession } from '../../../src/adapters/postgres/sessions.ts'
import { unauthorised } from '../../../src/connector/errors.ts'
import { createSession } from '../../../src/connector/session.ts'
import { useDatabase } from '../../support/database.ts'
import { keepingLogger } from '../../support/quiet-logger.ts'

const database = useDatabase()
const steady = new AbortController().signal
const digest = (token: string): Uint8Array => createHash('sha256').update(token).digest()
const seal = (text: string): string => `sealed ${[...text].reverse().join('')}`
const open = (sealed: string): string => [...sealed.slice('sealed '.length)].reverse().join('')
let systems = 0

/** An account that has one session at a time, as the portal's: a new login ends the one before. */
function createAccount() {
  let logins = 0
  let valid = ''
  return {
    get logins() {
      return logins
    },
    async login(): Promise<string> {
      await new Promise((resolve) => setTimeout(resolve, 30))
      valid = `token-${++logins}`
      return valid
    },
    async call(token: string): Promise<string> {
      if (token !== valid) throw unauthorised('session-refused')
      return token
    },
    expire() {
      valid = ''
    },
  }
}

function processes(count: number, account: ReturnType<typeof createAccount>) {
  const system = `system-${++systems}`
  const { log, lines } = keepingLogger()
  const sessions = Array.from({ length: count }, (_, index) => {
    const parts = {
      database: database().database,
      log,
      owner: `process-${index}`,
      seal,
      open,
      digest,
    }
    const shared = createSharedSession(parts, system, 'main')
    const rules = { login: account.login, lifetimeMs: 60_000 }
    return createSession(rules, { now: () => new Date() }, shared)
  })
  const all = () => Promise.all(sessions.map((session) => session.use(account.call, steady)))
  return { system, sessions, all, lines }
}

describe('sessions', () => {
  it('log in once for all processes, at first and whenever the session is over', async () => {
    const account = createAccount()
    const { all } = processes(8, account)
    expect(new Set(await all())).toEqual(new Set(['token-1']))
    for (let round = 2; round < 6; round++) {
      account.expire()
      expect(new Set(await all())).toEqual(new Set([`token-${round}`]))
    }
    expect(account.logins).toBe(5)
  })

  it('are taken over by a process that starts later', async () => {
    const account = createAccount()
    const { all, system } = processes(1, account)
    await all()
    const { log } = keepingLogger()
    const parts = { database: database().database, log, owner: 'later', seal, open, digest }
    const session = createSession(
      { login: account.login, lifetimeMs: 60_000 },
      { now: () => new Date() },
      createSharedSession(parts, system, 'main'),
    )
    expect(await session.use(account.call, steady)).toBe('token-1')
    expect(account.logins).toBe(1)
  })

  it('are kept sealed', async () => {
    const account = createAccount()
    const { all, system } = processes(1, account)
    await all()
    const [row] = await database().sql<{ token: string }>(
      'select token from hub.session where system = $1',
      [system],
    )
    expect(row?.token).toBe('sealed 1-nekot')
  })

  it('do not wait for ever for a process that was lost in its login', async () => {
    const account = createAccount()
    const { all, system } = processes(2, account)
    await database().sql(
      `insert into hub.session (system, name, owner, lease_until)
       values ($1, 'main', 'lost', now() + interval '300 milliseconds')`,
      [system],
    )
    await all()
    expect(account.logins).toBe(1)
  })

  it('are free again when a login fails', async () => {
    const account = createAccount()
    const { all, sessions, system } = processes(2, account)
    const failing = createSession(
      { login: () => Promise.reject(unauthorised('session-refused')), lifetimeMs: 1_000 },
      { now: () => new Date() },
      createSharedSession(
        {
          ...{ database: database().database, log: keepingLogger().log, owner: 'failing' },
          ...{ seal, open, digest },
        },
        system,
        'main',
      ),
    )
    await expect(failing.use(account.call, steady)).rejects.toMatchObject({
      code: 'session-refused',
    })
    await all()
    expect([account.logins, sessions.length]).toEqual([1, 2])
  })

  it('cost a login each while the store is away, and nothing else', async () => {
    const account = { ...createAccount(), call: async (token: string) => token }
    const away = { ...database().database, run: () => Promise.reject(new Error('away')) }
    const { log, lines } = keepingLogger()
    const parts = { database: away, log, owner: 'alone', seal, open, digest }
    const shared = createSharedSession(parts, 'away', 'main')
    const rules = { login: async () => 'own', lifetimeMs: 60_000 }
    const session = createSession(rules, { now: () => new Date() }, shared)
    expect(await session.use(account.call, steady)).toBe('own')
    expect(lines.map(({ event }) => event)).toContain('session.unshared')
  })

  it('are renewed for all by a connection test', async () => {
    const account = createAccount()
    const { sessions, all } = processes(3, account)
    await all()
    sessions[0]?.drop()
    expect(await sessions[0]?.use(account.call, steady)).toBe('token-2')
    expect(new Set(await all())).toEqual(new Set(['token-2']))
    expect(account.logins).toBe(2)
  })

  it('are shared for a day at most, however long a system says', async () => {
    const { system } = processes(0, createAccount())
    const logins: string[] = []
    const open2 = (owner: string) => {
      const parts = {
        database: database().database,
        log: keepingLogger().log,
        owner,
        seal,
        open,
        digest,
      }
      const login = async () => {
        logins.push(owner)
        return { token: 'for-ever', lifetimeMs: Number.MAX_SAFE_INTEGER }
      }
      return createSession(
        { login, lifetimeMs: 1 },
        { now: () => new Date() },
        createSharedSession(parts, system, 'main'),
      )
    }
    for (const owner of ['a', 'b'])
      expect(await open2(owner).use(async (token) => token, steady)).toBe('for-ever')
    expect(logins).toEqual(['a'])
    const [row] = await database().sql<{ hours: number }>(
      `select round(extract(epoch from expires_at - now()) / 3600)::int as hours
       from hub.session where system = $1`,
      [system],
    )
    expect(row?.hours).toBe(24)
  })

  it('stop waiting when nobody wants them any more', async () => {
    const account = createAccount()
    const { sessions, system } = processes(1, account)
    await database().sql(
      `insert into hub.session (system, name, owner, lease_until)
       values ($1, 'main', 'another', now() + interval '1 minute')`,
      [system],
    )
    const stop = AbortSignal.timeout(300)
    await expect(sessions[0]?.use(account.call, stop)).rejects.toMatchObject({
      code: 'interrupted',
    })
    expect(account.logins).toBe(0)
  })
})
