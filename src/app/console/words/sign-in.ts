export const signIn = {
  title: { vi: 'Đăng nhập', en: 'Sign in' },
  again: { vi: 'Phiên đã hết hạn, hãy đăng nhập lại', en: 'Your session has ended: sign in again' },
  kept: {
    vi: 'Những gì đang làm dở trên màn hình vẫn còn.',
    en: 'What you were doing on the screen is still there.',
  },
  name: { vi: 'Tên đăng nhập', en: 'Name' },
  password: { vi: 'Mật khẩu', en: 'Password' },
  code: { vi: 'Mã 6 chữ số trên ứng dụng xác thực', en: 'Six digits of your authenticator app' },
  enrol: {
    vi: 'Vai trò của bạn cần xác thực lần hai. Mở ứng dụng xác thực trên điện thoại, quét mã này, rồi nhập 6 chữ số ứng dụng hiện ra.',
    en: 'Your role needs a second factor. Scan this with an authenticator app on your phone, then enter the six digits that it shows.',
  },
  qr: { vi: 'Mã QR cho ứng dụng xác thực', en: 'QR code for an authenticator app' },
  byHand: { vi: 'Không quét được? Nhập tay khoá này:', en: 'Cannot scan it? Type this key:' },
  sixDigits: { vi: 'Mã có 6 chữ số.', en: 'The code has six digits.' },
  back: { vi: 'Quay lại', en: 'Back' },
  send: { vi: 'Đăng nhập', en: 'Sign in' },
  with: { vi: 'Đăng nhập bằng {{title}}', en: 'Sign in with {{title}}' },
  failed: {
    title: {
      vi: 'Không đăng nhập được qua nhà cung cấp định danh',
      en: 'Signing in with the identity provider has failed',
    },
    refused: {
      vi: 'Nhà cung cấp định danh từ chối, hoặc tài khoản ấy chưa được gắn với ai ở đây. Nhờ quản trị viên gắn tài khoản của bạn.',
      en: 'The provider has refused, or nobody here has that account. Ask an administrator to link yours.',
    },
    unavailable: {
      vi: 'Không liên lạc được với nhà cung cấp định danh. Thử lại sau ít phút.',
      en: 'The provider cannot be reached. Try again in some minutes.',
    },
    other: {
      vi: 'Thử lại; nếu vẫn vậy, báo quản trị viên mã {{code}}.',
      en: 'Try again; if it stays so, tell an administrator the code {{code}}.',
    },
  },
  nobody: {
    vi: 'Chưa có tài khoản? Người quản trị cấp bằng đường dẫn đặt mật khẩu (hub user create).',
    en: 'No account? An administrator gives you a set-up link (hub user create).',
  },
}
