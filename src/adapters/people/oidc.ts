import type * as Library from 'openid-client'
import { HubError } from '../../domain/errors.ts'
import type { OidcAnswer, OidcProvider } from '../../engine/ports/people.ts'

interface OidcOptions {
  readonly issuer: string
  readonly clientId: string
  /** Undefined: a public client. */
  readonly secret: string | undefined
  readonly rolesClaim: string | undefined
}

type Client = Library.Configuration

/** What the provider says of itself is asked again after so long: keys and addresses change. */
const knownMs = 60 * 60 * 1000
const timeoutSeconds = 10

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined

const textsOf = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'string')

/** It did not answer, rather than that it said no. */
function isAway(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause) {
    if (at.name === 'TimeoutError' || at.message === 'fetch failed') return true
    if ('status' in at && typeof at.status === 'number' && at.status >= 500) return true
  }
  return false
}

/** The code flow with PKCE, state and nonce. The library is loaded when somebody first signs in this way. */
export function createOidcProvider(options: OidcOptions): OidcProvider {
  const library = () => import('openid-client')
  let known: { readonly at: number; readonly client: Promise<Client> } | undefined

  const discover = async (): Promise<Client> => {
    const { None, ClientSecretPost, allowInsecureRequests, discovery } = await library()
    const url = new URL(options.issuer)
    const auth = options.secret === undefined ? None() : ClientSecretPost(options.secret)
    // The settings have seen to it that plain HTTP never leaves this machine.
    const execute = url.protocol === 'http:' ? [allowInsecureRequests] : []
    return discovery(url, options.clientId, undefined, auth, { execute, timeout: timeoutSeconds })
  }

  const client = (): Promise<Client> => {
    const now = performance.now()
    if (known && now - known.at < knownMs) return known.client
    const found = discover().catch((error: unknown) => {
      known = undefined
      throw new HubError('oidc-unavailable', { cause: error })
    })
    known = { at: now, client: found }
    return found
  }

  return {
    issuer: options.issuer,
    async begin(redirectUri) {
      const config = await client()
      const oidc = await library()
      const verifier = oidc.randomPKCECodeVerifier()
      const state = oidc.randomState()
      const nonce = oidc.randomNonce()
      const url = oidc.buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        scope: 'openid profile email',
        code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        state,
        nonce,
      })
      return { url: url.href, state, nonce, verifier }
    },
    async finish(answeredAt, { state, nonce, verifier }): Promise<OidcAnswer> {
      const config = await client()
      const { authorizationCodeGrant } = await library()
      try {
        const tokens = await authorizationCodeGrant(config, new URL(answeredAt), {
          pkceCodeVerifier: verifier,
          expectedState: state,
          expectedNonce: nonce,
          idTokenExpected: true,
        })
        const claims = tokens.claims()
        if (!claims) throw new Error('the answer holds no identity')
        return {
          issuer: claims.iss,
          subject: claims.sub,
          name: textOf(claims.preferred_username),
          title: textOf(claims.name),
          email: textOf(claims.email),
          roles: options.rolesClaim === undefined ? undefined : textsOf(claims[options.rolesClaim]),
        }
      } catch (error) {
        throw new HubError(isAway(error) ? 'oidc-unavailable' : 'oidc-refused', { cause: error })
      }
    },
  }
}
