/** Sessions of people: found by the hash of their token, known here for a few seconds, ended everywhere. */
import { HubError } from '../../domain/errors.ts'
import type { Clock } from '../ports/clock.ts'
import type { NewSession, SessionState, SignInStore, WebSession } from '../ports/people.ts'

/** A session that has ended is refused everywhere after this long at the latest. */
const cacheMs = 5_000
const cacheSize = 10_000

/** Of one that still has to show its second factor. */
const halfMinutes = 10

export interface WebSessionLimits {
  readonly idleMinutes: number
  readonly hours: number
}

interface Dependencies {
  readonly store: Pick<SignInStore, 'begin' | 'session' | 'end'>
  readonly clock: Clock
  readonly limits: WebSessionLimits
  /** 256 random bits. */
  readonly newToken: () => string
  readonly hashToken: (token: string) => Uint8Array
}

export interface WebSessions {
  /**
   * Of this token. `background`: what a page asks by itself does not count as use. Throws `session-ended`, and
   * `code-needed` for one whose second factor is missing, unless `half` is wanted.
   */
  find(token: string, wanted?: { background?: boolean; half?: boolean }): Promise<WebSession>
  /** A new token, and the end of the one before. */
  begin(
    user: string,
    state: SessionState,
    rest: {
      readonly instead?: string | undefined
      readonly enrolling?: string
      readonly how: string
    },
  ): Promise<string>
  end(token: string, by: string): Promise<void>
  /** Forgets what this process knows. */
  forget(): void
}

export function createWebSessions(deps: Dependencies): WebSessions {
  const { store, clock, limits, newToken, hashToken } = deps
  const known = new Map<string, { at: number; session: Promise<WebSession | undefined> }>()

  const load = (token: string, touch: boolean): Promise<WebSession | undefined> => {
    const now = clock.monotonicMs()
    // A look from the background must not make use of the page look like nothing.
    const key = `${touch ? 'use' : 'look'} ${token}`
    const hit = known.get(key)
    if (hit && now - hit.at < cacheMs) return hit.session
    if (known.size >= cacheSize) known.clear()
    const session = store.session(hashToken(token), limits.idleMinutes, touch)
    known.set(key, { at: now, session })
    session.then(
      (found) => found ?? known.delete(key),
      () => known.delete(key),
    )
    return session
  }

  return {
    async find(token, { background = false, half = false } = {}) {
      const session = await load(token, !background)
      if (!session) throw new HubError('session-ended')
      if (session.state !== 'signed-in' && !half) throw new HubError('code-needed')
      return session
    },
    async begin(user, state, { instead, enrolling, how }) {
      const token = newToken()
      const session: NewSession = {
        hash: hashToken(token),
        user,
        state,
        enrolling: enrolling ?? null,
        minutes: state === 'signed-in' ? limits.hours * 60 : halfMinutes,
      }
      await store.begin(session, instead === undefined ? undefined : hashToken(instead), how)
      known.clear()
      return token
    },
    async end(token, by) {
      await store.end(hashToken(token), by)
      known.clear()
    },
    forget: () => known.clear(),
  }
}
