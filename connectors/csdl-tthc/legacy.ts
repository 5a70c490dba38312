/**
 * A procedure as LayThuTuc tells it → as the hub's catalogue keeps it: the same members as from the public API,
 * so that what reads the catalogue need not know the way. All values are texts, names in capitals. A number
 * that is none stays in the description, as it was written. Source: running clients, 2020–2025.
 */
import {
  type CatalogueEntry,
  field,
  nfc,
  type RemoteRecord,
  withoutAbsent,
} from '../../src/connector/index.ts'
import type { ListItem } from './listing.ts'
import type { ServiceOptions, WordTable } from './options.ts'
import { type Content, listOf, setOf } from './translate.ts'

type Words = ServiceOptions['words']

/** Undefined for what is empty: these services write an empty text where nothing is known. */
export function text(record: RemoteRecord, name: string): string | undefined {
  const value = field(record, name)
  const said = typeof value === 'number' ? String(value) : value
  return typeof said === 'string' && said.trim() !== '' ? said.trim() : undefined
}

const rows = (record: RemoteRecord, name: string): readonly RemoteRecord[] => {
  const list = field(record, name)
  return Array.isArray(list)
    ? list.filter((one): one is RemoteRecord => typeof one === 'object' && one !== null)
    : []
}

const named = (record: RemoteRecord, list: string, code: string, name: string) =>
  setOf(
    rows(record, list).map((one) => ({
      ...{ code: text(one, code) ?? null, name: text(one, name) ?? null },
    })),
  )

const wordIn = (table: WordTable, word: string | undefined): string | undefined =>
  word !== undefined && Object.hasOwn(table, word) ? table[word] : word

const whole = (said: string | undefined): number | undefined =>
  said !== undefined && /^[0-9]{1,15}$/.test(said) ? Number(said) : undefined

/** `1.000` is a thousand to one and one to another: no number. */
const decimal = (said: string | undefined): number | undefined =>
  said !== undefined && /^[0-9]{1,6}(\.[0-9]{1,2})?$/.test(said) ? Number(said) : undefined

const joined = (...texts: readonly (string | undefined)[]): string | undefined => {
  const said = texts.filter((one) => one !== undefined)
  return said.length > 0 ? said.join('; ') : undefined
}

const isDong = (unit: string | undefined): boolean =>
  unit === undefined || /^(đồng|đ|vnđ|vnd)$/i.test(nfc(unit))

function feeOf(row: RemoteRecord): Content {
  const [sum, unit] = [text(row, 'SOTIEN'), text(row, 'DONVI')]
  const amount = isDong(unit) ? whole(sum) : undefined
  const written =
    amount === undefined && sum !== undefined ? `${sum} ${unit ?? ''}`.trim() : undefined
  return withoutAbsent({
    kind: text(row, 'MAPHILEPHI'),
    amount,
    description: joined(written, text(row, 'MOTA')),
  })
}

function methodsOf(way: RemoteRecord, words: Words): Content[] {
  const channel = wordIn(words.channels, text(way, 'KENH'))
  const times = rows(way, 'THOIGIAN')
  if (times.length === 0) return [withoutAbsent({ channel, fees: [] })]
  return times.map((row) => {
    const said = text(row, 'THOIGIANGIAIQUYET')
    const time = decimal(said)
    return withoutAbsent({
      ...{ channel, time, unit: wordIn(words.units, text(row, 'DONVITINH')) },
      description: joined(time === undefined ? said : undefined, text(row, 'MOTA')),
      // None means that none was declared, not that it costs nothing.
      fees: rows(row, 'PHILEPHI')
        .map(feeOf)
        .filter((fee) => Object.keys(fee).length > 0),
    })
  })
}

const componentOf = (row: RemoteRecord): Content => {
  const form = text(row, 'TENMAUDON')
  return withoutAbsent({
    code: text(row, 'MAGIAYTO'),
    name: text(row, 'TENGIAYTO'),
    originals: whole(text(row, 'SOBANCHINH')),
    copies: whole(text(row, 'SOBANSAO')),
    resultCode: text(row, 'MA_KQ_THAYTHE'),
    forms: form === undefined ? undefined : [form],
  })
}

const stepsOf = (group: RemoteRecord): Content[] =>
  rows(group, 'TRINHTU')
    .map((row) => withoutAbsent({ name: text(row, 'TENTRINHTU') }))
    .filter((step) => Object.keys(step).length > 0)
    .map((step) => withoutAbsent({ case: text(group, 'TRUONGHOP'), ...step }))

const contentOf = (item: ListItem, record: RemoteRecord, words: Words): Content => {
  const domains = named(record, 'LINHVUCTHUCHIEN', 'MALINHVUC', 'TENLINHVUC')
  const steps = rows(record, 'TRINHTUTHUCHIEN').flatMap(stepsOf)
  const methods = rows(record, 'CACHTHUCTHUCHIEN').flatMap((way) => methodsOf(way, words))
  return withoutAbsent({
    name: text(record, 'TENTTHC') ?? item.name,
    sourceId: identityOf(record),
    state: wordIn(words.states, text(record, 'TRANGTHAI')),
    kind: wordIn(words.kinds, text(record, 'LOAITTHC')),
    domain: domains?.[0],
    promulgatedByCode: text(record, 'MACOQUANCONGBO'),
    description: text(record, 'MOTA'),
    requirements: text(record, 'YEUCAU'),
    receivedAt: text(record, 'DIACHITIEPNHAN'),
    levels: named(record, 'CAPTHUCHIEN', 'CAPTHUCHIEN', 'TENCAP'),
    subjects: named(record, 'DOITUONGTHUCHIEN', 'MADOITUONG', 'TENDOITUONG'),
    executing: named(record, 'COQUANTHUCHIEN', 'MADONVI', 'TENDONVI'),
    authority: named(record, 'COQUANCOTHAMQUYEN', 'MADONVI', 'TENDONVI'),
    authorised: named(record, 'COQUANDUOCUYQUYEN', 'MADONVI', 'TENDONVI'),
    coordinating: named(record, 'COQUANPHOIHOP', 'MADONVI', 'TENDONVI'),
    results: named(record, 'KETQUATHUCHIEN', 'MAKETQUA', 'TENKETQUA'),
    legalBases: named(record, 'CANCUPHAPLY', 'SOVANBAN', 'TENVANBAN'),
    steps: steps.length > 0 ? steps : undefined,
    methods: methods.length > 0 ? methods : undefined,
    cases: listOf(rows(record, 'THANHPHANHOSO'), (group) =>
      withoutAbsent({
        name: text(group, 'TRUONGHOP'),
        components: rows(group, 'GIAYTO').map(componentOf),
      }),
    ),
  })
}

/** Of this register: nobody has said that its ids are those of the public API. */
const identityOf = (record: RemoteRecord): string | undefined => {
  const id = text(record, 'ID')
  return id === undefined ? undefined : `mapi:${id}`
}

export function legacyEntry(
  item: ListItem,
  mark: string,
  record: RemoteRecord,
  words: Words,
): CatalogueEntry {
  const identity = identityOf(record)
  return {
    ...{ code: item.code, mark, content: contentOf(item, record, words) },
    ...(identity !== undefined && { identity }),
  }
}
