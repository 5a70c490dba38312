// Made by scripts/generate-types.ts from schemas/. Do not edit.

/**
 * Thư gửi tới máy chủ thư
 *
 * Trước khi được mã hoá theo RFC 5322; không trường nào chứa được một tiêu đề hay lệnh khác.
 */
export interface Mail {
  /**
   * Người gửi
   */
  from: string
  /**
   * Tên người gửi
   */
  fromName?: string
  /**
   * Người nhận
   */
  to: string
  /**
   * Tiêu đề
   */
  subject: string
  /**
   * Nội dung
   */
  text: string
  /**
   * Message-ID
   */
  messageId: string
  /**
   * Thời điểm
   */
  date: string
}
