export const now = {
  lead: {
    vi: 'Liên thông đang thế nào, và việc gì cần bạn.',
    en: 'How the hub is, and what needs you.',
  },
  waiting: { vi: 'Đang chờ gửi', en: 'Waiting' },
  failed: { vi: 'Cần người xử lý', en: 'Need a person' },
  problems: { vi: 'Vướng mắc đang mở', en: 'Open problems' },
  oldest: { vi: 'Chờ lâu nhất', en: 'Oldest waiting' },
  blocked: { vi: 'Hồ sơ bị chặn', en: 'Blocked dossiers' },
  inAndOut: { vi: 'Vào / ra mỗi phút', en: 'In / out a minute' },
  delivered: { vi: 'Gửi xong mỗi phút', en: 'Delivered a minute' },
  noWorkers: {
    vi: 'Không có tiến trình gửi nào đang chạy: bản tin được nhận nhưng không gửi đi.',
    en: 'No process that sends is running: messages are accepted, but nothing is sent.',
  },
  noWorkersNext: {
    vi: 'Khởi động lại dịch vụ của liên thông (hub start). Thấy lần cuối:',
    en: 'Start the service of the hub again (hub start). Last seen:',
  },
  certificates: { vi: 'Chứng thư sắp hết hạn', en: 'Certificates about to expire' },
  allWell: {
    vi: 'Không có gì cần bạn: mọi hệ thống đang nhận, không có vướng mắc.',
    en: 'Nothing needs you: every system takes deliveries, there are no problems.',
  },
  needed: { vi: 'Cần xử lý trước', en: 'To be seen to first' },
  more: { vi: 'Mọi vướng mắc', en: 'All problems' },
  systems: { vi: 'Các hệ thống', en: 'The systems' },
}
