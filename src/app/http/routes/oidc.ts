import { flowTokenOf, sessionTokenOf, withFlow, withoutFlow, withSession } from '../cookies.ts'
import type { Operation } from '../operation.ts'
import { toHubError } from '../problem.ts'
import { text } from '../schemas/shape.ts'

const goesOn = {
  words: { vi: 'Trình duyệt đi tiếp tới Location.', en: 'The browser goes on to Location.' },
  headers: { Location: 'Đi tiếp tới đâu / Where to', 'Set-Cookie': 'Phiên / The session' },
}

/** Within the console only, whatever `..` and the like would make of it. */
function placeOf(to: string | number | undefined): string | undefined {
  if (typeof to !== 'string') return undefined
  const { pathname, search } = new URL(to, 'http://hub.invalid')
  return pathname.startsWith('/console/') ? pathname + search : undefined
}

const beginOidc: Operation = {
  id: 'beginOidc',
  tag: 'session',
  method: 'get',
  path: '/api/v1/session/oidc',
  access: 'public',
  heldBack: true,
  summary: { vi: 'Đăng nhập qua nhà cung cấp định danh', en: 'Sign in with the identity provider' },
  description: {
    vi: 'Đăng nhập xong trình duyệt trở lại to, một địa chỉ của bảng điều khiển.',
    en: 'Once signed in the browser comes back to `to`, an address of the console.',
  },
  pathParameters: {},
  query: {
    to: text(['Trở lại đâu / Where to come back to'], {
      maxLength: 2_000,
      pattern: '^/console/[^\\p{Cc}\\p{Cs}]*$',
    }),
  },
  answers: { 303: goesOn },
  codes: ['not-found', 'oidc-unavailable', 'rate-limited', 'store-unavailable'],
  example: 'curl -i "$HUB/api/v1/session/oidc"',
  handler:
    ({ hub }) =>
    async ({ query }) => {
      const { url, browser } = await hub.people.oidc.begin(placeOf(query.to))
      return { status: 303, headers: ['Location', url, ...withFlow(browser)] }
    },
}

const finishOidc: Operation = {
  id: 'finishOidc',
  tag: 'session',
  method: 'get',
  path: '/api/v1/session/oidc/callback',
  access: 'public',
  heldBack: true,
  freeQuery: true,
  summary: {
    vi: 'Nhận trả lời của nhà cung cấp định danh',
    en: 'Take the answer of the identity provider',
  },
  description: {
    vi: 'Nhà cung cấp đưa trình duyệt tới đây. Không được thì đi tiếp tới trang đăng nhập với ?failed=<mã lỗi>.',
    en: 'The provider sends the browser here. What fails goes on to the sign-in page with ?failed=<code>.',
  },
  pathParameters: {},
  query: {
    code: text(['Mã / Code']),
    state: text(['State']),
    iss: text(['Nhà cung cấp / Issuer']),
    error: text(['Lỗi / Error']),
  },
  answers: { 303: goesOn },
  codes: ['rate-limited'],
  example: 'curl -i "$HUB/api/v1/session/oidc/callback?code=…&state=…"',
  handler:
    ({ hub }) =>
    async ({ exchange, from }) => {
      const { request, traceId } = exchange
      const query = (request.url ?? '').split('?')[1] ?? ''
      try {
        const before = sessionTokenOf(request)
        const begun = await hub.people.oidc.finish(query, flowTokenOf(request), from(), before)
        const headers = [...withSession(begun.token), ...withoutFlow()]
        return { status: 303, headers: ['Location', begun.to ?? '/console/', ...headers] }
      } catch (error) {
        // A person looks at this: he gets a page, the log gets the reason.
        const fault = toHubError(error)
        if (fault.code === 'bug') throw error
        hub.log.warn('sign-in.failed', { code: fault.code, address: from().address, traceId })
        const page = `/console/sign-in?failed=${fault.code}`
        return { status: 303, headers: ['Location', page, ...withoutFlow()] }
      }
    },
}

export const oidcOperations: readonly Operation[] = [beginOidc, finishOidc]
