/**
 * A session with a system: logged in once, used by everybody, renewed by one. Many calls that find
 * it missing or refused share one login (single flight).
 */
import { ConnectorError } from './errors.ts'

export interface SessionRules {
  /** Logs in and returns the token. Throws unauthorised(...) when the account is refused. */
  login(signal: AbortSignal): Promise<string>
  /** How long a token is trusted, by the hub's own clock. */
  readonly lifetimeMs: number
}

export interface Session {
  /**
   * Runs `call` with a token. When it throws an `auth` failure the session is renewed once and the
   * same call made again; a second refusal is thrown to the caller.
   */
  use<T>(call: (token: string) => Promise<T>, signal: AbortSignal): Promise<T>
  /** Forgets the token, so that the next use logs in. */
  drop(): void
}

const isRefusal = (error: unknown): boolean =>
  error instanceof ConnectorError && error.outcome.kind === 'auth'

export function createSession(rules: SessionRules, clock: { now(): Date }): Session {
  let current: { token: string; until: number } | undefined
  let login: Promise<string> | undefined

  const token = (signal: AbortSignal): Promise<string> => {
    if (current && current.until > clock.now().getTime()) return Promise.resolve(current.token)
    login ??= rules
      .login(signal)
      .then((fresh) => {
        current = { token: fresh, until: clock.now().getTime() + rules.lifetimeMs }
        return fresh
      })
      .finally(() => {
        login = undefined
      })
    return login
  }

  return {
    async use(call, signal) {
      const first = await token(signal)
      try {
        return await call(first)
      } catch (error) {
        if (!isRefusal(error)) throw error
        // Somebody else may have renewed it meanwhile; then that one is good.
        if (current?.token === first) current = undefined
        return call(await token(signal))
      }
    },
    drop() {
      current = undefined
    },
  }
}
