// Made by scripts/generate-types.ts from schemas/. Do not edit.

/**
 * Trả lời tra cứu hồ sơ
 */
export interface DossierAnswer {
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
   * Hồ sơ tìm thấy
   */
  data?:
    | {
        [k: string]: unknown
      }[]
    | null
  [k: string]: unknown
}
/**
 * Tra cứu một hồ sơ
 *
 * Lời gọi TraCuuHoSo.
 */
export interface DossierRequest {
  /**
   * Phiên làm việc
   */
  session: string
  /**
   * Đơn vị xử lý
   */
  donViXuLy: string
  /**
   * Tên dịch vụ
   */
  service: 'TraCuuHoSo'
  /**
   * Mã hồ sơ
   */
  mahoso: string
}
/**
 * Trả lời lấy tệp
 */
export interface FileAnswer {
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
   * Tệp
   */
  TepTinDinhKem?:
    | {
        /**
         * Nội dung tệp
         *
         * Base64 (RFC 4648).
         */
        Base64: string
        /**
         * Đường dẫn tệp
         */
        DuongDan?: string | null
        /**
         * Tên tệp
         */
        TenTaiLieu?: string | null
        [k: string]: unknown
      }[]
    | null
  [k: string]: unknown
}
/**
 * Lấy một tệp của hồ sơ
 *
 * Lời gọi LayTaiLieuHoSo.
 */
export interface FileRequest {
  /**
   * Phiên làm việc
   */
  session: string
  /**
   * Đơn vị xử lý
   */
  donViXuLy: string
  /**
   * Tên dịch vụ
   */
  service: 'LayTaiLieuHoSo'
  /**
   * Đường dẫn tệp
   */
  duongdanteptin: string
}
/**
 * Trả lời danh sách hồ sơ
 */
export interface ListAnswer {
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
   * Hồ sơ
   */
  data?:
    | {
        /**
         * Mã hồ sơ
         *
         * Khoá của hồ sơ; không có thì không biết hồ sơ nào.
         */
        maHoSo: string
        /**
         * Giấy phép lái xe đã cấp
         */
        gplxDaCap?:
          | {
              [k: string]: unknown
            }[]
          | null
        /**
         * Tệp đính kèm
         */
        hoSoDinhKem?:
          | {
              [k: string]: unknown
            }[]
          | null
        [k: string]: unknown
      }[]
    | null
  [k: string]: unknown
}
/**
 * Danh sách hồ sơ giấy phép lái xe
 *
 * Lời gọi DanhSachHoSo.
 */
export interface ListRequest {
  /**
   * Phiên làm việc
   */
  session: string
  /**
   * Đơn vị xử lý
   */
  donViXuLy: string
  /**
   * Tên dịch vụ
   */
  service: 'DanhSachHoSo'
  /**
   * Nhận từ ngày
   */
  ngayNhan1: string
  /**
   * Nhận đến ngày
   */
  ngayNhan2: string
}
/**
 * Danh sách hồ sơ của Bộ
 */
export interface MinistryAnswer {
  /**
   * Tổng số hồ sơ
   */
  total: number | string
  /**
   * Hồ sơ
   */
  data: {
    /**
     * Mã hồ sơ
     */
    MaHoSo: string
    [k: string]: unknown
  }[]
  [k: string]: unknown
}
