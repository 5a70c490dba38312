// Made by scripts/generate-types.ts from schemas/. Do not edit.

/**
 * Tờ khai khai sinh trong data
 *
 * Nội dung JSON của data khi đăng ký khai sinh. Họ tên, ngày sinh, nơi chốn là văn bản (khuôn dạng cũ) hoặc tách (khuôn dạng hai cấp).
 */
export interface BirthForm {
  /**
   * Mã giấy chứng sinh
   */
  maGCS?: string
  /**
   * Ngày cấp giấy chứng sinh
   */
  ngayCapGCS?: string
  /**
   * Loại đăng ký
   */
  loaiDangKy: string
  /**
   * Nơi đăng ký
   */
  noiDangKy?: string
  /**
   * Số lượng bản sao
   */
  soLuongBanSao?: string
  /**
   * Họ tên người được khai sinh
   */
  nksHoTen: string | BirthFormName
  /**
   * Giới tính
   */
  nksGioiTinh: string
  /**
   * Ngày sinh
   */
  nksNgaySinh: string | BirthFormBirth
  /**
   * Ngày sinh bằng chữ
   */
  nksNgaySinhBangChu?: string
  /**
   * Nơi sinh
   */
  nksNoiSinh: string | BirthFormPlace
  /**
   * Quê quán
   */
  nksQueQuan?: string | BirthFormPlace
  /**
   * Dân tộc
   */
  nksDanToc?: string
  /**
   * Quốc tịch
   */
  nksQuocTich?: string
  /**
   * Loại khai sinh
   */
  nksLoaiKhaiSinh?: string
  /**
   * Họ tên mẹ
   */
  meHoTen?: string | BirthFormName
  /**
   * Ngày sinh mẹ
   */
  meNgaySinh?: string | BirthFormBirth
  /**
   * Dân tộc
   */
  meDanToc?: string
  /**
   * Quốc tịch
   */
  meQuocTich?: string
  /**
   * Loại cư trú
   */
  meLoaiCuTru?: string
  /**
   * Nơi cư trú
   */
  meNoiCuTru?: string | BirthFormPlace
  /**
   * Loại giấy tờ tuỳ thân
   */
  meLoaiGiayToTuyThan?: string
  /**
   * Số giấy tờ tuỳ thân
   */
  meSoGiayToTuyThan?: string
  /**
   * Số định danh cá nhân
   */
  meSoDDCN?: string
  /**
   * Đã xác thực
   */
  meXacThucThongTin?: string
  /**
   * Họ tên cha
   */
  chaHoTen?: string | BirthFormName
  /**
   * Ngày sinh cha
   */
  chaNgaySinh?: string | BirthFormBirth
  /**
   * Dân tộc
   */
  chaDanToc?: string
  /**
   * Quốc tịch
   */
  chaQuocTich?: string
  /**
   * Loại cư trú
   */
  chaLoaiCuTru?: string
  /**
   * Nơi cư trú
   */
  chaNoiCuTru?: string | BirthFormPlace
  /**
   * Loại giấy tờ tuỳ thân
   */
  chaLoaiGiayToTuyThan?: string
  /**
   * Số giấy tờ tuỳ thân
   */
  chaSoGiayToTuyThan?: string
  /**
   * Số định danh cá nhân
   */
  chaSoDDCN?: string
  /**
   * Đã xác thực
   */
  chaXacThucThongTin?: string
  /**
   * Họ tên người yêu cầu
   */
  nycHoTen: string | BirthFormName
  /**
   * Quan hệ
   */
  nycQuanHe: string
  /**
   * Loại giấy tờ tuỳ thân
   */
  nycLoaiGiayToTuyThan?: string
  /**
   * Số giấy tờ tuỳ thân
   */
  nycSoGiayToTuyThan?: string
  /**
   * Ngày cấp
   */
  nycNgayCapGiayToTuyThan?: string
  /**
   * Nơi cấp
   */
  nycNoiCapGiayToTuyThan?: string
  /**
   * Số điện thoại
   */
  nycSoDienThoai?: string
  /**
   * Thư điện tử
   */
  nycEmail?: string
}
/**
 * Họ tên tách / Name
 */
export interface BirthFormName {
  /**
   * Họ
   */
  Ho: string
  /**
   * Chữ đệm
   */
  ChuDem?: string
  /**
   * Tên
   */
  Ten: string
}
/**
 * Ngày sinh tách / Birth
 */
export interface BirthFormBirth {
  /**
   * Ngày
   */
  ngaySinh?: string
  /**
   * Tháng
   */
  thangSinh?: string
  /**
   * Năm
   */
  namSinh: string
}
/**
 * Nơi chốn hai cấp / Place
 */
export interface BirthFormPlace {
  /**
   * Địa chỉ chi tiết
   */
  dcChiTiet?: string
  /**
   * Quốc gia
   */
  quocGia: string
  /**
   * Mã tỉnh
   */
  maTinh?: string
  /**
   * Mã xã
   */
  maXa?: string
}
/**
 * Tờ khai khai tử trong data
 *
 * Nội dung JSON của data khi đăng ký khai tử. Họ tên, ngày sinh, nơi chốn là văn bản (khuôn dạng cũ) hoặc tách (khuôn dạng hai cấp).
 */
export interface DeathForm {
  /**
   * Mã giấy báo tử
   */
  maGBT?: string
  /**
   * Ngày cấp giấy báo tử
   */
  ngayCapGBT?: string
  /**
   * Loại đăng ký
   */
  loaiDangKy: string
  /**
   * Nơi đăng ký
   */
  noiDangKy?: string
  /**
   * Số lượng bản sao
   */
  soLuongBanSao?: string
  /**
   * Họ tên người chết
   */
  nktHoTen: string | DeathFormName
  /**
   * Ngày sinh người chết
   */
  nktNgaySinh?: string | DeathFormBirth
  /**
   * Dân tộc
   */
  nktDanToc?: string
  /**
   * Quốc tịch
   */
  nktQuocTich?: string
  /**
   * Loại cư trú
   */
  nktLoaiCuTru?: string
  /**
   * Nơi cư trú
   */
  nktNoiCuTru?: string | DeathFormPlace
  /**
   * Loại giấy tờ tuỳ thân
   */
  nktLoaiGiayToTuyThan?: string
  /**
   * Số giấy tờ tuỳ thân
   */
  nktSoGiayToTuyThan?: string
  /**
   * Số định danh cá nhân
   */
  nktSoDDCN?: string
  /**
   * Giới tính
   */
  nktGioiTinh: string
  /**
   * Ngày chết
   */
  nktNgayChet: string
  /**
   * Giờ phút chết
   */
  nktGioPhutChet?: string
  /**
   * Nơi chết
   */
  nktNoiChet: string | DeathFormPlace
  /**
   * Nguyên nhân chết
   */
  nktNguyenNhanChet?: string
  /**
   * Loại giấy báo tử
   */
  gbtLoai?: string
  /**
   * Số giấy báo tử
   */
  gbtSo?: string
  /**
   * Ngày giấy báo tử
   */
  gbtNgay?: string
  /**
   * Cơ quan cấp
   */
  gbtCoQuanCap?: string
  /**
   * Họ tên người yêu cầu
   */
  nycHoTen: string | DeathFormName
  /**
   * Quan hệ
   */
  nycQuanHe: string
  /**
   * Loại giấy tờ tuỳ thân
   */
  nycLoaiGiayToTuyThan?: string
  /**
   * Số giấy tờ tuỳ thân
   */
  nycSoGiayToTuyThan?: string
  /**
   * Ngày cấp
   */
  nycNgayCapGiayToTuyThan?: string
  /**
   * Nơi cấp
   */
  nycNoiCapGiayToTuyThan?: string
  /**
   * Số điện thoại
   */
  nycSoDienThoai?: string
  /**
   * Thư điện tử
   */
  nycEmail?: string
}
/**
 * Họ tên tách / Name
 */
export interface DeathFormName {
  /**
   * Họ
   */
  Ho: string
  /**
   * Chữ đệm
   */
  ChuDem?: string
  /**
   * Tên
   */
  Ten: string
}
/**
 * Ngày sinh tách / Birth
 */
export interface DeathFormBirth {
  /**
   * Ngày
   */
  ngaySinh?: string
  /**
   * Tháng
   */
  thangSinh?: string
  /**
   * Năm
   */
  namSinh: string
}
/**
 * Nơi chốn hai cấp / Place
 */
export interface DeathFormPlace {
  /**
   * Địa chỉ chi tiết
   */
  dcChiTiet?: string
  /**
   * Quốc gia
   */
  quocGia: string
  /**
   * Mã tỉnh
   */
  maTinh?: string
  /**
   * Mã xã
   */
  maXa?: string
}
/**
 * Trả lời khi gửi hồ sơ
 *
 * Lỗi kiểm tra được nối thành một văn bản ở errorDescription.
 */
export interface DossierAnswer {
  /**
   * Trạng thái
   *
   * 1: được; 0: lỗi.
   */
  status: string | number
  /**
   * Mô tả trạng thái
   */
  statusDescription?: string | number | null
  /**
   * Mã lỗi
   */
  errorCode?: string | number | null
  /**
   * Mô tả lỗi, nhiều lỗi nối nhau
   */
  errorDescription?: string | number | null
  [k: string]: unknown
}
/**
 * Gửi hồ sơ đăng ký hộ tịch
 *
 * nhanHoSoDKHT: data là văn bản JSON của tờ khai.
 */
export interface DossierRequest {
  /**
   * Mã đơn vị
   */
  maDonVi: string
  /**
   * Loại việc
   */
  module: string
  /**
   * Mã hồ sơ liên thông
   */
  maHoSoLT?: string
  /**
   * Mã hồ sơ một cửa
   */
  maHoSoMCDT: string
  /**
   * Ngày tiếp nhận
   */
  ngayTiepNhan: string
  /**
   * Tờ khai, JSON dạng văn bản
   */
  data: string
  /**
   * Tệp đính kèm
   */
  fileDinhKem?: DossierRequestTep[]
}
/**
 * Tệp
 */
export interface DossierRequestTep {
  /**
   * Mã
   */
  id: string
  /**
   * Loại giấy tờ
   */
  loaiGiayTo: string
  /**
   * Tên giấy tờ
   */
  tenGiayTo: string
  /**
   * Tên tệp
   */
  tenTepDinhKem: string
  /**
   * Huỷ
   */
  huyGiayTo: '0' | '1'
  /**
   * Base64
   */
  duLieuTepDinhKem: string
}
/**
 * Trả lời trạng thái hồ sơ
 *
 * Từng hồ sơ được đọc riêng: một hồ sơ sai không làm hỏng các hồ sơ khác.
 */
export interface StatesAnswer {
  /**
   * Trạng thái
   *
   * 1: được; 0: lỗi.
   */
  status: string | number
  /**
   * Mô tả trạng thái
   */
  statusDescription?: string | number | null
  /**
   * Mã lỗi
   */
  errorCode?: string | number | null
  /**
   * Mô tả lỗi, nhiều lỗi nối nhau
   */
  errorDescription?: string | number | null
  /**
   * Các hồ sơ
   */
  value?: StatesAnswerHoSo[] | null
  [k: string]: unknown
}
/**
 * Hồ sơ
 */
export interface StatesAnswerHoSo {
  /**
   * Loại việc
   */
  module?: string | number | null
  /**
   * Mã hồ sơ liên thông
   */
  maHoSoLT?: string | number | null
  /**
   * Mã hồ sơ một cửa
   */
  maHoSoMCDT?: string | number | null
  /**
   * Trạng thái
   */
  trangThai?: string | number | null
  /**
   * Thời gian thực hiện
   */
  thoiGianThucHien?: string | number | null
  /**
   * Ghi chú
   */
  ghiChu?: string | number | null
  /**
   * Người xử lý
   */
  nguoiXuLy?: string | number | null
  /**
   * Chức danh
   */
  chucDanh?: string | number | null
  /**
   * Phòng ban
   */
  phongBanXuLy?: string | number | null
  /**
   * Nội dung xử lý
   */
  noiDungXuLy?: string | number | null
  /**
   * Hạn bổ sung
   */
  hanBoSungHoSo?: string | number | null
  /**
   * Kết quả
   */
  ketQuaXuLy?: {
    /**
     * Số định danh
     */
    soDinhDanh?: string | number | null
    /**
     * Ngày đăng ký
     */
    ngayDangKy?: string | number | null
    /**
     * Số đăng ký
     */
    soDangKy?: string | number | null
    /**
     * Quyển số
     */
    quyenSo?: string | number | null
    /**
     * Trang số
     */
    trangSo?: string | number | null
    /**
     * Giấy khai sinh, Base64
     */
    giayKhaiSinh?: string | number | null
    [k: string]: unknown
  } | null
  [k: string]: unknown
}
/**
 * Hỏi trạng thái hồ sơ
 *
 * Vài mã hồ sơ cùng một loại việc.
 */
export interface StatesRequest {
  /**
   * Các mã hồ sơ
   *
   * Items: Mã hồ sơ
   */
  maDinhDanhHoSo: string[]
  /**
   * Mã tỉnh
   */
  maTinh: string
  /**
   * Loại việc
   */
  module: string
}
