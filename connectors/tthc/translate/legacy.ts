/** What reading a legacy shape needs from outside, and the rules its variants share. */
import type { CodeTables, DossierIdentity } from '../../../src/connector/index.ts'
import type { Constants } from '../options.ts'
import type { Reading } from './reading.ts'

export interface LegacyEdge {
  readonly codes: CodeTables
  readonly constants: Constants
  readonly attachments: 'refuse' | 'leave-out'
  /** Read for codes when a record carries no time at all. */
  readonly now: Date
}

/** A record being read: where it stands in the document, and as of when codes are read. */
export interface Place {
  readonly edge: LegacyEdge
  readonly reading: Reading
  /** JSON Pointer of the record. */
  readonly at: string
  readonly codesAt: Date
}

/** A code of the system → canonical; a code without translation becomes a fault. */
export const canonical = (place: Place, table: string, remote: string, field: string) =>
  place.reading.take(() =>
    place.edge.codes.toCanonical(table, remote, place.codesAt, `${place.at}/${field}`),
  )

/** What an operator has written down in a table of the province: names of agencies, domains. */
export const lookedUp = (place: Place, table: string, code: string, field: string) =>
  place.reading.take(() =>
    place.edge.codes.toRemote(table, code, place.codesAt, `${place.at}/${field}`),
  )

/** A required canonical field for which the legacy record has no value and the operator no constant. */
export const missing = (place: Place, field: string, constant?: string): undefined =>
  place.reading.fault(
    field === '' ? place.at : `${place.at}/${field}`,
    'required',
    constant
      ? `Bản tin chuẩn bắt buộc, bản ghi không có; gửi trường này hoặc khai constants.${constant} trong cấu hình`
      : 'Bản tin chuẩn bắt buộc, bản ghi không có; liên thông không điền thay',
    constant
      ? `Required and not in the record; send it or configure constants.${constant}`
      : 'Required and not in the record; the hub fills in nothing',
  )

/**
 * What kind of number this is, by its form alone: 12 digits of a person are a personal id, 9 digits
 * the former identity card, 10 or 13 digits of anybody else a tax code. Otherwise it is `other`.
 */
export function identityOf(number: string, kind: string | undefined): DossierIdentity {
  if (kind === 'citizen') {
    if (/^\d{12}$/.test(number)) return { kind: 'personal-id', number }
    if (/^\d{9}$/.test(number)) return { kind: 'former-id', number }
  } else if (/^\d{10}(-?\d{3})?$/.test(number)) return { kind: 'tax-code', number }
  return { kind: 'other', number }
}
