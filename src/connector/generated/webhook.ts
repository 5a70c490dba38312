// Made by scripts/generate-types.ts from schemas/. Do not edit.

/**
 * Sự kiện dưới dạng văn bản
 *
 * Đúng các byte đã ký; nội dung đã được kiểm tra theo webhook/event trước khi thành văn bản.
 */
export type Body = string

/**
 * Sự kiện gửi tới phần mềm nhận
 *
 * CloudEvents 1.0, JSON có cấu trúc. data là cả bản tin, hoặc chỉ nơi hỏi lại.
 */
export interface Event {
  /**
   * Phiên bản
   */
  specversion: '1.0'
  /**
   * Mã sự kiện
   *
   * Như tiêu đề webhook-id: gửi lại thì không đổi.
   */
  id: string
  /**
   * Nguồn
   */
  source: string
  /**
   * Loại
   */
  type: string
  /**
   * Chủ đề, thường là mã hồ sơ
   */
  subject: string
  /**
   * Thời điểm
   */
  time: string
  /**
   * Mã do nguồn đặt
   */
  originid?: string
  /**
   * Kiểu nội dung
   */
  datacontenttype: 'application/json'
  /**
   * Nội dung
   */
  data: {
    [k: string]: unknown
  }
}
