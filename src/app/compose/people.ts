/** People: accounts, sessions and sign-in, put together. */
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createCodes } from '../../adapters/people/codes.ts'
import { createOidcProvider } from '../../adapters/people/oidc.ts'
import { createPasswords } from '../../adapters/people/passwords.ts'
import type { Database } from '../../adapters/postgres/database.ts'
import { createOwnAccountStore } from '../../adapters/postgres/own-account.ts'
import { createOidcFlowStore, createSignInStore } from '../../adapters/postgres/sign-in.ts'
import { createSetUps } from '../../adapters/postgres/user-set-ups.ts'
import { createUserStore } from '../../adapters/postgres/users.ts'
import { uuidv7 } from '../../adapters/system/ids.ts'
import type { Keyring } from '../../adapters/system/keyring.ts'
import type { Configuration } from '../../domain/configuration.ts'
import { HubError } from '../../domain/errors.ts'
import type { Logger } from '../../domain/log-events.ts'
import { passwordForm } from '../../domain/password-rule.ts'
import { createOidcSignIn, type OidcSignIn } from '../../engine/people/oidc-sign-in.ts'
import { createOwnAccount } from '../../engine/people/own-account.ts'
import { createSignIn } from '../../engine/people/sign-in.ts'
import { createWebSessions } from '../../engine/people/web-sessions.ts'
import type { Clock } from '../../engine/ports/clock.ts'
import type { Caller, UserView } from '../../engine/ports/people.ts'
import type { People } from '../people.ts'
import { isRole, needsCode, scopesOf } from '../roles.ts'
import type { ProcessSettings } from '../settings.ts'
import { createUserDesk } from './users.ts'

interface PeopleParts {
  readonly database: Database
  readonly keyring: Keyring
  readonly clock: Clock
  readonly log: Logger
  readonly settings: ProcessSettings
  readonly configuration: () => Configuration | undefined
}

const newToken = (): string => randomBytes(32).toString('base64url')

const callerOf = (user: UserView): Caller => ({
  kind: 'user',
  id: `user:${user.name}`,
  title: user.title,
  scopes: scopesOf(user),
  // A person submits nothing under the name of a system.
  sources: [],
  types: [],
  reach: { systems: user.systems, units: user.units },
})

const noProvider: OidcSignIn = {
  begin: () => Promise.reject(new HubError('not-found')),
  finish: () => Promise.reject(new HubError('not-found')),
}

function providerOf(settings: ProcessSettings) {
  const { oidcIssuer: issuer, oidcClientId: clientId, oidcClientSecretFile: file } = settings
  if (issuer === undefined || clientId === undefined) return undefined
  const secret = file === undefined ? undefined : readFileSync(file, 'utf8').trim()
  return createOidcProvider({ issuer, clientId, secret, rolesClaim: settings.oidcRolesClaim })
}

export function createPeople(parts: PeopleParts): People {
  const { database, keyring, clock, log, settings } = parts
  const store = createSignInStore(database)
  const users = { ...createUserStore(database), ...createSetUps(database) }
  const hashToken = (token: string): Uint8Array => keyring.hmac('web-token', token)
  const publicUrl = (): string =>
    settings.publicUrl ??
    parts.configuration()?.hub.publicUrl ??
    `http://localhost:${settings.httpPort}`
  const sessions = createWebSessions({
    ...{ store, clock, newToken, hashToken },
    limits: { idleMinutes: settings.sessionIdleMinutes, hours: settings.sessionHours },
  })
  const passwords = createPasswords()
  const codes = createCodes()
  const hubName = () => 'Liên thông Hub'
  const signIn = createSignIn({
    ...{ store, users, sessions, needsCode, hashToken },
    ...{ passwords, codes, hubName },
    hmac: keyring.hmac.bind(keyring),
    seal: keyring.seal.bind(keyring),
    open: keyring.open.bind(keyring),
    isLocal: settings.signInLocal === 'on',
  })
  const account = createOwnAccount({
    store: { ...store, ...createOwnAccountStore(database) },
    tries: signIn.tries,
    ...{ sessions, passwords, codes, passwordForm, hubName, hashToken },
    hmac: keyring.hmac.bind(keyring),
    seal: (text) => keyring.seal('totp', text),
    open: (sealed) => keyring.open('totp', sealed),
    idleMinutes: settings.sessionIdleMinutes,
  })
  const desk = createUserDesk({
    ...{ users, store, log, newToken, hashToken, publicUrl },
    newId: uuidv7,
    forget: sessions.forget,
    issuer: settings.oidcIssuer,
  })
  const provider = providerOf(settings)
  const oidc = provider
    ? createOidcSignIn({
        ...{ provider, users, store, signIn, isRole, newToken, hashToken },
        flows: createOidcFlowStore(database),
        redirectUri: () => `${publicUrl().replace(/\/+$/, '')}/api/v1/session/oidc/callback`,
        newId: uuidv7,
        forget: sessions.forget,
        seal: keyring.seal.bind(keyring),
        open: keyring.open.bind(keyring),
      })
    : noProvider
  return {
    ...desk,
    ...{ signIn, account, oidc, publicUrl },
    environment: settings.environment,
    providers: () => ({
      local: settings.signInLocal === 'on',
      oidc: provider ? { title: settings.oidcTitle } : null,
    }),
    async session(token, wanted) {
      const session = await sessions.find(token, wanted)
      return { session, caller: callerOf(session.user) }
    },
    async end(token) {
      const { user } = await sessions.find(token, { background: true, half: true })
      await sessions.end(token, `user:${user.name}`)
    },
  }
}
