// Made by scripts/generate-types.ts from schemas/. Do not edit.

/**
 * Giấy tờ kết quả gửi vào kho của tỉnh
 *
 * GiayToSoHoa của kho địa phương; theo một phần mềm đang chạy, chưa kiểm chứng. Trường không có trong bản tin thì không gửi.
 *
 * Items: Một giấy tờ
 */
export type Papers = {
  /**
   * Tên giấy tờ
   */
  Ten: string
  /**
   * Mã kết quả
   */
  Ma: string
  /**
   * Mã hồ sơ
   */
  MaHoSo: string
  /**
   * Trích yếu
   */
  TrichYeuNoiDung?: string
  /**
   * Cơ quan ban hành
   */
  CoQuanBanHanh: string
  /**
   * Người ký
   */
  NguoiKy?: string
  /**
   * Số, ký hiệu
   */
  SoKyHieu?: string
  /**
   * Chủ hồ sơ
   */
  ChuHoSo: string
  /**
   * Số định danh của chủ hồ sơ
   */
  MaDinhDanh: string
  /**
   * Ngày ban hành
   */
  NgayBanHanh: string
  /**
   * Đường dẫn tệp
   */
  DinhKem: string
  /**
   * Loại số hoá
   *
   * 0: thành phần; 1: kết quả.
   */
  LoaiSoHoa: 1
}[]

/**
 * Lấy tệp của một giấy tờ
 *
 * Thân của GetGiayToByUrl; trả lời là base64 trần.
 */
export interface FileRequest {
  /**
   * Phiên làm việc
   */
  session?: string
  /**
   * Cơ quan chủ quản
   */
  CoQuanChuQuan: string
  /**
   * Đường dẫn
   */
  DuongDan: string
}
/**
 * Trả lời đăng nhập kho kết quả
 *
 * Tên của phiên chưa được công bố: session, token, accessToken hoặc access_token, ở ngoài cùng hoặc trong result, data.
 */
export interface LoginAnswer {
  /**
   * Mã lỗi
   *
   * Viết errorCode, khác error_code của mapi. Bảng mã chưa công bố.
   */
  errorCode?: string | number | null
  /**
   * Lời của hệ thống
   */
  message?: string | null
  [k: string]: unknown
}
/**
 * Đăng nhập kho kết quả
 *
 * Thân của bndp/public/v1/login; tài khoản là mã đơn vị.
 */
export interface Login {
  /**
   * Tài khoản
   */
  username: string
  /**
   * Mật khẩu
   */
  password: string
}
/**
 * Trả lời hỏi kết quả
 *
 * signature không được kiểm: cách ký chưa công bố.
 */
export interface ResultsAnswer {
  /**
   * Mã lỗi
   *
   * Viết errorCode, khác error_code của mapi. Bảng mã chưa công bố.
   */
  errorCode: string | number | null
  /**
   * Lời của hệ thống
   */
  message?: string | null
  /**
   * Chữ ký
   */
  signature?: string | null
  /**
   * Nội dung
   */
  result?: {
    /**
     * Các giấy tờ
     */
    DanhSachGiayToKetQua?:
      | {
          /**
           * Mã kết quả
           */
          MaKetQua: string
          /**
           * Tên giấy tờ
           */
          TenGiayTo?: string | null
          /**
           * Số, ký hiệu
           */
          SoKyHieu?: string | null
          /**
           * Cơ quan chủ quản
           */
          CoQuanChuQuan?: string | null
          /**
           * Các tệp
           */
          DanhSachTepDinhKem?:
            | {
                /**
                 * Tên tệp
                 */
                TenTep?: string | null
                /**
                 * Đường dẫn
                 */
                DuongDan: string
                [k: string]: unknown
              }[]
            | null
          [k: string]: unknown
        }[]
      | null
    [k: string]: unknown
  } | null
  [k: string]: unknown
}
/**
 * Hỏi kết quả có thể dùng lại
 *
 * Thân của GetKetQuaGiayTo.
 */
export interface ResultsRequest {
  /**
   * Phiên làm việc
   */
  session?: string
  /**
   * Số định danh chủ sở hữu
   */
  SoDinhDanhChuSoHuu: string
  /**
   * Họ tên người yêu cầu
   */
  HoTenNguoiYeuCau: string
  /**
   * Số định danh người yêu cầu
   */
  SoDinhDanhNguoiYeuCau: string
  /**
   * Kênh thực hiện
   */
  KenhThucHien: string
  /**
   * Mã thủ tục
   */
  MaThuTuc: string
  /**
   * Các kết quả cần tìm
   *
   * Items: Một kết quả
   */
  DanhSachDanhMucKetQua: {
    /**
     * Mã kết quả
     */
    MaKetQua: string
    /**
     * Số, ký hiệu
     */
    SoKyHieu?: string
  }[]
}
/**
 * Trả lời của kho của tỉnh
 *
 * Chưa kiểm chứng; mã thành công và mã từ chối là cấu hình.
 */
export interface StoreAnswer {
  /**
   * Mã lỗi
   *
   * Viết errorCode, khác error_code của mapi. Bảng mã chưa công bố.
   */
  errorCode: string | number
  /**
   * Lời của hệ thống
   */
  message?: string | null
  [k: string]: unknown
}
