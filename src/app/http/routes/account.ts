import { HubError } from '../../../domain/errors.ts'
import { sessionTokenOf } from '../cookies.ts'
import type { Call, Operation } from '../operation.ts'
import { text } from '../schemas/shape.ts'

const tokenOf = ({ exchange }: Call): string => {
  const token = sessionTokenOf(exchange.request)
  if (token === undefined) throw new HubError('session-ended')
  return token
}

const browser = '-b cookies -H "Hub-Console: 1"'

const readAccount: Operation = {
  id: 'readAccount',
  tag: 'account',
  method: 'get',
  path: '/api/v1/account',
  access: 'session',
  summary: { vi: 'Xem tài khoản của chính mình', en: 'See one’s own account' },
  pathParameters: {},
  query: {},
  answers: { 200: { words: { vi: 'Tài khoản.', en: 'The account.' }, schema: 'Account' } },
  codes: [],
  example: 'curl "$HUB/api/v1/account" -b cookies',
  handler:
    ({ hub }) =>
    async (call) => {
      const { session } = await hub.people.session(tokenOf(call))
      const { id, name } = session.user
      // What the session knows of him may be some seconds old.
      const now = await hub.people.users.find(id, call.client.reach)
      const { title, email, hasPassword, hasTotp, createdAt, lastSignedInAt } = now
      return {
        status: 200,
        json: { id, name, title, email, hasPassword, hasTotp, createdAt, lastSignedInAt },
      }
    },
}

const listOwnSessions: Operation = {
  id: 'listOwnSessions',
  tag: 'account',
  method: 'get',
  path: '/api/v1/account/sessions',
  access: 'session',
  summary: { vi: 'Xem các phiên của chính mình', en: 'List one’s own sessions' },
  pathParameters: {},
  query: {},
  answers: { 200: { words: { vi: 'Các phiên.', en: 'The sessions.' }, schema: 'OwnSessions' } },
  codes: [],
  example: 'curl "$HUB/api/v1/account/sessions" -b cookies',
  handler:
    ({ hub }) =>
    async (call) => ({
      status: 200,
      json: { items: await hub.people.account.sessions(tokenOf(call)) },
    }),
}

const endOwnSession: Operation = {
  id: 'endOwnSession',
  tag: 'account',
  method: 'post',
  path: '/api/v1/account/sessions/{id}/end',
  access: 'session',
  told: true,
  summary: { vi: 'Kết thúc một phiên của chính mình', en: 'End a session of one’s own' },
  pathParameters: {
    id: text(['Mã phiên / Id of the session'], {
      pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$',
    }),
  },
  query: {},
  answers: { 204: { words: { vi: 'Đã kết thúc.', en: 'Ended.' } } },
  codes: ['not-found'],
  example: `curl -X POST "$HUB/api/v1/account/sessions/0b0c…/end" ${browser}`,
  handler:
    ({ hub }) =>
    async (call) => {
      await hub.people.account.endSession(tokenOf(call), call.path.id ?? '')
      return { status: 204 }
    },
}

const beginTotp: Operation = {
  id: 'beginTotp',
  tag: 'account',
  method: 'post',
  path: '/api/v1/account/totp',
  access: 'session',
  told: true,
  summary: { vi: 'Bắt đầu đặt xác thực lần hai', en: 'Begin to set up a second factor' },
  description: {
    vi: 'Khoá bí mật chỉ hiện một lần; đưa vào ứng dụng xác thực rồi gửi mã tới /api/v1/account/totp/confirm.',
    en: 'The secret is shown once: give it to an authenticator app, then send its code to /api/v1/account/totp/confirm.',
  },
  pathParameters: {},
  query: {},
  body: { kind: 'json', schema: 'OwnPassword' },
  answers: { 200: { words: { vi: 'Khoá bí mật.', en: 'The secret.' }, schema: 'TotpSecret' } },
  codes: ['sign-in-refused', 'state-conflict'],
  example: `curl "$HUB/api/v1/account/totp" ${browser} \\
  -H "Content-Type: application/json" -d '{"password": "…"}'`,
  handler:
    ({ hub }) =>
    async (call) => {
      const { password } = call.body as { password: string }
      const begun = await hub.people.account.beginTotp(tokenOf(call), password, call.from())
      return { status: 200, json: begun }
    },
}

const confirmTotp: Operation = {
  id: 'confirmTotp',
  tag: 'account',
  method: 'post',
  path: '/api/v1/account/totp/confirm',
  access: 'session',
  told: true,
  summary: { vi: 'Xác nhận xác thực lần hai', en: 'Confirm the second factor' },
  pathParameters: {},
  query: {},
  body: { kind: 'json', schema: 'Code' },
  answers: { 204: { words: { vi: 'Đã đặt.', en: 'Set up.' } } },
  codes: ['code-refused', 'state-conflict'],
  example: `curl "$HUB/api/v1/account/totp/confirm" ${browser} \\
  -H "Content-Type: application/json" -d '{"code": "123456"}'`,
  handler:
    ({ hub }) =>
    async (call) => {
      const { code } = call.body as { code: string }
      await hub.people.account.finishTotp(tokenOf(call), code, call.from())
      return { status: 204 }
    },
}

export const accountOperations: readonly Operation[] = [
  readAccount,
  listOwnSessions,
  endOwnSession,
  beginTotp,
  confirmTotp,
]
