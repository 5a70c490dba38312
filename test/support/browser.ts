/** Somebody at a browser, as far as the hub sees him: cookies, the headers of its page, codes of an app. */
import { generate } from 'otplib'
import type { TestHub } from './hub-server.ts'

interface BrowserAnswer {
  readonly status: number
  readonly headers: Headers
  readonly json: Record<string, unknown>
}

export interface Browser {
  readonly cookies: Map<string, string>
  ask(
    method: string,
    path: string,
    options?: { readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> },
  ): Promise<BrowserAnswer>
  /** With a password and, where it is wanted, a code. Answers the state it came to. */
  signIn(name: string, password: string): Promise<string>
}

/** What a page of the hub sends along. */
export const ownPage = { 'hub-console': '1', 'sec-fetch-site': 'same-origin' }

/** Secrets of the authenticator app, by account; and the moment its last code was of. */
export const authenticator = new Map<string, { secret: string; step: number }>()

/** A code that was not used before: of now, or of the half minute to come. */
export async function nextCode(name: string): Promise<string> {
  const known = authenticator.get(name)
  if (!known) throw new Error(`${name} has no authenticator`)
  const now = Math.floor(Date.now() / 30_000)
  known.step = Math.max(now, known.step + 1)
  if (known.step > now + 1) throw new Error('more codes than half minutes')
  return generate({ secret: known.secret, epoch: known.step * 30 })
}

export function openBrowser(hub: TestHub): Browser {
  const cookies = new Map<string, string>()
  const ask: Browser['ask'] = async (method, path, { body, headers } = {}) => {
    const response = await fetch(hub.address + path, {
      method,
      redirect: 'manual',
      headers: {
        ...(method !== 'GET' && ownPage),
        ...(cookies.size > 0 && {
          cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    for (const set of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? []
      if (value === '') cookies.delete(name)
      else cookies.set(name, value)
    }
    const text = await response.text()
    const json = (text.startsWith('{') ? JSON.parse(text) : {}) as Record<string, unknown>
    return { status: response.status, headers: response.headers, json }
  }
  return {
    cookies,
    ask,
    async signIn(username, password) {
      const first = await ask('POST', '/api/v1/session', { body: { username, password } })
      const { state, enrolment } = first.json as {
        state?: string
        enrolment?: { secret: string }
      }
      if (state === undefined) return String(first.json.code)
      if (state === 'signed-in') return state
      if (enrolment) authenticator.set(username, { secret: enrolment.secret, step: 0 })
      const code = await nextCode(username)
      const second = await ask('POST', '/api/v1/session/totp', { body: { code } })
      return String(second.json.state ?? second.json.code)
    },
  }
}

/** A password that is taken. */
export const goodPassword = 'con mèo vàng ngủ trên mái ngói'

export interface NewPerson {
  readonly roles: readonly string[]
  readonly mayReveal?: boolean
  readonly mayRedrive?: boolean
  readonly units?: readonly string[]
  readonly systems?: readonly string[]
}

const cli = {
  actor: 'test',
  reason: 'Kiểm thử',
  reach: { systems: [], units: [] },
}

/** Somebody who has set his password by the link. */
export async function addPerson(hub: TestHub, name: string, given: NewPerson): Promise<void> {
  const { setUp } = await hub.hub.people.users.create(
    {
      ...{ name, title: `Người thử ${name}`, email: null, oidc: null },
      ...{ mayReveal: false, mayRedrive: false, units: [], systems: [] },
      ...given,
    },
    cli,
  )
  const token = setUp?.url.split('#')[1] ?? ''
  await hub.hub.people.signIn.setUp({ token, password: goodPassword }, { address: '192.0.2.9' })
}

export const byCli = cli
