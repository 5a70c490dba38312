export const account = {
  lead: {
    vi: 'Mật khẩu, xác thực lần hai và các phiên của chính bạn.',
    en: 'Your own password, second factor and sessions.',
  },
  who: {
    name: { vi: 'Tên đăng nhập', en: 'Name' },
    email: { vi: 'Thư điện tử', en: 'E-mail' },
    signedIn: { vi: 'Đăng nhập gần nhất', en: 'Last sign-in' },
    created: { vi: 'Tài khoản có từ', en: 'Account since' },
  },
  password: {
    title: { vi: 'Mật khẩu', en: 'Password' },
    current: { vi: 'Mật khẩu hiện tại', en: 'Present password' },
    next: { vi: 'Mật khẩu mới', en: 'New password' },
    help: {
      vi: 'Từ 15 ký tự, không dễ đoán; một câu dài dễ nhớ là tốt nhất. Các phiên khác của bạn sẽ kết thúc.',
      en: '15 characters or more, not easy to guess; a long sentence is best. Your other sessions will end.',
    },
    repeat: { vi: 'Nhập lại mật khẩu mới', en: 'New password again' },
    different: { vi: 'Hai lần nhập không giống nhau.', en: 'The two are not the same.' },
    save: { vi: 'Đổi mật khẩu', en: 'Change the password' },
    saved: {
      vi: 'Đã đổi mật khẩu; các phiên khác đã kết thúc.',
      en: 'Changed; your other sessions have ended.',
    },
    none: {
      vi: 'Bạn đăng nhập qua nhà cung cấp định danh; mật khẩu và xác thực lần hai đặt ở đó.',
      en: 'You sign in with the identity provider; password and second factor are set there.',
    },
  },
  totp: {
    title: { vi: 'Xác thực lần hai', en: 'Second factor' },
    on: {
      vi: 'Đã đặt. Mất điện thoại thì nhờ quản trị viên cấp đường dẫn đặt lại.',
      en: 'It is set up. With a lost phone, ask an administrator for a link to set it up anew.',
    },
    off: {
      vi: 'Chưa đặt. Có nó thì lộ mật khẩu vẫn chưa vào được tài khoản của bạn.',
      en: 'Not set up. With it, a leaked password alone does not open your account.',
    },
    begin: { vi: 'Đặt xác thực lần hai', en: 'Set up a second factor' },
    prove: {
      vi: 'Nhập mật khẩu hiện tại để bắt đầu.',
      en: 'Enter your present password to begin.',
    },
    goOn: { vi: 'Tiếp tục', en: 'Go on' },
    confirm: { vi: 'Xác nhận mã', en: 'Confirm the code' },
    done: { vi: 'Đã đặt xác thực lần hai.', en: 'The second factor is set up.' },
  },
  sessions: {
    title: { vi: 'Các phiên đang mở', en: 'Open sessions' },
    how: { vi: 'Bằng gì, từ đâu', en: 'How and from where' },
    begun: { vi: 'Đăng nhập', en: 'Signed in' },
    seen: { vi: 'Dùng gần nhất', en: 'Last used' },
    ends: { vi: 'Hết hạn', en: 'Ends' },
    current: { vi: 'phiên này', en: 'this one' },
    end: { vi: 'Kết thúc', en: 'End' },
    password: { vi: 'mật khẩu, từ {{address}}', en: 'password, from {{address}}' },
    code: { vi: 'mật khẩu và mã, từ {{address}}', en: 'password and code, from {{address}}' },
    provider: {
      vi: 'nhà cung cấp định danh, từ {{address}}',
      en: 'identity provider, from {{address}}',
    },
    next: {
      vi: 'Phiên lạ? Kết thúc nó, rồi đổi mật khẩu ngay.',
      en: 'One that is not yours? End it, and change your password at once.',
    },
  },
}
