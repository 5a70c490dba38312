/** A canonical land dossier → TiepNhanHoSo. Pure; what is absent stays absent. */
import {
  type CodeTables,
  type datDai,
  formatTime,
  type LandDossierRequested,
  withoutAbsent,
} from '../../src/connector/index.ts'
import type { IlisOptions } from './options.ts'

export function requestOf(
  codes: CodeTables,
  { timeForm }: Pick<IlisOptions, 'timeForm'>,
  given: LandDossierRequested,
): datDai.DossierRequest {
  const at = new Date(given.receivedAt)
  const area = (name: keyof LandDossierRequested['area']): string | undefined => {
    const value = given.area[name]
    return value && codes.toRemote('dat-dai-area', value, at, `/area/${name}`)
  }
  const { applicant, procedure } = given
  return withoutAbsent({
    LaQuyTrinhCapTinh: given.provincialProcess,
    TinhId: area('provinceCode'),
    HuyenId: area('districtCode'),
    XaId: area('wardCode'),
    SoBienNhan: given.receiptNumber,
    MaHoSoMotCua: given.code,
    NguoiTiepNhan: given.receivedBy,
    NgayTiepNhan: formatTime(given.receivedAt, timeForm, '/receivedAt'),
    NgayHenTra: given.dueAt && formatTime(given.dueAt, timeForm, '/dueAt'),
    DiaChiTaiSan: given.propertyAddress,
    ThongTinNguoiNopDon: withoutAbsent({
      HoTen: applicant.name,
      SoChungMinh: applicant.identityNumber,
      DiaChiChiTiet: applicant.address,
      SoDienThoai: applicant.phone,
      Email: applicant.email,
    }),
    ThongTinQuyTrinh: {
      MaQuyTrinh: codes.toRemote('dat-dai-procedure', procedure.code, at, '/procedure/code'),
      TenQuyTrinh: procedure.name,
    },
    ThongTinThuaDat: given.parcels?.map((parcel) =>
      withoutAbsent({
        SoThuTuThua: parcel.number,
        SoHieuBanDo: parcel.mapSheet,
        DienTich: parcel.area,
        DiaChiChiTiet: parcel.address,
      }),
    ),
    DanhSachGiayToDinhKem: given.papers?.map(({ name, originals, copies, file }) =>
      withoutAbsent({
        TenGiayTo: name,
        SoBanChinh: originals,
        SoBanSao: copies,
        TapTin: file && { name: file.name, data: file.content },
      }),
    ),
  }) as unknown as datDai.DossierRequest
}
