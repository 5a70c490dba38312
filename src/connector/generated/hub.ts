// Made by scripts/generate-types.ts from schemas/. Do not edit.

/**
 * Cấu hình chung của liên thông (config/hub.yaml)
 *
 * Những điều dùng chung cho mọi hệ thống và mọi luồng đồng bộ.
 */
export interface Hub {
  /**
   * Mã định danh tỉnh
   *
   * Mã định danh điện tử cấp 1 theo QĐ 20/2020/QĐ-TTg.
   */
  province: string
  /**
   * Địa chỉ nhìn từ bên ngoài
   *
   * Địa chỉ mà các hệ thống khác gọi vào liên thông, không có dấu / ở cuối. Biến HUB_PUBLIC_URL thay được giá trị này.
   */
  publicUrl: string
  /**
   * Thời gian lưu
   *
   * Hết hạn thì nội dung bị xoá; dấu vết (mã, thời điểm, SHA-256, nhật ký kiểm toán) được giữ.
   */
  retention?: {
    /**
     * Số ngày lưu nội dung bản tin
     *
     * Tính từ khi mọi lượt gửi của bản tin đã kết thúc.
     */
    bodiesDays?: number
    /**
     * Số ngày lưu câu trả lời của hệ thống đích
     */
    evidenceDays?: number
    /**
     * Số ngày lưu tệp đính kèm
     *
     * Tính từ khi nhận hoặc lần dùng cuối. Không ghi thì bằng bodiesDays.
     */
    filesDays?: number
  }
}
/**
 * Một luồng đồng bộ (config/jobs/<id>.yaml)
 *
 * push: bản tin nào được gửi tới hệ thống nào. pull: lấy gì về từ hệ thống nào, theo lịch nào.
 */
export interface Job {
  id: string
  title: JobWords
  /**
   * Chiều
   *
   * push: gửi đi; pull: lấy về.
   */
  kind: 'push' | 'pull'
  enabled?: boolean
  [k: string]: unknown
}
/**
 * Tên hiển thị
 */
export interface JobWords {
  /**
   * Tiếng Việt
   */
  vi: string
  /**
   * Tiếng Anh
   */
  en: string
}
export interface JobPush {
  id?: unknown
  title?: unknown
  kind?: unknown
  enabled?: unknown
  /**
   * Loại bản tin
   *
   * Ghi đủ tên, ví dụ vn.tthc.dossier.upserted.v1.
   */
  types: string[]
  /**
   * Nguồn gửi
   *
   * Các giá trị source của CloudEvents; để trống là mọi nguồn.
   */
  sources?: string[]
  /**
   * Gửi tới hệ thống
   */
  to: string
  /**
   * Khi bản tin đầu hàng bị dừng
   *
   * block: các bản sau của hồ sơ chờ người xử lý; skip: bỏ qua, gửi tiếp; supersede: bản đầy đủ mới hơn thay cho các bản cũ chưa gửi.
   */
  policy?: 'block' | 'skip' | 'supersede'
}
export interface JobPull {
  id?: unknown
  title?: unknown
  kind?: unknown
  enabled?: unknown
  /**
   * Lấy từ hệ thống
   */
  from: string
  /**
   * Thao tác lấy về
   *
   * Một tên trong pulls của connector.json.
   */
  operation: string
  /**
   * Lịch chạy (cron)
   *
   * Năm trường: phút giờ ngày tháng thứ, theo giờ Việt Nam.
   */
  schedule: string
  /**
   * Lùi lại bao nhiêu giây
   *
   * Mỗi lần chạy bắt đầu sớm hơn mốc lần trước, để không sót dữ liệu ghi muộn ở nguồn. Bản tin trùng bị loại, không gây hại.
   */
  overlapSeconds?: number
  /**
   * Lỡ giờ chạy thì sao
   *
   * Khi liên thông dừng, hoặc hệ thống hay luồng này tạm dừng, qua một hay nhiều giờ chạy. one: chạy bù một lần ngay khi chạy được. skip: không chạy bù, chờ giờ chạy tới. Cả hai đều lấy tiếp từ con trỏ, không sót gì.
   */
  catchUp?: 'one' | 'skip'
}
/**
 * Một hệ thống kết nối (config/systems/<id>.yaml)
 *
 * Một nơi liên thông nói chuyện với: địa chỉ, tài khoản, giới hạn, thời gian bảo trì.
 */
export interface System {
  /**
   * Mã hệ thống
   *
   * Trùng với tên tệp. Không đổi khi đã có bản tin: hàng đợi của từng hồ sơ gắn với mã này.
   */
  id: string
  title: SystemWords
  /**
   * Connector
   *
   * Tên thư mục trong connectors/.
   */
  connector: string
  /**
   * Tuỳ chọn của connector
   *
   * Theo lược đồ options trong connectors/<connector>/connector.json. Bí mật chỉ ghi bằng tham chiếu: env:TÊN_BIẾN hoặc file:ĐƯỜNG-DẪN.
   */
  options: {
    [k: string]: unknown
  }
  /**
   * Số lời gọi cùng lúc
   *
   * Trên toàn bộ các tiến trình. Khi phải chờ lượt, bản tin tiếp nhận trước được gửi trước.
   */
  concurrency?: number
  /**
   * Số lời gọi mỗi giây
   *
   * Trên toàn bộ các tiến trình. Không ghi là không giới hạn.
   */
  ratePerSecond?: number
  /**
   * Số bản tin của một hồ sơ lấy mỗi lượt
   *
   * Vẫn gửi lần lượt, bản sau chờ trả lời của bản trước. Khi nhiều hồ sơ cùng chờ, mỗi hồ sơ được lấy ít hơn (tối đa 256 bản tin mỗi lượt).
   */
  runAhead?: number
  /**
   * Thời gian chờ tối đa một lời gọi (mili giây)
   */
  timeoutMs?: number
  /**
   * Chờ bao lâu trước khi hỏi lại (mili giây)
   *
   * Khi chưa rõ hệ thống đích đã nhận hay chưa. Không ngắn hơn lần xử lý chậm nhất của hệ thống đó.
   */
  settleMs?: number
  /**
   * Lịch thử lại
   */
  retry?: {
    /**
     * Các khoảng chờ (giây)
     *
     * Sau lần hỏng thứ nhất, thứ hai…; số cuối lặp lại.
     */
    stepsSeconds?: number[]
    /**
     * Thôi thử sau bao nhiêu giờ
     */
    giveUpAfterHours?: number
  }
  /**
   * Ngắt mạch
   *
   * Hệ thống đích hỏng liên tiếp thì ngừng gọi, chỉ thăm dò theo chu kỳ; không tốn lượt thử của bản tin.
   */
  circuit?: {
    /**
     * Số lần hỏng liên tiếp
     */
    consecutive?: number
    /**
     * Tỷ lệ hỏng
     *
     * Từ 0 đến 1.
     */
    share?: number
    /**
     * Số lời gọi tối thiểu để tính tỷ lệ
     */
    minimum?: number
    /**
     * Cửa sổ tính tỷ lệ (mili giây)
     */
    windowMs?: number
    /**
     * Chu kỳ thăm dò (mili giây)
     */
    probeEveryMs?: number
    /**
     * Thời gian tăng dần khi thông lại (mili giây)
     */
    rampMs?: number
  }
  /**
   * Giới hạn tra cứu
   *
   * Cho các tra cứu trực tiếp thay mặt cán bộ; hạn mức tính trên toàn bộ các tiến trình.
   */
  lookups?: {
    /**
     * Cán bộ chờ tối đa (mili giây)
     */
    timeoutMs?: number
    /**
     * Số lượt mỗi cán bộ trong một giờ
     */
    perOfficialPerHour?: number
    /**
     * Số lượt mỗi phần mềm trong một phút
     */
    perClientPerMinute?: number
  }
  /**
   * Thời gian bảo trì
   *
   * Trong thời gian này liên thông không gọi hệ thống và không tốn lượt thử.
   */
  maintenance?: SystemWindow[]
  /**
   * TLS
   *
   * Tệp PEM dùng khi gọi hệ thống này; đường dẫn tính từ thư mục cấu hình. Không tắt được việc kiểm tra chứng thư.
   */
  tls?: {
    /**
     * Chứng thư gốc được tin
     *
     * Thay cho danh sách của máy; dùng khi hệ thống có chứng thư nội bộ.
     */
    caFile?: string
    /**
     * Chứng thư của liên thông
     *
     * Khi hệ thống đòi chứng thư bên gọi (mTLS).
     */
    certFile?: string
    /**
     * Khoá của chứng thư liên thông
     */
    keyFile?: string
  }
  /**
   * Địa chỉ được vào cửa nhận không cần khoá
   *
   * Dành cho phần mềm cũ không gửi được khoá API: dải địa chỉ nào được tính là đơn vị gửi nào.
   */
  trusted?: {
    /**
     * Dải địa chỉ (CIDR)
     */
    cidr: string
    /**
     * Mã đơn vị gửi (hub client list)
     */
    client: string
  }[]
}
/**
 * Tên hiển thị
 */
export interface SystemWords {
  /**
   * Tiếng Việt
   */
  vi: string
  /**
   * Tiếng Anh
   */
  en: string
}
export interface SystemWindow {
  /**
   * Loại
   *
   * once: một lần; weekly: hằng tuần.
   */
  kind: 'once' | 'weekly'
  [k: string]: unknown
}
export interface SystemWords1 {
  /**
   * Tiếng Việt
   */
  vi: string
  /**
   * Tiếng Anh
   */
  en: string
}
export interface SystemOnceWindow {
  kind?: unknown
  /**
   * Từ
   */
  from: string
  /**
   * Đến
   */
  to: string
  reason: string
}
export interface SystemWeeklyWindow {
  kind?: unknown
  /**
   * Các ngày trong tuần
   *
   * 1 là thứ Hai … 7 là Chủ nhật.
   */
  days: number[]
  /**
   * Từ
   */
  from: string
  /**
   * Đến
   *
   * Có thể qua nửa đêm.
   */
  to: string
  reason: string
}
