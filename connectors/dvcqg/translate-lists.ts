/** The lists inside a dossier: files, fees, papers, supplements, results. Pure. */
import type {
  DossierComponent,
  DossierFee,
  DossierPaper,
  DossierResult,
  DossierSupplement,
} from '../../src/connector/index.ts'
import { code, type Edge, flag, type Part, time, word } from './edge.ts'

/** Translates the items of a list; each is told its own place. */
export const each = <T>(
  edge: Edge,
  items: readonly T[],
  at: string,
  translate: (edge: Edge, item: T, at: string) => Part,
): readonly Part[] => items.map((item, index) => translate(edge, item, `${at}/${index}`))

export const databasePart = (edge: Edge, database: string, at: string): Part => ({
  MaCSDL: code(edge, 'database', database, at),
})

export const componentPart = (edge: Edge, component: DossierComponent, at: string): Part => ({
  TepDinhKemId: component.fileId ?? '',
  TenTepDinhKem: component.name,
  IsDeleted: edge.options.generation === 1 ? word(component.deleted) : flag(component.deleted),
  MaThanhPhanHoSo: component.componentCode,
  DuongDanTaiTepTin: edge.link(component.url, `${at}/url`),
  ...(edge.options.generation === 2 && {
    DuocSoHoa: flag(component.digitised),
    DuocTaiSuDung: code(edge, 'reuse', component.reuse, `${at}/reuse`),
    DuocLayTuKhoDMQG: flag(component.fromPortalStore),
    MaKetQuaThayThe: component.replacementResult ?? '',
  }),
})

export const feePart = (edge: Edge, fee: DossierFee, at: string): Part => ({
  TenPhiLePhi: fee.name,
  MaPhiLePhi: fee.code,
  HinhThucThu: code(edge, 'fee-collection', fee.collection, `${at}/collection`),
  Gia: String(fee.amount),
  LoaiPhiLePhi: code(edge, 'fee-kind', fee.kind, `${at}/kind`),
})

export const paperPart = (edge: Edge, paper: DossierPaper, at: string): Part => ({
  TenGiayTo: paper.name,
  SoLuong: paper.quantity,
  // The portal wants a number here, and it has none for "not said".
  ...(paper.kind !== undefined && {
    LoaiGiayTo: Number(code(edge, 'paper-kind', paper.kind, `${at}/kind`)),
  }),
})

export const supplementPart = (edge: Edge, supplement: DossierSupplement, at: string): Part => ({
  HoSoBoSungId: supplement.id,
  NguoiYeuCauBoSung: supplement.requestedBy,
  NoiDungBoSung: supplement.content,
  NgayBoSung: time(supplement.requestedAt, `${at}/requestedAt`),
  NguoiTiepNhanBoSung: supplement.receivedBy ?? '',
  ThongTinTiepNhan: supplement.receivedContent ?? '',
  NgayTiepNhanBoSung: time(supplement.receivedAt, `${at}/receivedAt`),
  ...(supplement.completed !== undefined && { TrangThaiBoSung: supplement.completed }),
  DanhSachGiayToBoSung: each(edge, supplement.papers ?? [], `${at}/papers`, paperPart),
  DanhSachLePhiBoSung: each(edge, supplement.fees ?? [], `${at}/fees`, feePart),
  NgayHenTraTruoc: time(supplement.previousDueAt, `${at}/previousDueAt`),
  NgayHenTraMoi: time(supplement.newDueAt, `${at}/newDueAt`),
})

export const resultPart = (edge: Edge, result: DossierResult, at: string): Part => ({
  TenGiayTo: result.name,
  MaThanhPhanHoSo: result.componentCode ?? '',
  GiayToId: result.paperId ?? '',
  DuongDanTepTinKetQua: edge.link(result.url, `${at}/url`),
  ...(edge.options.generation === 2 && {
    [edge.options.resultCodeField]: result.resultCode ?? '',
  }),
})
