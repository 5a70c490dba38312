/** What somebody sees and changes of his own account. */

export interface OwnSession {
  readonly id: string
  readonly createdAt: string
  readonly seenAt: string
  readonly endsAt: string
  /** How and from where it began: `password from 192.0.2.7`. */
  readonly how: string
  /** The one he asks by. */
  readonly current: boolean
}

export interface OwnAccountStore {
  /** That are signed in, newest first. */
  sessionsOf(user: string, current: Uint8Array, idleMinutes: number): Promise<readonly OwnSession[]>
  /** One of somebody's own. False: there is none. */
  endOne(user: string, session: string, by: string): Promise<boolean>
  /** The second factor that this session is setting up; sealed. */
  enrol(session: Uint8Array, sealed: string): Promise<void>
  /** It is set up: nothing is left of the secret but in the account. */
  enrolled(session: Uint8Array): Promise<void>
}
