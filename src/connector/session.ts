/**
 * A session with a system: logged in once, used by everybody, renewed by one. Many calls that find
 * it missing or refused share one login (single flight), those of other processes too: some systems end
 * an account's session when it logs in anew.
 *
 * A login carries no message, so its failure never leaves a message in doubt, and says nothing
 * about the message itself. What a login throws reaches the caller as
 *
 *   unknown    → retry    the message has not left
 *   permanent  → auth     a person must look at address and account; no message is to blame
 *   otherwise    as it is
 */
import { ConnectorError, later, unauthorised } from './errors.ts'

export interface SessionRules {
  /**
   * Logs in and returns the token. Throws unauthorised(...) when the account is refused. `signal`
   * is aborted when nobody waits for this login any more.
   */
  login(signal: AbortSignal): Promise<string | Token>
  /** How long a token is trusted, by the hub's own clock, unless the login says it. */
  readonly lifetimeMs: number
  /** What logs in, secrets included: processes share a session of the same account. Default: all options. */
  readonly account?: string
}

export interface Token {
  readonly token: string
  readonly lifetimeMs: number
}

/** Where processes share a session. Without it each process logs in for itself. */
export interface SharedSession {
  /**
   * The session of all with the rest of its life, never `refused`; or the turn to log in. Waits while
   * another one logs in. `anew`: the turn, whatever session there is. Throws retry `interrupted` when
   * `signal` is aborted, and nothing else.
   */
  take(refused: string | undefined, anew: boolean, signal: AbortSignal): Promise<Token | Turn>
}

/** The right to log in for all. */
export interface Turn {
  /** Hands over what was got; undefined when the login failed. Never throws. */
  end(made: Token | undefined): Promise<void>
}

const alone: SharedSession = { take: async () => ({ end: async () => undefined }) }

/** A session is asked for again once a day, whatever its system says. */
const longestMs = 24 * 60 * 60 * 1000

export interface Session {
  /**
   * Runs `call` with a token. When it throws an `auth` failure the session is renewed once and the
   * same call made again; a second refusal is thrown to the caller. Throws retry `interrupted` when
   * `signal` is aborted while it waits for a login; others who wait for the same login do not notice.
   */
  use<T>(call: (token: string) => Promise<T>, signal: AbortSignal): Promise<T>
  /** Forgets the token, so that the next use logs in anew, for all. */
  drop(): void
}

interface Login {
  readonly token: Promise<Token>
  readonly controller: AbortController
  waiting: number
}

const isRefusal = (error: unknown): boolean =>
  error instanceof ConnectorError && error.outcome.kind === 'auth'

export function createSession(
  rules: SessionRules,
  clock: { now(): Date },
  shared: SharedSession = alone,
): Session {
  let current: { token: string; until: number } | undefined
  let refused: string | undefined
  let anew = false
  let login: Login | undefined

  const begin = (): Login => {
    const controller = new AbortController()
    const mine: Login = { token: logIn(controller.signal), controller, waiting: 0 }
    mine.token
      .then(
        ({ token, lifetimeMs }) => {
          if (login === mine) current = { token, until: clock.now().getTime() + lifetimeMs }
        },
        () => {},
      )
      .finally(() => {
        if (login === mine) login = undefined
      })
    return mine
  }
  const logIn = async (signal: AbortSignal): Promise<Token> => {
    const own = anew
    anew = false
    const found = await shared.take(refused, own, signal)
    if ('token' in found) return found
    let made: Token | undefined
    try {
      const said = await rules.login(signal)
      const { token, lifetimeMs } =
        typeof said === 'string' ? { token: said, lifetimeMs: rules.lifetimeMs } : said
      made = { token, lifetimeMs: Math.min(lifetimeMs, longestMs) }
      return made
    } catch (error) {
      throw asLoginFailure(error)
    } finally {
      await found.end(made)
    }
  }
  const token = async (signal: AbortSignal): Promise<string> => {
    if (signal.aborted) throw later('interrupted')
    if (current && current.until > clock.now().getTime()) return current.token
    login ??= begin()
    const awaited = login
    awaited.waiting += 1
    try {
      return (await unlessAborted(awaited.token, signal)).token
    } finally {
      awaited.waiting -= 1
      if (awaited.waiting === 0 && signal.aborted) {
        // Nobody wants it any more; who comes next begins anew.
        if (login === awaited) login = undefined
        awaited.controller.abort()
      }
    }
  }

  return {
    async use(call, signal) {
      const first = await token(signal)
      try {
        return await call(first)
      } catch (error) {
        if (!isRefusal(error)) throw error
        forget(first)
      }
      const second = await token(signal)
      try {
        return await call(second)
      } catch (error) {
        if (isRefusal(error)) forget(second)
        throw error
      }
    },
    drop() {
      anew = true
      current = undefined
      login = undefined
    },
  }

  /** Somebody else may have renewed it meanwhile; then that one is good. */
  function forget(token: string): void {
    refused = token
    if (current?.token === token) current = undefined
  }
}

function asLoginFailure(error: unknown): unknown {
  if (!(error instanceof ConnectorError)) return error
  const { kind, code, ...facts } = error.outcome
  if (kind === 'unknown') return later(code, { ...facts, cause: error })
  if (kind === 'permanent') return unauthorised(code, { ...facts, cause: error })
  return error
}

function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(later('interrupted'))
    signal.addEventListener('abort', stop, { once: true })
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })
}
