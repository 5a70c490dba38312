import type { CodeTables, Dossier } from '../../../src/connector/index.ts'

/** A dossier as TraCuuHoSo returns it: no personal data. Codes are read as of `at`. */
export function lookupRecord(codes: CodeTables, dossier: Dossier, at: Date) {
  const code = (table: string, canonical: string, pointer: string): string =>
    codes.toRemote(`dvcqg-${table}`, canonical, at, pointer)
  return {
    MaHoSo: dossier.code,
    MaTTHC: dossier.procedure.code,
    TenTTHC: dossier.procedure.name,
    MaLinhVuc: dossier.domain.code,
    TenLinhVuc: dossier.domain.name,
    LoaiDoiTuong: code('applicant-kind', dossier.applicant.kind, '/dossier/applicant/kind'),
    TrangThaiHoSo: code('dossier-status', dossier.status, '/dossier/status'),
    HinhThuc: code('return-method', dossier.returnMethod, '/dossier/returnMethod'),
    DonViXuLy: dossier.handlingUnit.name,
  }
}
