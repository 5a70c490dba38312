// Made by scripts/generate-types.ts from schemas/. Do not edit.

/**
 * Sự kiện CloudEvents 1.0 / CloudEvents event
 *
 * Phong bì của một bản tin theo CloudEvents 1.0. Liên thông bắt buộc thêm subject, time và data. / The envelope of a message; the hub also requires subject, time and data.
 */
export interface Event {
  /**
   * Phiên bản đặc tả / Spec version
   *
   * Phiên bản CloudEvents, luôn là 1.0.
   */
  specversion: '1.0'
  /**
   * Mã sự kiện / Event id
   *
   * Mã sự kiện, duy nhất trong phạm vi nguồn; gửi lại cùng sự kiện phải dùng lại mã này.
   */
  id: string
  /**
   * Nguồn / Source
   *
   * Hệ thống phát sinh sự kiện, dạng URI-reference.
   */
  source: string
  /**
   * Loại bản tin / Type
   *
   * Loại bản tin trong danh mục, ví dụ vn.tthc.dossier.upserted.v1.
   */
  type: string
  /**
   * Chủ đề / Subject
   *
   * Mã hồ sơ hoặc khoá nghiệp vụ khác; các bản tin cùng chủ đề được gửi theo đúng thứ tự.
   */
  subject: string
  /**
   * Thời điểm phát sinh / Time
   *
   * Thời điểm phát sinh sự kiện theo RFC 3339, có độ lệch múi giờ.
   */
  time: string
  /**
   * Kiểu nội dung / Content type
   *
   * Kiểu nội dung của data, chỉ nhận JSON.
   */
  datacontenttype?: string
  /**
   * Lược đồ dữ liệu / Data schema
   *
   * URI của lược đồ mà data tuân theo.
   */
  dataschema?: string
  /**
   * Dữ liệu / Data
   *
   * Dữ liệu nghiệp vụ, tuân theo lược đồ của loại bản tin.
   */
  data: unknown
  /**
   * Thuộc tính mở rộng / Extension attribute
   *
   * Thuộc tính mở rộng theo CloudEvents: văn bản, số nguyên hoặc đúng/sai.
   */
  [k: string]: unknown
}
