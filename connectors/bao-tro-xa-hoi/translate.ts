/**
 * Canonical social protection dossier → the body of DongBoDVC. Pure. Every field of the system is
 * written; what the source does not have is the empty text, never a filler. Lists of codes that the
 * system shares with the national portal are read from the portal's tables.
 *
 * Source: the client of a running provincial system (published code); see README.
 */
import {
  type baoTroXaHoi,
  type CodeTables,
  type DossierComponent,
  type DossierResult,
  formatDay,
  formatTime,
  type Markup,
  permanent,
  type SocialProtectionUpserted,
  type SocialProtectionUpsertedResidence,
  xml,
} from '../../src/connector/index.ts'
import type { ProtectionOptions } from './options.ts'

/** What a translation needs from outside. Codes are read as they held on the day `at`. */
export interface Edge {
  readonly codes: CodeTables
  readonly at: Date
  readonly options: Pick<ProtectionOptions, 'acceptKey' | 'databaseSeparator'>
}

export type ProtectionPush = baoTroXaHoi.DossierPush

const flag = (value: boolean): '0' | '1' => (value ? '1' : '0')
const time = (moment: string | undefined, pointer: string): string =>
  moment === undefined ? '' : formatTime(moment, 'dd/MM/yyyy HH:mm:ss', pointer)
const day = (text: string | undefined, pointer: string): string =>
  text === undefined ? '' : formatDay(text, 'dd/MM/yyyy', pointer)

export function pushOf(edge: Edge, message: SocialProtectionUpserted): ProtectionPush {
  const { dossier, place, beneficiary, decision } = message
  const code = (table: string, canonical: string, pointer: string): string =>
    edge.codes.toRemote(table, canonical, edge.at, pointer)
  const { identity } = beneficiary
  return {
    AcceptKey: edge.options.acceptKey,
    LoaiDuLieu: '100',
    MaHoSo: dossier.code,
    MaLinhVuc: dossier.domain.code,
    TenLinhVuc: dossier.domain.name,
    LoaiKetQua: decision?.kind ?? '',
    SoQuyetDinh: decision?.number ?? '',
    CoQuanBanHanh: decision?.agency ?? '',
    TrichYeu: decision?.summary ?? '',
    NgayBanHanh: day(decision?.issuedOn, '/decision/issuedOn'),
    KenhThucHien: code('dvcqg-channel', dossier.channel, '/dossier/channel'),
    LoaiDoiTuong: code('dvcqg-applicant-kind', dossier.applicant.kind, '/dossier/applicant/kind'),
    HinhThucTra: code('dvcqg-return-method', dossier.returnMethod, '/dossier/returnMethod'),
    MaTTHC: code('bao-tro-xa-hoi-procedure', dossier.procedure.code, '/dossier/procedure/code'),
    TenTTHC: dossier.procedure.name,
    HoVaTen: beneficiary.name,
    NgayThangNamSinh: day(beneficiary.birth, '/beneficiary/birth'),
    GioiTinhId: code('bao-tro-xa-hoi-gender', beneficiary.gender, '/beneficiary/gender'),
    DanTocId: (beneficiary.ethnicityCode ?? '').replace(/^0/, ''),
    CMND: identity.number,
    CMND_NgayCap: day(identity.issuedOn, '/beneficiary/identity/issuedOn'),
    MaTinh: place.provinceCode,
    MaHuyen: place.districtCode ?? '',
    MaXa: place.wardCode,
    ...residence('HKTT', beneficiary.permanentResidence),
    ...residence('NOHT', beneficiary.currentResidence),
    SoDienThoai: beneficiary.phone ?? '',
    Email: beneficiary.email ?? '',
    NgayTiepNhan: time(dossier.acceptedAt, '/dossier/acceptedAt'),
    DonViXuLy: dossier.handlingUnit.name,
    NoiNopHoSo: code('dvcqg-submitted-from', dossier.submittedFrom, '/dossier/submittedFrom'),
    HoSoCoThanhPhanSoHoa: flag(dossier.digitised),
    TaiKhoanDuocXacThucVoiVNeID: flag(dossier.verifiedByVNeID),
    DuocThanhToanTrucTuyen: code(
      'dvcqg-online-payment',
      dossier.onlinePayment,
      '/dossier/onlinePayment',
    ),
    LoaiDinhDanh: code('dvcqg-identity-kind', identity.kind, '/beneficiary/identity/kind'),
    SoDinhDanh: identity.number,
    MaCSDL: databases(edge, dossier.databasesConsulted),
    StatusId: code('dvcqg-dossier-status', dossier.status, '/dossier/status'),
    SubmitedDate: time(dossier.submittedAt, '/dossier/submittedAt'),
    UrlDetail: '',
    CertificateExtentData: papersOf(edge, message),
  }
}

type ResidencePart<Prefix extends string> = Record<
  `${Prefix}_${'MaTinh' | 'MaHuyen' | 'MaXa' | 'MaThon' | 'ChiTiet'}`,
  string
>

const residence = <Prefix extends string>(
  prefix: Prefix,
  where: SocialProtectionUpsertedResidence,
): ResidencePart<Prefix> =>
  ({
    [`${prefix}_MaTinh`]: where.provinceCode,
    [`${prefix}_MaHuyen`]: where.districtCode ?? '',
    [`${prefix}_MaXa`]: where.wardCode,
    [`${prefix}_MaThon`]: where.hamletCode ?? '',
    [`${prefix}_ChiTiet`]: where.detail,
  }) as ResidencePart<Prefix>

/** The only client known sends one code; how several are written is for the operator to find out. */
function databases({ codes, at, options }: Edge, consulted: readonly string[]): string {
  const separator = options.databaseSeparator
  if (consulted.length > 1 && separator === undefined) throw severalDatabases()
  return consulted
    .map((one, index) =>
      codes.toRemote('dvcqg-database', one, at, `/dossier/databasesConsulted/${index}`),
    )
    .join(separator)
}

const severalDatabases = () => {
  const words = {
    vi: 'Hồ sơ khai thác nhiều cơ sở dữ liệu, nhưng chưa khai databaseSeparator cho hệ thống này',
    en: 'The dossier consulted several databases, and databaseSeparator is not configured',
  }
  return permanent('mapping-failed', {
    detail: words,
    faults: [{ pointer: '/dossier/databasesConsulted', rule: 'maxItems', ...words }],
  })
}

/** XML inside of the JSON, without a declaration, as the only client known sends it. */
const papersOf = (edge: Edge, { dossier }: SocialProtectionUpserted): string =>
  xml('ExtentData', {}, [
    xml(
      'DanhSachTaiLieuNop',
      {},
      dossier.components.map((one, index) => componentXml(edge, one, index)),
    ),
    xml('DanhSachGiayToKetQua', {}, dossier.results.map(resultXml)),
  ])

/** One child per member, in the order given. */
const element = (name: string, members: Readonly<Record<string, string>>): Markup =>
  xml(
    name,
    {},
    Object.entries(members).map(([member, text]) => xml(member, {}, text)),
  )

const componentXml = ({ codes, at }: Edge, component: DossierComponent, index: number): Markup =>
  element('TaiLieuNop', {
    TepDinhKemId: component.fileId ?? '',
    TenTepDinhKem: component.name,
    IsDeleted: flag(component.deleted),
    MaThanhPhanHoSo: component.componentCode,
    DuongDanTaiTepTin: component.url,
    DuocSoHoa: flag(component.digitised),
    DuocTaiSuDung: codes.toRemote(
      'dvcqg-reuse',
      component.reuse,
      at,
      `/dossier/components/${index}/reuse`,
    ),
    DuocLayTuKhoDMQG: flag(component.fromPortalStore),
    MaKetQuaThayThe: component.replacementResult ?? '',
  })

const resultXml = (result: DossierResult): Markup =>
  element('GiayToKetQua', {
    TenGiayTo: result.name,
    MaThanhPhanHoSo: result.componentCode ?? '',
    GiayToId: result.paperId ?? '',
    DuongDanTepTinKetQua: result.url,
    MaGiayToKetQua: result.resultCode ?? '',
  })
