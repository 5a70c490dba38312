export const now = {
  lead: {
    vi: 'Liên thông đang thế nào, và việc gì cần bạn.',
    en: 'How the hub is, and what needs you.',
  },
  waiting: { vi: 'Đang chờ gửi', en: 'Waiting' },
  failed: { vi: 'Cần người xử lý', en: 'Need a person' },
  problems: { vi: 'Vướng mắc đang mở', en: 'Open problems' },
  oldest: { vi: 'Chờ lâu nhất', en: 'Oldest waiting' },
  allWell: {
    vi: 'Không có gì cần bạn: mọi hệ thống đang nhận, không có vướng mắc.',
    en: 'Nothing needs you: every system takes deliveries, there are no problems.',
  },
  needed: { vi: 'Cần xử lý trước', en: 'To be seen to first' },
  more: { vi: 'Mọi vướng mắc', en: 'All problems' },
  systems: { vi: 'Các hệ thống', en: 'The systems' },
}
