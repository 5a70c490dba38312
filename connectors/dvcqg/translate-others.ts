/** Progress rows, status of portal-born dossiers, ratings and answers. Pure. */
import {
  type DossierPortalStatus,
  type DossierProgressed,
  type DossierRated,
  type DossierRatedSatisfaction,
  formatMonth,
  type QuestionAnswered,
} from '../../src/connector/index.ts'
import { code, type Edge, type Part, time, word } from './edge.ts'

/** One row per step, in the order of the message: readers sort by ThoiDiemXuLy. */
export const progressRows = (edge: Edge, progressed: DossierProgressed): readonly Part[] =>
  progressed.steps.map((step, index) => {
    const at = `/steps/${index}`
    return {
      MaHoSo: progressed.code,
      NguoiXuLy: step.officer,
      ChucDanh: step.position ?? '',
      ThoiDiemXuLy: time(step.at, `${at}/at`),
      PhongBanXuLy: step.department ?? '',
      NoiDungXuLy: step.content,
      TrangThai: code(edge, 'dossier-status', step.status, `${at}/status`),
      NgayBatDau: time(step.startedAt, `${at}/startedAt`),
      NgayKetThucTheoQuyDinh: time(step.dueAt, `${at}/dueAt`),
    }
  })

export const portalStatus = (edge: Edge, status: DossierPortalStatus): Part => ({
  MaHoSo: status.nationalCode,
  MaHoSoDonVi: status.code,
  MaDoiTuong: status.portalAccount ?? '',
  NoiDung: status.content ?? '',
  NgayXuLy: time(status.handledAt, '/handledAt'),
  TrangThai: code(edge, 'portal-status', status.status, '/status'),
  TaiLieuXuLy: status.files.map((file, index) => ({
    TepDinhKemId: file.fileId ?? '',
    TenTepDinhKem: file.name,
    IsDeleted: word(file.deleted),
    MaThanhPhanHoSo: file.componentCode ?? '',
    DuongDanTaiTepTin: edge.link(file.url, `/files/${index}/url`),
  })),
})

export const rating = (edge: Edge, rated: DossierRated): Part => ({
  NgayTongHop: formatMonth(rated.month, 'M-yyyy', '/month'),
  TongSoNguoiDanhGia: String(rated.respondents),
  ...shares('PhanTramDanhGia', rated.handling),
  DanhSachNoiDungYKien: rated.comments ?? [],
  MaThuTuc: rated.procedure.code,
  NoiDung: rated.content ?? '',
  ...shares('PhanTramDanhGiaDichVu', rated.service),
  Madonvi: agency(edge, rated.agency.code, '/agency/code'),
  TenDonVi: rated.agency.name,
})

const shares = (name: string, satisfaction: DossierRatedSatisfaction): Part => ({
  [`${name}RatHaiLong`]: `${satisfaction.verySatisfiedPercent}%`,
  [`${name}HaiLong`]: `${satisfaction.satisfiedPercent}%`,
  [`${name}ChuaHaiLong`]: `${satisfaction.dissatisfiedPercent}%`,
})

export const questionAnswer = (edge: Edge, answer: QuestionAnswered): Part => ({
  HOIDAPID: answer.id,
  MADONVI: agency(edge, answer.agency.code, '/agency/code'),
  NGUOITRALOI: answer.answeredBy,
  CHUCVUNGUOITRALOI: answer.position,
  NGAYTRALOI: time(answer.answeredAt, '/answeredAt'),
  NOIDUNGTRALOI: answer.content,
})

const oldForm = /^\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2}$/

/** `madonvi` is the code of QCVN 102:2016; the new code has no mechanical way back, so a table. */
const agency = (edge: Edge, canonical: string, pointer: string): string =>
  oldForm.test(canonical) ? canonical : code(edge, 'agency', canonical, pointer)
