/** The lists inside a legacy dossier: files, fees, papers, supplements, results. Pure. */
import {
  type DossierComponent,
  type DossierFee,
  type DossierPaper,
  type DossierResult,
  type DossierSupplement,
  type dvcqg,
  parseTime,
  type tthcLegacy,
} from '../../../src/connector/index.ts'
import { canonical, missing, type Place } from './legacy.ts'
import { optional, present } from './reading.ts'

type Defined<T> = { [K in keyof T]: T[K] | undefined }

export function componentOf(
  place: Place,
  file: tthcLegacy.DossierSyncTaiLieuNop,
  field: string,
): Defined<DossierComponent> {
  const { component = {} } = place.edge.constants
  const lacking = (name: string, constant: string) =>
    missing(place, `${field}/${name}`, `component.${constant}`)
  const flag = (
    name: 'DuocSoHoa' | 'DuocLayTuKhoDMQG',
    constant: 'digitised' | 'fromPortalStore',
  ) =>
    file[name] === undefined ? (component[constant] ?? lacking(name, constant)) : file[name] === '1'
  const reuse = present(file.DuocTaiSuDung)
  return {
    ...optional('fileId', present(file.TepDinhKemId)),
    name: file.TenTepDinhKem,
    componentCode: file.MaThanhPhanHoSo,
    url: file.DuongDanTaiTepTin,
    deleted: file.IsDeleted === 'True' || file.IsDeleted === '1',
    digitised: flag('DuocSoHoa', 'digitised'),
    reuse: (reuse === undefined
      ? (component.reuse ?? lacking('DuocTaiSuDung', 'reuse'))
      : canonical(place, 'dvcqg-reuse', reuse, `${field}/DuocTaiSuDung`)) as
      | DossierComponent['reuse']
      | undefined,
    fromPortalStore: flag('DuocLayTuKhoDMQG', 'fromPortalStore'),
    ...optional('replacementResult', present(file.MaKetQuaThayThe)),
  }
}

/** The portal's list of collections tells nothing apart, so the province has a table of its own. */
export const feeOf = (
  place: Place,
  fee: dvcqg.DossierPushGen2LePhi,
  field: string,
): Defined<DossierFee> => ({
  code: fee.MaPhiLePhi,
  name: fee.TenPhiLePhi,
  kind: canonical(place, 'dvcqg-fee-kind', fee.LoaiPhiLePhi, `${field}/LoaiPhiLePhi`) as
    | DossierFee['kind']
    | undefined,
  collection: canonical(place, 'tthc-fee-collection', fee.HinhThucThu, `${field}/HinhThucThu`) as
    | DossierFee['collection']
    | undefined,
  amount: Number(fee.Gia),
})

export function otherPaperOf(
  place: Place,
  paper: dvcqg.DossierPushGen2GiayToKhac,
  field: string,
): DossierPaper {
  const kind =
    paper.LoaiGiayTo === undefined
      ? undefined
      : canonical(place, 'dvcqg-paper-kind', String(paper.LoaiGiayTo), `${field}/LoaiGiayTo`)
  return { name: paper.TenGiayTo, quantity: paper.SoLuong, ...optional('kind', kind) }
}

export function supplementOf(
  place: Place,
  supplement: dvcqg.DossierPushGen2HoSoBoSung,
  field: string,
): Defined<DossierSupplement> {
  const time = (
    name: 'NgayBoSung' | 'NgayTiepNhanBoSung' | 'NgayHenTraTruoc' | 'NgayHenTraMoi',
  ) => {
    const text = present(supplement[name])
    if (text === undefined) return undefined
    return place.reading.take(() =>
      parseTime(text, 'yyyyMMddHHmmss', `${place.at}/${field}/${name}`),
    )
  }
  return {
    id: supplement.HoSoBoSungId,
    requestedBy: supplement.NguoiYeuCauBoSung,
    content: supplement.NoiDungBoSung,
    requestedAt: time('NgayBoSung'),
    ...optional('receivedBy', present(supplement.NguoiTiepNhanBoSung)),
    ...optional('receivedContent', present(supplement.ThongTinTiepNhan)),
    ...optional('receivedAt', time('NgayTiepNhanBoSung')),
    ...optional('completed', supplement.TrangThaiBoSung),
    ...optional(
      'papers',
      supplement.DanhSachGiayToBoSung?.map((paper, index) =>
        otherPaperOf(place, paper, `${field}/DanhSachGiayToBoSung/${index}`),
      ),
    ),
    ...optional(
      'fees',
      supplement.DanhSachLePhiBoSung?.map(
        (fee, index) => feeOf(place, fee, `${field}/DanhSachLePhiBoSung/${index}`) as DossierFee,
      ),
    ),
    ...optional('previousDueAt', time('NgayHenTraTruoc')),
    ...optional('newDueAt', time('NgayHenTraMoi')),
  }
}

/** Two documents name the code of a result differently; both are read. */
export const resultOf = (result: dvcqg.DossierPushGen2KetQua): DossierResult => ({
  name: result.TenGiayTo,
  url: result.DuongDanTepTinKetQua,
  ...optional('paperId', present(result.GiayToId)),
  ...optional('componentCode', present(result.MaThanhPhanHoSo)),
  ...optional('resultCode', present(result.MaGiayToKetQua) ?? present(result.MaKetQua)),
})
