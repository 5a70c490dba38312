/**
 * Whether what the portal returns is what was sent. The portal may return fewer fields than it was
 * sent, in other case, numbers for texts; it may add fields of its own. Only fields that both sides
 * have are compared.
 */
import { field, nfc, type RemoteRecord } from '../../src/connector/index.ts'
import type { Part } from './edge.ts'
import { digest } from './memo.ts'

/** The fields that the portal shows in its own question about a dossier (door `/search/call`). */
export const coreFields = [
  'MaTTHC',
  'TenTTHC',
  'MaLinhVuc',
  'TenLinhVuc',
  'LoaiDoiTuong',
  'TrangThaiHoSo',
  'HinhThuc',
  'DonViXuLy',
] as const

export const coreDigest = (item: Part): string =>
  digest(coreFields.map((name) => String(item[name])).join('\n'))

export type Likeness =
  /** At least one field says something else. */
  | { readonly kind: 'different' }
  /** Every field that can be compared is the same: all that were sent, at least the core, or some. */
  | { readonly kind: 'same'; readonly covers: 'all' | 'core' | 'some' }
  /** The record has none of the fields that were sent, the dossier code apart. */
  | { readonly kind: 'incomparable' }

/** Links are compared by what they lead to: `target` opens those of the hub, which change with time. */
export function compare(
  sent: Part,
  record: RemoteRecord,
  target: (link: string) => string,
): Likeness {
  let compared = 0
  const missing = new Set<string>()
  for (const [name, value] of Object.entries(sent)) {
    if (name === 'MaHoSo') continue
    const there = field(record, name)
    if (there === undefined) missing.add(name)
    else if (isSame(value, there, target)) compared += 1
    else return { kind: 'different' }
  }
  if (compared === 0) return { kind: 'incomparable' }
  if (missing.size === 0) return { kind: 'same', covers: 'all' }
  return { kind: 'same', covers: coreFields.some((name) => missing.has(name)) ? 'some' : 'core' }
}

function isSame(sent: unknown, there: unknown, target: (link: string) => string): boolean {
  if (Array.isArray(sent))
    return (
      Array.isArray(there) &&
      sent.length === there.length &&
      sent.every((one, index) => isSame(one, there[index], target))
    )
  if (typeof sent === 'object' && sent !== null)
    return (
      typeof there === 'object' &&
      there !== null &&
      Object.entries(sent).every(([name, value]) => {
        const other = field(there as RemoteRecord, name)
        return other === undefined || isSame(value, other, target)
      })
    )
  if (typeof there === 'object' && there !== null) return false
  return plain(sent, target) === plain(there, target)
}

/** Texts, numbers, truth values and nothing, in one form: the portal mixes them. */
const plain = (value: unknown, target: (link: string) => string): string => {
  if (value === null || value === undefined) return ''
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  const text = nfc(String(value)).trim()
  return /^https?:/.test(text) ? target(text) : text
}

/** How many of these progress rows a dossier's record lists; undefined when it does not say. */
export function listedRows(
  rows: readonly Part[],
  record: RemoteRecord,
  progressField: string,
): readonly boolean[] | undefined {
  const listed = field(record, progressField)
  if (!Array.isArray(listed)) return undefined
  const records = listed.filter(
    (row): row is RemoteRecord => typeof row === 'object' && row !== null,
  )
  const tellsRowsApart = (row: RemoteRecord): boolean =>
    field(row, 'ThoiDiemXuLy') !== undefined && field(row, 'NoiDungXuLy') !== undefined
  if (records.length !== listed.length || !records.every(tellsRowsApart)) return undefined
  return rows.map((row) =>
    records.some((record) => compare(row, record, (link) => link).kind === 'same'),
  )
}
