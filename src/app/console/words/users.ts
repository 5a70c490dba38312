export const users = {
  lead: {
    vi: 'Ai vào được bảng điều khiển, với vai trò gì, thấy tới đâu.',
    en: 'Who may use the console, as what, and how far he sees.',
  },
  create: { vi: 'Tạo người dùng', en: 'Make a user' },
  columns: {
    user: { vi: 'Người dùng', en: 'User' },
    roles: { vi: 'Vai trò', en: 'Roles' },
    rights: { vi: 'Quyền riêng', en: 'Own rights' },
    reach: { vi: 'Phạm vi', en: 'Reach' },
    sessions: { vi: 'Phiên', en: 'Sessions' },
    signedIn: { vi: 'Đăng nhập gần nhất', en: 'Last sign-in' },
    state: { vi: 'Tình trạng', en: 'State' },
  },
  state: {
    active: { vi: 'Đang dùng', en: 'Active' },
    disabled: { vi: 'Đang khoá', en: 'Disabled' },
    invited: { vi: 'Chờ đặt mật khẩu', en: 'Not set up yet' },
    expired: { vi: 'Đường dẫn đã hết hạn', en: 'Link has expired' },
  },
  everything: { vi: 'mọi đơn vị, mọi hệ thống', en: 'every unit and system' },
  reveal: { vi: 'Xem dữ liệu cá nhân', en: 'See personal data' },
  redrive: { vi: 'Gửi lại, bỏ, giữ lượt gửi', en: 'Redrive, discard, hold deliveries' },
  never: { vi: 'chưa lần nào', en: 'never' },
  fields: {
    name: { vi: 'Tên đăng nhập', en: 'Name to sign in with' },
    nameForm: {
      vi: 'Chữ thường không dấu, số, chấm, gạch ngang; bắt đầu bằng chữ, ví dụ lan.nguyen.',
      en: 'Small letters, digits, dots, hyphens; begins with a letter, e.g. lan.nguyen.',
    },
    title: { vi: 'Họ tên', en: 'Full name' },
    email: { vi: 'Thư điện tử (không bắt buộc)', en: 'E-mail (optional)' },
    roles: { vi: 'Vai trò', en: 'Roles' },
    own: { vi: 'Quyền riêng, ngoài vai trò', en: 'Rights besides the roles' },
    units: { vi: 'Chỉ những đơn vị', en: 'Units only' },
    unitsHelp: {
      vi: 'Mã định danh đơn vị, ví dụ H99.14: chính đơn vị ấy và mọi đơn vị bên dưới. Trống: mọi đơn vị.',
      en: 'Codes of agencies, e.g. H99.14: each and all below. None: every unit.',
    },
    systems: { vi: 'Chỉ những hệ thống', en: 'Systems only' },
    systemsHelp: {
      vi: 'Mã hệ thống. Trống: mọi hệ thống.',
      en: 'Ids of systems. None: every system.',
    },
    created: { vi: 'Tạo', en: 'Made' },
    password: { vi: 'Mật khẩu', en: 'Password' },
    totp: { vi: 'Xác thực lần hai', en: 'Second factor' },
    oidc: { vi: 'Nhà cung cấp định danh', en: 'Identity provider' },
    required: { vi: 'Cần điền.', en: 'Is needed.' },
    yes: { vi: 'đã đặt', en: 'set' },
    no: { vi: 'chưa', en: 'not set' },
    link: { vi: 'Đường dẫn đặt mật khẩu, hạn', en: 'Set-up link until' },
  },
  change: {
    button: { vi: 'Sửa', en: 'Change' },
    explains: {
      vi: 'Đổi vai trò, quyền hay phạm vi thì mọi phiên của người này kết thúc.',
      en: 'When roles, rights or reach change, the sessions of this person end.',
    },
  },
  disable: {
    button: { vi: 'Khoá', en: 'Disable' },
    explains: {
      vi: 'Mọi phiên kết thúc trong vài giây; không đăng nhập được cho tới khi mở lại.',
      en: 'All sessions end within seconds; no signing in until enabled again.',
    },
  },
  enable: {
    button: { vi: 'Mở lại', en: 'Enable' },
    explains: {
      vi: 'Người này lại đăng nhập được như trước.',
      en: 'This person can sign in again.',
    },
  },
  end: {
    button: { vi: 'Kết thúc mọi phiên', en: 'End all sessions' },
    explains: {
      vi: 'Người này phải đăng nhập lại ở mọi máy.',
      en: 'This person has to sign in again everywhere.',
    },
  },
  link: {
    button: { vi: 'Đường dẫn đặt mật khẩu', en: 'Set-up link' },
    explains: {
      vi: 'Đường dẫn dùng một lần trong 24 giờ, thay cho đường dẫn trước; mật khẩu cũ vẫn dùng được tới lúc ấy.',
      en: 'A link that is good once within 24 hours, in place of the one before; the old password works until then.',
    },
    reset: {
      vi: 'Đặt lại cả xác thực lần hai (mất điện thoại)',
      en: 'Set up the second factor anew too (a lost phone)',
    },
    title: { vi: 'Đường dẫn đặt mật khẩu của {{user}}', en: 'Set-up link of {{user}}' },
    once: {
      vi: 'Chỉ hiện một lần này. Ai có đường dẫn đều đặt được mật khẩu: đưa tận tay người ấy.',
      en: 'Shown this once. Whoever has it sets the password: hand it over in person.',
    },
    expires: { vi: 'Dùng một lần, trước {{at}}', en: 'Good once, before {{at}}' },
    done: { vi: 'Tôi đã chép đường dẫn', en: 'I have copied the link' },
  },
  own: {
    vi: 'Đây là tài khoản của bạn: quyền của mình thì người khác quyết định.',
    en: 'This is your own account: somebody else decides about your rights.',
  },
  history: { vi: 'Việc người này đã làm', en: 'What this person has done' },
  about: { vi: 'Nhật ký về người này', en: 'Audit trail of this person' },
  empty: {
    title: { vi: 'Chưa có ai trong phạm vi của bạn', en: 'Nobody within your reach' },
    next: {
      vi: 'Tạo người dùng; đường dẫn đặt mật khẩu hiện một lần để đưa cho họ.',
      en: 'Make a user: the link to set the password is shown once, to be handed over.',
    },
  },
}
