/** The cookies of the hub. `__Host-`: only from this very host, only over TLS, for every path. */
import type { IncomingMessage } from 'node:http'

const sessionCookie = '__Host-hub'
/** Binds a sign-in at the identity provider to the browser that began it; comes along when that one sends it back. */
const flowCookie = '__Host-hub-oidc'

const tokenForm = /^[\w-]{43}$/

function cookieOf({ headers }: IncomingMessage, name: string): string | undefined {
  const values = (headers.cookie ?? '').split(';').flatMap((pair) => {
    const at = pair.indexOf('=')
    return at > 0 && pair.slice(0, at).trim() === name ? [pair.slice(at + 1).trim()] : []
  })
  // Two of one name: one of them was put there by somebody else.
  return values.length === 1 && tokenForm.test(values[0] ?? '') ? values[0] : undefined
}

export const sessionTokenOf = (request: IncomingMessage): string | undefined =>
  cookieOf(request, sessionCookie)
export const flowTokenOf = (request: IncomingMessage): string | undefined =>
  cookieOf(request, flowCookie)

const cookie = (name: string, value: string, sameSite: 'Strict' | 'Lax', more = ''): string[] => [
  'Set-Cookie',
  `${name}=${value}; Path=/; Secure; HttpOnly; SameSite=${sameSite}${more}`,
]

/** Flat, as `Answer.headers`. It ends with the browser; the hub ends it sooner. */
export const withSession = (token: string): string[] => cookie(sessionCookie, token, 'Strict')
export const withoutSession = (): string[] => cookie(sessionCookie, '', 'Strict', '; Max-Age=0')
export const withFlow = (token: string): string[] =>
  cookie(flowCookie, token, 'Lax', '; Max-Age=600')
export const withoutFlow = (): string[] => cookie(flowCookie, '', 'Lax', '; Max-Age=0')
