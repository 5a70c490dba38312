// Made by scripts/generate-types.ts from schemas/. Do not edit.

/**
 * Điểm Bộ chỉ số gửi hệ thống báo cáo
 *
 * Thân do bảng ánh xạ của cấu hình tạo ra: chưa có khuôn dạng nhận nào công bố, nên tên từng trường là của hệ thống nhận.
 */
export interface IndexRequest {
  [k: string]: unknown
}
/**
 * Trả lời NDXP
 */
export interface NdxpAnswer {
  /**
   * Mã lỗi
   *
   * 0 là được; số hay chuỗi.
   */
  error_code: number | string
  /**
   * Lời giải thích
   */
  message?: string | null
  /**
   * Kết quả
   */
  result?: unknown
  [k: string]: unknown
}
/**
 * Thống kê hồ sơ (NDXP)
 *
 * Thân {"data":[…]} với tên trường UPPER_SNAKE; tên từng trường do cấu hình.
 */
export interface NdxpRequest {
  /**
   * Các bản ghi
   */
  data: {
    [k: string]: string | number
  }[]
}
/**
 * Trả lời consumerAdapter (MResult)
 */
export interface StatisticAnswer {
  /**
   * Kết quả
   *
   * 200 là được.
   */
  Status: number
  /**
   * Lời giải thích
   */
  Message?: string | null
  [k: string]: unknown
}
/**
 * Thống kê hồ sơ (MStatistic)
 *
 * Lời gọi /Statistic của consumerAdapter; tên trường như lược đồ XSD đang dùng, kể cả PreExtisting.
 */
export interface StatisticRequest {
  /**
   * Tháng
   *
   * Chỉ có khi là thống kê tháng.
   */
  Month?: number
  /**
   * Năm
   */
  Year: number
  /**
   * Là thống kê tháng
   */
  IsMonthStatistic: boolean
  /**
   * Tiếp nhận mới / Newly received
   */
  NewReception: number
  /**
   * Kỳ trước chuyển sang / Carried over
   */
  PreExtisting: number
  /**
   * Tổng số / Total
   */
  Total: number
  /**
   * Đã giải quyết / Solved
   */
  TotalSolved: number
  /**
   * Giải quyết đúng hạn / Solved in time
   */
  SolvedInTime: number
  /**
   * Giải quyết quá hạn / Solved late
   */
  SolvedLate: number
  /**
   * Đang giải quyết / Pending
   */
  TotalPending: number
  /**
   * Đang giải quyết trong hạn / Pending in time
   */
  Pending: number
  /**
   * Đang giải quyết quá hạn / Pending late
   */
  PendingLate: number
  /**
   * Tỷ lệ đúng hạn / Percentage in time
   */
  SolvedInTimePercent: number
  /**
   * Tỷ lệ quá hạn / Percentage late
   */
  SolvedLatePercent: number
}
