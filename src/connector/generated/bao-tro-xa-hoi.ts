// Made by scripts/generate-types.ts from schemas/. Do not edit.

/**
 * Đồng bộ hồ sơ bảo trợ xã hội
 *
 * Thân của DongBoDVC. Mọi giá trị là chữ; nguồn không có thì để trống.
 */
export interface DossierPush {
  /**
   * Khoá do hệ thống bảo trợ xã hội cấp
   */
  AcceptKey: string
  /**
   * Loại dữ liệu
   */
  LoaiDuLieu: '100'
  /**
   * Mã hồ sơ
   */
  MaHoSo: string
  /**
   * Mã lĩnh vực
   */
  MaLinhVuc: string
  /**
   * Tên lĩnh vực
   */
  TenLinhVuc: string
  /**
   * Loại kết quả
   */
  LoaiKetQua: string
  /**
   * Số quyết định
   */
  SoQuyetDinh: string
  /**
   * Cơ quan ban hành
   */
  CoQuanBanHanh: string
  /**
   * Trích yếu
   */
  TrichYeu: string
  /**
   * Ngày ban hành
   */
  NgayBanHanh: string
  /**
   * Kênh thực hiện
   */
  KenhThucHien: string
  /**
   * Loại đối tượng
   */
  LoaiDoiTuong: string
  /**
   * Hình thức trả
   */
  HinhThucTra: string
  /**
   * Mã thủ tục
   */
  MaTTHC: string
  /**
   * Tên thủ tục
   */
  TenTTHC: string
  /**
   * Họ và tên đối tượng
   */
  HoVaTen: string
  /**
   * Ngày sinh
   */
  NgayThangNamSinh: string
  /**
   * Mã giới tính
   */
  GioiTinhId: string
  /**
   * Mã dân tộc, không có số 0 ở đầu
   */
  DanTocId: string
  /**
   * Số giấy tờ tuỳ thân
   */
  CMND: string
  /**
   * Ngày cấp
   */
  CMND_NgayCap: string
  /**
   * Mã tỉnh của đơn vị giải quyết
   */
  MaTinh: string
  /**
   * Mã huyện của đơn vị giải quyết
   */
  MaHuyen: string
  /**
   * Mã xã của đơn vị giải quyết
   */
  MaXa: string
  /**
   * Mã tỉnh, hộ khẩu thường trú
   */
  HKTT_MaTinh: string
  /**
   * Mã huyện, hộ khẩu thường trú
   */
  HKTT_MaHuyen: string
  /**
   * Mã xã, hộ khẩu thường trú
   */
  HKTT_MaXa: string
  /**
   * Mã thôn, hộ khẩu thường trú
   */
  HKTT_MaThon: string
  /**
   * Địa chỉ chi tiết, hộ khẩu thường trú
   */
  HKTT_ChiTiet: string
  /**
   * Mã tỉnh, nơi ở hiện tại
   */
  NOHT_MaTinh: string
  /**
   * Mã huyện, nơi ở hiện tại
   */
  NOHT_MaHuyen: string
  /**
   * Mã xã, nơi ở hiện tại
   */
  NOHT_MaXa: string
  /**
   * Mã thôn, nơi ở hiện tại
   */
  NOHT_MaThon: string
  /**
   * Địa chỉ chi tiết, nơi ở hiện tại
   */
  NOHT_ChiTiet: string
  /**
   * Số điện thoại
   */
  SoDienThoai: string
  /**
   * Thư điện tử
   */
  Email: string
  /**
   * Thời điểm tiếp nhận
   */
  NgayTiepNhan: string
  /**
   * Tên đơn vị xử lý
   */
  DonViXuLy: string
  /**
   * Nơi nộp
   */
  NoiNopHoSo: string
  /**
   * Có thành phần số hoá
   */
  HoSoCoThanhPhanSoHoa: '0' | '1'
  /**
   * Tài khoản xác thực VNeID
   */
  TaiKhoanDuocXacThucVoiVNeID: '0' | '1'
  /**
   * Thanh toán trực tuyến
   */
  DuocThanhToanTrucTuyen: string
  /**
   * Loại định danh
   */
  LoaiDinhDanh: string
  /**
   * Số định danh
   */
  SoDinhDanh: string
  /**
   * Cơ sở dữ liệu đã khai thác
   */
  MaCSDL: string
  /**
   * Trạng thái hồ sơ
   */
  StatusId: string
  /**
   * Thời điểm nộp
   */
  SubmitedDate: string
  /**
   * Đường dẫn xem hồ sơ
   *
   * Để trống: nguồn không có.
   */
  UrlDetail: ''
  /**
   * Giấy tờ kèm theo và kết quả
   *
   * XML: ExtentData gồm DanhSachTaiLieuNop và DanhSachGiayToKetQua.
   */
  CertificateExtentData: string
}
/**
 * Trả lời của hệ thống bảo trợ xã hội
 *
 * Trả lời của DongBoDVC.
 */
export interface PushAnswer {
  /**
   * Mã kết quả; 0 là thành công
   */
  error_code: string | number
  /**
   * Lời giải thích
   */
  message?: string | null
  [k: string]: unknown
}
