// Made by scripts/generate-types.ts from schemas/. Do not edit.

/**
 * Trả lời đăng nhập
 */
export interface LoginAnswer {
  /**
   * Phiên làm việc
   */
  session?: string | null
  /**
   * Mã lỗi
   *
   * 0 là được; số hay chuỗi tuỳ dịch vụ.
   */
  error_code: number | string
  /**
   * Lời của hệ thống
   */
  message?: string | null
  [k: string]: unknown
}
/**
 * Đăng nhập mapi
 *
 * Lời gọi mapi/login, chung cho mọi hệ thống cung cấp dịch vụ mapi.
 */
export interface Login {
  /**
   * Tên tài khoản
   */
  username: string
  /**
   * Mật khẩu
   */
  password: string
}
/**
 * Trả lời của dịch vụ
 */
export interface ServiceAnswer {
  /**
   * Mã lỗi
   *
   * 0 là được; số hay chuỗi tuỳ dịch vụ.
   */
  error_code: number | string
  /**
   * Lời của hệ thống
   */
  message?: string | null
  /**
   * Kết quả
   */
  result?: unknown
  [k: string]: unknown
}
