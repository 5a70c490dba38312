// Made by scripts/generate-types.ts from schemas/. Do not edit.

/**
 * Thông tin chi tiết của doanh nghiệp
 *
 * Trả lời của chiTietDoanhNghiep. HOAdress viết đúng như dịch vụ viết.
 */
export interface EnterpriseAnswer {
  /**
   * Trạng thái thông điệp: 1 thành công, 0 thất bại
   */
  Status: string | number
  /**
   * Nội dung thông điệp
   */
  Message?: string | null
  /**
   * Số bản ghi
   */
  DataCount?: number | string | null
  /**
   * Thông tin cơ bản
   */
  MainInformation?: null | EnterpriseAnswerRow | EnterpriseAnswerRow[]
  /**
   * Địa chỉ trụ sở chính
   */
  HOAdress?: null | EnterpriseAnswerRow | EnterpriseAnswerRow[]
  /**
   * Ngành nghề kinh doanh
   */
  BusinessActivity?: null | EnterpriseAnswerRow | EnterpriseAnswerRow[]
  /**
   * Thành viên góp vốn
   */
  Member?: null | EnterpriseAnswerRow | EnterpriseAnswerRow[]
  [k: string]: unknown
}
/**
 * Bản ghi
 */
export interface EnterpriseAnswerRow {
  [k: string]: string | number | boolean | null
}
/**
 * Danh sách hồ sơ đăng ký doanh nghiệp
 *
 * Trả lời của danhSachHoSo, danhSachHoSoTrongNgay và tinhTrangHoSo.
 */
export interface ListAnswer {
  /**
   * Trạng thái thông điệp: 1 thành công, 0 thất bại
   */
  Status: string | number
  /**
   * Nội dung thông điệp
   */
  Message?: string | null
  /**
   * Số bản ghi
   */
  DataCount?: number | string | null
  /**
   * Hồ sơ
   */
  MainInformation?: null | ListAnswerRow | ListAnswerRow[]
  [k: string]: unknown
}
/**
 * Bản ghi
 */
export interface ListAnswerRow {
  [k: string]: string | number | boolean | null
}
