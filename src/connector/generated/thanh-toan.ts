// Made by scripts/generate-types.ts from schemas/. Do not edit.

/**
 * Trả lời khởi tạo thanh toán
 *
 * message khi thành công là một văn bản JSON.
 */
export interface InitAnswer {
  /**
   * Mã lỗi
   *
   * "0" là thành công; mã khác chưa công bố.
   */
  error_code: string | number
  /**
   * Lời hoặc văn bản JSON
   */
  message?: string | null
  [k: string]: unknown
}
/**
 * Văn bản JSON trong message của INIT
 *
 * Chỉ trường UrlThanhToan được dùng.
 */
export interface InitLink {
  /**
   * Đường dẫn thanh toán
   */
  UrlThanhToan: string
  [k: string]: unknown
}
/**
 * Khởi tạo thanh toán (INIT)
 *
 * Bản tin phiên bản 1.0.6. MaXacThuc ký các trường đứng trước nó, theo thứ tự này.
 */
export interface InitRequest {
  /**
   * Loại bản tin
   */
  LoaiBanTin: 'INIT'
  /**
   * Phiên bản
   */
  PhienBan: string
  /**
   * Mã đối tác
   */
  MaDoiTac: string
  /**
   * Mã tham chiếu
   */
  MaThamChieu: string
  /**
   * Số tiền, đồng
   */
  SoTien: string
  /**
   * Loại hình thanh toán
   */
  LoaiHinhThanhToan: string
  /**
   * Mã kênh thanh toán
   */
  MaKenhThanhToan: string
  /**
   * Mã thiết bị
   */
  MaThietBi: string
  /**
   * Ngôn ngữ
   */
  NgonNgu: string
  /**
   * Mã tiền tệ
   */
  MaTienTe: 'VND'
  /**
   * Mã ngân hàng
   */
  MaNganHang: string
  /**
   * Thông tin giao dịch, không có dấu gạch đứng
   */
  ThongTinGiaoDich: string
  /**
   * Thời gian, giờ Việt Nam
   */
  ThoiGianGD: string
  /**
   * Địa chỉ IP người nộp
   */
  Ip: string
  /**
   * Mã xác thực
   */
  MaXacThuc: string
  /**
   * Thông tin biên lai
   */
  ThongTinBienLai: {
    /**
     * Mã loại dịch vụ
     */
    MaDichVu: string
    /**
     * Mã dịch vụ công
     */
    MaDVC: string
    /**
     * Tên dịch vụ công
     */
    TenDVC: string
    /**
     * Mã thủ tục
     */
    MaTTHC: string
    /**
     * Tên thủ tục, nền tảng nhận tối đa 250 ký tự
     */
    TenTTHC: string
    /**
     * Mã đơn vị
     */
    MaDonVi: string
    /**
     * Tên đơn vị
     */
    TenDonVi: string
    /**
     * Mã hồ sơ
     */
    MaHoSo: string
    /**
     * Tài khoản thụ hưởng
     */
    TKThuHuong: string
    /**
     * Mã ngân hàng thụ hưởng
     */
    MaNHThuHuong: string
    /**
     * Tên tài khoản thụ hưởng
     */
    TenTKThuHuong: string
    /**
     * Mã loại hình thu phạt; để trống, không phải khoản phạt
     */
    MaLoaiHinhThuPhat: ''
    /**
     * Tên loại hình thu phạt; để trống, không phải khoản phạt
     */
    TenLoaiHinhThuPhat: ''
    /**
     * Mã cơ quan quyết định; để trống, không phải khoản phạt
     */
    MaCoQuanQD: ''
    /**
     * Tên cơ quan quyết định; để trống, không phải khoản phạt
     */
    TenCoQuanQD: ''
    /**
     * Ngày quyết định; để trống, không phải khoản phạt
     */
    NgayQD: ''
    /**
     * Số quyết định; để trống, không phải khoản phạt
     */
    SoQD: ''
    /**
     * Thời gian vi phạm; để trống, không phải khoản phạt
     */
    ThoiGianViPham: ''
    /**
     * Địa điểm vi phạm; để trống, không phải khoản phạt
     */
    DiaDiemViPham: ''
    /**
     * Tên người vi phạm; để trống, không phải khoản phạt
     */
    TenNguoiViPham: ''
    /**
     * Kho bạc
     */
    KhoBac: string
    /**
     * Tài khoản thu ngân sách
     */
    TaiKhoanThuNSNN: string
    /**
     * Nội dung thanh toán
     */
    NoiDungThanhToan: string
    /**
     * Họ tên người nộp
     */
    HoTenNguoiNop: string
    /**
     * Số giấy tờ người nộp
     */
    SoCMNDNguoiNop: string
    /**
     * Địa chỉ người nộp
     */
    DiaChiNguoiNop: string
    /**
     * Huyện
     */
    HuyenNguoiNop: string
    /**
     * Tỉnh
     */
    TinhNguoiNop: string
    /**
     * Các khoản phí, lệ phí
     */
    PhiLePhi: {
      /**
       * Loại
       */
      LoaiPhiLePhi: string
      /**
       * Mã
       */
      MaPhiLePhi: string
      /**
       * Tên
       */
      TenPhiLePhi: string
      /**
       * Số tiền, đồng
       */
      SoTien: string
    }[]
    /**
     * Các khoản nộp khác
     */
    DSKhoanNop: unknown[]
  }
}
/**
 * Liên thông trả lời IPN
 *
 * MaXacThuc ký các trường đứng trước nó, theo thứ tự này.
 */
export interface IpnAnswer {
  /**
   * Mã lỗi
   *
   * "00" là thành công; mã khác chưa công bố.
   */
  MaLoi: string
  /**
   * Lời
   */
  MoTaLoi: string
  /**
   * Mã đối tác
   */
  MaDoiTac: string
  /**
   * Mã tham chiếu; trống khi không đọc được
   */
  MaThamChieu: string
  /**
   * Thời gian, giờ Việt Nam
   */
  ThoiGianGD: string
  /**
   * Mã xác thực
   */
  MaXacThuc: string
}
/**
 * Nền tảng báo kết quả (IPN)
 *
 * MaXacThuc ký các trường đứng trước nó, theo thứ tự này.
 */
export interface Ipn {
  /**
   * Loại bản tin
   */
  LoaiBanTin: 'IPN'
  /**
   * Mã lỗi
   */
  MaLoi: string
  /**
   * Mã đối tác
   */
  MaDoiTac: string
  /**
   * Mã tham chiếu
   */
  MaThamChieu: string
  /**
   * Số tiền, đồng
   */
  SoTien: string | number
  /**
   * Mã tiền tệ
   */
  MaTienTe: string
  /**
   * Mã giao dịch
   */
  MaGiaoDich: string
  /**
   * Mã ngân hàng
   */
  MaNganHang: string
  /**
   * Thời gian, giờ Việt Nam
   */
  ThoiGianGD: string
  /**
   * Thông tin giao dịch
   */
  ThongTinGiaoDich: string
  /**
   * Mã xác thực
   */
  MaXacThuc: string
  [k: string]: unknown
}
/**
 * Trả lời QUERY, hoặc lời từ chối GET_BILL
 *
 * Các trường khác không được dùng.
 */
export interface QueryAnswer {
  /**
   * Mã lỗi
   *
   * "00" là thành công; mã khác chưa công bố.
   */
  MaLoi: string
  /**
   * Lời
   */
  MoTaLoi?: string | null
  /**
   * Mã tham chiếu
   */
  MaThamChieu?: string | null
  /**
   * Trạng thái: 1 thành công, 3 chờ, 4 thất bại
   */
  TrangThaiGD?: string | number | null
  /**
   * Mã giao dịch
   */
  MaGiaoDich?: string | null
  /**
   * Mã ngân hàng
   */
  MaNganHang?: string | null
  /**
   * Số tiền
   */
  SoTien?: number | string | null
  /**
   * Mã tiền tệ
   */
  MaTienTe?: string | null
  /**
   * Thời gian giao dịch
   */
  ThoiGianGD?: string | null
  [k: string]: unknown
}
/**
 * Hỏi giao dịch (QUERY) hoặc biên lai (GET_BILL)
 *
 * MaXacThuc ký các trường đứng trước nó, theo thứ tự này.
 */
export interface Question {
  /**
   * Loại bản tin
   */
  LoaiBanTin: 'QUERY' | 'GET_BILL'
  /**
   * Phiên bản
   */
  PhienBan: string
  /**
   * Mã đối tác
   */
  MaDoiTac: string
  /**
   * Mã tham chiếu
   */
  MaThamChieu: string
  /**
   * Thời gian, giờ Việt Nam
   */
  ThoiGianGD: string
  /**
   * Mã xác thực
   */
  MaXacThuc: string
}
