// Made by scripts/generate-types.ts from schemas/. Do not edit.

/**
 * Chữ hoặc số; null là không có.
 */
export type DoorDossierNoiDung = string | number | null
/**
 * 1 mới đăng ký, 2 được tiếp nhận, 3 không được tiếp nhận, 4 đang xử lý, 5 yêu cầu bổ sung giấy tờ, 6 yêu cầu thực hiện nghĩa vụ tài chính, 7 công dân yêu cầu rút hồ sơ, 8 dừng xử lý, 9 đã xử lý xong, 10 đã trả kết quả.
 */
export type DoorSearchAnswerTrangThai = '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9' | '10'
/**
 * 1 mới đăng ký, 2 được tiếp nhận, 3 không được tiếp nhận, 4 đang xử lý, 5 yêu cầu bổ sung giấy tờ, 6 yêu cầu thực hiện nghĩa vụ tài chính, 7 công dân yêu cầu rút hồ sơ, 8 dừng xử lý, 9 đã xử lý xong, 10 đã trả kết quả.
 */
export type DossierPushGen1TrangThai = '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9' | '10'
/**
 * 1 mới đăng ký, 2 được tiếp nhận, 3 không được tiếp nhận, 4 đang xử lý, 5 yêu cầu bổ sung giấy tờ, 6 yêu cầu thực hiện nghĩa vụ tài chính, 7 công dân yêu cầu rút hồ sơ, 8 dừng xử lý, 9 đã xử lý xong, 10 đã trả kết quả.
 */
export type DossierPushGen2TrangThai = '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9' | '10'
/**
 * 0 không, 1 có.
 */
export type DossierPushGen2Co = '0' | '1'
/**
 * 1 mới đăng ký, 2 được tiếp nhận, 3 không được tiếp nhận, 4 đang xử lý, 5 yêu cầu bổ sung giấy tờ, 6 yêu cầu thực hiện nghĩa vụ tài chính, 7 công dân yêu cầu rút hồ sơ, 8 dừng xử lý, 9 đã xử lý xong, 10 đã trả kết quả.
 */
export type ProgressPushTrangThai = '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9' | '10'
export type QuestionListAnswerChu = string | null

/**
 * Trả lời khi hỏi nội dung câu trả lời
 */
export interface AnswerLookupAnswer {
  /**
   * Mã lỗi
   *
   * 0 là được; số hay chuỗi tuỳ dịch vụ.
   */
  error_code: number | string
  /**
   * Lời của Cổng
   */
  message?: string | null
  /**
   * Hồ sơ tìm thấy
   *
   * Mảng rỗng là chưa có hồ sơ. Các trường trong hồ sơ chưa kiểm chứng.
   */
  result?:
    | {
        [k: string]: unknown
      }[]
    | null
  [k: string]: unknown
}
/**
 * Hỏi nội dung trả lời của một câu hỏi
 *
 * Lời gọi LayNoiDungTraLoiTheoCauHoi.
 */
export interface AnswerLookup {
  /**
   * Phiên làm việc
   */
  session: string
  /**
   * Mã đơn vị gọi
   */
  madonvi: string
  /**
   * Tên dịch vụ
   */
  service: 'LayNoiDungTraLoiTheoCauHoi'
  /**
   * Mã câu hỏi
   */
  cauhoiid: string
}
/**
 * Hồ sơ do Cổng chuyển về
 *
 * Cổng gọi /nhanhsdvcqg: thông báo khuyến mại lần đầu, hoặc điều chỉnh (bọc trong data). Các trường không nêu ở đây được giữ nguyên trong tờ khai. Cấu trúc bản điều chỉnh chưa kiểm chứng.
 */
export interface DoorDossier {
  [k: string]: unknown
}
/**
 * Địa chỉ doanh nghiệp
 */
export interface DoorDossierDiaChi {
  MaTinh?: DoorDossierNoiDung
  MaHuyen?: DoorDossierNoiDung
  MaXa?: DoorDossierNoiDung
  DiaChiChiTiet?: DoorDossierNoiDung
  [k: string]: unknown
}
/**
 * Tệp đính kèm
 */
export interface DoorDossierTep {
  /**
   * Tên tệp
   */
  TenTepDinhKem: string
  /**
   * Nội dung tệp mã hoá Base64
   */
  Base64: string
  [k: string]: unknown
}
/**
 * Hồ sơ lần đầu
 */
export interface DoorDossierHoSoLanDau {
  /**
   * Mã hồ sơ trên Cổng
   */
  MaHoSo: string
  /**
   * Mã thủ tục
   */
  MaTTHC: string
  SoVanBan?: DoorDossierNoiDung
  /**
   * Thời điểm nộp
   */
  NgayNopHoSo: string
  /**
   * Tên thương nhân
   */
  TenThuongNhan: string
  DiaChiDoanhNghiep?: DoorDossierDiaChi
  DienThoai?: DoorDossierNoiDung
  Fax?: DoorDossierNoiDung
  Email?: DoorDossierNoiDung
  /**
   * Mã số thuế
   */
  MaSoThue: string
  NguoiLienHe?: DoorDossierNoiDung
  SoDienThoaiNguoiLienHe?: DoorDossierNoiDung
  TenTepDonDangKy?: DoorDossierNoiDung
  /**
   * Đơn đăng ký, mã hoá Base64
   */
  TepDonDangKy?: string
  /**
   * Tài liệu nộp
   */
  TaiLieuNop?: DoorDossierTep[]
  [k: string]: unknown
}
/**
 * Hồ sơ điều chỉnh
 */
export interface DoorDossierHoSoDieuChinh {
  /**
   * Mã hồ sơ trên Cổng
   */
  MaHoSoQG: string
  /**
   * Mã thủ tục
   */
  MaTTHC: string
  SoVanBan?: DoorDossierNoiDung
  /**
   * Thời điểm nộp
   */
  NgayNopHoSo: string
  /**
   * Tên thương nhân
   */
  TenThuongNhan: string
  DiaChiDoanhNghiep?: DoorDossierDiaChi
  DienThoai?: DoorDossierNoiDung
  Fax?: DoorDossierNoiDung
  Email?: DoorDossierNoiDung
  /**
   * Mã số thuế
   */
  MaSoThue: string
  NguoiLienHe?: DoorDossierNoiDung
  SoDienThoaiNguoiLienHe?: DoorDossierNoiDung
  /**
   * Thông tin đã nộp
   */
  ThongTinDaNop?: {
    [k: string]: unknown
  }
  /**
   * Thông tin sửa đổi
   */
  ThongTinSuaDoi?: {
    [k: string]: unknown
  }
  /**
   * Lý do điều chỉnh
   */
  LyDoDieuChinh: string
  NoiDungCamKetKhac?: DoorDossierNoiDung
  TenTepDangKy?: DoorDossierNoiDung
  URLTepDangKy?: DoorDossierNoiDung
  /**
   * Tài liệu nộp
   */
  TaiLieuNop?: DoorDossierTep[]
  [k: string]: unknown
}
/**
 * Trả lời Cổng
 */
export interface DoorReceipt {
  /**
   * Mã lỗi
   *
   * 0 được, 1 trùng mã tham chiếu, -1 không hợp lệ hoặc không tìm thấy.
   */
  error_code: 0 | 1 | -1 | '-1'
  /**
   * Lời giải thích
   */
  message: string
}
/**
 * Trả lời Cổng về tình trạng một hồ sơ
 */
export interface DoorSearchAnswer {
  /**
   * Mã hồ sơ
   */
  MaHoSo: string
  /**
   * Mã thủ tục
   */
  MaTTHC: string
  /**
   * Tên thủ tục
   */
  TenTTHC: string
  /**
   * Mã lĩnh vực
   */
  MaLinhVuc: string
  /**
   * Tên lĩnh vực
   */
  TenLinhVuc: string
  /**
   * Loại đối tượng
   */
  LoaiDoiTuong: '1' | '2' | '3' | '4'
  /**
   * Trạng thái hồ sơ
   */
  TrangThaiHoSo: '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9' | '10'
  /**
   * Hình thức trả kết quả
   *
   * 0 trực tiếp, 1 qua bưu chính; một phần mềm từng điền nhầm hình thức nộp vào đây.
   */
  HinhThuc: '0' | '1'
  /**
   * Tên đơn vị xử lý
   */
  DonViXuLy: string
}
/**
 * Cổng hỏi tình trạng một hồ sơ
 *
 * Cổng gọi /search/call của tỉnh.
 */
export interface DoorSearch {
  /**
   * Mã đơn vị
   */
  madonvi?: string
  /**
   * Tên dịch vụ
   */
  service?: string
  /**
   * Mã số hồ sơ
   */
  masohoso: string
  [k: string]: unknown
}
/**
 * Cổng chuyển thông báo thuế đất
 *
 * Cổng gọi /nhantbthuedvcqg: thông báo của cơ quan thuế, XML mã hoá Base64.
 */
export interface DoorTaxNotice {
  /**
   * Thông báo thuế, XML mã hoá Base64
   */
  FileThongBaoThue: string
  [k: string]: unknown
}
/**
 * Cổng chuyển chứng từ nộp thuế đất
 *
 * Cổng gọi /nhantbthuedvcqg: chứng từ nộp tiền; mọi trường đều phải có.
 */
export interface DoorTaxVoucher {
  /**
   * Mã hồ sơ
   */
  MaHoSo: string
  /**
   * Họ tên người nộp tiền
   */
  HoTenNguoiNopTien: string
  /**
   * Số giấy tờ người nộp tiền
   */
  SoCMTNguoiNopTien: string
  /**
   * Địa chỉ người nộp tiền
   */
  DiaChiNguoiNopTien: string
  /**
   * Tỉnh
   */
  TinhNguoiNopTien: string
  /**
   * Huyện; rỗng từ ngày 01/7/2025
   */
  HuyenNguoiNopTien: string
  /**
   * Xã
   */
  XaNguoiNopTien: string
  /**
   * Mã số thuế
   */
  MaSoThue: string
  /**
   * Đường dẫn tệp chứng từ
   */
  UrlFileChungTu: string
  /**
   * Thông tin thanh toán
   */
  ThongTinThanhToan: {
    /**
     * Mã thông báo thuế
     */
    MaThongBaoThue: string
    /**
     * Thời gian thanh toán
     */
    ThoiGianThanhToan: string
    /**
     * Số tiền
     *
     * Số đồng, không dấu ngăn cách.
     */
    SoTien: string | number
    /**
     * Nội dung thanh toán
     */
    NoiDungThanhToan: string
    /**
     * Trạng thái thanh toán
     */
    TrangThaiThanhToan: number
    [k: string]: unknown
  }
  [k: string]: unknown
}
/**
 * Trả lời tra cứu
 */
export interface DossierLookupAnswer {
  /**
   * Mã lỗi
   *
   * 0 là được; số hay chuỗi tuỳ dịch vụ.
   */
  error_code: number | string
  /**
   * Lời của Cổng
   */
  message?: string | null
  /**
   * Hồ sơ tìm thấy
   *
   * Mảng rỗng là chưa có hồ sơ. Các trường trong hồ sơ chưa kiểm chứng.
   */
  result?:
    | {
        [k: string]: unknown
      }[]
    | null
  [k: string]: unknown
}
/**
 * Tra cứu hồ sơ trên Cổng
 *
 * Lời gọi TraCuuHoSo.
 */
export interface DossierLookup {
  /**
   * Phiên làm việc
   */
  session: string
  /**
   * Mã đơn vị gọi
   */
  madonvi: string
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
 * Đồng bộ hồ sơ lên Cổng, cấu trúc đời 1
 *
 * Lời gọi DongBoHoSoMC. Cấu trúc năm 2020. Mỗi lời gọi một hồ sơ, vì chưa có tài liệu nào nói Cổng trả lời thế nào khi chỉ một phần lô được nhận.
 */
export interface DossierPushGen1 {
  /**
   * Phiên làm việc
   */
  session: string
  /**
   * Mã đơn vị gọi
   */
  madonvi: string
  /**
   * Tên dịch vụ
   */
  service: 'DongBoHoSoMC'
  /**
   * Cập nhật hay thêm mới
   *
   * Chuỗi viết hoa chữ đầu, không phải giá trị luận lý: "True" cập nhật, "False" thêm mới.
   */
  isUpdating: 'True' | 'False'
  /**
   * Hồ sơ
   */
  data: DossierPushGen1HoSo[]
}
/**
 * Hồ sơ một cửa, cấu trúc đời 1
 */
export interface DossierPushGen1HoSo {
  /**
   * Mã hồ sơ
   */
  MaHoSo: string
  /**
   * Mã thủ tục
   */
  MaTTHC: string
  /**
   * Tên thủ tục
   */
  TenTTHC: string
  /**
   * Mã lĩnh vực
   */
  MaLinhVuc: string
  /**
   * Tên lĩnh vực
   */
  TenLinhVuc: string
  /**
   * Số biên nhận
   */
  SoBienNhan?: string
  /**
   * Chủ hồ sơ
   */
  ChuHoSo?: string
  /**
   * Loại đối tượng
   *
   * 1 công dân, 2 doanh nghiệp.
   */
  LoaiDoiTuong: '1' | '2'
  /**
   * Mã đối tượng
   *
   * TechID của tài khoản trên Cổng; rỗng khi không có.
   */
  MaDoiTuong?: string
  /**
   * Thông tin khác
   */
  ThongTinKhac?: string
  /**
   * Thư điện tử
   */
  Email?: string
  /**
   * Fax
   */
  Fax?: string
  /**
   * Số điện thoại
   */
  SoDienThoai?: string
  /**
   * Trích yếu hồ sơ
   */
  TrichYeuHoSo: string
  /**
   * Thời điểm tiếp nhận
   *
   * Chỉ được rỗng khi hồ sơ mới đăng ký hoặc không được tiếp nhận.
   */
  NgayTiepNhan: string
  /**
   * Thời điểm hẹn trả
   *
   * Chỉ được rỗng khi hồ sơ mới đăng ký hoặc không được tiếp nhận.
   */
  NgayHenTra: string
  /**
   * Trạng thái hồ sơ
   */
  TrangThaiHoSo: '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9' | '10'
  /**
   * Thời điểm trả kết quả
   */
  NgayTra?: string
  /**
   * Thông tin trả kết quả
   */
  ThongTinTra?: string
  /**
   * Hình thức trả kết quả
   *
   * 0 trực tiếp, 1 qua bưu chính.
   */
  HinhThuc: '0' | '1'
  /**
   * Thời điểm kết thúc xử lý
   *
   * Căn cứ tính hồ sơ đúng hạn.
   */
  NgayKetThucXuLy?: string
  /**
   * Tên đơn vị xử lý
   */
  DonViXuLy: string
  /**
   * Ghi chú
   *
   * Quá 2.000 ký tự thì Cổng từ chối; liên thông không tự cắt.
   */
  GhiChu?: string
  /**
   * Tài liệu nộp
   */
  TaiLieuNop?: DossierPushGen1TaiLieuNop[]
  /**
   * Phí, lệ phí
   */
  DanhSachLePhi?: DossierPushGen1LePhi[]
  /**
   * Giấy tờ khác
   */
  DanhSachTepDinhKemKhac?: DossierPushGen1GiayToKhac[]
  /**
   * Các lần bổ sung
   */
  DanhSachHoSoBoSung?: DossierPushGen1HoSoBoSung[]
  /**
   * Giấy tờ kết quả
   */
  DanhSachGiayToKetQua?: DossierPushGen1KetQua[]
}
/**
 * Tài liệu nộp
 */
export interface DossierPushGen1TaiLieuNop {
  /**
   * Mã tệp tại đơn vị
   */
  TepDinhKemId?: string
  /**
   * Tên tệp đính kèm
   */
  TenTepDinhKem: string
  /**
   * Đã xoá
   *
   * Đời 1 dùng "True"/"False"; phần mềm đời 2 dùng "0"/"1".
   */
  IsDeleted: 'True' | 'False'
  /**
   * Mã thành phần hồ sơ
   *
   * Mã giấy tờ (MAGIAYTO) của thủ tục.
   */
  MaThanhPhanHoSo: string
  /**
   * Đường dẫn tải tệp
   */
  DuongDanTaiTepTin: string
}
/**
 * Phí, lệ phí
 */
export interface DossierPushGen1LePhi {
  /**
   * Tên phí, lệ phí
   */
  TenPhiLePhi: string
  /**
   * Mã phí, lệ phí
   */
  MaPhiLePhi: string
  /**
   * Hình thức thu
   *
   * Hai phần mềm đang chạy gửi "1"; danh mục đầy đủ chưa kiểm chứng.
   */
  HinhThucThu: string
  /**
   * Số tiền
   */
  Gia: string
  /**
   * Loại
   *
   * 1 lệ phí, 2 phí (chưa kiểm chứng).
   */
  LoaiPhiLePhi: string
}
/**
 * Giấy tờ không kèm tệp
 */
export interface DossierPushGen1GiayToKhac {
  /**
   * Tên giấy tờ
   */
  TenGiayTo: string
  /**
   * Số lượng
   */
  SoLuong: number
  /**
   * Loại giấy tờ
   *
   * Danh mục chưa công bố; không gửi khi nguồn không nêu loại.
   */
  LoaiGiayTo?: number
}
/**
 * Lần bổ sung
 */
export interface DossierPushGen1HoSoBoSung {
  /**
   * Số thứ tự lần bổ sung
   */
  HoSoBoSungId: number
  /**
   * Người yêu cầu bổ sung
   */
  NguoiYeuCauBoSung: string
  /**
   * Nội dung yêu cầu bổ sung
   */
  NoiDungBoSung: string
  /**
   * Thời điểm yêu cầu
   */
  NgayBoSung: string
  /**
   * Người tiếp nhận bổ sung
   */
  NguoiTiepNhanBoSung?: string
  /**
   * Thông tin tiếp nhận
   */
  ThongTinTiepNhan?: string
  /**
   * Thời điểm tiếp nhận bổ sung
   */
  NgayTiepNhanBoSung?: string
  /**
   * Đã bổ sung
   */
  TrangThaiBoSung?: boolean
  /**
   * Giấy tờ bổ sung
   */
  DanhSachGiayToBoSung?: DossierPushGen1GiayToKhac[]
  /**
   * Lệ phí bổ sung
   */
  DanhSachLePhiBoSung?: DossierPushGen1LePhi[]
  /**
   * Ngày hẹn trả trước khi bổ sung
   */
  NgayHenTraTruoc?: string
  /**
   * Ngày hẹn trả mới
   */
  NgayHenTraMoi?: string
}
/**
 * Giấy tờ kết quả
 */
export interface DossierPushGen1KetQua {
  /**
   * Tên giấy tờ kết quả
   */
  TenGiayTo: string
  /**
   * Mã thành phần hồ sơ
   */
  MaThanhPhanHoSo?: string
  /**
   * Mã giấy tờ tại đơn vị
   */
  GiayToId?: string
  /**
   * Đường dẫn tệp kết quả
   */
  DuongDanTepTinKetQua: string
}
/**
 * Đồng bộ hồ sơ lên Cổng, cấu trúc đời 2
 *
 * Lời gọi DongBoHoSoMC. Cấu trúc có từ năm 2022, thêm các trường phục vụ Bộ chỉ số theo QĐ 766/QĐ-TTg. Mỗi lời gọi một hồ sơ, vì chưa có tài liệu nào nói Cổng trả lời thế nào khi chỉ một phần lô được nhận.
 */
export interface DossierPushGen2 {
  /**
   * Phiên làm việc
   */
  session: string
  /**
   * Mã đơn vị gọi
   */
  madonvi: string
  /**
   * Tên dịch vụ
   */
  service: 'DongBoHoSoMC'
  /**
   * Cập nhật hay thêm mới
   *
   * Chuỗi viết hoa chữ đầu, không phải giá trị luận lý: "True" cập nhật, "False" thêm mới.
   */
  isUpdating: 'True' | 'False'
  /**
   * Hồ sơ
   */
  data: DossierPushGen2HoSo[]
}
/**
 * Hồ sơ một cửa, cấu trúc đời 2
 */
export interface DossierPushGen2HoSo {
  /**
   * Mã hồ sơ
   */
  MaHoSo: string
  /**
   * Mã thủ tục
   */
  MaTTHC: string
  /**
   * Tên thủ tục
   */
  TenTTHC: string
  /**
   * Mã lĩnh vực
   */
  MaLinhVuc: string
  /**
   * Tên lĩnh vực
   */
  TenLinhVuc: string
  /**
   * Kênh thực hiện
   *
   * 1 trực tiếp, 2 trực tuyến, 3 bưu chính công ích.
   */
  KenhThucHien: '1' | '2' | '3'
  /**
   * Chủ hồ sơ
   */
  ChuHoSo?: string
  /**
   * Số giấy tờ của chủ hồ sơ
   */
  SoGiayToChuHoSo: string
  /**
   * Định danh chủ hồ sơ
   *
   * Danh mục loại định danh mới chỉ biết hai mã của cá nhân; rỗng khi chủ hồ sơ không phải cá nhân.
   */
  DinhDanhCHS: DossierPushGen2DinhDanh[]
  /**
   * Loại đối tượng
   *
   * 1 công dân, 2 doanh nghiệp, 3 cơ quan nhà nước, 4 tổ chức khác.
   */
  LoaiDoiTuong: '1' | '2' | '3' | '4'
  /**
   * Mã đối tượng
   *
   * TechID của tài khoản trên Cổng; rỗng khi không có.
   */
  MaDoiTuong?: string
  /**
   * Thông tin khác
   */
  ThongTinKhac?: string
  /**
   * Thư điện tử
   */
  Email?: string
  /**
   * Fax
   */
  Fax?: string
  /**
   * Số điện thoại
   */
  SoDienThoai?: string
  /**
   * Trích yếu hồ sơ
   */
  TrichYeuHoSo: string
  /**
   * Thời điểm nộp
   */
  NgayNopHoSo: string
  /**
   * Thời điểm tiếp nhận
   *
   * Chỉ được rỗng khi hồ sơ mới đăng ký hoặc không được tiếp nhận.
   */
  NgayTiepNhan: string
  /**
   * Thời điểm hẹn trả
   */
  NgayHenTra: string
  /**
   * Trạng thái hồ sơ
   */
  TrangThaiHoSo: '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9' | '10'
  /**
   * Thời điểm trả kết quả
   */
  NgayTra?: string
  /**
   * Thông tin trả kết quả
   */
  ThongTinTra?: string
  /**
   * Hình thức trả kết quả
   *
   * 0 trực tiếp, 1 qua bưu chính.
   */
  HinhThuc: '0' | '1'
  /**
   * Thời điểm kết thúc xử lý
   *
   * Căn cứ tính hồ sơ đúng hạn.
   */
  NgayKetThucXuLy?: string
  /**
   * Thời điểm từ chối
   */
  NgayTuChoi?: string
  /**
   * Tên đơn vị xử lý
   */
  DonViXuLy: string
  /**
   * Ghi chú
   *
   * Quá 2.000 ký tự thì Cổng từ chối; liên thông không tự cắt.
   */
  GhiChu?: string
  /**
   * Nơi nộp hồ sơ
   *
   * 1 Cổng Dịch vụ công quốc gia (chưa kiểm chứng), 2 hệ thống của bộ, tỉnh.
   */
  NoiNopHoSo: '1' | '2'
  /**
   * Hồ sơ có thành phần số hoá
   */
  HoSoCoThanhPhanSoHoa: '0' | '1'
  /**
   * Tài khoản được xác thực với VNeID
   */
  TaiKhoanDuocXacThucVoiVNeID: '0' | '1'
  /**
   * Được thanh toán trực tuyến
   *
   * 0 không, 1 qua nền tảng của Cổng, 2 qua cổng thanh toán của tỉnh, 3 có phí nhưng không thanh toán trực tuyến (một phần mềm đang chạy gửi, chưa kiểm chứng).
   */
  DuocThanhToanTrucTuyen: '0' | '1' | '2' | '3'
  /**
   * Cơ sở dữ liệu đã khai thác
   */
  DSKetNoiCSDL?: {
    /**
     * Mã cơ sở dữ liệu
     *
     * 1 là dân cư; danh mục đầy đủ chưa công bố.
     */
    MaCSDL: string
  }[]
  /**
   * Tài liệu nộp
   */
  TaiLieuNop?: DossierPushGen2TaiLieuNop[]
  /**
   * Phí, lệ phí
   */
  DanhSachLePhi?: DossierPushGen2LePhi[]
  /**
   * Giấy tờ khác
   */
  DanhSachTepDinhKemKhac?: DossierPushGen2GiayToKhac[]
  /**
   * Các lần bổ sung
   */
  DanhSachHoSoBoSung?: DossierPushGen2HoSoBoSung[]
  /**
   * Giấy tờ kết quả
   */
  DanhSachGiayToKetQua?: DossierPushGen2KetQua[]
}
/**
 * Định danh
 */
export interface DossierPushGen2DinhDanh {
  /**
   * Loại định danh
   *
   * 1 số định danh cá nhân (12 chữ số), 2 chứng minh nhân dân (9 chữ số); giá trị khác chưa kiểm chứng.
   */
  LoaiDinhDanh: string
  /**
   * Số định danh
   */
  SoDinhDanh: string
}
/**
 * Tài liệu nộp
 */
export interface DossierPushGen2TaiLieuNop {
  /**
   * Mã tệp tại đơn vị
   */
  TepDinhKemId?: string
  /**
   * Tên tệp đính kèm
   */
  TenTepDinhKem: string
  /**
   * Đã xoá
   *
   * Đời 1 dùng "True"/"False"; phần mềm đời 2 dùng "0"/"1".
   */
  IsDeleted: '0' | '1' | 'True' | 'False'
  /**
   * Mã thành phần hồ sơ
   *
   * Mã giấy tờ (MAGIAYTO) của thủ tục.
   */
  MaThanhPhanHoSo: string
  /**
   * Đường dẫn tải tệp
   */
  DuongDanTaiTepTin: string
  /**
   * Được số hoá
   */
  DuocSoHoa: '0' | '1'
  /**
   * Được tái sử dụng
   *
   * 0 không, 1 tái sử dụng, 2 tái sử dụng từ kết quả khác (khi đó phải có MaKetQuaThayThe).
   */
  DuocTaiSuDung: '0' | '1' | '2'
  /**
   * Được lấy từ kho dữ liệu điện tử của Cổng
   */
  DuocLayTuKhoDMQG: '0' | '1'
  /**
   * Mã kết quả thay thế
   */
  MaKetQuaThayThe?: string
}
/**
 * Phí, lệ phí
 */
export interface DossierPushGen2LePhi {
  /**
   * Tên phí, lệ phí
   */
  TenPhiLePhi: string
  /**
   * Mã phí, lệ phí
   */
  MaPhiLePhi: string
  /**
   * Hình thức thu
   *
   * Hai phần mềm đang chạy gửi "1"; danh mục đầy đủ chưa kiểm chứng.
   */
  HinhThucThu: string
  /**
   * Số tiền
   */
  Gia: string
  /**
   * Loại
   *
   * 1 lệ phí, 2 phí (chưa kiểm chứng).
   */
  LoaiPhiLePhi: string
}
/**
 * Giấy tờ không kèm tệp
 */
export interface DossierPushGen2GiayToKhac {
  /**
   * Tên giấy tờ
   */
  TenGiayTo: string
  /**
   * Số lượng
   */
  SoLuong: number
  /**
   * Loại giấy tờ
   *
   * Danh mục chưa công bố; không gửi khi nguồn không nêu loại.
   */
  LoaiGiayTo?: number
}
/**
 * Lần bổ sung
 */
export interface DossierPushGen2HoSoBoSung {
  /**
   * Số thứ tự lần bổ sung
   */
  HoSoBoSungId: number
  /**
   * Người yêu cầu bổ sung
   */
  NguoiYeuCauBoSung: string
  /**
   * Nội dung yêu cầu bổ sung
   */
  NoiDungBoSung: string
  /**
   * Thời điểm yêu cầu
   */
  NgayBoSung: string
  /**
   * Người tiếp nhận bổ sung
   */
  NguoiTiepNhanBoSung?: string
  /**
   * Thông tin tiếp nhận
   */
  ThongTinTiepNhan?: string
  /**
   * Thời điểm tiếp nhận bổ sung
   */
  NgayTiepNhanBoSung?: string
  /**
   * Đã bổ sung
   */
  TrangThaiBoSung?: boolean
  /**
   * Giấy tờ bổ sung
   */
  DanhSachGiayToBoSung?: DossierPushGen2GiayToKhac[]
  /**
   * Lệ phí bổ sung
   */
  DanhSachLePhiBoSung?: DossierPushGen2LePhi[]
  /**
   * Ngày hẹn trả trước khi bổ sung
   */
  NgayHenTraTruoc?: string
  /**
   * Ngày hẹn trả mới
   */
  NgayHenTraMoi?: string
}
/**
 * Giấy tờ kết quả
 */
export interface DossierPushGen2KetQua {
  /**
   * Tên giấy tờ kết quả
   */
  TenGiayTo: string
  /**
   * Mã thành phần hồ sơ
   */
  MaThanhPhanHoSo?: string
  /**
   * Mã giấy tờ tại đơn vị
   */
  GiayToId?: string
  /**
   * Đường dẫn tệp kết quả
   */
  DuongDanTepTinKetQua: string
  /**
   * Mã giấy tờ kết quả
   *
   * Ví dụ KQ.G99.000001.
   */
  MaGiayToKetQua?: string
  /**
   * Mã kết quả
   *
   * Tên khác của MaGiayToKetQua ở một số tài liệu; cấu hình chọn một trong hai.
   */
  MaKetQua?: string
}
/**
 * Đồng bộ trạng thái hồ sơ do Cổng tiếp nhận
 *
 * Lời gọi DongBoTrangThaiHoSo; data là một đối tượng, không phải mảng.
 */
export interface PortalStatus {
  /**
   * Phiên làm việc
   */
  session: string
  /**
   * Mã đơn vị gọi
   */
  madonvi: string
  /**
   * Tên dịch vụ
   */
  service: 'DongBoTrangThaiHoSo'
  /**
   * Loại
   */
  type: '2'
  data: PortalStatusTrangThaiHoSo
}
/**
 * Trạng thái
 */
export interface PortalStatusTrangThaiHoSo {
  /**
   * Mã hồ sơ trên Cổng
   */
  MaHoSo: string
  /**
   * Mã hồ sơ tại đơn vị
   */
  MaHoSoDonVi: string
  /**
   * Mã đối tượng
   */
  MaDoiTuong?: string
  /**
   * Nội dung
   */
  NoiDung?: string
  /**
   * Thời điểm xử lý
   */
  NgayXuLy: string
  /**
   * Trạng thái
   *
   * 2 được tiếp nhận, 5 yêu cầu bổ sung hoặc từ chối.
   */
  TrangThai: '2' | '5'
  /**
   * Tài liệu xử lý
   */
  TaiLieuXuLy?: {
    /**
     * Mã tệp tại đơn vị
     */
    TepDinhKemId?: string
    /**
     * Tên tệp
     */
    TenTepDinhKem: string
    /**
     * Đã xoá
     */
    IsDeleted: 'True' | 'False'
    /**
     * Mã thành phần hồ sơ
     */
    MaThanhPhanHoSo?: string
    /**
     * Đường dẫn tải tệp
     */
    DuongDanTaiTepTin: string
  }[]
}
/**
 * Cập nhật tiến độ hồ sơ lên Cổng
 *
 * Lời gọi CapNhatTienDoHoSoMC. Dòng tiến độ không có mã riêng: gửi lại một dòng có thể làm Cổng ghi hai lần (chưa kiểm chứng), nên liên thông tự nhớ dòng nào đã gửi.
 */
export interface ProgressPush {
  /**
   * Phiên làm việc
   */
  session: string
  /**
   * Mã đơn vị gọi
   */
  madonvi: string
  /**
   * Tên dịch vụ
   */
  service: 'CapNhatTienDoHoSoMC'
  /**
   * Cập nhật hay thêm mới
   *
   * Chuỗi viết hoa chữ đầu, không phải giá trị luận lý: "True" cập nhật, "False" thêm mới.
   */
  isUpdating: 'True' | 'False'
  /**
   * Các dòng tiến độ
   */
  data: ProgressPushDong[]
}
/**
 * Dòng tiến độ
 */
export interface ProgressPushDong {
  /**
   * Mã hồ sơ
   */
  MaHoSo: string
  /**
   * Người xử lý
   */
  NguoiXuLy: string
  /**
   * Chức danh
   */
  ChucDanh?: string
  /**
   * Thời điểm xử lý
   */
  ThoiDiemXuLy: string
  /**
   * Phòng ban xử lý
   */
  PhongBanXuLy?: string
  /**
   * Nội dung xử lý
   */
  NoiDungXuLy: string
  /**
   * Trạng thái
   */
  TrangThai: '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9' | '10'
  /**
   * Ngày bắt đầu
   */
  NgayBatDau?: string
  /**
   * Ngày kết thúc theo quy định
   */
  NgayKetThucTheoQuyDinh?: string
}
/**
 * Gửi câu trả lời của cơ quan lên Cổng
 *
 * Lời gọi DongBoKetQuaHoiDapGuiTuDVCQG; dạng ngày chưa kiểm chứng.
 */
export interface QuestionAnswers {
  /**
   * Phiên làm việc
   */
  session: string
  /**
   * Mã đơn vị gọi
   */
  madonvi: string
  /**
   * Tên dịch vụ
   */
  service: 'DongBoKetQuaHoiDapGuiTuDVCQG'
  /**
   * Câu trả lời
   */
  data: QuestionAnswersCauTraLoi[]
}
/**
 * Câu trả lời
 */
export interface QuestionAnswersCauTraLoi {
  /**
   * Mã câu hỏi
   */
  HOIDAPID: string
  /**
   * Mã đơn vị trả lời
   */
  MADONVI: string
  /**
   * Người trả lời
   */
  NGUOITRALOI: string
  /**
   * Chức vụ người trả lời
   */
  CHUCVUNGUOITRALOI?: string
  /**
   * Thời điểm trả lời
   */
  NGAYTRALOI: string
  /**
   * Nội dung trả lời
   */
  NOIDUNGTRALOI: string
}
/**
 * Trả lời danh sách câu hỏi
 *
 * Trả lời của LayDanhSachHoiDapGuiTuDVCQG.
 */
export interface QuestionListAnswer {
  /**
   * Mã lỗi
   *
   * 0 là được; số hay chuỗi tuỳ dịch vụ.
   */
  error_code: number | string
  /**
   * Lời của Cổng
   */
  message?: string | null
  /**
   * Các câu hỏi
   */
  result?: QuestionListAnswerCauHoi[] | null
  [k: string]: unknown
}
/**
 * Câu hỏi
 */
export interface QuestionListAnswerCauHoi {
  /**
   * Mã câu hỏi
   */
  HOIDAPID: string | number
  /**
   * Mã lĩnh vực
   */
  MALINHVUC?: string | null
  /**
   * Mã đơn vị được hỏi
   */
  MADONVI?: string | null
  /**
   * Tên đơn vị được hỏi
   */
  TENDONVI?: string | null
  /**
   * Nội dung câu hỏi
   */
  NOIDUNG?: string | null
  /**
   * Nội dung trả lời
   */
  NOIDUNGTRALOI?: string | null
  /**
   * Họ và tên người hỏi
   */
  HOVATEN?: string | null
  /**
   * Địa chỉ người hỏi
   */
  DIACHI?: string | null
  /**
   * Thư điện tử người hỏi
   */
  THUDIENTU?: string | null
  /**
   * Số điện thoại người hỏi
   */
  SODIENTHOAI?: string | null
  /**
   * Mã thủ tục hành chính của địa phương
   */
  MATTHCDP?: string | null
  /**
   * Trạng thái
   *
   * 0 thì bỏ qua.
   */
  TRANGTHAI?: string | number | null
  [k: string]: unknown
}
/**
 * Lấy danh sách câu hỏi gửi từ Cổng
 *
 * Lời gọi LayDanhSachHoiDapGuiTuDVCQG.
 */
export interface QuestionList {
  /**
   * Phiên làm việc
   */
  session: string
  /**
   * Mã đơn vị gọi
   */
  madonvi: string
  /**
   * Tên dịch vụ
   */
  service: 'LayDanhSachHoiDapGuiTuDVCQG'
}
/**
 * Đồng bộ đánh giá lên Cổng
 *
 * Lời gọi DongBoDanhGia; một nguồn duy nhất (2021), nơi việc gửi đã bị tắt.
 */
export interface RatingPush {
  /**
   * Phiên làm việc
   */
  session: string
  /**
   * Mã đơn vị gọi
   */
  madonvi: string
  /**
   * Tên dịch vụ
   */
  service: 'DongBoDanhGia'
  /**
   * Đánh giá
   */
  data: RatingPushDanhGia[]
}
/**
 * Đánh giá
 */
export interface RatingPushDanhGia {
  /**
   * Kỳ tổng hợp
   *
   * Tháng và năm, dạng M-YYYY, tháng không có số 0 đứng trước.
   */
  NgayTongHop: string
  /**
   * Tổng số người đánh giá
   */
  TongSoNguoiDanhGia: string
  /**
   * Rất hài lòng
   */
  PhanTramDanhGiaRatHaiLong: string
  /**
   * Hài lòng
   */
  PhanTramDanhGiaHaiLong: string
  /**
   * Chưa hài lòng
   */
  PhanTramDanhGiaChuaHaiLong: string
  /**
   * Nội dung ý kiến
   */
  DanhSachNoiDungYKien?: string[]
  /**
   * Mã thủ tục
   */
  MaThuTuc?: string
  /**
   * Nội dung
   */
  NoiDung?: string
  /**
   * Dịch vụ: rất hài lòng
   */
  PhanTramDanhGiaDichVuRatHaiLong?: string
  /**
   * Dịch vụ: hài lòng
   */
  PhanTramDanhGiaDichVuHaiLong?: string
  /**
   * Dịch vụ: chưa hài lòng
   */
  PhanTramDanhGiaDichVuChuaHaiLong?: string
  /**
   * Mã đơn vị
   */
  Madonvi: string
  /**
   * Tên đơn vị
   */
  TenDonVi: string
}
