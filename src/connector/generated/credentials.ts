// Made by scripts/generate-types.ts from schemas/. Do not edit.

/**
 * Xin mã truy cập OAuth 2.0
 *
 * Biểu mẫu application/x-www-form-urlencoded, theo RFC 6749 §4.3 và §4.4.
 */
export type Oauth2Form = string

/**
 * Mã truy cập xin bằng tiêu đề Auth
 */
export interface HeaderTokenAnswer {
  /**
   * Mã truy cập
   */
  token: string
  /**
   * Mã làm mới
   */
  refreshToken?: string
  /**
   * Hết hạn lúc
   *
   * Không kèm múi giờ thì là giờ Việt Nam; không đọc được thì dùng tuổi mã của cấu hình.
   */
  expiryDate?: string | null
  [k: string]: unknown
}
/**
 * Mã truy cập OAuth 2.0
 */
export interface Oauth2Answer {
  /**
   * Mã truy cập
   */
  access_token: string
  /**
   * Loại mã
   */
  token_type?: string
  /**
   * Thời hạn, giây
   */
  expires_in?: number
  [k: string]: unknown
}
