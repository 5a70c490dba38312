import type { UserDetails } from '../../../engine/ports/people.ts'
import type { Decision } from '../../people.ts'
import { actOf } from '../acting.ts'
import type { Call, Operation } from '../operation.ts'
import { text } from '../schemas/shape.ts'

const userPath = {
  id: text(['Mã hoặc tên đăng nhập / Id or name'], { pattern: '^[a-z0-9.-]{1,64}$' }),
}

const decisionOf = (call: Call): Decision => ({ ...actOf(call), reach: call.client.reach })

const idOf = ({ path }: Call): string => path.id ?? ''

const theUser = {
  200: { words: { vi: 'Người dùng sau thao tác.', en: 'The user afterwards.' }, schema: 'User' },
} as const

const listUsers: Operation = {
  id: 'listUsers',
  tag: 'users',
  method: 'get',
  path: '/api/v1/users',
  access: 'users:read',
  summary: { vi: 'Xem các người dùng', en: 'List the users' },
  description: {
    vi: 'Chỉ những người có phạm vi nằm trong phạm vi của chính mình.',
    en: 'Those whose reach lies within one’s own.',
  },
  pathParameters: {},
  query: {},
  answers: { 200: { words: { vi: 'Các người dùng.', en: 'The users.' }, schema: 'Users' } },
  codes: [],
  example: 'curl "$HUB/api/v1/users" -H "X-Api-Key: $KEY"',
  handler:
    ({ hub }) =>
    async ({ client }) => ({
      status: 200,
      json: { items: await hub.people.users.list(client.reach) },
    }),
}

const readUser: Operation = {
  id: 'readUser',
  tag: 'users',
  method: 'get',
  path: '/api/v1/users/{id}',
  access: 'users:read',
  summary: { vi: 'Xem một người dùng', en: 'Read a user' },
  pathParameters: userPath,
  query: {},
  answers: { 200: { words: { vi: 'Người dùng.', en: 'The user.' }, schema: 'User' } },
  codes: ['not-found'],
  example: 'curl "$HUB/api/v1/users/lan.nguyen" -H "X-Api-Key: $KEY"',
  handler:
    ({ hub }) =>
    async (call) => ({
      status: 200,
      json: await hub.people.users.find(idOf(call), call.client.reach),
    }),
}

type NewUserBody = Pick<UserDetails, 'title' | 'roles'> &
  Partial<UserDetails> & { readonly name: string }

const createUser: Operation = {
  id: 'createUser',
  tag: 'users',
  method: 'post',
  path: '/api/v1/users',
  access: 'users:write',
  told: true,
  summary: { vi: 'Tạo người dùng', en: 'Make a user' },
  description: {
    vi: 'Trả về đường dẫn đặt mật khẩu, dùng một lần trong 24 giờ; gửi cho người ấy bằng đường an toàn. Người đăng nhập qua nhà cung cấp định danh (oidc) thì không cần. Không cấp được quyền rộng hơn phạm vi của chính mình.',
    en: 'Answers a link to set the password, good once within 24 hours: give it to that person safely. Who signs in with the identity provider (oidc) needs none. Rights beyond one’s own reach cannot be given.',
  },
  pathParameters: {},
  query: {},
  body: { kind: 'json', schema: 'NewUser' },
  answers: {
    201: {
      words: { vi: 'Đã tạo.', en: 'Made.' },
      schema: 'NewUserAnswer',
      headers: { Location: 'Đường dẫn của người dùng / Path of the user' },
    },
  },
  codes: ['reason-missing', 'state-conflict'],
  example: `curl "$HUB/api/v1/users" -H "X-Api-Key: $KEY" -H "Content-Type: application/json" \\
  -d '{"name": "lan.nguyen", "title": "Nguyễn Thị Lan", "roles": ["operator"], "units": ["H99.14"],
       "reason": "Phụ trách một cửa xã"}'`,
  handler:
    ({ hub }) =>
    async (call) => {
      const { reason: _, ...given } = call.body as NewUserBody & { reason: string }
      const made = await hub.people.users.create(
        {
          ...{
            email: null,
            mayReveal: false,
            mayRedrive: false,
            units: [],
            systems: [],
            oidc: null,
          },
          ...given,
        },
        decisionOf(call),
      )
      return { status: 201, json: made, headers: ['Location', `/api/v1/users/${made.user.id}`] }
    },
}

const changeUser: Operation = {
  id: 'changeUser',
  tag: 'users',
  method: 'post',
  path: '/api/v1/users/{id}/change',
  access: 'users:write',
  told: true,
  summary: { vi: 'Sửa người dùng', en: 'Change a user' },
  description: {
    vi: 'Đổi vai trò, quyền, phạm vi hay tài khoản ở nhà cung cấp định danh thì mọi phiên của người ấy kết thúc. Không ai tự sửa quyền của chính mình.',
    en: 'When roles, rights, reach or the account at the provider change, the sessions of that person end. Nobody changes his own.',
  },
  pathParameters: userPath,
  query: {},
  body: { kind: 'json', schema: 'UserChange' },
  answers: theUser,
  codes: ['not-found', 'reason-missing', 'state-conflict'],
  example: `curl "$HUB/api/v1/users/lan.nguyen/change" -H "X-Api-Key: $KEY" \\
  -H "Content-Type: application/json" -d '{"mayRedrive": true, "reason": "Trực tuần 48"}'`,
  handler:
    ({ hub }) =>
    async (call) => {
      const { reason: _, ...change } = call.body as Partial<UserDetails> & { reason: string }
      const user = await hub.people.users.change(idOf(call), change, decisionOf(call))
      return { status: 200, json: user }
    },
}

const setDisabled = (what: 'disable' | 'enable'): Operation => ({
  id: `${what}User`,
  tag: 'users',
  method: 'post',
  path: `/api/v1/users/{id}/${what}`,
  access: 'users:write',
  told: true,
  summary:
    what === 'disable'
      ? { vi: 'Khoá một người dùng', en: 'Disable a user' }
      : { vi: 'Mở lại một người dùng', en: 'Enable a user' },
  ...(what === 'disable' && {
    description: {
      vi: 'Mọi phiên của người ấy kết thúc; muộn nhất sau 5 giây không tiến trình nào còn nhận.',
      en: 'The sessions of that person end; after 5 seconds at the latest no process takes them.',
    },
  }),
  pathParameters: userPath,
  query: {},
  body: { kind: 'json', schema: 'Reason' },
  answers: theUser,
  codes: ['not-found', 'reason-missing', 'state-conflict'],
  example: `curl "$HUB/api/v1/users/lan.nguyen/${what}" -H "X-Api-Key: $KEY" \\
  -H "Content-Type: application/json" -d '{"reason": "Chuyển công tác"}'`,
  handler:
    ({ hub }) =>
    async (call) => ({
      status: 200,
      json: await hub.people.users[what](idOf(call), decisionOf(call)),
    }),
})

const endSessions: Operation = {
  id: 'endUserSessions',
  tag: 'users',
  method: 'post',
  path: '/api/v1/users/{id}/end-sessions',
  access: 'users:write',
  told: true,
  summary: { vi: 'Kết thúc mọi phiên của một người', en: 'End all sessions of a user' },
  pathParameters: userPath,
  query: {},
  body: { kind: 'json', schema: 'Reason' },
  answers: { 200: { words: { vi: 'Đã kết thúc.', en: 'Ended.' }, schema: 'SessionsEnded' } },
  codes: ['not-found', 'reason-missing'],
  example: `curl "$HUB/api/v1/users/lan.nguyen/end-sessions" -H "X-Api-Key: $KEY" \\
  -H "Content-Type: application/json" -d '{"reason": "Mất máy tính"}'`,
  handler:
    ({ hub }) =>
    async (call) => ({
      status: 200,
      json: { ended: await hub.people.users.endSessions(idOf(call), decisionOf(call)) },
    }),
}

const newSetUpLink: Operation = {
  id: 'newSetUpLink',
  tag: 'users',
  method: 'post',
  path: '/api/v1/users/{id}/set-up-link',
  access: 'users:write',
  told: true,
  summary: { vi: 'Cấp đường dẫn đặt mật khẩu mới', en: 'Give a new set-up link' },
  description: {
    vi: 'Dùng một lần trong 24 giờ, thay cho đường dẫn trước. resetTotp: dùng đường dẫn thì phải đặt lại cả xác thực lần hai (mất điện thoại).',
    en: 'Good once within 24 hours, in place of the one before. resetTotp: with it the second factor is set up anew as well (a lost phone).',
  },
  pathParameters: userPath,
  query: {},
  body: { kind: 'json', schema: 'NewSetUpLink' },
  answers: { 201: { words: { vi: 'Đường dẫn.', en: 'The link.' }, schema: 'SetUpLink' } },
  codes: ['not-found', 'reason-missing', 'state-conflict'],
  example: `curl "$HUB/api/v1/users/lan.nguyen/set-up-link" -H "X-Api-Key: $KEY" \\
  -H "Content-Type: application/json" -d '{"reason": "Quên mật khẩu"}'`,
  handler:
    ({ hub }) =>
    async (call) => {
      const { resetTotp = false } = call.body as { resetTotp?: boolean }
      const link = await hub.people.users.setUpLink(idOf(call), resetTotp, decisionOf(call))
      return { status: 201, json: link }
    },
}

export const userOperations: readonly Operation[] = [
  listUsers,
  createUser,
  readUser,
  changeUser,
  setDisabled('disable'),
  setDisabled('enable'),
  endSessions,
  newSetUpLink,
]
