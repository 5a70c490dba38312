import { longestPassword } from '../../../domain/password-rule.ts'
import { purposes } from '../../people.ts'
import { roleNames, roles } from '../../roles.ts'
import { scopes } from '../scopes.ts'
import { reason } from './problem.ts'
import {
  allOf,
  count,
  flag,
  type JsonSchema,
  listOf,
  moment,
  nullable,
  object,
  oneOf,
  text,
} from './shape.ts'

const password = (words: readonly [string, string?]) =>
  text(words, { minLength: 1, maxLength: longestPassword, format: 'password' })

/** As it is typed to sign in: a name that nobody has is no fault of form. */
const typedName = text(['Tên đăng nhập / Name'], { minLength: 1, maxLength: 100 })
const token = text(['Mã của đường dẫn / Token of the link'], { minLength: 1, maxLength: 200 })
const line = { minLength: 1, maxLength: 200, pattern: '^[^\\p{Cc}\\p{Cs}]*$' }

const title = text(['Họ tên / Full name'], line)
const email = nullable(text(['Thư điện tử / E-mail'], { ...line, format: 'email' }))
const roleList = listOf(
  ['Vai trò / Roles', roleNames.map((name) => `${name}: ${roles[name].what.vi}`).join(' ')],
  oneOf(['Vai trò / Role'], roleNames),
  { uniqueItems: true, maxItems: 10 },
)
const mayReveal = flag(['Được xem dữ liệu cá nhân / May see personal data'])
const mayRedrive = flag([
  'Được gửi lại, bỏ, giữ lượt gửi / May redrive, discard and hold deliveries',
])
const units = listOf(
  [
    'Đơn vị / Units',
    'Mã định danh đơn vị: chính đơn vị ấy và mọi đơn vị bên dưới. Trống: mọi đơn vị. / Codes of agencies: each and all below. None: every unit.',
  ],
  text(['Mã đơn vị / Agency code'], line),
  { maxItems: 100 },
)
const systems = listOf(
  ['Hệ thống / Systems', 'Trống: mọi hệ thống. / None: every system.'],
  text(['Mã hệ thống / System id'], { pattern: '^[a-z0-9][a-z0-9-]{0,62}$' }),
  { maxItems: 100 },
)
const oidc = nullable(
  object(['Tài khoản ở nhà cung cấp định danh / Account at the identity provider'], {
    issuer: text(['Nhà cung cấp (iss) / Issuer'], line),
    subject: text(['Mã tài khoản (sub) / Subject'], line),
  }),
)
const details = { title, email, roles: roleList, mayReveal, mayRedrive, units, systems, oidc }

const user = object(['Người dùng / User'], {
  id: text(['Mã / Id'], { format: 'uuid' }),
  name: text(['Tên đăng nhập / Name']),
  ...details,
  hasPassword: flag(['Đã đặt mật khẩu / Has a password']),
  hasTotp: flag(['Đã có xác thực lần hai / Has a second factor']),
  createdAt: moment(['Tạo lúc / Created']),
  disabledAt: nullable(moment(['Khoá lúc / Disabled'])),
  lastSignedInAt: nullable(moment(['Đăng nhập gần nhất / Last sign-in'])),
  setUpUntil: nullable(moment(['Đường dẫn đặt mật khẩu có hạn tới / Set-up link until'])),
  sessions: count(['Số phiên đang mở / Open sessions']),
})

const setUpLink = object(
  [
    'Đường dẫn đặt mật khẩu / Set-up link',
    'Chỉ hiện một lần, dùng một lần. / Shown once, good once.',
  ],
  {
    user: text(['Tên đăng nhập / Name']),
    url: text(['Đường dẫn / Address'], { format: 'uri' }),
    expiresAt: moment(['Hết hạn / Expires']),
  },
)

const states = ['signed-in', 'totp-needed', 'totp-enrolment-needed']

export const peopleSchemas: Readonly<Record<string, JsonSchema>> = {
  SignIn: object(['Đăng nhập / Sign-in'], {
    username: typedName,
    password: password(['Mật khẩu / Password']),
  }),
  SignedIn: object(
    ['Kết quả đăng nhập / What the sign-in has come to'],
    {
      state: oneOf(
        [
          'Trạng thái / State',
          'totp-needed: còn nhập mã; totp-enrolment-needed: còn đặt xác thực lần hai.',
        ],
        states,
      ),
      enrolment: object(
        [
          'Xác thực lần hai / Second factor',
          'Chỉ hiện một lần, khi đặt. / Shown once, to set it up.',
        ],
        {
          secret: text(['Khoá bí mật, base32 / Secret, base32']),
          uri: text([
            'Địa chỉ otpauth cho ứng dụng xác thực / otpauth address for an authenticator app',
          ]),
        },
      ),
    },
    ['enrolment'],
  ),
  Code: object(['Mã xác thực / Code'], {
    code: text(['Mã 6 chữ số / Six digits'], { minLength: 1, maxLength: 10 }),
  }),
  Session: object(['Phiên / Session'], {
    user: object(['Người dùng / User'], {
      id: text(['Mã / Id'], { format: 'uuid' }),
      name: text(['Tên đăng nhập / Name']),
      title: text(['Họ tên / Full name']),
    }),
    roles: listOf(['Vai trò / Roles'], text(['Vai trò / Role'])),
    scopes: listOf(['Quyền / Scopes'], oneOf(['Quyền / Scope'], Object.keys(scopes))),
    units,
    systems,
    mayReveal,
    environment: oneOf(['Liên thông này để làm gì / What this hub is for'], purposes),
    idleEndsAt: moment(['Hết hạn nếu không dùng / Ends unless used']),
    endsAt: moment(['Hết hạn hẳn / Ends in any case']),
  }),
  NewPassword: object(['Đổi mật khẩu / Change of password'], {
    current: password(['Mật khẩu hiện tại / Present password']),
    password: password(['Mật khẩu mới / New password']),
  }),
  Providers: object(['Cách đăng nhập / Ways to sign in'], {
    local: flag(['Bằng mật khẩu của liên thông / By a password of the hub']),
    oidc: nullable(
      object(['Qua nhà cung cấp định danh / With an identity provider'], {
        title: text(['Tên / Name']),
      }),
    ),
  }),
  SetUp: object(['Đặt mật khẩu / Set-up'], { token, password: password(['Mật khẩu / Password']) }),
  SetUpDone: object(['Đã đặt mật khẩu / Set up'], { name: text(['Tên đăng nhập / Name']) }),
  User: user,
  Users: allOf(['Người dùng / Users'], user),
  NewUser: object(
    ['Người dùng mới / New user'],
    {
      name: text(['Tên đăng nhập / Name'], { pattern: '^[a-z][a-z0-9.-]{1,60}$' }),
      ...details,
      reason,
    },
    ['email', 'mayReveal', 'mayRedrive', 'units', 'systems', 'oidc'],
  ),
  NewUserAnswer: object(['Đã tạo / Made'], { user, setUp: nullable(setUpLink) }),
  UserChange: object(
    ['Thay đổi / Change', 'Chỉ những gì nêu ra thay đổi. / Only what is named changes.'],
    { ...details, reason },
    Object.keys(details),
  ),
  NewSetUpLink: object(
    ['Đường dẫn đặt mật khẩu mới / New set-up link'],
    {
      reason,
      resetTotp: flag(['Đặt lại cả xác thực lần hai / Set up the second factor anew too']),
    },
    ['resetTotp'],
  ),
  SetUpLink: setUpLink,
  SessionsEnded: object(['Đã kết thúc / Ended'], { ended: count(['Số phiên / Sessions']) }),
}
