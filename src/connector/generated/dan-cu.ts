// Made by scripts/generate-types.ts from schemas/. Do not edit.

/**
 * Yêu cầu tra cứu dân cư (SOAP)
 *
 * Phong bì SOAP 1.1 hoàn chỉnh, do liên thông dựng; nội dung từng phần tử đã được kiểm tra trước.
 */
export type SoapRequest = string

/**
 * Trả lời tra cứu dân cư (JSON)
 *
 * message là phong bì SOAP dạng văn bản.
 */
export interface ProxyAnswer {
  /**
   * Mã lỗi
   */
  error_code: string | number
  /**
   * Phong bì SOAP
   */
  message: string
  [k: string]: unknown
}
/**
 * Yêu cầu tra cứu dân cư (JSON)
 *
 * Cùng các trường với dịch vụ SOAP; trường không có thì không gửi.
 */
export interface ProxyRequest {
  /**
   * Mã yêu cầu
   */
  MaYeuCau: string
  /**
   * Mã dịch vụ công
   */
  MaDVC: string
  /**
   * Mã tích hợp
   */
  MaTichHop: '037' | '033'
  /**
   * Mã cán bộ
   */
  MaCanBo: string
  /**
   * Mã đơn vị
   */
  MaDonVi?: string
  /**
   * Tài khoản cán bộ
   */
  TaiKhoan?: string
  /**
   * Số định danh
   */
  SoDinhDanh?: string
  /**
   * Số CMND
   */
  SoCMND?: string
  /**
   * Họ và tên
   */
  HoVaTen: string
  /**
   * Ngày sinh
   */
  NgayThangNam?: string
  /**
   * Năm sinh
   */
  Nam?: string
}
