/**
 * The adapter and the desk of a simulated provider of `mapi`: both names of the adapter, `dstcode` in query
 * or header, logins, sessions that age. `error_code` is a text in one answer and a number in the next, and
 * an expired session is told in words or as 401: both have been seen.
 */
import type { SimulatorAnswer, SimulatorCall } from '../simulator-call.ts'
import type { SimulatorRequest } from '../simulator-server.ts'

const sessionMs = 10 * 60_000
const adapterPath = /^\/(?:XrdAdapter|VXPAdapter)\/RestService\/forward\/mapi\/(login|g)$/

export interface MapiVerdict {
  readonly code: number
  /** '' when it says nothing. */
  readonly words: string
}

/** The envelope of an answer, with more members beside the code and the words. */
export type SayMapi = (verdict: MapiVerdict, more?: object) => SimulatorAnswer

export interface SimulatorMapi {
  readonly say: SayMapi
  /** A request to the adapter. `service` is asked for calls of `mapi/g`; its session is checked here. */
  handle(
    request: SimulatorRequest,
    service: (body: Readonly<Record<string, unknown>>) => SimulatorCall,
  ): SimulatorCall
  forget(): void
}

export function createSimulatorMapi(desk: {
  readonly account: { readonly username: string; readonly password: string }
  /** The `dstcode` it is reached by. */
  readonly destination: string
}): SimulatorMapi {
  const say = createSpeaker()
  const sessions = createSessions(say)

  const logIn = (request: SimulatorRequest): SimulatorCall => {
    const body = request.json() as Readonly<Record<string, unknown>>
    const { username, password } = desk.account
    return {
      kind: 'session',
      run: () =>
        body.username === username && body.password === password
          ? { body: { session: sessions.open(), error_code: 0 } }
          : say({ code: -1, words: 'Sai tài khoản hoặc mật khẩu' }),
    }
  }

  return {
    say,
    handle(request, service) {
      const path = adapterPath.exec(request.path)
      if (!path || request.method !== 'POST') return adapterFault(404, 'Unknown service path')
      const dstcode = request.headers.dstcode ?? request.query.get('dstcode')
      if (dstcode !== desk.destination) return adapterFault(500, 'Unknown or missing dstcode')
      if (path[1] === 'login') return logIn(request)
      const body = request.json() as Readonly<Record<string, unknown>>
      const call = service(body)
      return {
        refuse: () => say({ code: -1, words: 'Dữ liệu không hợp lệ' }),
        unknownWords: () => say({ code: 0, words: 'Yêu cầu đã vào hàng chờ' }),
        ...call,
        run: (atMost) => (sessions.isOpen(body.session) ? call.run(atMost) : sessions.refusal()),
      }
    },
    forget: sessions.forget,
  }
}

/** Codes alternate between text and number, answer by answer. */
function createSpeaker(): SayMapi {
  let spoken = 0
  return ({ code, words }, more) => ({
    body: {
      error_code: spoken++ % 2 === 0 ? String(code) : code,
      ...(words !== '' && { message: words }),
      ...more,
    },
  })
}

function createSessions(say: SayMapi) {
  const until = new Map<string, number>()
  let opened = 0
  let refused = 0
  return {
    open(): string {
      const token = `sess-demo-${++opened}`
      until.set(token, Date.now() + sessionMs)
      return token
    },
    isOpen: (token: unknown): boolean =>
      typeof token === 'string' && (until.get(token) ?? 0) > Date.now(),
    forget: () => until.clear(),
    refusal: (): SimulatorAnswer =>
      refused++ % 2 === 0
        ? say({ code: -1, words: 'Phiên làm việc hết hạn' })
        : { status: 401, body: 'session expired' },
  }
}

/** The adapter speaks XML, not the provider's envelope. */
const adapterFault = (status: number, words: string): SimulatorCall => ({
  kind: 'read',
  run: () => ({
    status,
    headers: { 'content-type': 'text/xml; charset=utf-8' },
    body: `<?xml version="1.0"?><fault><faultString>${words}</faultString></fault>`,
  }),
})
