// Made by scripts/generate-types.ts from schemas/. Do not edit.

/**
 * Trả lời tra cứu thông tin hộ gia đình
 *
 * Một bản ghi; danh sách nhiều người không phải câu trả lời cho câu hỏi về một người.
 */
export type HouseholdAnswer =
  | {
      [k: string]: unknown
    }
  | unknown[]
/**
 * Trả lời tra cứu hộ gia đình theo mã số BHXH
 *
 * Một bản ghi hoặc danh sách người trong hộ; bản ghi theo tài liệu không lặp lại mã số.
 */
export type HouseholdByNumberAnswer =
  | {
      [k: string]: unknown
    }
  | unknown[]

/**
 * Một người
 */
export interface HouseholdAnswerRecord {
  /**
   * Mã số
   */
  maSo?: string | null
  /**
   * Họ tên
   */
  hoTen?: string | null
  /**
   * Ngày sinh
   */
  ngaySinh?: string | null
  /**
   * Loại ngày sinh
   */
  loaiNgaySinh?: string | number | null
  /**
   * Giới tính
   */
  gioiTinh?: string | number | null
  /**
   * Mã hộ gia đình
   */
  maHo?: string | null
  /**
   * Địa chỉ
   */
  diaChi?: string | null
  /**
   * Trạng thái
   */
  trangThai?: string | number | null
  /**
   * Mã lỗi
   *
   * Bảng mã chưa công bố; mã thành công và mã “không có” là cấu hình.
   */
  errorCode?: string | number | null
  [k: string]: unknown
}
/**
 * Một người
 */
export interface HouseholdByNumberAnswerRecord {
  /**
   * Mã số BHXH
   */
  maSoBhxh?: string | null
  /**
   * Mã số
   */
  maSo?: string | null
  /**
   * Số sổ BHXH cũ
   */
  soSoCu?: string | null
  /**
   * Họ tên
   */
  hoTen?: string | null
  /**
   * Ngày sinh
   */
  ngaySinh?: string | null
  /**
   * Loại ngày sinh
   */
  loaiNgaySinh?: string | number | null
  /**
   * Giới tính
   */
  gioiTinh?: string | number | null
  /**
   * Mã tỉnh nơi khai sinh
   */
  maTinhKs?: string | null
  /**
   * Mã huyện nơi khai sinh
   */
  maHuyenKs?: string | null
  /**
   * Mã xã nơi khai sinh
   */
  maXaKs?: string | null
  /**
   * Mã hộ gia đình
   */
  maHo?: string | null
  /**
   * Địa chỉ
   */
  diaChi?: string | null
  /**
   * Trạng thái
   */
  trangThai?: string | number | null
  /**
   * Mã lỗi
   *
   * Bảng mã chưa công bố; mã thành công và mã “không có” là cấu hình.
   */
  errorCode?: string | number | null
  [k: string]: unknown
}
/**
 * Tra cứu hộ gia đình theo mã số BHXH
 *
 * Thân của getTraCuuTtHgdByMaSoBhxh.
 */
export interface HouseholdByNumberRequest {
  /**
   * Mã số BHXH
   */
  maSoBhxh: string
}
/**
 * Tra cứu thông tin hộ gia đình
 *
 * Thân của getTraCuuThongTinHgd; gửi đủ mọi trường, trường không dùng để trống.
 */
export interface HouseholdRequest {
  /**
   * Mã tỉnh
   */
  maTinh: string
  /**
   * Họ tên
   */
  hoTen: string
  /**
   * Ngày sinh
   *
   * Năm, tháng, ngày viết liền; loaiNgaySinh cho biết phần nào có nghĩa.
   */
  ngaySinh: string
  /**
   * Loại ngày sinh
   *
   * 0: đủ ngày tháng năm; 1: chỉ có năm; 2: chỉ có năm và tháng.
   */
  loaiNgaySinh: '0' | '1' | '2'
  /**
   * Giới tính
   *
   * 1: nam; 2: nữ; 3: khác.
   */
  gioiTinh: '1' | '2' | '3'
  /**
   * Số sổ BHXH
   *
   * Để trống khi không dùng.
   */
  soSo: string
  /**
   * Mã thẻ
   *
   * Để trống khi không dùng.
   */
  maThe: string
  /**
   * Tra cứu theo địa chỉ nào
   *
   * 1: nơi đăng ký khai sinh; 0: hộ khẩu.
   */
  isKs: '0' | '1'
}
/**
 * Trả lời lấy mã số BHXH
 *
 * Mã số để trống khi không có người như mô tả.
 */
export interface NumberByCriteriaAnswer {
  /**
   * Mã số BHXH
   */
  maSoBhxh?: string | null
  /**
   * Trạng thái
   */
  trangThai?: string | number | null
  /**
   * Mã lỗi
   *
   * Bảng mã chưa công bố; mã thành công và mã “không có” là cấu hình.
   */
  errorCode?: string | number | null
  [k: string]: unknown
}
/**
 * Lấy mã số BHXH theo tiêu chí
 *
 * Thân của getMaSoBhxhTheoTieuChi; gửi đủ mọi trường, trường không dùng để trống.
 */
export interface NumberByCriteriaRequest {
  /**
   * Họ tên
   */
  hoTen: string
  /**
   * Ngày sinh
   *
   * Năm, tháng, ngày viết liền; loaiNgaySinh cho biết phần nào có nghĩa.
   */
  ngaySinh: string
  /**
   * Loại ngày sinh
   *
   * 0: đủ ngày tháng năm; 1: chỉ có năm; 2: chỉ có năm và tháng.
   */
  loaiNgaySinh: '0' | '1' | '2'
  /**
   * Giới tính
   *
   * 1: nam; 2: nữ; 3: khác.
   */
  gioiTinh: '1' | '2' | '3'
  /**
   * Mã tỉnh
   *
   * Để trống khi không dùng.
   */
  maTinhKs: string
  /**
   * Mã huyện
   *
   * Để trống khi không dùng.
   */
  maHuyenKs: string
  /**
   * Mã xã
   *
   * Để trống khi không dùng.
   */
  maXaKs: string
  /**
   * Tra cứu theo địa chỉ nào
   *
   * 1: nơi đăng ký khai sinh; 0: hộ khẩu.
   */
  isKs: '0' | '1'
}
