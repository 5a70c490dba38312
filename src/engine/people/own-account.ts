/** What somebody does with his own account while he is signed in: his sessions, a second factor of his own will. */
import { HubError } from '../../domain/errors.ts'
import type { OwnAccountStore, OwnSession } from '../ports/account.ts'
import type { Codes, Origin, Passwords, SignInStore } from '../ports/people.ts'
import type { WebSessions } from './web-sessions.ts'

interface Parts {
  readonly store: OwnAccountStore & Pick<SignInStore, 'byId' | 'useCode' | 'refused'>
  readonly tries: (key: Uint8Array, actor: string, from: Origin) => Promise<() => Promise<void>>
  readonly sessions: WebSessions
  readonly passwords: Passwords
  readonly codes: Codes
  readonly passwordForm: (password: string) => string
  readonly hmac: (purpose: string, text: string) => Uint8Array
  readonly seal: (text: string) => string
  readonly open: (sealed: string) => string
  readonly hashToken: (token: string) => Uint8Array
  readonly hubName: () => string
  readonly idleMinutes: number
}

export interface OwnAccount {
  sessions(token: string): Promise<readonly OwnSession[]>
  /** Throws `not-found`. */
  endSession(token: string, session: string): Promise<void>
  /**
   * The secret of a second factor, shown once. Throws `sign-in-refused` for a wrong password, `rate-limited`, and
   * `state-conflict` where there is a second factor already, or no password to prove oneself by.
   */
  beginTotp(
    token: string,
    password: string,
    from: Origin,
  ): Promise<{ readonly secret: string; readonly uri: string }>
  /** With a code of it. Throws `code-refused`, `rate-limited`, and `state-conflict` where none was begun. */
  finishTotp(token: string, code: string, from: Origin): Promise<void>
}

const hasOne = (): HubError =>
  new HubError('state-conflict', {
    detail: {
      vi: 'Tài khoản đã có xác thực lần hai. Mất điện thoại: nhờ quản trị viên cấp đường dẫn đặt lại.',
      en: 'There is a second factor already. A lost phone: ask an administrator for a link to set it up anew.',
    },
  })

const noPassword = (): HubError =>
  new HubError('state-conflict', {
    detail: {
      vi: 'Tài khoản đăng nhập qua nhà cung cấp định danh; xác thực lần hai đặt ở đó.',
      en: 'This account signs in with the identity provider; its second factor is set up there.',
    },
  })

const notBegun = (): HubError =>
  new HubError('state-conflict', {
    detail: {
      vi: 'Chưa bắt đầu đặt xác thực lần hai trong phiên này.',
      en: 'No second factor is being set up in this session.',
    },
  })

export function createOwnAccount(parts: Parts): OwnAccount {
  const { store, sessions, codes } = parts
  return {
    async sessions(token) {
      const { user } = await sessions.find(token)
      return store.sessionsOf(user.id, parts.hashToken(token), parts.idleMinutes)
    },
    async endSession(token, session) {
      const { user } = await sessions.find(token)
      if (!(await store.endOne(user.id, session, `user:${user.name}`)))
        throw new HubError('not-found')
      sessions.forget()
    },
    async beginTotp(token, password, from) {
      const { user } = await sessions.find(token)
      const known = await store.byId(user.id)
      if (!known || known.totp !== null) throw hasOne()
      if (known.password === null) throw noPassword()
      const actor = `user:${user.name}`
      const key = parts.hmac('sign-in-try', `account ${user.name}`)
      const giveBack = await parts.tries(key, actor, from)
      if (!(await parts.passwords.verify(known.password, parts.passwordForm(password)))) {
        await store.refused(actor, `present password from ${from.address}`)
        throw new HubError('sign-in-refused')
      }
      await giveBack()
      const secret = await codes.newSecret()
      await store.enrol(parts.hashToken(token), parts.seal(secret))
      sessions.forget()
      return { secret, uri: await codes.uri(secret, user.name, parts.hubName()) }
    },
    async finishTotp(token, code, from) {
      // Another process may know this session from before the secret was made.
      sessions.forget()
      const { user, enrolling } = await sessions.find(token)
      const known = await store.byId(user.id)
      if (!known || known.totp !== null) throw hasOne()
      if (enrolling === null) throw notBegun()
      const actor = `user:${user.name}`
      const giveBack = await parts.tries(parts.hmac('sign-in-try', `code ${user.id}`), actor, from)
      const counter = await codes.counterOf(parts.open(enrolling), code, known.now)
      if (counter === undefined || !(await store.useCode(user.id, counter, enrolling))) {
        await store.refused(actor, `code from ${from.address}`)
        throw new HubError('code-refused')
      }
      await giveBack()
      await store.enrolled(parts.hashToken(token))
      sessions.forget()
    },
  }
}
