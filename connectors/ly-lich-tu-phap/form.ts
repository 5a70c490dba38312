/** The canonical request → `toKhai`. Pure. What is absent stays absent; nothing is filled in. */
import {
  type CodeTables,
  type CriminalRecordRequested,
  withoutAbsent,
} from '../../src/connector/index.ts'
import type { CriminalRecordOptions } from './options.ts'

export interface Edge {
  readonly codes: CodeTables
  readonly names: CriminalRecordOptions['names']
  /** The day by which codes are translated. */
  readonly at: Date
}

type Members = Readonly<Record<string, unknown>>
type Names = Readonly<Record<string, string>>

const tables: Readonly<Record<string, string>> = {
  sex: 'ly-lich-tu-phap-sex',
  nationality: 'ly-lich-tu-phap-nationality',
}
/** Of a day that is not known whole only what is known is written. */
const dates = new Set(['birth', 'from', 'to'])
const partOfDay = (value: string): string => value.split('-').reverse().join('/')

function written(
  { codes, at }: Edge,
  names: Names,
  prefix: string,
  given: object,
  pointer: string,
): Members {
  const pairs = Object.entries(given).map(([name, value]: [string, string]) => {
    const table = tables[name]
    const text = table
      ? codes.toRemote(table, value, at, `${pointer}/${name}`)
      : dates.has(name)
        ? partOfDay(value)
        : value
    return [`${prefix}${names[name]}`, text]
  })
  return Object.fromEntries(pairs)
}

export function formOf(edge: Edge, request: CriminalRecordRequested): Members {
  const { names, codes, at } = edge
  const { purpose, applicant, proxy, stays, attachments } = request
  const relative = (who: 'father' | 'mother' | 'spouse') =>
    request[who] && written(edge, names.relative, '', request[who], `/${who}`)
  return withoutAbsent({
    loaiPhieu: codes.toRemote('ly-lich-tu-phap-kind', request.kind, at, '/kind'),
    yeuCauCDNCV: request.statesProhibition ? '1' : '0',
    maMucDich: purpose.code,
    mucDich: purpose.text,
    soLuongCap: String(request.copies),
    ...written(edge, names.person, 'nyc', applicant, '/applicant'),
    cha: relative('father'),
    me: relative('mother'),
    voChong: relative('spouse'),
    uyQuyen: proxy ? '1' : '0',
    ...(proxy && written(edge, names.person, 'nuq', proxy, '/proxy')),
    nycCuTru: stays?.map((stay, at) => written(edge, names.stay, '', stay, `/stays/${at}`)),
    fileHoSo: attachments?.map((file) => ({
      tenLoaiFile: file.kindName,
      tenFile: file.fileName,
      noiDungFile: file.content,
    })),
  })
}
