/** How somebody proves to be himself: password, code, set-up link. What failed is on record and held back. */
import { type ErrorCode, HubError } from '../../domain/errors.ts'
import { passwordFaults, passwordForm } from '../../domain/password-rule.ts'
import type {
  Codes,
  Credentials,
  OidcAccount,
  Origin,
  Passwords,
  SessionState,
  SignInStore,
  UserStore,
} from '../ports/people.ts'
import type { WebSessions } from './web-sessions.ts'

/** So many that failed within so many minutes, for one account; then one waits. Nobody is locked out for ever. */
const tryMinutes = 5
const triesByAccount = 5
/** Behind one address there may be a whole office. */
const triesByAddress = 30

export interface SignInParts {
  readonly store: SignInStore
  readonly users: UserStore
  readonly sessions: WebSessions
  readonly passwords: Passwords
  readonly codes: Codes
  readonly hmac: (purpose: string, text: string) => Uint8Array
  readonly seal: (purpose: string, text: string) => string
  readonly open: (purpose: string, sealed: string) => string
  readonly hashToken: (token: string) => Uint8Array
  /** Whether somebody with these roles needs a second factor. */
  readonly needsCode: (roles: readonly string[]) => boolean
  readonly hubName: () => string
  /** False: people sign in with the identity provider only. */
  readonly isLocal: boolean
}

/** What a sign-in has come to. */
export interface Begun {
  readonly token: string
  readonly state: SessionState
  /** Of a second factor that is to be set up: shown once, here. */
  readonly enrolment: { readonly secret: string; readonly uri: string } | undefined
}

export interface SignIn {
  /** Counts a try to prove oneself with this key; answers what takes it back when it was right. */
  readonly tries: (key: Uint8Array, actor: string, from: Origin) => Promise<() => Promise<void>>
  /** Throws `sign-in-refused`, whatever is wrong, and `rate-limited`. */
  withPassword(
    given: { readonly name: string; readonly password: string },
    from: Origin,
    instead: string | undefined,
  ): Promise<Begun>
  /** Throws `code-refused`, `rate-limited`, and `state-conflict` when no code is wanted. */
  withCode(token: string, code: string, from: Origin): Promise<Begun>
  /** The provider has said who it is. Undefined: nobody here. */
  withOidc(
    account: OidcAccount,
    from: Origin,
    instead: string | undefined,
  ): Promise<Begun | undefined>
  /** Ends the other sessions; answers the token that takes this one's place. */
  changePassword(
    token: string,
    given: { readonly current: string; readonly password: string },
    from: Origin,
  ): Promise<string>
  /** Throws `set-up-link-invalid`, `password-weak`, `rate-limited`. Answers the name to sign in with. */
  setUp(given: { readonly token: string; readonly password: string }, from: Origin): Promise<string>
}

const totpWords = 'totp'

export function createSignIn(parts: SignInParts): SignIn {
  const { store, users, sessions, passwords, codes } = parts
  const accountKey = (name: string) => parts.hmac('sign-in-try', `account ${name}`)
  const addressKey = ({ address }: Origin) => parts.hmac('sign-in-try', `address ${address}`)

  /** Counts a try for each; the name of somebody unknown may be anything, so it is on record nowhere. */
  const count = async (
    keys: readonly (readonly [Uint8Array, number])[],
    actor: string,
    from: Origin,
  ) => {
    for (const [key, most] of keys) {
      const tries = await store.take(key, most, tryMinutes)
      if (tries.allowed) continue
      if (tries.first) await store.refused(actor, `too many tries from ${from.address}`)
      throw new HubError('rate-limited', { retryAfterSeconds: tries.retryAfterSeconds })
    }
    return async () => {
      for (const [key] of keys) await store.giveBack(key)
    }
  }

  const refuse = async (
    actor: string,
    code: ErrorCode,
    why: string,
    from: Origin,
  ): Promise<never> => {
    await store.refused(actor, `${why} from ${from.address}`)
    throw new HubError(code)
  }

  const judgePassword = (password: string, names: readonly string[]): string => {
    const form = passwordForm(password)
    const faults = passwordFaults(form, [...names, parts.hubName()])
    if (faults.length > 0) throw new HubError('password-weak', { faults })
    return form
  }

  /** The password was right: what comes next. */
  const begin = async (
    user: Credentials,
    how: string,
    instead: string | undefined,
  ): Promise<Begun> => {
    if (user.totp !== null) {
      const token = await sessions.begin(user.id, 'totp-needed', { instead, how })
      return { token, state: 'totp-needed', enrolment: undefined }
    }
    if (!parts.needsCode(user.roles)) {
      const token = await sessions.begin(user.id, 'signed-in', { instead, how })
      return { token, state: 'signed-in', enrolment: undefined }
    }
    const secret = await codes.newSecret()
    const enrolling = parts.seal(totpWords, secret)
    const token = await sessions.begin(user.id, 'totp-enrolment-needed', {
      instead,
      enrolling,
      how,
    })
    const uri = await codes.uri(secret, user.name, parts.hubName())
    return { token, state: 'totp-enrolment-needed', enrolment: { secret, uri } }
  }

  return {
    tries: (key, actor, from) => count([[key, triesByAccount]], actor, from),

    async withPassword({ name, password }, from, instead) {
      const found = await store.credentials(name)
      const actor = found ? `user:${found.name}` : 'anonymous'
      const giveBack = await count(
        [
          [accountKey(name), triesByAccount],
          [addressKey(from), triesByAddress],
        ],
        actor,
        from,
      )
      const hash = parts.isLocal && !found?.disabled ? (found?.password ?? null) : null
      const same = await passwords.verify(hash, passwordForm(password))
      if (!found || !same) return refuse(actor, 'sign-in-refused', 'name or password', from)
      await giveBack()
      return begin(found, `password from ${from.address}`, instead)
    },

    async withCode(token, code, from) {
      const { user, state, enrolling } = await sessions.find(token, { half: true })
      if (state === 'signed-in') throw new HubError('state-conflict')
      const actor = `user:${user.name}`
      const giveBack = await count(
        [[parts.hmac('sign-in-try', `code ${user.id}`), triesByAccount]],
        actor,
        from,
      )
      const known = await store.byId(user.id)
      const sealed = state === 'totp-needed' ? known?.totp : enrolling
      if (!known || !sealed) throw new HubError('session-ended')
      const counter = await codes.counterOf(parts.open(totpWords, sealed), code, known.now)
      const enrols = state === 'totp-enrolment-needed' ? sealed : undefined
      if (counter === undefined || !(await store.useCode(user.id, counter, enrols)))
        return refuse(actor, 'code-refused', 'code', from)
      await giveBack()
      const how = `code from ${from.address}`
      const next = await sessions.begin(user.id, 'signed-in', { instead: token, how })
      return { token: next, state: 'signed-in', enrolment: undefined }
    },

    async withOidc(account, from, instead) {
      const found = await store.byOidc(account)
      if (!found || found.disabled) return undefined
      // The second factor is the provider's business: it knows what it has asked for.
      const how = `${account.issuer} from ${from.address}`
      const token = await sessions.begin(found.id, 'signed-in', { instead, how })
      return { token, state: 'signed-in', enrolment: undefined }
    },

    async changePassword(token, { current, password }, from) {
      const { user } = await sessions.find(token)
      const actor = `user:${user.name}`
      const form = judgePassword(password, [user.name, user.title, user.email ?? ''])
      const giveBack = await count([[accountKey(user.name), triesByAccount]], actor, from)
      const known = await store.byId(user.id)
      if (!(await passwords.verify(known?.password ?? null, passwordForm(current))))
        return refuse(actor, 'sign-in-refused', 'present password', from)
      await giveBack()
      await users.setPassword(user.id, await passwords.hash(form), parts.hashToken(token))
      return sessions.begin(user.id, 'signed-in', {
        instead: token,
        how: `new password from ${from.address}`,
      })
    },

    async setUp({ token, password }, from) {
      const giveBack = await count([[addressKey(from), triesByAddress]], 'anonymous', from)
      const hash = parts.hashToken(token)
      const owner = await users.ofSetUpLink(hash)
      if (!owner) return refuse('anonymous', 'set-up-link-invalid', 'set-up link', from)
      await giveBack()
      const form = judgePassword(password, [owner.name])
      if (!(await users.setUp(hash, await passwords.hash(form))))
        throw new HubError('set-up-link-invalid')
      sessions.forget()
      return owner.name
    },
  }
}
