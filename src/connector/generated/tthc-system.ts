// Made by scripts/generate-types.ts from schemas/. Do not edit.
import type * as cloudevents from './cloudevents.ts'

/**
 * Một trang hồ sơ đã thay đổi
 *
 * Xếp theo updatedAt rồi code; chỉ gồm hồ sơ đứng sau vị trí được hỏi.
 */
export interface ChangesPage {
  /**
   * Hồ sơ
   */
  items: ChangesPageItem[]
  /**
   * Còn nữa
   */
  more: boolean
  [k: string]: unknown
}
/**
 * Hồ sơ đã thay đổi
 */
export interface ChangesPageItem {
  /**
   * Mã hồ sơ
   */
  code: string
  /**
   * Phiên bản
   *
   * Tăng mỗi lần hồ sơ thay đổi, không bao giờ dùng lại.
   */
  version: number
  /**
   * Thời điểm thay đổi
   */
  updatedAt: string
  /**
   * Hồ sơ theo mẫu chuẩn
   *
   * Kiểm tra theo lược đồ tthc/dossier khi nhận, để một hồ sơ sai không chặn cả trang.
   */
  dossier: {
    [k: string]: unknown
  }
  /**
   * Mọi bước xử lý tới nay
   *
   * Mỗi bước ghi phiên bản hồ sơ mà nó thuộc về.
   */
  steps: ChangesPageStep[]
  [k: string]: unknown
}
/**
 * Bước xử lý
 */
export interface ChangesPageStep {
  /**
   * Phiên bản hồ sơ
   */
  version: number
  /**
   * Thời điểm xử lý
   */
  at: string
  [k: string]: unknown
}
export interface EventPush {
  /**
   * Loại bản tin
   */
  type:
    | 'vn.tthc.dossier.submitted.v1'
    | 'vn.tthc.question.asked.v1'
    | 'vn.tthc.dossier.progressed.v1'
    | 'vn.tthc.dossier.result-issued.v1'
    | 'vn.tthc.civil-status.registered.v1'
    | 'vn.tthc.business-registration.changed.v1'
    | 'vn.tthc.postal.status-changed.v1'
    | 'vn.tthc.payment.link-issued.v1'
    | 'vn.tthc.payment.settled.v1'
    | 'vn.tthc.payment.disputed.v1'
    | 'vn.catalogue.item.changed.v1'
    | 'vn.tthc.land-dossier.numbered.v1'
    | 'vn.tthc.land-dossier.reported.v1'
    | 'vn.tthc.land-tax.notified.v1'
    | 'vn.tthc.land-tax.assessed.v1'
    | 'vn.tthc.land-tax.voucher-received.v1'
    | 'vn.tthc.criminal-record.issued.v1'
  /**
   * Mã sự kiện ở nguồn
   */
  originid: string
  [k: string]: unknown
}
/**
 * Trả lời khi nhận bản tin
 */
export interface PushAnswer {
  /**
   * Khoá đã nhận
   */
  id: string
  /**
   * Kết quả
   *
   * accepted: đã ghi nhận lần đầu; duplicate: khoá này đã được ghi nhận với cùng nội dung.
   */
  status: 'accepted' | 'duplicate'
  [k: string]: unknown
}
/**
 * Trả lời tra cứu một bản tin
 */
export interface StatusAnswer {
  /**
   * Khoá được hỏi
   */
  id: string
  /**
   * Kết quả
   *
   * applied: đã ghi nhận; unknown: phần mềm một cửa chưa từng ghi nhận khoá này.
   */
  status: 'applied' | 'unknown'
  [k: string]: unknown
}
