export const health = {
  title: { vi: 'Số đo', en: 'Figures' },
  span: {
    quarter: { vi: '15 phút qua', en: 'Last 15 minutes' },
    hour: { vi: '1 giờ qua', en: 'Last hour' },
  },
  figure: {
    attempts: { vi: 'Lần thử', en: 'Attempts' },
    errors: { vi: 'Tỷ lệ lỗi', en: 'Error rate' },
    p50: { vi: 'Một nửa trả lời trong', en: 'Half answered within' },
    p95: { vi: '95% trả lời trong', en: '95% answered within' },
    p95Short: { vi: 'Trả lời (95%)', en: 'Answer (95%)' },
    pace: { vi: 'Nhịp gửi', en: 'Pace' },
    backlog: { vi: 'Lượt gửi đang chờ', en: 'Deliveries waiting' },
    drain: { vi: 'Gửi hết sau', en: 'All sent after' },
    certificate: { vi: 'Chứng thư', en: 'Certificate' },
  },
  help: {
    attempts: {
      vi: 'Số lần liên thông gọi hệ thống này để gửi hoặc hỏi lại.',
      en: 'How often the hub called the system to send, or to ask about what was sent.',
    },
    errors: {
      vi: 'Phần trăm lần thử không thành, vì bất cứ lẽ gì; trong ngoặc là số lần hệ thống từ chối nội dung.',
      en: 'The share of attempts that failed for whatever reason; in brackets, refusals of the content.',
    },
    p50: {
      vi: 'Một nửa số lần thử được trả lời nhanh hơn con số này.',
      en: 'Half of the attempts were answered faster than this.',
    },
    p95: {
      vi: 'Cứ 20 lần thử thì 19 lần được trả lời nhanh hơn con số này.',
      en: 'Of 20 attempts 19 were answered faster than this.',
    },
    pace: {
      vi: 'Số lượt gửi xong mỗi phút, tính trong 5 phút qua.',
      en: 'Deliveries finished a minute, over the last 5 minutes.',
    },
    backlog: {
      vi: 'Số lượt gửi đang chờ tới lượt; lượt cần người xử lý không tính.',
      en: 'Deliveries waiting for their turn; those that need a person are not counted.',
    },
    drain: {
      vi: 'Ước tính: số đang chờ chia cho nhịp gửi đo được, không vượt tốc độ cho phép.',
      en: 'An estimate: what waits by the measured pace, never faster than is allowed.',
    },
    certificate: {
      vi: 'Số ngày còn lại của chứng thư máy chủ, theo lần kiểm tra kết nối gần nhất.',
      en: 'Days left of the certificate of the server, as the last connection test saw it.',
    },
  },
  refused: { vi: '{{count}} bị từ chối', en: '{{count}} refused' },
  none: { vi: 'Không có lần thử nào', en: 'No attempts' },
  perMinute: { vi: '{{count}} lượt/phút', en: '{{count}}/min' },
  about: { vi: 'chừng {{span}}', en: 'about {{span}}' },
  atLeast: { vi: 'ít nhất {{span}}', en: 'at least {{span}}' },
  unknown: { vi: 'Chưa nói được', en: 'Cannot be said' },
  nothing: { vi: 'Không có gì chờ', en: 'Nothing waits' },
  days: { vi: 'còn {{count}} ngày', en: '{{count}} days left' },
  expired: { vi: 'đã hết hạn', en: 'expired' },
  noCertificate: { vi: 'Không dùng TLS', en: 'No TLS' },
  unseen: { vi: 'Chưa kiểm tra', en: 'Not tested yet' },
  trend: {
    vi: 'Lượt gửi xong một giờ qua, từng 5 phút',
    en: 'Delivered in the last hour, by 5 minutes',
  },
  trendBar: {
    vi: '{{from}}: gửi xong {{delivered}}, lỗi {{failed}}',
    en: '{{from}}: {{delivered}} delivered, {{failed}} failed',
  },
  check: {
    last: { vi: 'Lần gần nhất:', en: 'Last test:' },
    by: { vi: 'bởi {{who}}', en: 'by {{who}}' },
    never: {
      vi: 'Chưa ai kiểm tra. Kiểm tra cho biết vướng ở đường truyền, chứng thư, tài khoản hay ở hệ thống đích.',
      en: 'Nobody has tested yet. A test tells whether the way, the certificate, the account or the system is at fault.',
    },
    side: {
      dns: {
        vi: 'Vướng ở đường truyền phía ta: tên máy không có địa chỉ. Hỏi đơn vị quản trị mạng (DNS).',
        en: 'Our side of the way: the name has no address. Ask who runs the network (DNS).',
      },
      tcp: {
        vi: 'Vướng ở phía hệ thống đích hoặc tường lửa: máy chủ không nhận kết nối. Gọi đơn vị quản lý hệ thống.',
        en: 'Their side, or a firewall: the server takes no connection. Call who runs the system.',
      },
      tls: {
        vi: 'Vướng ở chứng thư: hệ thống đích phải thay, hoặc liên thông phải khai báo chứng thư gốc.',
        en: 'The certificate: they must replace it, or its authority must be configured here.',
      },
      credentials: {
        vi: 'Vướng ở tài khoản của ta tại hệ thống đích: kiểm tra mật khẩu, khoá, quyền.',
        en: 'Our account at the system: check password, key and rights.',
      },
      call: {
        vi: 'Vướng ở phía hệ thống đích: kết nối được nhưng trả lời không đúng thoả thuận.',
        en: 'Their side: it is reached, but does not answer as agreed.',
      },
    },
  },
  rate: {
    title: { vi: 'Tốc độ', en: 'Rate' },
    help: {
      vi: 'Số lời gọi mỗi giây mà liên thông không vượt quá, tính trên mọi tiến trình.',
      en: 'Requests a second that the hub does not exceed, over all processes.',
    },
    value: { vi: '{{count}} lời gọi/giây', en: '{{count}} requests/s' },
    none: { vi: 'Không giới hạn', en: 'No limit' },
    concurrency: { vi: '{{count}} lời gọi cùng lúc', en: '{{count}} at once' },
    button: { vi: 'Đổi tốc độ', en: 'Change the rate' },
    field: {
      vi: 'Lời gọi mỗi giây (để trống: không giới hạn)',
      en: 'Requests a second (empty: no limit)',
    },
  },
  windows: {
    title: { vi: 'Thời gian bảo trì', en: 'Maintenance windows' },
    help: {
      vi: 'Trong thời gian này liên thông không gọi hệ thống và không tốn lượt thử; bản tin vẫn được nhận.',
      en: 'The system is not called and no try is used up; messages are still accepted.',
    },
    empty: {
      vi: 'Không có thời gian bảo trì nào sắp tới. Thêm khi đơn vị quản lý báo sẽ ngừng.',
      en: 'None is to come. Add one when those who run the system announce it.',
    },
    inForce: { vi: 'Đang diễn ra', en: 'In force' },
    toCome: { vi: 'Sắp tới', en: 'To come' },
    weekly: { vi: 'hằng tuần', en: 'weekly' },
    add: { vi: 'Thêm', en: 'Add' },
    addTitle: { vi: 'Thêm thời gian bảo trì', en: 'Add a maintenance window' },
    end: { vi: 'Kết thúc ngay', en: 'End now' },
    remove: { vi: 'Bỏ', en: 'Remove' },
    endExplains: {
      vi: 'Gửi tiếp ngay những gì đang chờ, cũ nhất của mỗi hồ sơ trước.',
      en: 'What waits is sent at once, the oldest of each dossier first.',
    },
    removeExplains: {
      vi: 'Thời gian bảo trì này không còn hiệu lực.',
      en: 'The window is no longer in force.',
    },
    kind: { vi: 'Loại', en: 'Kind' },
    once: { vi: 'Một lần', en: 'Once' },
    everyWeek: { vi: 'Hằng tuần', en: 'Every week' },
    from: { vi: 'Từ', en: 'From' },
    to: { vi: 'Đến', en: 'To' },
    days: { vi: 'Các ngày', en: 'Days' },
    needed: { vi: 'Cần ghi.', en: 'Is needed.' },
  },
  changed: {
    vi: 'Thành bản cấu hình mới. Nhớ sửa cả tệp cấu hình, nếu không lần áp dụng tệp sau sẽ trở lại như cũ.',
    en: 'A new revision. Change the configuration file too, or the next time it is applied goes back.',
  },
}
