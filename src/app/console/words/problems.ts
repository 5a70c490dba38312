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
}
