/**
 * The OAuth 2.0 desk of a simulated system: client credentials by Basic, and the password grant where there is a
 * user; tokens that can be forgotten.
 */
import type { SimulatorCall } from './simulator-call.ts'
import type { SimulatorRequest } from './simulator-server.ts'

export interface SimulatorTokens {
  give(request: SimulatorRequest): SimulatorCall
  /** Ask it when the call runs: the tokens may have been forgotten meanwhile. */
  isKnown(request: SimulatorRequest): boolean
  forget(): void
}

export function createSimulatorTokens(client: {
  readonly id: string
  readonly secret: string
  readonly user?: { readonly name: string; readonly password: string }
}): SimulatorTokens {
  const { user } = client
  const grant = user
    ? `grant_type=password&username=${encodeURIComponent(user.name)}&password=${encodeURIComponent(user.password)}`
    : 'grant_type=client_credentials'
  const tokens = new Set<string>()
  const account = `Basic ${Buffer.from(`${client.id}:${client.secret}`).toString('base64')}`
  return {
    give: (request) => ({
      kind: 'session',
      run() {
        const right = request.headers.authorization === account && request.text() === grant
        if (!right) return { status: 401, body: { error: 'invalid_client' } }
        const access_token = `token-${crypto.randomUUID()}`
        tokens.add(access_token)
        return { body: { access_token, token_type: 'Bearer', expires_in: 3600 } }
      },
    }),
    isKnown: ({ headers }) =>
      tokens.has(String(headers.authorization ?? '').replace(/^Bearer /, '')),
    forget: () => tokens.clear(),
  }
}
