/** The settings about people: how they sign in, and how long that lasts. */
import { none, optional, type Setting, setting } from './setting.ts'
import { address, existingFile, oneOf, plainText, wholeNumber } from './setting-forms.ts'

export interface PeopleSettings {
  /** Whether people sign in with a password of the hub. */
  readonly signInLocal: 'on' | 'off'
  readonly sessionIdleMinutes: number
  readonly sessionHours: number
  /** Whether somebody else has to approve what changes personal data. */
  readonly correctionApproval: 'on' | 'off'
  /** Undefined: nobody signs in through an identity provider. */
  readonly oidcIssuer: string | undefined
  readonly oidcClientId: string | undefined
  /** Undefined: a public client, by PKCE alone. */
  readonly oidcClientSecretFile: string | undefined
  readonly oidcTitle: string
  /** Undefined: an administrator links accounts. */
  readonly oidcRolesClaim: string | undefined
}

export const peopleSettings = {
  signInLocal: setting('HUB_SIGN_IN_LOCAL', oneOf('on', 'off'), 'on', [
    'Có cho đăng nhập bằng mật khẩu của liên thông không; off: chỉ qua nhà cung cấp định danh (OpenID Connect).',
    'Whether people sign in with a password of the hub; off: with the identity provider (OpenID Connect) only.',
  ]),
  sessionIdleMinutes: setting('HUB_SESSION_IDLE_MINUTES', wholeNumber(1, 1_440), '30', [
    'Phiên đăng nhập không dùng tới bao nhiêu phút thì hết.',
    'A session of a person ends when it has not been used for so many minutes.',
  ]),
  sessionHours: setting('HUB_SESSION_HOURS', wholeNumber(1, 168), '10', [
    'Phiên đăng nhập dài nhất bao nhiêu giờ, dù vẫn đang dùng.',
    'A session of a person ends after so many hours, however much it is used.',
  ]),
  correctionApproval: setting('HUB_CORRECTION_APPROVAL', oneOf('on', 'off'), 'on', [
    'Bản sửa của bản tin có dữ liệu cá nhân phải được một người khác duyệt trước khi gửi.',
    'Somebody else has to approve the correction of a message that holds personal data before it is sent.',
  ]),
  oidcIssuer: setting(
    'HUB_OIDC_ISSUER',
    optional(address(['https', 'http'])),
    none('không dùng OpenID Connect', 'no OpenID Connect'),
    [
      'Địa chỉ (issuer) của nhà cung cấp định danh OpenID Connect; http chỉ được ở chính máy này.',
      'The issuer of the OpenID Connect provider; http is for this machine itself only.',
    ],
  ),
  oidcClientId: setting(
    'HUB_OIDC_CLIENT_ID',
    optional(plainText),
    none('bắt buộc khi có HUB_OIDC_ISSUER', 'required with HUB_OIDC_ISSUER'),
    [
      'Mã của liên thông tại nhà cung cấp định danh.',
      'The client id of the hub at the identity provider.',
    ],
  ),
  oidcClientSecretFile: setting(
    'HUB_OIDC_CLIENT_SECRET_FILE',
    optional(existingFile),
    none('khách công khai, chỉ dùng PKCE', 'a public client, by PKCE alone'),
    [
      'Tệp chứa mật khẩu của liên thông tại nhà cung cấp định danh.',
      'File of the client secret of the hub at the identity provider.',
    ],
  ),
  oidcTitle: setting('HUB_OIDC_TITLE', plainText, 'OpenID Connect', [
    'Tên nhà cung cấp định danh trên nút đăng nhập.',
    'Name of the identity provider on the button to sign in.',
  ]),
  oidcRolesClaim: setting(
    'HUB_OIDC_ROLES_CLAIM',
    optional(plainText),
    none('quản trị viên gắn từng tài khoản', 'an administrator links each account'),
    [
      'Tên claim trong ID token nêu vai trò; người có vai trò được tạo tài khoản ở lần đăng nhập đầu và nhận đúng vai trò ấy mỗi lần đăng nhập.',
      'The claim of the ID token that names roles; who has one gets an account at the first sign-in, and those roles at each.',
    ],
  ),
} as const satisfies { [K in keyof PeopleSettings]: Setting<PeopleSettings[K]> }
