export const problems = {
  columns: {
    what: { vi: 'Vướng mắc', en: 'Problem' },
    side: { vi: 'Phía', en: 'Side' },
    open: { vi: 'Lượt gửi', en: 'Deliveries' },
    dossiers: { vi: 'Hồ sơ', en: 'Dossiers' },
    lastSeen: { vi: 'Gần nhất', en: 'Last seen' },
    status: { vi: 'Tình trạng', en: 'Status' },
    owner: { vi: 'Phụ trách', en: 'Owner' },
  },
  status: {
    open: { vi: 'Đang mở', en: 'Open' },
    acknowledged: { vi: 'Đã nhận biết', en: 'Acknowledged' },
    muted: { vi: 'Im lặng', en: 'Muted' },
    resolved: { vi: 'Đã giải quyết', en: 'Resolved' },
  },
  empty: {
    title: { vi: 'Không có vướng mắc nào', en: 'No problems' },
    next: {
      vi: 'Mọi lượt gửi đang trôi. Khi có lượt gửi thất bại, các lượt cùng nguyên nhân sẽ hiện thành một dòng ở đây.',
      en: 'Everything flows. Failed deliveries of the same cause will show here as one line.',
    },
  },
  filters: {
    system: { vi: 'Hệ thống', en: 'System' },
  },
  fact: {
    operation: { vi: 'Nghiệp vụ', en: 'Operation' },
    code: { vi: 'Mã lỗi', en: 'Error code' },
    remote: { vi: 'Mã của hệ thống đích', en: 'Code of the system' },
    open: { vi: 'Đang vướng', en: 'Open now' },
    openOf: {
      vi: '{{open}} lượt của {{dossiers}} hồ sơ',
      en: '{{open}} deliveries of {{dossiers}} dossiers',
    },
    total: { vi: 'Tổng cộng', en: 'In all' },
    first: { vi: 'Lần đầu', en: 'First seen' },
    last: { vi: 'Gần nhất', en: 'Last seen' },
    reopened: { vi: 'Tái diễn', en: 'Reopened' },
    times: { vi: '{{count}} lần', en: '{{count}} times' },
    mutedUntil: { vi: 'Im lặng tới', en: 'Muted until' },
  },
  trend: {
    title: { vi: '14 ngày qua', en: 'Last 14 days' },
    day: { vi: '{{day}}: {{count}} lần', en: '{{day}}: {{count}} times' },
    none: { vi: 'Không phát sinh trong 14 ngày qua.', en: 'None in the last 14 days.' },
  },
  changes: {
    title: { vi: 'Điều đã thay đổi trong 24 giờ trước đó', en: 'What changed in the day before' },
    none: { vi: 'Không có thay đổi nào được ghi nhận.', en: 'No change is on record.' },
    revision: { vi: 'Bản cấu hình', en: 'Revision' },
    release: { vi: 'Phiên bản liên thông', en: 'Release' },
    catalogue: { vi: 'Danh mục', en: 'Catalogue' },
  },
  similar: {
    title: { vi: 'Vướng mắc giống vậy đã giải quyết', en: 'Similar ones, resolved' },
    none: { vi: 'Chưa từng gặp.', en: 'Never met before.' },
    resolved: { vi: 'giải quyết', en: 'resolved' },
  },
  notes: {
    title: { vi: 'Ghi chú', en: 'Notes' },
    none: {
      vi: 'Chưa có ghi chú. Ghi lại cách xử lý để lần sau đỡ mất công.',
      en: 'No notes yet. Write down what helped.',
    },
  },
  sample: {
    title: { vi: 'Một lượt gửi để xem', en: 'A sample' },
    open: { vi: 'Mở lượt gửi này', en: 'Open this delivery' },
    all: { vi: 'Các lượt gửi còn vướng', en: 'Deliveries that it still has' },
    none: { vi: 'Không còn lượt gửi nào vướng', en: 'It has no delivery any more' },
    noneNext: {
      vi: 'Lượt gửi được gửi lại hoặc bỏ thì không còn ở đây; lịch sử nằm ở trang hồ sơ.',
      en: 'What was sent again or discarded is not here any more; its history is on the page of the dossier.',
    },
  },
  act: {
    plan: { vi: 'Lập kế hoạch xử lý', en: 'Plan a repair' },
    addCode: { vi: 'Thêm mã còn thiếu', en: 'Add the missing code' },
    correct: { vi: 'Cùng một cách sửa', en: 'The same correction' },
    acknowledge: { vi: 'Nhận biết', en: 'Acknowledge' },
    acknowledgeHelp: {
      vi: 'Đồng nghiệp thấy rằng có người đang xem.',
      en: 'Others see that somebody is looking.',
    },
    assign: { vi: 'Giao phụ trách', en: 'Assign' },
    owner: { vi: 'Tên đăng nhập (trống: thôi giao)', en: 'Name for sign-in (empty: nobody)' },
    note: { vi: 'Ghi chú', en: 'Note' },
    noteText: { vi: 'Nội dung là ô lý do bên dưới.', en: 'The text is the reason below.' },
    mute: { vi: 'Im lặng tới', en: 'Mute until' },
    until: { vi: 'Tới lúc', en: 'Until' },
    unmute: { vi: 'Thôi im lặng', en: 'Unmute' },
    resolve: { vi: 'Đã giải quyết', en: 'Resolve' },
    resolveHelp: {
      vi: 'Vướng mắc tự mở lại nếu còn phát sinh. Thường không cần: gửi được lượt kế tiếp là liên thông tự đóng.',
      en: 'It opens again when it recurs. Seldom needed: the hub closes it once the next delivery succeeds.',
    },
  },
}
