/**
 * A fault of the canonical message, in the names of the shape that was sent: its sender knows
 * `TaiLieuNop/0/TenTepDinhKem`, not `/dossier/components/0/name`.
 */
export type FieldNames = Readonly<Record<string, string>>

/** `pointer` into the canonical message; undefined when the shape has no such field. */
export function legacyPointer(names: FieldNames, pointer: string): string | undefined {
  const numbers: string[] = []
  const pattern = pointer.replace(/\/(\d+)(?=\/|$)/g, (_, number: string) => {
    numbers.push(number)
    return '/*'
  })
  return names[pattern]?.replace(/\*/g, () => numbers.shift() ?? '*')
}

const fee = (from: string, to: string): FieldNames => ({
  [`${from}/code`]: `${to}/MaPhiLePhi`,
  [`${from}/name`]: `${to}/TenPhiLePhi`,
  [`${from}/amount`]: `${to}/Gia`,
})
const paper = (from: string, to: string): FieldNames => ({
  [`${from}/name`]: `${to}/TenGiayTo`,
  [`${from}/quantity`]: `${to}/SoLuong`,
})

export const portalFieldNames: FieldNames = {
  '/dossier/code': 'MaHoSo',
  '/dossier/procedure/code': 'MaTTHC',
  '/dossier/procedure/name': 'TenTTHC',
  '/dossier/domain/code': 'MaLinhVuc',
  '/dossier/domain/name': 'TenLinhVuc',
  '/dossier/receiptNumber': 'SoBienNhan',
  '/dossier/handlingUnit/name': 'DonViXuLy',
  '/dossier/applicant/name': 'ChuHoSo',
  '/dossier/applicant/portalAccount': 'MaDoiTuong',
  '/dossier/applicant/phone': 'SoDienThoai',
  '/dossier/applicant/email': 'Email',
  '/dossier/applicant/fax': 'Fax',
  '/dossier/applicant/identities': 'DinhDanhCHS',
  '/dossier/applicant/identities/*/number': 'DinhDanhCHS/*/SoDinhDanh',
  '/dossier/summary': 'TrichYeuHoSo',
  '/dossier/submittedAt': 'NgayNopHoSo',
  '/dossier/acceptedAt': 'NgayTiepNhan',
  '/dossier/dueAt': 'NgayHenTra',
  '/dossier/finishedAt': 'NgayKetThucXuLy',
  '/dossier/returnedAt': 'NgayTra',
  '/dossier/refusedAt': 'NgayTuChoi',
  '/dossier/returnNote': 'ThongTinTra',
  '/dossier/otherInformation': 'ThongTinKhac',
  '/dossier/note': 'GhiChu',
  '/dossier/databasesConsulted': 'DSKetNoiCSDL',
  '/dossier/components/*/fileId': 'TaiLieuNop/*/TepDinhKemId',
  '/dossier/components/*/name': 'TaiLieuNop/*/TenTepDinhKem',
  '/dossier/components/*/componentCode': 'TaiLieuNop/*/MaThanhPhanHoSo',
  '/dossier/components/*/url': 'TaiLieuNop/*/DuongDanTaiTepTin',
  '/dossier/components/*/replacementResult': 'TaiLieuNop/*/MaKetQuaThayThe',
  ...fee('/dossier/fees/*', 'DanhSachLePhi/*'),
  ...paper('/dossier/otherPapers/*', 'DanhSachTepDinhKemKhac/*'),
  '/dossier/supplements/*/requestedBy': 'DanhSachHoSoBoSung/*/NguoiYeuCauBoSung',
  '/dossier/supplements/*/content': 'DanhSachHoSoBoSung/*/NoiDungBoSung',
  '/dossier/supplements/*/receivedBy': 'DanhSachHoSoBoSung/*/NguoiTiepNhanBoSung',
  ...paper('/dossier/supplements/*/papers/*', 'DanhSachHoSoBoSung/*/DanhSachGiayToBoSung/*'),
  ...fee('/dossier/supplements/*/fees/*', 'DanhSachHoSoBoSung/*/DanhSachLePhiBoSung/*'),
  '/dossier/results/*/name': 'DanhSachGiayToKetQua/*/TenGiayTo',
  '/dossier/results/*/url': 'DanhSachGiayToKetQua/*/DuongDanTepTinKetQua',
  '/dossier/results/*/paperId': 'DanhSachGiayToKetQua/*/GiayToId',
  '/dossier/results/*/componentCode': 'DanhSachGiayToKetQua/*/MaThanhPhanHoSo',
  '/dossier/results/*/resultCode': 'DanhSachGiayToKetQua/*/MaGiayToKetQua',
}

export const portalProgressNames: FieldNames = {
  '/code': 'MaHoSo',
  '/steps/*/officer': 'NguoiXuLy',
  '/steps/*/position': 'ChucDanh',
  '/steps/*/department': 'PhongBanXuLy',
  '/steps/*/at': 'ThoiDiemXuLy',
  '/steps/*/content': 'NoiDungXuLy',
}

export const adapterFieldNames: FieldNames = {
  '/dossier/code': 'DocCode',
  '/dossier/procedure/code': 'DocTypeCode',
  '/dossier/procedure/name': 'DocTypeName',
  '/dossier/agency/code': 'OrganInchargeIdLevel1',
  '/dossier/agency/name': 'OrganInchargeName',
  '/dossier/handlingUnit/name': 'ProcessingOrganName',
  '/dossier/applicant/name': 'CitizenName',
  '/dossier/applicant/identities/*/number': 'ApplicantsId',
  '/dossier/applicant/phone': 'Phone',
  '/dossier/applicant/email': 'Email',
  '/dossier/applicant/address/text': 'Address',
  '/dossier/summary': 'Compendium',
  '/dossier/acceptedAt': 'DateReceived',
  '/dossier/dueAt': 'DateAppointed',
  '/dossier/finishedAt': 'SuccessDate',
  '/dossier/returnedAt': 'ReturnedDate',
  '/dossier/returnNote': 'ReturnNote',
  '/dossier/otherInformation': 'CitizenInfo',
  '/dossier/note': 'Note',
  '/dossier/fees/*/name': 'DocFees/*/FeeName',
  '/dossier/otherPapers/*/name': 'DocPapers/*/PaperName',
  '/dossier/supplements/*/requestedBy': 'Supplementaries/*/SendUser',
  '/dossier/supplements/*/content': 'Supplementaries/*/SendComment',
  '/dossier/supplements/*/receivedBy': 'Supplementaries/*/ReceivedUser',
}

export const adapterTraceNames: FieldNames = {
  '/code': 'DocCode',
  '/steps/*/officer': 'UserName',
  '/steps/*/position': 'UserPosition',
  '/steps/*/department': 'OrganizationInchargeName',
  '/steps/*/at': 'DateCreated',
  '/steps/*/content': 'Comment',
}
