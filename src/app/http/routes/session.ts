import { HubError } from '../../../domain/errors.ts'
import type { Begun } from '../../../engine/people/sign-in.ts'
import type { Answer } from '../answer.ts'
import { sessionTokenOf, withoutSession, withSession } from '../cookies.ts'
import type { Call, Operation } from '../operation.ts'
import { setUpPage, setUpPolicy } from '../set-up-page.ts'
import { oidcOperations } from './oidc.ts'

const setsCookie = { 'Set-Cookie': 'Phiên / The session' }

const signedIn = {
  200: {
    words: { vi: 'Kết quả.', en: 'What it has come to.' },
    schema: 'SignedIn',
    headers: setsCookie,
  },
} as const

const answerOf = ({ token, state, enrolment }: Begun): Answer => ({
  status: 200,
  json: { state, ...(enrolment && { enrolment }) },
  headers: withSession(token),
})

/** The token of a request that has been recognised by it. */
const tokenOf = ({ exchange }: Call): string => {
  const token = sessionTokenOf(exchange.request)
  if (token === undefined) throw new HubError('session-ended')
  return token
}

const signIn: Operation = {
  id: 'signIn',
  tag: 'session',
  method: 'post',
  path: '/api/v1/session',
  access: 'public',
  heldBack: true,
  told: true,
  summary: { vi: 'Đăng nhập bằng mật khẩu', en: 'Sign in with a password' },
  description: {
    vi: 'Đặt cookie __Host-hub. Trạng thái totp-needed: gửi tiếp mã 6 chữ số; totp-enrolment-needed: đưa enrolment.uri vào ứng dụng xác thực rồi gửi mã. Sai 5 lần trong 5 phút thì phải chờ (429 kèm Retry-After).',
    en: 'Sets the cookie __Host-hub. State totp-needed: send the six digits next; totp-enrolment-needed: give enrolment.uri to an authenticator app, then send its code. Who fails five times within five minutes has to wait (429 with Retry-After).',
  },
  pathParameters: {},
  query: {},
  body: { kind: 'json', schema: 'SignIn' },
  answers: signedIn,
  codes: ['sign-in-refused', 'rate-limited', 'store-unavailable'],
  example: `curl "$HUB/api/v1/session" -c cookies -H "Content-Type: application/json" \\
  -d '{"username": "lan.nguyen", "password": "…"}'`,
  handler:
    ({ hub }) =>
    async ({ exchange, body, from }) => {
      const { username: name, password } = body as { username: string; password: string }
      const before = sessionTokenOf(exchange.request)
      return answerOf(await hub.people.signIn.withPassword({ name, password }, from(), before))
    },
}

const enterCode: Operation = {
  id: 'enterCode',
  tag: 'session',
  method: 'post',
  path: '/api/v1/session/totp',
  access: 'half-session',
  told: true,
  summary: { vi: 'Nhập mã xác thực lần hai', en: 'Enter the code of the second factor' },
  description: {
    vi: 'Mỗi mã chỉ dùng được một lần. Cookie được đổi mới.',
    en: 'Each code is good once. The cookie is replaced.',
  },
  pathParameters: {},
  query: {},
  body: { kind: 'json', schema: 'Code' },
  answers: signedIn,
  codes: ['code-refused', 'state-conflict'],
  example: `curl "$HUB/api/v1/session/totp" -b cookies -c cookies -H "Hub-Console: 1" \\
  -H "Content-Type: application/json" -d '{"code": "123456"}'`,
  handler:
    ({ hub }) =>
    async (call) => {
      const { code } = call.body as { code: string }
      return answerOf(await hub.people.signIn.withCode(tokenOf(call), code, call.from()))
    },
}

const readSession: Operation = {
  id: 'readSession',
  tag: 'session',
  method: 'get',
  path: '/api/v1/session',
  access: 'session',
  summary: { vi: 'Xem phiên của chính mình', en: 'See one’s own session' },
  pathParameters: {},
  query: {},
  answers: { 200: { words: { vi: 'Phiên.', en: 'The session.' }, schema: 'Session' } },
  codes: [],
  example: 'curl "$HUB/api/v1/session" -b cookies',
  handler:
    ({ hub }) =>
    async (call) => {
      const { caller, session } = await hub.people.session(tokenOf(call), { background: true })
      const { id, name, title, roles, units, systems } = session.user
      return {
        status: 200,
        json: {
          ...{ user: { id, name, title }, roles, units, systems },
          environment: hub.people.environment,
          scopes: caller.scopes,
          mayReveal: caller.scopes.includes('personal-data:read'),
          idleEndsAt: session.idleEndsAt.toISOString(),
          endsAt: session.endsAt.toISOString(),
        },
      }
    },
}

const endSession: Operation = {
  id: 'endSession',
  tag: 'session',
  method: 'post',
  path: '/api/v1/session/end',
  access: 'half-session',
  told: true,
  summary: { vi: 'Đăng xuất', en: 'Sign out' },
  pathParameters: {},
  query: {},
  answers: { 204: { words: { vi: 'Đã đăng xuất.', en: 'Signed out.' }, headers: setsCookie } },
  codes: [],
  example: 'curl -X POST "$HUB/api/v1/session/end" -b cookies -H "Hub-Console: 1"',
  handler:
    ({ hub }) =>
    async (call) => {
      await hub.people.end(tokenOf(call))
      return { status: 204, headers: withoutSession() }
    },
}

const changePassword: Operation = {
  id: 'changePassword',
  tag: 'session',
  method: 'post',
  path: '/api/v1/session/password',
  access: 'session',
  told: true,
  summary: { vi: 'Đổi mật khẩu của chính mình', en: 'Change one’s own password' },
  description: {
    vi: 'Kết thúc mọi phiên khác của mình; cookie được đổi mới.',
    en: 'Ends all other sessions of one’s own; the cookie is replaced.',
  },
  pathParameters: {},
  query: {},
  body: { kind: 'json', schema: 'NewPassword' },
  answers: { 204: { words: { vi: 'Đã đổi.', en: 'Changed.' }, headers: setsCookie } },
  codes: ['sign-in-refused', 'password-weak'],
  example: `curl "$HUB/api/v1/session/password" -b cookies -c cookies -H "Hub-Console: 1" \\
  -H "Content-Type: application/json" -d '{"current": "…", "password": "…"}'`,
  handler:
    ({ hub }) =>
    async (call) => {
      const given = call.body as { current: string; password: string }
      const token = await hub.people.signIn.changePassword(tokenOf(call), given, call.from())
      return { status: 204, headers: withSession(token) }
    },
}

const listProviders: Operation = {
  id: 'listProviders',
  tag: 'session',
  method: 'get',
  path: '/api/v1/session/providers',
  access: 'public',
  summary: { vi: 'Có những cách đăng nhập nào', en: 'Which ways to sign in there are' },
  pathParameters: {},
  query: {},
  answers: { 200: { words: { vi: 'Các cách.', en: 'The ways.' }, schema: 'Providers' } },
  codes: [],
  example: 'curl "$HUB/api/v1/session/providers"',
  handler:
    ({ hub }) =>
    async () => ({ status: 200, json: hub.people.providers() }),
}

const setUp: Operation = {
  id: 'setUp',
  tag: 'session',
  method: 'post',
  path: '/api/v1/set-up',
  access: 'public',
  heldBack: true,
  told: true,
  summary: {
    vi: 'Đặt mật khẩu bằng đường dẫn dùng một lần',
    en: 'Set a password by a one-time link',
  },
  description: {
    vi: 'Mã nằm sau dấu # của đường dẫn. Mật khẩu từ 15 ký tự, không dễ đoán. Sau đó đăng nhập như thường.',
    en: 'The token stands behind the # of the link. A password has 15 characters or more and is not easy to guess. Sign in afterwards.',
  },
  pathParameters: {},
  query: {},
  body: { kind: 'json', schema: 'SetUp' },
  answers: { 200: { words: { vi: 'Đã đặt.', en: 'Done.' }, schema: 'SetUpDone' } },
  codes: ['set-up-link-invalid', 'password-weak', 'rate-limited', 'store-unavailable'],
  example: `curl "$HUB/api/v1/set-up" -H "Content-Type: application/json" \\
  -d '{"token": "…", "password": "…"}'`,
  handler:
    ({ hub }) =>
    async ({ body, from }) => {
      const given = body as { token: string; password: string }
      return { status: 200, json: { name: await hub.people.signIn.setUp(given, from()) } }
    },
}

const showSetUpPage: Operation = {
  id: 'showSetUpPage',
  tag: 'session',
  method: 'get',
  path: '/console/set-up',
  access: 'public',
  summary: { vi: 'Trang đặt mật khẩu', en: 'The page that sets a password' },
  pathParameters: {},
  query: {},
  answers: { 200: { words: { vi: 'Trang.', en: 'The page.' }, mediaType: 'text/html' } },
  codes: [],
  example: 'curl "$HUB/console/set-up"',
  handler: () => async () => ({
    status: 200,
    content: { type: 'text/html; charset=utf-8', body: setUpPage },
    headers: ['Content-Security-Policy', setUpPolicy],
  }),
}

/** What is fixed comes before what is not: the router asks in this order. */
export const sessionOperations: readonly Operation[] = [
  signIn,
  enterCode,
  readSession,
  endSession,
  changePassword,
  listProviders,
  ...oidcOperations,
  setUp,
  showSetUpPage,
]
