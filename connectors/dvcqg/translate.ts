/**
 * Canonical dossier → `data[]` item of DongBoHoSoMC, both generations. Pure. Every field of the
 * portal is written; what the source does not have is the empty text, never a filler. What does not
 * fit is left as it is, so that the schema of what leaves refuses it and names it.
 *
 *   generation 1   public client code of 2020–2021
 *   generation 2   public client code of 2022–2025; no SoBienNhan, more codes, fields of QĐ 766
 *
 * No place at the portal: nationalCode, agency, applicant.address, the number and date of a result,
 * and what an event adds to its snapshot (reason of withdrawal, note on a result).
 */
import type { Dossier, DossierIdentity } from '../../src/connector/index.ts'
import { code, type Edge, flag, type Part, time } from './edge.ts'
import {
  componentPart,
  databasePart,
  each,
  feePart,
  paperPart,
  resultPart,
  supplementPart,
} from './translate-lists.ts'

/** `at` is the JSON Pointer of the dossier in its message, for example `/dossier`. */
export const dossierItem = (edge: Edge, dossier: Dossier, at: string): Part =>
  edge.options.generation === 1
    ? firstGeneration(edge, dossier, at)
    : secondGeneration(edge, dossier, at)

// Written out in full, twice: the order is the portal's, and an object built from parts is slow.

function firstGeneration(edge: Edge, dossier: Dossier, at: string): Part {
  const { applicant } = dossier
  return {
    MaHoSo: dossier.code,
    MaTTHC: dossier.procedure.code,
    TenTTHC: dossier.procedure.name,
    MaLinhVuc: dossier.domain.code,
    TenLinhVuc: dossier.domain.name,
    SoBienNhan: dossier.receiptNumber ?? '',
    ChuHoSo: applicant.name,
    LoaiDoiTuong: code(edge, 'applicant-kind-gen1', applicant.kind, `${at}/applicant/kind`),
    MaDoiTuong: applicant.portalAccount ?? '',
    ThongTinKhac: dossier.otherInformation ?? '',
    Email: applicant.email ?? '',
    Fax: applicant.fax ?? '',
    SoDienThoai: applicant.phone ?? '',
    TrichYeuHoSo: dossier.summary,
    NgayTiepNhan: time(dossier.acceptedAt, `${at}/acceptedAt`),
    NgayHenTra: time(dossier.dueAt, `${at}/dueAt`),
    TrangThaiHoSo: code(edge, 'dossier-status', dossier.status, `${at}/status`),
    NgayTra: time(dossier.returnedAt, `${at}/returnedAt`),
    ThongTinTra: dossier.returnNote ?? '',
    HinhThuc: code(edge, 'return-method', dossier.returnMethod, `${at}/returnMethod`),
    NgayKetThucXuLy: time(dossier.finishedAt, `${at}/finishedAt`),
    DonViXuLy: dossier.handlingUnit.name,
    GhiChu: dossier.note ?? '',
    TaiLieuNop: each(edge, dossier.components, `${at}/components`, componentPart),
    DanhSachLePhi: each(edge, dossier.fees, `${at}/fees`, feePart),
    DanhSachTepDinhKemKhac: each(edge, dossier.otherPapers, `${at}/otherPapers`, paperPart),
    DanhSachHoSoBoSung: each(edge, dossier.supplements, `${at}/supplements`, supplementPart),
    DanhSachGiayToKetQua: each(edge, dossier.results, `${at}/results`, resultPart),
  }
}

function secondGeneration(edge: Edge, dossier: Dossier, at: string): Part {
  const { applicant } = dossier
  return {
    MaHoSo: dossier.code,
    MaTTHC: dossier.procedure.code,
    TenTTHC: dossier.procedure.name,
    MaLinhVuc: dossier.domain.code,
    TenLinhVuc: dossier.domain.name,
    KenhThucHien: code(edge, 'channel', dossier.channel, `${at}/channel`),
    ChuHoSo: applicant.name,
    SoGiayToChuHoSo: applicant.identities[0]?.number ?? '',
    DinhDanhCHS: identityParts(edge, applicant.identities, `${at}/applicant/identities`),
    LoaiDoiTuong: code(edge, 'applicant-kind', applicant.kind, `${at}/applicant/kind`),
    MaDoiTuong: applicant.portalAccount ?? '',
    ThongTinKhac: dossier.otherInformation ?? '',
    Email: applicant.email ?? '',
    Fax: applicant.fax ?? '',
    SoDienThoai: applicant.phone ?? '',
    TrichYeuHoSo: dossier.summary,
    NgayNopHoSo: time(dossier.submittedAt, `${at}/submittedAt`),
    NgayTiepNhan: time(dossier.acceptedAt, `${at}/acceptedAt`),
    NgayHenTra: time(dossier.dueAt, `${at}/dueAt`),
    TrangThaiHoSo: code(edge, 'dossier-status', dossier.status, `${at}/status`),
    NgayTra: time(dossier.returnedAt, `${at}/returnedAt`),
    ThongTinTra: dossier.returnNote ?? '',
    HinhThuc: code(edge, 'return-method', dossier.returnMethod, `${at}/returnMethod`),
    NgayKetThucXuLy: time(dossier.finishedAt, `${at}/finishedAt`),
    NgayTuChoi: time(dossier.refusedAt, `${at}/refusedAt`),
    DonViXuLy: dossier.handlingUnit.name,
    GhiChu: dossier.note ?? '',
    NoiNopHoSo: code(edge, 'submitted-from', dossier.submittedFrom, `${at}/submittedFrom`),
    HoSoCoThanhPhanSoHoa: flag(dossier.digitised),
    TaiKhoanDuocXacThucVoiVNeID: flag(dossier.verifiedByVNeID),
    DuocThanhToanTrucTuyen: code(
      edge,
      'online-payment',
      dossier.onlinePayment,
      `${at}/onlinePayment`,
    ),
    DSKetNoiCSDL: each(edge, dossier.databasesConsulted, `${at}/databasesConsulted`, databasePart),
    TaiLieuNop: each(edge, dossier.components, `${at}/components`, componentPart),
    DanhSachLePhi: each(edge, dossier.fees, `${at}/fees`, feePart),
    DanhSachTepDinhKemKhac: each(edge, dossier.otherPapers, `${at}/otherPapers`, paperPart),
    DanhSachHoSoBoSung: each(edge, dossier.supplements, `${at}/supplements`, supplementPart),
    DanhSachGiayToKetQua: each(edge, dossier.results, `${at}/results`, resultPart),
  }
}

/** A kind is left out only where the operator has said so; otherwise it must have a code. */
const identityParts = (
  edge: Edge,
  identities: readonly DossierIdentity[],
  at: string,
): readonly Part[] =>
  identities.flatMap((identity, index) =>
    edge.options.identitiesNotSent.includes(identity.kind)
      ? []
      : [
          {
            LoaiDinhDanh: code(edge, 'identity-kind', identity.kind, `${at}/${index}/kind`),
            SoDinhDanh: identity.number,
          },
        ],
  )
