export const clients = {
  lead: {
    vi: 'Hệ thống nào được gọi API, với quyền gì, bằng khoá nào. Hệ thống nhận qua webhook nằm ở mục Hệ thống.',
    en: 'Which systems may call the API, with which scopes and keys. Receivers of webhooks are among the systems.',
  },
  create: { vi: 'Tạo hệ thống khách', en: 'Make a client' },
  columns: {
    client: { vi: 'Hệ thống khách', en: 'Client' },
    scopes: { vi: 'Quyền', en: 'Scopes' },
    keys: { vi: 'Khoá', en: 'Keys' },
    lastUsed: { vi: 'Dùng gần nhất', en: 'Last used' },
    use: { vi: '7 ngày', en: '7 days' },
    errors: { vi: 'Lỗi', en: 'Errors' },
    state: { vi: 'Tình trạng', en: 'State' },
  },
  state: {
    active: { vi: 'Đang dùng', en: 'Active' },
    disabled: { vi: 'Đang khoá', en: 'Disabled' },
    revoked: { vi: 'Đã thu hồi', en: 'Revoked' },
    noKey: { vi: 'Không còn khoá', en: 'No key' },
    expiring: { vi: 'Khoá sắp hết hạn', en: 'Key expires soon' },
  },
  never: { vi: 'chưa dùng', en: 'never' },
  fields: {
    id: { vi: 'Mã', en: 'Id' },
    idForm: {
      vi: 'Chữ thường không dấu, số, gạch ngang; bắt đầu bằng chữ. Không đổi được về sau.',
      en: 'Small letters, digits, hyphens; begins with a letter. It cannot be changed later.',
    },
    title: { vi: 'Tên hiển thị', en: 'Name' },
    scopes: { vi: 'Quyền', en: 'Scopes' },
    sources: { vi: 'Nguồn được dùng', en: 'Sources it may use' },
    sourcesHelp: {
      vi: 'Nguồn CloudEvents, ví dụ /h99/mot-cua; * ở cuối là mọi phần còn lại. Cần ít nhất một để gửi bản tin.',
      en: 'CloudEvents sources, e.g. /h99/mot-cua; * at the end matches any rest. One is needed to submit messages.',
    },
    types: { vi: 'Loại bản tin', en: 'Message types' },
    typesHelp: { vi: '* là mọi loại.', en: '* is every type.' },
    days: { vi: 'Khoá có hiệu lực (ngày)', en: 'Days the key is good for' },
    created: { vi: 'Tạo', en: 'Made' },
    required: { vi: 'Cần điền.', en: 'Is needed.' },
  },
  key: {
    title: { vi: 'Khoá API', en: 'API keys' },
    id: { vi: 'Mã khoá', en: 'Key id' },
    issued: { vi: 'Cấp', en: 'Issued' },
    expires: { vi: 'Hết hạn', en: 'Expires' },
    used: { vi: 'Dùng', en: 'Used' },
    revoke: { vi: 'Thu hồi khoá', en: 'Revoke the key' },
    revokeExplains: {
      vi: 'Khoá {{id}} bị từ chối trong vài giây, không lấy lại được.',
      en: 'Key {{id}} is refused within seconds, for good.',
    },
    expired: { vi: 'hết hạn', en: 'expired' },
    revoked: { vi: 'đã thu hồi', en: 'revoked' },
    good: { vi: 'còn hiệu lực', en: 'good' },
    none: {
      vi: 'Chưa có khoá nào: hệ thống khách này chưa gọi được API.',
      en: 'No key: this client cannot call the API yet.',
    },
  },
  rotate: {
    button: { vi: 'Cấp khoá mới', en: 'Issue a new key' },
    explains: {
      vi: 'Khoá mới dùng được ngay. Chọn khoá cũ còn dùng được bao lâu để bên gửi kịp đổi.',
      en: 'The new key works at once. Choose how long the old ones stay good, so that the sender can change over.',
    },
    overlap: { vi: 'Khoá cũ', en: 'Old keys' },
    keep: { vi: 'Giữ nguyên hạn', en: 'Stay as they are' },
    day: { vi: 'Thêm 1 ngày', en: 'One more day' },
    week: { vi: 'Thêm 7 ngày', en: 'Seven more days' },
    month: { vi: 'Thêm 30 ngày', en: 'Thirty more days' },
    now: { vi: 'Kết thúc ngay (nghi lộ khoá)', en: 'End now (it may have leaked)' },
  },
  shown: {
    title: { vi: 'Khoá của {{client}}', en: 'Key of {{client}}' },
    once: {
      vi: 'Khoá chỉ hiện một lần này; liên thông chỉ giữ dấu băm. Chép ngay vào nơi an toàn.',
      en: 'The key is shown this once; the hub keeps only its hash. Put it in a safe place now.',
    },
    expires: { vi: 'Hết hạn {{at}}', en: 'Expires {{at}}' },
    ended: { vi: 'Khoá cũ được hẹn kết thúc: {{keys}}', en: 'Old keys that will end: {{keys}}' },
    done: { vi: 'Tôi đã chép khoá', en: 'I have copied the key' },
  },
  change: { vi: 'Sửa', en: 'Change' },
  disable: {
    button: { vi: 'Khoá tạm', en: 'Disable' },
    explains: {
      vi: 'Mọi khoá của hệ thống này bị từ chối trong vài giây, tới khi mở lại.',
      en: 'Its keys are refused within seconds, until it is enabled again.',
    },
  },
  enable: {
    button: { vi: 'Mở lại', en: 'Enable' },
    explains: {
      vi: 'Các khoá còn hạn dùng lại được.',
      en: 'Keys that have not expired work again.',
    },
  },
  revoke: {
    button: { vi: 'Thu hồi hẳn', en: 'Revoke for good' },
    explains: {
      vi: 'Không mở lại được, mã này không dùng lại được. Muốn ngừng tạm thì khoá tạm.',
      en: 'It cannot be enabled again and its id cannot be used again. To stop it for a while, disable it.',
    },
  },
  use: {
    title: { vi: 'Bảy ngày gần nhất', en: 'Last seven days' },
    requests: { vi: 'Yêu cầu', en: 'Requests' },
    refused: { vi: 'Bị từ chối (4xx)', en: 'Refused (4xx)' },
    failed: { vi: 'Liên thông lỗi (5xx)', en: 'Failed (5xx)' },
  },
  history: { vi: 'Nhật ký về hệ thống này', en: 'Audit trail of this client' },
  empty: {
    title: { vi: 'Chưa có hệ thống khách', en: 'No clients yet' },
    next: {
      vi: 'Tạo một hệ thống khách cho mỗi phần mềm gửi bản tin vào liên thông; khoá API hiện một lần khi tạo.',
      en: 'Make one for each program that submits messages; its API key is shown once.',
    },
  },
}
