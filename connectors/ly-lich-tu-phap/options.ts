import type { CredentialOptions, DayForm, TimeForm } from '../../src/connector/index.ts'

/** The options of one system, with the manifest's defaults filled in. */
export interface CriminalRecordOptions {
  readonly baseUrl: string
  readonly paths: { readonly submit: string; readonly states: string }
  readonly authKey: string
  readonly credentials: CredentialOptions
  readonly provinceCode: string
  readonly provinceName: string
  readonly sourceCode: string
  readonly sourceName: string
  /** Who is named in a step: the system names nobody. */
  readonly officer: string
  readonly answers: 'status' | 'status-code'
  /** Where `answers` is `status`. */
  readonly successStatus: string
  readonly receivedForm: TimeForm | DayForm
  readonly dossiersPerPage: number
  /** Members whose names are not published, by the canonical ones. */
  readonly names: {
    readonly person: Readonly<Record<string, string>>
    readonly relative: Readonly<Record<string, string>>
    readonly stay: Readonly<Record<string, string>>
  }
}

/** What the manifest says when an option is absent; a test compares both. */
export const defaultOptions = {
  paths: { submit: 'nhanHoSo', states: 'traTrangThai' },
  answers: 'status',
  successStatus: '1',
  receivedForm: 'dd/MM/yyyy HH:mm:ss',
  dossiersPerPage: 10,
  names: {
    person: {
      name: 'HoTen',
      sex: 'GioiTinh',
      birth: 'NgaySinh',
      birthPlace: 'NoiSinh',
      nationality: 'QuocTich',
      personalId: 'SoDinhDanh',
      residence: 'NoiCuTru',
      phone: 'SoDienThoai',
      email: 'Email',
    },
    relative: { name: 'hoTen', birth: 'ngaySinh', personalId: 'soDinhDanh' },
    stay: { from: 'tuNgay', to: 'denNgay', place: 'noiCuTru', occupation: 'ngheNghiep' },
  },
} as const satisfies Partial<CriminalRecordOptions>

type Names = CriminalRecordOptions['names']
type Given = Omit<CriminalRecordOptions, keyof typeof defaultOptions | 'credentials'> &
  Partial<Omit<CriminalRecordOptions, 'paths' | 'names'>> & {
    readonly paths?: Partial<CriminalRecordOptions['paths']>
    readonly names?: Partial<Names>
  }

/** Reads options that have fitted the manifest's schema. */
export function readOptions(options: Readonly<Record<string, unknown>>): CriminalRecordOptions {
  const given = options as Readonly<Record<string, unknown>> & Given
  const { names } = defaultOptions
  return {
    ...defaultOptions,
    credentials: { style: 'none' },
    ...given,
    paths: { ...defaultOptions.paths, ...given.paths },
    names: {
      person: { ...names.person, ...given.names?.person },
      relative: { ...names.relative, ...given.names?.relative },
      stay: { ...names.stay, ...given.names?.stay },
    },
  }
}
