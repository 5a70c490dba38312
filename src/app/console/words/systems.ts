export const systems = {
  lead: {
    vi: 'Các hệ thống mà liên thông gửi tới hoặc lấy về.',
    en: 'The systems that the hub sends to or pulls from.',
  },
  columns: {
    system: { vi: 'Hệ thống', en: 'System' },
    standing: { vi: 'Tình trạng', en: 'State' },
    waiting: { vi: 'Đang chờ', en: 'Waiting' },
    failed: { vi: 'Cần người xử lý', en: 'Need a person' },
    oldest: { vi: 'Chờ lâu nhất', en: 'Oldest waiting' },
  },
  standing: {
    well: { vi: 'Tốt', en: 'Well' },
    failing: { vi: 'Có lượt bị dừng', en: 'Some are dead' },
    paused: { vi: 'Tạm dừng', en: 'Paused' },
    open: { vi: 'Ngắt mạch', en: 'Circuit open' },
    maintenance: { vi: 'Bảo trì', en: 'Maintenance' },
    wrong: { vi: 'Cấu hình chưa đúng', en: 'Misconfigured' },
  },
  standingHelp: {
    well: { vi: 'Gửi bình thường.', en: 'Deliveries flow.' },
    failing: {
      vi: 'Hệ thống vẫn nhận, nhưng có lượt gửi chờ người xử lý.',
      en: 'It takes deliveries, but some wait for a person.',
    },
    paused: {
      vi: 'Có người (hoặc liên thông) tạm dừng gửi; bản tin vẫn được nhận và giữ đúng thứ tự.',
      en: 'Somebody (or the hub) has paused it; messages are accepted and kept in order.',
    },
    open: {
      vi: 'Hệ thống không trả lời nhiều lần liền; liên thông ngừng gửi và thử lại từng lượt một.',
      en: 'It failed many times in a row; the hub holds back and tries one delivery at a time.',
    },
    maintenance: {
      vi: 'Trong giờ bảo trì đã khai báo.',
      en: 'Within a declared maintenance window.',
    },
    wrong: {
      vi: 'Thiếu hoặc sai thiết lập nên chưa gửi được.',
      en: 'Nothing is sent: settings are missing or wrong.',
    },
  },
  seconds: { vi: '{{count}} giây', en: '{{count}} s' },
  minutes: { vi: '{{count}} phút', en: '{{count}} min' },
  hours: { vi: '{{count}} giờ', en: '{{count}} h' },
  fact: {
    connector: { vi: 'Connector', en: 'Connector' },
    circuitSince: { vi: 'Ngắt mạch từ', en: 'Circuit open since' },
    pausedBy: { vi: 'Người tạm dừng', en: 'Paused by' },
    pausedWhy: { vi: 'Lý do', en: 'Reason' },
    resumes: { vi: 'Tự chạy lại', en: 'Resumes' },
    never: { vi: 'khi có người cho chạy lại', en: 'when somebody resumes it' },
    until: { vi: 'Bảo trì tới', en: 'Maintenance until' },
    problem: { vi: 'Cần sửa', en: 'To be corrected' },
  },
  check: {
    button: { vi: 'Kiểm tra kết nối', en: 'Test the connection' },
    lead: {
      vi: 'Thử từng bước, không thay đổi gì ở hệ thống đích.',
      en: 'Step by step; changes nothing in the system.',
    },
    ok: { vi: 'Mọi bước đều đạt.', en: 'Every step is well.' },
    failed: { vi: 'Dừng ở bước không đạt.', en: 'Stopped at the step that failed.' },
    step: {
      dns: { vi: 'Tìm địa chỉ (DNS)', en: 'Address (DNS)' },
      tcp: { vi: 'Nối đường truyền (TCP)', en: 'Connection (TCP)' },
      tls: { vi: 'Mã hoá, chứng thư (TLS)', en: 'Encryption, certificate (TLS)' },
      credentials: { vi: 'Tài khoản', en: 'Credentials' },
      call: { vi: 'Một lời gọi vô hại', en: 'One harmless call' },
    },
  },
  pause: {
    button: { vi: 'Tạm dừng gửi', en: 'Pause' },
    explains: {
      vi: 'Bản tin vẫn được nhận và giữ đúng thứ tự; không gửi cho tới khi chạy lại.',
      en: 'Messages are accepted and kept in order; none is sent until it is resumed.',
    },
    resumeAt: { vi: 'Tự chạy lại lúc (để trống: chờ người)', en: 'Resume at (empty: by hand)' },
  },
  resume: {
    button: { vi: 'Cho chạy lại', en: 'Resume' },
    explains: {
      vi: 'Gửi tiếp những gì đang chờ, cũ nhất của mỗi hồ sơ trước, theo hạn mức của hệ thống.',
      en: 'What waits is sent, the oldest of each dossier first, within the limits of the system.',
    },
    drains: {
      vi: 'Gửi lại cả những lượt đã bị dừng',
      en: 'Redrive what has died meanwhile, too',
    },
  },
  drain: {
    button: { vi: 'Gửi lại mọi lượt bị dừng', en: 'Redrive all that is dead' },
    explains: {
      vi: 'Thành một kế hoạch: đi chậm, hồ sơ cũ trước, tự dừng khi quá nửa lại hỏng hoặc hệ thống ngừng nhận; xem và dừng được lúc nào cũng được.',
      en: 'As a plan: slowly, the oldest dossier first; it pauses by itself when half fail again or the system stops taking them, and you may at any time.',
    },
    more: { vi: 'Chọn kỹ hơn hoặc hẹn giờ', en: 'Choose more closely, or a time' },
  },
  links: {
    failed: { vi: 'Các lượt cần người xử lý', en: 'Deliveries that need a person' },
    waiting: { vi: 'Các lượt đang chờ', en: 'Waiting deliveries' },
    problems: { vi: 'Vướng mắc của hệ thống này', en: 'Problems of this system' },
  },
  empty: {
    title: { vi: 'Chưa có hệ thống nào', en: 'No systems yet' },
    next: {
      vi: 'Khai báo hệ thống trong config/systems rồi chạy hub config apply.',
      en: 'Declare systems in config/systems, then run hub config apply.',
    },
  },
}

export const jobs = {
  lead: {
    vi: 'Luồng lấy về chạy theo lịch; luồng gửi đi chạy ngay khi có bản tin.',
    en: 'What fetches runs by schedule; what sends runs as soon as there is a message.',
  },
  columns: {
    job: { vi: 'Luồng', en: 'Job' },
    standing: { vi: 'Tình trạng', en: 'State' },
    last: { vi: 'Chạy gần nhất', en: 'Last run' },
    messages: { vi: 'Bản tin', en: 'Messages' },
    next: { vi: 'Lần tới', en: 'Next run' },
  },
  standing: {
    running: { vi: 'Đang chạy', en: 'Running' },
    paused: { vi: 'Tạm dừng', en: 'Paused' },
    failed: { vi: 'Lần gần nhất lỗi', en: 'Last run failed' },
    waits: { vi: 'Chờ giờ', en: 'Waits for its time' },
    off: { vi: 'Đang tắt', en: 'Off' },
  },
  nextRuns: { vi: 'Năm lần chạy tới', en: 'Next five runs' },
  run: {
    button: { vi: 'Chạy ngay', en: 'Run now' },
    explains: {
      vi: 'Đọc tiếp từ chỗ lần trước dừng; không đọc trùng.',
      en: 'Goes on where the last run ended; nothing is read twice.',
    },
  },
  pause: { vi: 'Tạm dừng', en: 'Pause' },
  pauseExplains: {
    vi: 'Không lấy về cho tới khi chạy lại; lần sau lấy tiếp từ chỗ đã tới, không bỏ sót. Bản tin đã lấy vẫn được gửi.',
    en: 'Nothing is fetched until it is resumed; then it goes on where it was. What was fetched is still sent.',
  },
  resume: { vi: 'Cho chạy lại', en: 'Resume' },
  empty: {
    title: { vi: 'Chưa có luồng lấy về nào', en: 'No pulls yet' },
    next: {
      vi: 'Thêm công việc có chiều Lấy về ở dưới, hoặc khai báo trong config/jobs rồi chạy hub config apply.',
      en: 'Add a job that fetches below, or declare it in config/jobs and run hub config apply.',
    },
  },
}
