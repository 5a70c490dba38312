/** What the portal holds of a procedure, in the words of `mapi`: capitals, and texts for everything. */
/** What the portal holds of one procedure, under its id. */
export interface HeldProcedure {
  readonly code: string
  readonly name: string
  readonly state: string
  readonly type: string
  readonly detail: Readonly<Record<string, unknown>>
}

type Fields = Readonly<Record<string, unknown>>

const list = (value: unknown): readonly Fields[] => (Array.isArray(value) ? value : [])
const text = (value: unknown): string =>
  value === undefined || value === null ? '' : String(value)
const channels: Readonly<Record<string, string>> = { DIRECT: '1', ONLINE: '2', POSTAL: '3' }

const agenciesOf = (value: unknown) =>
  list(value).map(({ code, name }) => ({ MADONVI: text(code), TENDONVI: text(name) }))

const methodOf = (method: Fields) => ({
  KENH: channels[text(method.submissionMethod)] ?? '',
  THOIGIAN: [
    {
      THOIGIANGIAIQUYET: text(method.processingTime),
      DONVITINH: text(method.processingTimeUnit),
      MOTA: text(method.description),
      PHILEPHI: list(method.fees).map(({ type, value, description }) => ({
        ...{ MAPHILEPHI: text(type), SOTIEN: text(value), DONVI: value === null ? '' : 'Đồng' },
        ...{ MOTA: text(description), TENTEP: '', URL: '' },
      })),
    },
  ],
})

const paperOf = (paper: Fields) => ({
  ...{ MAGIAYTO: text(paper.code), MA_KQ_THAYTHE: '', TENGIAYTO: text(paper.name) },
  ...{ SOBANCHINH: text(paper.originalQty), SOBANSAO: text(paper.copyQty), URL: '' },
  TENMAUDON: text(list(paper.attachments)[0]?.fileName),
})

export function legacyOf(id: string, { code, name, detail }: HeldProcedure): Fields {
  const category = detail.category as Fields | undefined
  return {
    ...{ ID: id, MATTHC: code, TENTTHC: name, MACOQUANCONGBO: 'G99', LOAITTHC: '', TUKHOA: '' },
    ...{ MOTA: text(detail.description), QUYETDINH: '', IDQUYETDINHCONGBO: '', TRANGTHAI: '1' },
    ...{ DIACHITIEPNHAN: text(detail.dossierReceivingAddresses) },
    YEUCAU: text(detail.requirementsAndConditions),
    CAPTHUCHIEN: detail.isWard === true ? [{ CAPTHUCHIEN: '3', TENCAP: 'Cấp xã' }] : [],
    LINHVUCTHUCHIEN: category
      ? [{ MALINHVUC: text(category.code), TENLINHVUC: text(category.name) }]
      : [],
    DOITUONGTHUCHIEN: list(detail.subjectTypesDetails).map((one) => ({
      ...{ MADOITUONG: text(one.code), TENDOITUONG: text(one.name) },
    })),
    TRINHTUTHUCHIEN: [
      {
        TRUONGHOP: '',
        TRINHTU: list(detail.executionSteps).map((one) => ({ TENTRINHTU: text(one.name) })),
      },
    ],
    CACHTHUCTHUCHIEN: list(detail.executionMethods).map(methodOf),
    THANHPHANHOSO: list(detail.executionCases).map((one) => ({
      ...{ TRUONGHOP: text(one.name), GIAYTO: list(one.profileComponents).map(paperOf) },
    })),
    KETQUATHUCHIEN: list(detail.resultsDetails).map((one) => ({
      ...{ MAKETQUA: text(one.code), TENKETQUA: text(one.name), TENTEP: '', URL: '' },
    })),
    CANCUPHAPLY: list(detail.legalBasisesDetails).map((one) => ({
      ...{ SOVANBAN: text(one.code), TENVANBAN: text(one.name), COQUANBANHANH: '' },
    })),
    ...{ TTHCLIENQUAN: [], TTHCLIENTHONG: [] },
    COQUANTHUCHIEN: agenciesOf(detail.departmentsExecuting),
    COQUANCOTHAMQUYEN: agenciesOf(detail.departmentsAuthority),
    COQUANDUOCUYQUYEN: agenciesOf(detail.departmentsAuthorized),
    COQUANPHOIHOP: agenciesOf(detail.departmentsCoordinating),
  }
}

/** Once each, as a catalogue lists them. */
const once = (records: readonly Fields[]): Fields[] => [
  ...new Map(records.map((one) => [JSON.stringify(one), one])).values(),
]

export const agencies = (held: readonly HeldProcedure[]): Fields[] =>
  once(
    held
      .flatMap(({ detail }) => agenciesOf(detail.departmentsExecuting))
      .map((one) => ({ ...one, CAPDONVI: String(one.MADONVI.split('.').length) })),
  )

export const domains = (held: readonly HeldProcedure[]): Fields[] =>
  once(
    held.flatMap(({ detail }) => {
      const category = detail.category as Fields | undefined
      if (!category) return []
      const code = text(category.code)
      return [{ MALINHVUC: code, TENLINHVUC: text(category.name), MANGANH: code.slice(0, 3) }]
    }),
  )
