/** A real OpenID provider on loopback, in which everybody is whom the test says. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Provider } from 'oidc-provider'

export interface TestProvider {
  readonly issuer: string
  /** Who is signed in there, and what the provider says of him. */
  account: { sub: string; name: string; preferred_username: string; roles?: readonly string[] }
  /**
   * What a browser does there: follows the provider until it is sent back to the hub. Answers the address it is
   * sent to, which nobody has opened yet.
   */
  signIn(url: string): Promise<string>
  close(): Promise<void>
}

const clientId = 'lien-thong'
export const clientSecret = 'mat-khau-cua-khach-chi-de-kiem-thu-0123456789'

/** `redirectUri`: where the hub takes answers. */
export async function openProvider(redirectUri: string): Promise<TestProvider> {
  const server: Server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const state: { account: TestProvider['account'] } = {
    account: { sub: 'a1', name: 'Nguyễn Thị Thử', preferred_username: 'thu' },
  }
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: [redirectUri],
        token_endpoint_auth_method: 'client_secret_post',
        grant_types: ['authorization_code'],
        response_types: ['code'],
      },
    ],
    claims: { openid: ['sub'], profile: ['name', 'preferred_username', 'roles'], email: ['email'] },
    // What people may do stands in the ID token itself.
    conformIdTokenClaims: false,
    features: { devInteractions: { enabled: false } },
    findAccount: (_, sub) => ({
      accountId: sub,
      claims: () => ({ ...state.account, sub }) as { sub: string },
    }),
    interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
    cookies: { keys: ['chi-de-kiem-thu'] },
    pkce: { required: () => true },
  })
  server.on('request', (request, response) => {
    const done = async (): Promise<void> => {
      const { prompt, params, grantId } = await provider.interactionDetails(request, response)
      if (prompt.name === 'login')
        return provider.interactionFinished(request, response, {
          login: { accountId: state.account.sub },
        })
      const grant = grantId
        ? await provider.Grant.find(grantId)
        : new provider.Grant({ accountId: state.account.sub, clientId: String(params.client_id) })
      grant?.addOIDCScope('openid profile email')
      const id = await grant?.save()
      return provider.interactionFinished(request, response, {
        consent: { ...(id !== undefined && { grantId: id }) },
      })
    }
    if (request.url?.startsWith('/interaction/'))
      done().catch((error: unknown) => response.writeHead(500).end(String(error)))
    else void provider.callback()(request, response)
  })
  return {
    issuer,
    get account() {
      return state.account
    },
    set account(account) {
      state.account = account
    },
    async signIn(url) {
      const cookies = new Map<string, string>()
      let next = url
      for (let step = 0; step < 10; step++) {
        const response = await fetch(next, {
          redirect: 'manual',
          headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
        })
        for (const set of response.headers.getSetCookie()) {
          const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? []
          cookies.set(name, value)
        }
        const location = response.headers.get('location')
        if (location === null) throw new Error(`${response.status}: ${await response.text()}`)
        next = new URL(location, next).href
        if (next.startsWith(redirectUri)) return next
      }
      throw new Error('the provider never sent the browser back')
    },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
