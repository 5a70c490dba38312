/** Sign-in with an identity provider: begun by a browser, finished by the same one, once. */
import { HubError } from '../../domain/errors.ts'
import type {
  OidcAnswer,
  OidcFlowStore,
  OidcProvider,
  Origin,
  SignInStore,
  UserStore,
} from '../ports/people.ts'
import type { Begun, SignIn } from './sign-in.ts'

interface OidcParts {
  readonly provider: OidcProvider
  readonly flows: OidcFlowStore
  readonly users: UserStore
  readonly store: Pick<SignInStore, 'byOidc' | 'refused'>
  readonly signIn: Pick<SignIn, 'withOidc'>
  /** Sessions that this process knows. */
  readonly forget: () => void
  /** Where the provider sends the browser back to. */
  readonly redirectUri: () => string
  readonly isRole: (name: string) => boolean
  readonly newId: () => string
  readonly newToken: () => string
  readonly hashToken: (token: string) => Uint8Array
  readonly seal: (purpose: string, text: string) => string
  readonly open: (purpose: string, sealed: string) => string
}

export interface OidcSignIn {
  /**
   * Where the browser goes, and what it brings back besides. `to`: where it shall be once somebody is signed in.
   * Throws `not-found` where there is no provider.
   */
  begin(to?: string): Promise<{ readonly url: string; readonly browser: string }>
  /** `query`: the answer of the provider, as it stands in the address. Throws `oidc-refused`, `oidc-unavailable`. */
  finish(
    query: string,
    browser: string | undefined,
    from: Origin,
    instead: string | undefined,
  ): Promise<Begun & { readonly to: string | undefined }>
}

const flowMinutes = 10
const flowWords = 'oidc-flow'

interface Flow {
  readonly issuer: string
  readonly state: string
  readonly nonce: string
  readonly verifier: string
  readonly to?: string | undefined
}

/** A name to sign in with that nobody can choose another's by. */
const nameOf = ({ name }: OidcAnswer): string => {
  const plain = (name ?? '')
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('đ', 'd')
    .replaceAll(/[^a-z0-9.-]+/g, '-')
    .replaceAll(/^[^a-z]+|[^a-z0-9]+$/g, '')
    .slice(0, 40)
  return plain.length >= 2 ? plain : 'nguoi-dung'
}

export function createOidcSignIn(parts: OidcParts): OidcSignIn {
  const { provider, flows, users, store } = parts
  const actor = 'oidc'

  const refuse = async (why: string, from: Origin): Promise<never> => {
    await store.refused(actor, `${why} from ${from.address}`)
    throw new HubError('oidc-refused')
  }

  /** The provider says what people may do: the account follows it. False: nothing that is known here. */
  const follow = async (answer: OidcAnswer): Promise<boolean> => {
    if (answer.roles === undefined) return true
    const roles = [...new Set(answer.roles.filter(parts.isRole))].sort()
    const act = { actor, reason: 'Vai trò do nhà cung cấp định danh nêu' }
    const known = await store.byOidc(answer)
    if (known) {
      if (roles.join() !== [...known.roles].sort().join()) {
        await users.change(known.id, { roles }, act)
        parts.forget()
      }
      return roles.length > 0
    }
    if (roles.length === 0) return false
    const { issuer, subject } = answer
    const details = {
      ...{
        title: (answer.title ?? answer.name ?? subject).slice(0, 200),
        email: answer.email ?? null,
      },
      ...{ roles, mayReveal: false, mayRedrive: false, units: [], systems: [] },
      oidc: { issuer, subject },
    }
    const id = parts.newId()
    const name = nameOf(answer)
    await users.create({ ...details, id, name }, act).catch((error: unknown) => {
      if (!(error instanceof HubError) || error.code !== 'state-conflict') throw error
      // The name is somebody's already: this is another person.
      return users.create({ ...details, id, name: `${name}-${id.slice(-6)}` }, act)
    })
    return true
  }

  return {
    async begin(to) {
      const { url, ...secrets } = await provider.begin(parts.redirectUri())
      const browser = parts.newToken()
      const flow: Flow = { issuer: provider.issuer, ...secrets, to }
      await flows.begin({
        state: parts.hashToken(secrets.state),
        browser: parts.hashToken(browser),
        sealed: parts.seal(flowWords, JSON.stringify(flow)),
        minutes: flowMinutes,
      })
      return { url, browser }
    },

    async finish(query, browser, from, instead) {
      const state = new URLSearchParams(query).get('state')
      if (state === null || browser === undefined) return refuse('no sign-in was begun', from)
      const sealed = await flows.take(parts.hashToken(state), parts.hashToken(browser))
      if (sealed === undefined) return refuse('no such sign-in, or used before', from)
      const flow = JSON.parse(parts.open(flowWords, sealed)) as Flow
      // The settings have changed meanwhile: what was begun with one is not finished with another.
      if (flow.issuer !== provider.issuer) return refuse('another issuer', from)
      const answer = await provider
        .finish(`${parts.redirectUri()}?${query}`, flow)
        .catch(async (error: unknown) => {
          if (error instanceof HubError && error.code === 'oidc-refused')
            await store.refused(actor, `answer of the provider from ${from.address}`)
          throw error
        })
      if (!(await follow(answer))) return refuse(`no role for ${answer.subject}`, from)
      const begun = await parts.signIn.withOidc(answer, from, instead)
      if (!begun) return refuse(`no account for ${answer.subject}`, from)
      return { ...begun, to: flow.to }
    },
  }
}
