import { longestPassword } from '../../../domain/password-rule.ts'
import { allOf, flag, type JsonSchema, moment, nullable, object, text } from './shape.ts'

const session = object(['Phiên của tôi / A session of one’s own'], {
  id: text(['Mã / Id'], { format: 'uuid' }),
  createdAt: moment(['Đăng nhập lúc / Signed in']),
  seenAt: moment(['Dùng gần nhất / Last used']),
  endsAt: moment(['Hết hạn hẳn / Ends in any case']),
  how: text(['Bằng gì, từ đâu / How and from where']),
  current: flag(['Chính là phiên này / It is this one']),
})

export const accountSchemas: Readonly<Record<string, JsonSchema>> = {
  Account: object(['Tài khoản của tôi / One’s own account'], {
    id: text(['Mã / Id'], { format: 'uuid' }),
    name: text(['Tên đăng nhập / Name']),
    title: text(['Họ tên / Full name']),
    email: nullable(text(['Thư điện tử / E-mail'])),
    hasPassword: flag(['Đã đặt mật khẩu / Has a password']),
    hasTotp: flag(['Đã có xác thực lần hai / Has a second factor']),
    createdAt: moment(['Tạo lúc / Created']),
    lastSignedInAt: nullable(moment(['Đăng nhập gần nhất / Last sign-in'])),
  }),
  OwnSessions: allOf(['Các phiên của tôi / Sessions of one’s own'], session),
  OwnPassword: object(['Xác nhận bằng mật khẩu / Proof by password'], {
    password: text(['Mật khẩu hiện tại / Present password'], {
      minLength: 1,
      maxLength: longestPassword,
      format: 'password',
    }),
  }),
  TotpSecret: object(['Xác thực lần hai / Second factor', 'Chỉ hiện một lần. / Shown once.'], {
    secret: text(['Khoá bí mật, base32 / Secret, base32']),
    uri: text(['Địa chỉ otpauth / otpauth address']),
  }),
}
