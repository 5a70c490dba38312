// Made by scripts/generate-types.ts from schemas/. Do not edit.

/**
 * Văn bản edXML rời đi / An edXML document that leaves
 *
 * XML do connector tạo, mọi giá trị đã thoát ký tự; nội dung tệp được đặt vào khi gửi.
 */
export type Edxml = string
/**
 * Danh sách văn bản đến / List received
 *
 * Phần data.
 *
 * Items: Một văn bản
 *
 * Chưa được đánh dấu done.
 */
export type ListAnswer = {
  /**
   * Mã trên trục
   *
   * Đi trong tiêu đề HTTP; có nơi trả dạng số.
   */
  docId: string | number
  [k: string]: unknown
}[]

/**
 * Trả lời của trục / The axis' answer
 *
 * Chữ hoa thường của tên trường tuỳ nơi.
 */
export interface Answer {
  /**
   * Kết quả
   *
   * OK hoặc FAIL.
   */
  status: 'OK' | 'FAIL'
  /**
   * Mã lỗi
   *
   * 0 là không lỗi.
   */
  ErrorCode?: string | number | null
  /**
   * Lời của trục
   *
   * Mô tả lỗi.
   */
  ErrorDesc?: string | null
  /**
   * Mã trên trục
   *
   * Khi gửi.
   */
  DocId?: string | null
  [k: string]: unknown
}
