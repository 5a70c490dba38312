// Made by scripts/generate-types.ts from schemas/. Do not edit.

/**
 * Trả lời lời báo của VBDLIS
 *
 * Result: số; ý nghĩa của số do cấu hình nêu.
 */
export interface CallbackAnswer {
  /**
   * Kết quả
   */
  Result: number
  /**
   * Thông báo
   */
  Message: string
}
/**
 * Lời báo của VBDLIS
 *
 * SecurityCode đã được kiểm trước. Chỉ SoBienNhan là trường đã biết của mọi lời báo.
 */
export interface Callback {
  /**
   * Số biên nhận
   */
  SoBienNhan: string
  [k: string]: unknown
}
/**
 * Trả lời khi gửi hồ sơ đất đai
 *
 * Thành công khi data là 1 và status.success là true.
 */
export interface DossierAnswer {
  /**
   * Kết quả
   */
  data?: unknown
  /**
   * Trạng thái
   */
  status: {
    /**
     * Thành công
     */
    success: boolean
    /**
     * Mã
     */
    code?: string | number | null
    /**
     * Loại
     */
    type?: string | number | null
    /**
     * Thời điểm
     */
    time?: string | number | null
    /**
     * Thông báo
     */
    message?: string | number | null
    [k: string]: unknown
  }
  [k: string]: unknown
}
/**
 * Gửi hồ sơ đất đai (ILIS)
 *
 * TiepNhanHoSo: hồ sơ kèm tệp Base64.
 */
export interface DossierRequest {
  /**
   * Là quy trình cấp tỉnh
   */
  LaQuyTrinhCapTinh: boolean
  /**
   * Tỉnh
   */
  TinhId: string
  /**
   * Huyện
   */
  HuyenId?: string
  /**
   * Xã
   */
  XaId?: string
  /**
   * Số biên nhận
   */
  SoBienNhan: string
  /**
   * Mã hồ sơ một cửa
   */
  MaHoSoMotCua: string
  /**
   * Người tiếp nhận
   */
  NguoiTiepNhan: string
  /**
   * Ngày tiếp nhận
   */
  NgayTiepNhan: string
  /**
   * Ngày hẹn trả
   */
  NgayHenTra?: string
  /**
   * Địa chỉ tài sản
   */
  DiaChiTaiSan?: string
  /**
   * Người nộp đơn
   */
  ThongTinNguoiNopDon: {
    /**
     * Họ tên
     */
    HoTen: string
    /**
     * Số giấy tờ
     */
    SoChungMinh?: string
    /**
     * Địa chỉ
     */
    DiaChiChiTiet?: string
    /**
     * Điện thoại
     */
    SoDienThoai?: string
    /**
     * Thư điện tử
     */
    Email?: string
  }
  /**
   * Quy trình
   */
  ThongTinQuyTrinh: {
    /**
     * Mã quy trình
     */
    MaQuyTrinh: string
    /**
     * Tên quy trình
     */
    TenQuyTrinh: string
  }
  /**
   * Thửa đất
   */
  ThongTinThuaDat?: DossierRequestThua[]
  /**
   * Giấy tờ đính kèm
   */
  DanhSachGiayToDinhKem?: DossierRequestGiayTo[]
}
/**
 * Thửa đất
 */
export interface DossierRequestThua {
  /**
   * Số thứ tự thửa
   */
  SoThuTuThua: string
  /**
   * Số hiệu bản đồ
   */
  SoHieuBanDo: string
  /**
   * Diện tích, m²
   */
  DienTich?: number
  /**
   * Địa chỉ
   */
  DiaChiChiTiet?: string
}
/**
 * Giấy tờ
 */
export interface DossierRequestGiayTo {
  /**
   * Tên giấy tờ
   */
  TenGiayTo: string
  /**
   * Số bản chính
   */
  SoBanChinh?: number
  /**
   * Số bản sao
   */
  SoBanSao?: number
  /**
   * Tập tin
   */
  TapTin?: {
    /**
     * Tên tệp
     */
    name: string
    /**
     * Base64
     */
    data: string
  }
}
/**
 * Kết quả thuế của VBDLIS
 *
 * DongBoKetQuaThue; SecurityCode đã được kiểm trước.
 */
export interface TaxCallback {
  /**
   * Số biên nhận
   */
  SoBienNhan: string
  /**
   * Ngày có kết quả thuế
   */
  NgayCoKetQuaThue: string
  /**
   * Thông báo thuế
   */
  DanhSachThongBaoThue: TaxCallbackThongBao[]
  [k: string]: unknown
}
/**
 * Thông báo thuế
 */
export interface TaxCallbackThongBao {
  /**
   * Họ tên chủ
   */
  HoTenChu: string
  /**
   * Loại thuế
   */
  LoaiThue: string
  /**
   * Số thông báo
   */
  SoThongBaoThue: string
  /**
   * Đường dẫn
   */
  DuongDanThongBaoThue: string
  [k: string]: unknown
}
