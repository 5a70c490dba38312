// Made by scripts/generate-types.ts from schemas/. Do not edit.
import type * as dvcqg from './dvcqg.ts'

/**
 * Các bước xử lý theo consumerAdapter
 *
 * Document/UpdateDocumentTraces; một bước đứng một mình được đọc như danh sách một phần tử (XSD của một LGSP cấp tỉnh, 2023; chưa kiểm chứng).
 */
export type DocumentTraces = DocumentTracesBuoc[]
/**
 * Mã
 *
 * Số hoặc chuỗi.
 */
export type DocumentTracesMa = number | string
/**
 * Hồ sơ do phần mềm một cửa đồng bộ
 *
 * Danh sách data của DongBoHoSoMC như phần mềm một cửa đang gửi, cả hai đời cấu trúc. Các trường chỉ có ở đời 2 không bắt buộc ở đây; trường nào bản tin chuẩn cần mà thiếu thì cửa nhận báo rõ.
 */
export type DossierSync = DossierSyncHoSo[]
/**
 * Tiến độ do phần mềm một cửa đồng bộ
 *
 * Danh sách data của CapNhatTienDoHoSoMC như phần mềm một cửa đang gửi; một lời gọi có thể có dòng của nhiều hồ sơ.
 */
export type ProgressSync = dvcqg.ProgressPushDong[]
/**
 * Mã
 *
 * Số hoặc chuỗi.
 */
export type SyncDocumentMa = number | string

/**
 * Một bước xử lý (MDocumentTraces)
 */
export interface DocumentTracesBuoc {
  /**
   * Mã nội bộ
   */
  DocumentId?: number | string
  /**
   * Mã hồ sơ
   */
  DocCode: string
  /**
   * Người xử lý
   */
  UserName: string
  /**
   * Chức vụ
   */
  UserPosition?: string
  /**
   * Thời điểm xử lý
   */
  DateCreated: string
  /**
   * Nội dung xử lý
   */
  Comment: string
  /**
   * Trạng thái
   */
  Status: number | string
  /**
   * Mã cơ quan chủ trì
   */
  OrganizationInchargeIdLevel1?: string
  /**
   * Tên cơ quan chủ trì
   */
  OrganizationInchargeName?: string
}
/**
 * Hồ sơ một cửa, đời 1 hoặc đời 2
 */
export interface DossierSyncHoSo {
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
   * Kênh thực hiện
   *
   * Đời 2. 1 trực tiếp, 2 trực tuyến, 3 bưu chính công ích.
   */
  KenhThucHien?: string
  /**
   * Chủ hồ sơ
   */
  ChuHoSo?: string
  /**
   * Số giấy tờ của chủ hồ sơ
   *
   * Đời 2.
   */
  SoGiayToChuHoSo?: string
  /**
   * Định danh chủ hồ sơ
   *
   * Đời 2.
   */
  DinhDanhCHS?: dvcqg.DossierPushGen2DinhDanh[]
  /**
   * Loại đối tượng
   *
   * 1 công dân, 2 doanh nghiệp; đời 2 thêm 3 cơ quan nhà nước, 4 tổ chức khác.
   */
  LoaiDoiTuong: string
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
   *
   * Đời 2.
   */
  NgayNopHoSo?: string
  /**
   * Thời điểm tiếp nhận
   *
   * Rỗng khi hồ sơ chưa hoặc không được tiếp nhận.
   */
  NgayTiepNhan?: string
  /**
   * Thời điểm hẹn trả
   */
  NgayHenTra?: string
  /**
   * Trạng thái hồ sơ
   */
  TrangThaiHoSo: dvcqg.DossierPushGen2TrangThai
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
  HinhThuc: string
  /**
   * Thời điểm kết thúc xử lý
   */
  NgayKetThucXuLy?: string
  /**
   * Thời điểm từ chối
   *
   * Đời 2.
   */
  NgayTuChoi?: string
  /**
   * Tên đơn vị xử lý
   */
  DonViXuLy: string
  /**
   * Ghi chú
   */
  GhiChu?: string
  /**
   * Nơi nộp hồ sơ
   *
   * Đời 2. 1 Cổng Dịch vụ công quốc gia (chưa kiểm chứng), 2 hệ thống của bộ, tỉnh.
   */
  NoiNopHoSo?: string
  /**
   * Hồ sơ có thành phần số hoá
   *
   * Đời 2.
   */
  HoSoCoThanhPhanSoHoa?: dvcqg.DossierPushGen2Co
  /**
   * Tài khoản được xác thực với VNeID
   *
   * Đời 2.
   */
  TaiKhoanDuocXacThucVoiVNeID?: dvcqg.DossierPushGen2Co
  /**
   * Được thanh toán trực tuyến
   *
   * Đời 2. 0 không, 1 qua nền tảng của Cổng, 2 qua cổng thanh toán của tỉnh, 3 có phí nhưng không thanh toán trực tuyến (chưa kiểm chứng).
   */
  DuocThanhToanTrucTuyen?: string
  /**
   * Cơ sở dữ liệu đã khai thác
   *
   * Đời 2.
   */
  DSKetNoiCSDL?: DossierSyncCoSoDuLieu[]
  /**
   * Tài liệu nộp
   */
  TaiLieuNop?: DossierSyncTaiLieuNop[]
  /**
   * Phí, lệ phí
   */
  DanhSachLePhi?: dvcqg.DossierPushGen2LePhi[]
  /**
   * Giấy tờ khác
   */
  DanhSachTepDinhKemKhac?: dvcqg.DossierPushGen2GiayToKhac[]
  /**
   * Các lần bổ sung
   */
  DanhSachHoSoBoSung?: dvcqg.DossierPushGen2HoSoBoSung[]
  /**
   * Giấy tờ kết quả
   */
  DanhSachGiayToKetQua?: dvcqg.DossierPushGen2KetQua[]
}
/**
 * Cơ sở dữ liệu
 */
export interface DossierSyncCoSoDuLieu {
  /**
   * Mã cơ sở dữ liệu
   *
   * 1 là dân cư; danh mục đầy đủ chưa công bố.
   */
  MaCSDL: string
}
/**
 * Tài liệu nộp
 */
export interface DossierSyncTaiLieuNop {
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
   * Đời 1 dùng "True"/"False", đời 2 có nơi dùng "0"/"1".
   */
  IsDeleted: '0' | '1' | 'True' | 'False'
  /**
   * Mã thành phần hồ sơ
   */
  MaThanhPhanHoSo: string
  /**
   * Đường dẫn tải tệp
   */
  DuongDanTaiTepTin: string
  /**
   * Được số hoá
   *
   * Đời 2.
   */
  DuocSoHoa?: dvcqg.DossierPushGen2Co
  /**
   * Được tái sử dụng
   *
   * Đời 2. 0 không, 1 tái sử dụng, 2 tái sử dụng từ kết quả khác.
   */
  DuocTaiSuDung?: string
  /**
   * Được lấy từ kho dữ liệu điện tử của Cổng
   *
   * Đời 2.
   */
  DuocLayTuKhoDMQG?: dvcqg.DossierPushGen2Co
  /**
   * Mã kết quả thay thế
   *
   * Đời 2.
   */
  MaKetQuaThayThe?: string
}
/**
 * Phong bì mapi/g do phần mềm một cửa gửi
 *
 * Phần mềm một cửa đổi địa chỉ Cổng thành địa chỉ liên thông và gửi y như cũ (public client code of one-stop systems, 2020-2025; unverified).
 */
export interface Envelope {
  /**
   * Phiên làm việc
   *
   * Phiên do cửa mapi/login của liên thông cấp.
   */
  session: string
  /**
   * Mã đơn vị gọi
   */
  madonvi: string
  /**
   * Tên dịch vụ
   */
  service: 'DongBoHoSoMC' | 'CapNhatTienDoHoSoMC' | 'TraCuuHoSo'
  /**
   * Cập nhật hay thêm mới
   *
   * "True" cập nhật, "False" thêm mới. Liên thông tự biết hồ sơ đã có ở hệ thống đích hay chưa nên nhận cả hai như nhau.
   */
  isUpdating?: 'True' | 'False'
  /**
   * Hồ sơ hoặc dòng tiến độ
   */
  data?: {
    [k: string]: unknown
  }[]
  /**
   * Mã hồ sơ cần tra cứu
   */
  mahoso?: string
  /**
   * Loại
   *
   * Có phần mềm gửi kèm; liên thông không dùng.
   */
  type?: string
}
/**
 * Tham số của cổng tích hợp theo đường dẫn
 *
 * Tham số trên đường dẫn của api/SynsTTHCC/… (public client code of a one-stop system; unverified).
 */
export interface GatewayQuery {
  /**
   * Mã định danh đơn vị
   */
  MaDinhDanhDV: string
  /**
   * Cập nhật hay thêm mới
   */
  isUpdating: 'True' | 'False' | 'true' | 'false'
}
/**
 * Trả lời consumerAdapter (MResult)
 */
export interface MResult {
  /**
   * Kết quả
   *
   * 200 là được; 400 dữ liệu bị từ chối; 503 tạm thời chưa nhận được.
   */
  Status: 200 | 400 | 503
  /**
   * Lời giải thích
   */
  Message: string
}
/**
 * Hồ sơ theo consumerAdapter (MSyncDocument)
 *
 * Document/SyncDocument của trục tỉnh thế hệ cũ (XSD của một LGSP cấp tỉnh, 2023; chưa kiểm chứng). Không có mã lĩnh vực, kênh nộp, trích yếu bắt buộc: thiếu gì cửa nhận báo nấy.
 */
export interface SyncDocument {
  /**
   * Mã thủ tục
   */
  DocTypeCode: string
  /**
   * Tên thủ tục
   */
  DocTypeName: string
  /**
   * Mã hồ sơ
   */
  DocCode: string
  /**
   * Chủ hồ sơ
   */
  CitizenName: string
  /**
   * Thông tin chủ hồ sơ
   */
  CitizenInfo?: string
  /**
   * Số giấy tờ của chủ hồ sơ
   */
  ApplicantsId: string
  /**
   * Loại đối tượng
   *
   * 1 công dân, 2 doanh nghiệp, 3 tổ chức, 4 khác.
   */
  ApplicantsType?: number | string
  /**
   * Địa chỉ
   */
  Address?: string
  /**
   * Thư điện tử
   */
  Email?: string
  /**
   * Số điện thoại
   */
  Phone: string
  /**
   * Trích yếu
   */
  Compendium?: string
  /**
   * Thời điểm tiếp nhận
   */
  DateReceived: string
  /**
   * Thời điểm hẹn trả
   */
  DateAppointed: string
  /**
   * Đã xử lý xong
   */
  IsSuccess?: boolean
  /**
   * Thời điểm xử lý xong
   */
  SuccessDate: string
  /**
   * Người phê duyệt
   */
  ApproverName?: string
  /**
   * Chức vụ người phê duyệt
   */
  ApproverPosition?: string
  /**
   * Ghi chú xử lý
   */
  SuccessNote?: string
  /**
   * Đã trả
   */
  IsReturned: boolean
  /**
   * Thời điểm trả
   */
  ReturnedDate: string
  /**
   * Ghi chú trả
   */
  ReturnNote?: string
  /**
   * Hình thức trả
   */
  ReturnedType?: number | string
  /**
   * Thời điểm kết thúc
   */
  FinishedDate?: string
  /**
   * Trạng thái
   */
  Status?: number | string
  /**
   * Đơn vị xử lý
   */
  ProcessingOrganName: string
  /**
   * Có bổ sung
   */
  HasSupplementary?: boolean
  /**
   * Thời điểm yêu cầu bổ sung
   */
  RequireSupplementaryDate?: string
  /**
   * Ghi chú
   */
  Note?: string
  /**
   * Mã cơ quan chủ trì
   */
  OrganInchargeIdLevel1: string
  /**
   * Tên cơ quan chủ trì
   */
  OrganInchargeName: string
  /**
   * Tệp đính kèm
   */
  Attachments?: SyncDocumentTep[]
  /**
   * Phí, lệ phí
   */
  DocFees?: SyncDocumentPhi[]
  /**
   * Giấy tờ
   */
  DocPapers?: SyncDocumentGiayTo[]
  /**
   * Các lần bổ sung
   */
  Supplementaries?: SyncDocumentBoSung[]
}
/**
 * Tệp đính kèm
 */
export interface SyncDocumentTep {
  /**
   * Mã tệp
   *
   * Tên trường có chữ l thường thay cho I, đúng như phần mềm gửi.
   */
  Attachmentld: number | string
  /**
   * Tên tệp
   */
  AttachmentName: string
  /**
   * Đã xoá
   */
  IsDeleted?: boolean
  /**
   * Nội dung tệp
   */
  Base64?: string
  /**
   * Đã xác thực
   */
  IsVerified?: boolean
}
/**
 * Phí, lệ phí
 */
export interface SyncDocumentPhi {
  /**
   * Tên khoản thu
   */
  FeeName: string
  /**
   * Loại khoản thu
   */
  FeeType: number | string
  /**
   * Số tiền
   */
  Price: number | string
}
/**
 * Giấy tờ
 */
export interface SyncDocumentGiayTo {
  /**
   * Tên giấy tờ
   */
  PaperName: string
  /**
   * Số lượng
   */
  Amount: number
  /**
   * Loại giấy tờ
   */
  PaperType?: number | string
}
/**
 * Lần bổ sung
 */
export interface SyncDocumentBoSung {
  /**
   * Mã lần bổ sung
   */
  SupplementaryId: number | string
  /**
   * Người yêu cầu
   */
  SendUser: string
  /**
   * Nội dung yêu cầu
   */
  SendComment: string
  /**
   * Thời điểm yêu cầu
   */
  SendDate: string
  /**
   * Người tiếp nhận
   */
  ReceivedUser?: string
  /**
   * Nội dung tiếp nhận
   */
  ReceivedComment?: string
  /**
   * Thời điểm tiếp nhận
   */
  ReceivedDate?: string
  /**
   * Đã tiếp nhận
   */
  IsReceived?: boolean
  /**
   * Giấy tờ
   */
  Papers?: SyncDocumentGiayTo[]
  /**
   * Phí, lệ phí
   */
  Fees?: SyncDocumentPhi[]
  /**
   * Hẹn trả trước đó
   */
  OldDateAppointed?: string
  /**
   * Hẹn trả mới
   */
  NewDateAppointed?: string
}
