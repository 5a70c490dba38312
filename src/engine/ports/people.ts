/** People who sign in: what the engine needs from the store, and from what knows passwords and codes. */
import type { Reach } from '../../domain/unit.ts'
import type { Client } from './accept.ts'
import type { Act } from './interventions.ts'

/** Who asks: a client system by its key, or a person by the session. */
export interface Caller extends Client {
  readonly kind: 'client' | 'user'
  readonly title: string
  readonly reach: Reach
}

/** What an administrator decides about somebody. */
export interface Rights {
  readonly roles: readonly string[]
  /** May see personal data. */
  readonly mayReveal: boolean
  /** May redrive, discard, hold and decide deliveries. */
  readonly mayRedrive: boolean
  readonly units: readonly string[]
  readonly systems: readonly string[]
}

/** An account at an identity provider. */
export interface OidcAccount {
  readonly issuer: string
  readonly subject: string
}

export interface UserDetails extends Rights {
  readonly title: string
  readonly email: string | null
  readonly oidc: OidcAccount | null
}

export interface UserView extends UserDetails {
  readonly id: string
  readonly name: string
  readonly hasPassword: boolean
  readonly hasTotp: boolean
  readonly createdAt: string
  readonly disabledAt: string | null
  readonly lastSignedInAt: string | null
  /** A set-up link is out until then. */
  readonly setUpUntil: string | null
  /** Sessions that are signed in. */
  readonly sessions: number
}

export type NewUser = UserDetails & { readonly id: string; readonly name: string }

export interface SetUpLink {
  readonly hash: Uint8Array
  readonly hours: number
  /** Takes the second factor away when it is used. */
  readonly resetTotp: boolean
}

export interface UserStore {
  /** Throws `state-conflict` when the name, or the account at the provider, is another's. */
  create(user: NewUser, act: Act): Promise<void>
  list(): Promise<readonly UserView[]>
  /** By id or name. */
  find(user: string): Promise<UserView | undefined>
  /** Ends the sessions when rights change. Throws as `create`, and `not-found`. */
  change(id: string, change: Partial<UserDetails>, act: Act): Promise<void>
  /** Ends the sessions. False: it is so already. */
  disable(id: string, act: Act): Promise<boolean>
  enable(id: string, act: Act): Promise<boolean>
  /** Takes the place of the one before. Answers until when it is good. */
  addSetUpLink(id: string, link: SetUpLink, act: Act): Promise<Date>
  /**
   * Where there is nobody who could sign in and no link is out: this account, made if need be, with this link.
   * Answers until when it is good.
   */
  addFirst(user: NewUser, link: SetUpLink, act: Act): Promise<Date | undefined>
  /** Whose link this is, if it still is one. */
  ofSetUpLink(hash: Uint8Array): Promise<{ readonly id: string; readonly name: string } | undefined>
  /** The link is used up, the sessions end. False: it was used or has expired meanwhile. */
  setUp(hash: Uint8Array, password: string): Promise<boolean>
  /** Ends the sessions but for `kept`. */
  setPassword(id: string, password: string, kept: Uint8Array): Promise<void>
}

/** What somebody proves to be himself by. */
export interface Credentials {
  readonly id: string
  readonly name: string
  readonly title: string
  readonly email: string | null
  readonly roles: readonly string[]
  readonly password: string | null
  /** Sealed. */
  readonly totp: string | null
  readonly disabled: boolean
  /** The store's time: codes go by it. */
  readonly now: Date
}

export type SessionState = 'signed-in' | 'totp-needed' | 'totp-enrolment-needed'

export interface NewSession {
  readonly hash: Uint8Array
  readonly user: string
  readonly state: SessionState
  readonly enrolling: string | null
  /** Until it ends, however much it is used. */
  readonly minutes: number
}

export interface WebSession {
  readonly state: SessionState
  readonly enrolling: string | null
  readonly user: UserView
  readonly idleEndsAt: Date
  readonly endsAt: Date
}

/** Where somebody comes from, for the audit trail. */
export interface Origin {
  readonly address: string
}

export interface Tries {
  readonly allowed: boolean
  readonly retryAfterSeconds: number
  /** The first that is refused since one was allowed. */
  readonly first: boolean
}

export interface SignInStore {
  /** Counts a try, unless `most` have been made in the last minutes. */
  take(what: Uint8Array, most: number, minutes: number): Promise<Tries>
  /** What was tried was right: it does not count. */
  giveBack(what: Uint8Array): Promise<void>
  credentials(name: string): Promise<Credentials | undefined>
  byOidc(account: OidcAccount): Promise<Credentials | undefined>
  byId(id: string): Promise<Credentials | undefined>
  /** Marks a code as used; `totp`: and makes this its second factor. False: it, or a later one, was used. */
  useCode(id: string, counter: number, totp: string | undefined): Promise<boolean>
  /** Replaces the session `instead`, if there is one. Those that have ended are forgotten. */
  begin(session: NewSession, instead: Uint8Array | undefined, how: string): Promise<void>
  /** Undefined: there is none, it has ended, or the user may not sign in any more. `touch`: it counts as used now. */
  session(hash: Uint8Array, idleMinutes: number, touch: boolean): Promise<WebSession | undefined>
  /** False: there was none. */
  end(hash: Uint8Array, by: string): Promise<boolean>
  endAll(id: string, act: Act): Promise<number>
  /** Only the audit trail learns of it. */
  refused(actor: string, detail: string): Promise<void>
}

export interface OidcFlow {
  readonly state: Uint8Array
  readonly browser: Uint8Array
  readonly sealed: string
  readonly minutes: number
}

export interface OidcFlowStore {
  begin(flow: OidcFlow): Promise<void>
  /** Good once, whatever becomes of it. Undefined: there is none, it is too old, or of another browser. */
  take(state: Uint8Array, browser: Uint8Array): Promise<string | undefined>
}

export interface Passwords {
  hash(password: string): Promise<string>
  /** Takes as long when there is nothing to compare with. */
  verify(hash: string | null, password: string): Promise<boolean>
}

export interface Codes {
  newSecret(): Promise<string>
  /** For an authenticator app. */
  uri(secret: string, name: string, hub: string): Promise<string>
  /** The counter of this code; undefined when it is none of now, nor of half a minute before or after. */
  counterOf(secret: string, code: string, now: Date): Promise<number | undefined>
}

/** Who somebody is, as the identity provider says. */
export interface OidcAnswer extends OidcAccount {
  readonly name: string | undefined
  readonly title: string | undefined
  readonly email: string | undefined
  /** Undefined: the provider is not asked what people may do. */
  readonly roles: readonly string[] | undefined
}

/** What only this sign-in knows. */
interface OidcSecrets {
  readonly state: string
  readonly nonce: string
  readonly verifier: string
}

export interface OidcProvider {
  readonly issuer: string
  /** Throws `oidc-unavailable`. */
  begin(redirectUri: string): Promise<OidcSecrets & { readonly url: string }>
  /** `answeredAt`: the address at which the browser came back. Throws `oidc-refused`, `oidc-unavailable`. */
  finish(answeredAt: string, secrets: OidcSecrets): Promise<OidcAnswer>
}
