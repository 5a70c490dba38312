import { beforeEach, describe, expect, it } from 'vitest'
import {
  ConnectorError,
  later,
  permanent,
  type Session,
  unauthorised,
  unknown,
} from '../../src/connector/index.ts'
import { createSession } from '../../src/connector/session.ts'

/** A login that is answered by hand. */
interface PendingLogin {
  readonly signal: AbortSignal
  resolve(token: string): void
  reject(error: Error): void
}

const steady = new AbortController().signal
let logins: PendingLogin[]
let now: number
let session: Session

const loginNumber = (number: number): PendingLogin => {
  const login = logins[number - 1]
  if (!login) throw new Error(`login ${number} has not begun`)
  return login
}
const outcomeOf = async (work: Promise<unknown>): Promise<unknown> => {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  return error instanceof ConnectorError
    ? { kind: error.outcome.kind, code: error.outcome.code }
    : error
}
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

beforeEach(() => {
  logins = []
  now = 0
  session = createSession(
    {
      lifetimeMs: 1000,
      login: (signal) => new Promise((resolve, reject) => logins.push({ signal, resolve, reject })),
    },
    { now: () => new Date(now) },
  )
})

describe('session', () => {
  it('logs in once for all who wait and keeps the token for its lifetime', async () => {
    const tokens = Promise.all([1, 2, 3].map(() => session.use(async (token) => token, steady)))
    await settled()
    loginNumber(1).resolve('a')
    expect(await tokens).toEqual(['a', 'a', 'a'])

    now = 999
    expect(await session.use(async (token) => token, steady)).toBe('a')
    now = 1000
    const renewed = session.use(async (token) => token, steady)
    await settled()
    loginNumber(2).resolve('b')
    expect(await renewed).toBe('b')
    expect(logins).toHaveLength(2)
  })

  it('renews once when the token is refused, and all refused calls share the new one', async () => {
    const call = async (token: string): Promise<string> => {
      if (token === 'old') throw unauthorised('session-refused')
      return token
    }
    const answers = Promise.all([session.use(call, steady), session.use(call, steady)])
    await settled()
    loginNumber(1).resolve('old')
    await settled()
    loginNumber(2).resolve('new')
    expect(await answers).toEqual(['new', 'new'])
    expect(logins).toHaveLength(2)
  })

  it('throws the second refusal and trusts that token no more', async () => {
    let calls = 0
    const work = session.use(async () => {
      calls += 1
      throw unauthorised('session-refused')
    }, steady)
    await settled()
    loginNumber(1).resolve('a')
    await settled()
    loginNumber(2).resolve('b')
    expect(await outcomeOf(work)).toEqual({ kind: 'auth', code: 'session-refused' })
    expect(calls).toBe(2)

    const next = session.use(async (token) => token, steady)
    await settled()
    loginNumber(3).resolve('c')
    expect(await next).toBe('c')
  })

  it('does not renew for any other failure', async () => {
    const work = session.use(async () => {
      throw unknown('connection-lost')
    }, steady)
    await settled()
    loginNumber(1).resolve('a')
    expect(await outcomeOf(work)).toEqual({ kind: 'unknown', code: 'connection-lost' })
    expect(logins).toHaveLength(1)
  })

  it('lets a caller go without failing the others who wait for the same login', async () => {
    const leaving = new AbortController()
    const gone = session.use(async (token) => token, leaving.signal)
    const staying = session.use(async (token) => token, steady)
    await settled()
    leaving.abort()
    expect(await outcomeOf(gone)).toEqual({ kind: 'retry', code: 'interrupted' })
    expect(loginNumber(1).signal.aborted).toBe(false)
    loginNumber(1).resolve('a')
    expect(await staying).toBe('a')
  })

  it('stops a login that nobody waits for, and the next caller begins anew', async () => {
    const leaving = new AbortController()
    const gone = session.use(async (token) => token, leaving.signal)
    await settled()
    leaving.abort()
    expect(await outcomeOf(gone)).toEqual({ kind: 'retry', code: 'interrupted' })
    expect(loginNumber(1).signal.aborted).toBe(true)

    const next = session.use(async (token) => token, steady)
    await settled()
    loginNumber(1).resolve('late')
    loginNumber(2).resolve('b')
    expect(await next).toBe('b')
    expect(await session.use(async (token) => token, steady)).toBe('b')
  })

  it('does not begin for a caller that has been stopped already', async () => {
    const work = session.use(async (token) => token, AbortSignal.abort())
    expect(await outcomeOf(work)).toEqual({ kind: 'retry', code: 'interrupted' })
    expect(logins).toHaveLength(0)
  })

  it.each([
    [unknown('answer-timeout'), { kind: 'retry', code: 'answer-timeout' }],
    [later('connection-refused'), { kind: 'retry', code: 'connection-refused' }],
    [permanent('target-not-found'), { kind: 'auth', code: 'target-not-found' }],
    [unauthorised('session-refused'), { kind: 'auth', code: 'session-refused' }],
  ])('never leaves a message in doubt or to blame when the login fails', async (error, outcome) => {
    const work = session.use(async () => 'never called', steady)
    await settled()
    loginNumber(1).reject(error)
    expect(await outcomeOf(work)).toEqual(outcome)
    expect(logins).toHaveLength(1)
  })

  it('passes a bug of the login on as it is', async () => {
    const work = session.use(async () => 'never called', steady)
    await settled()
    loginNumber(1).reject(new TypeError('a bug'))
    await expect(work).rejects.toThrow(TypeError)
  })

  it('tries again after a failed login and after being dropped', async () => {
    const failed = session.use(async (token) => token, steady)
    await settled()
    loginNumber(1).reject(later('target-busy'))
    await outcomeOf(failed)
    const second = session.use(async (token) => token, steady)
    await settled()
    loginNumber(2).resolve('b')
    expect(await second).toBe('b')

    session.drop()
    const third = session.use(async (token) => token, steady)
    await settled()
    loginNumber(3).resolve('c')
    expect(await third).toBe('c')
  })
})
