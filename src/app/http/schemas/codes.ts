import { allOf, count, flag, listOf, nullable, object, ref, text } from './shape.ts'

const table = {
  name: text(['Tên bảng / Name']),
  entries: count(['Số dòng / Entries']),
  systems: listOf(['Hệ thống dùng bảng / Systems that use it'], text(['Hệ thống / System'])),
}
const day = { format: 'date' }
const code = { minLength: 1, maxLength: 200 }
const canonical = ['Mã chuẩn / Canonical code', 'Mã trong bản tin của liên thông.'] as const
const remote = ['Mã tại hệ thống / Remote code', 'Mã mà hệ thống ấy hiểu.'] as const
const from = ['Có hiệu lực từ ngày / Valid from'] as const
const to = ['Hết hiệu lực sau ngày / Valid to', 'Tính cả ngày này. / Inclusive.'] as const

export const codeSchemas = {
  CodeTable: object(['Một bảng mã / A code table'], table),
  CodeTables: allOf(['Các bảng mã / The code tables'], ref('CodeTable')),
  CodeEntry: object(['Một dòng / An entry'], {
    canonical: text(canonical),
    remote: text(remote),
    validFrom: nullable(text([...from, 'null: không có mốc. / null: no bound.'])),
    validTo: nullable(text(to)),
  }),
  CodeTablePage: object(['Một trang bảng mã / A page of a code table'], {
    ...table,
    revision: count(['Bản cấu hình / Revision'], { minimum: 1 }),
    items: listOf(['Các dòng / Entries'], ref('CodeEntry')),
    next: nullable(text(['Trang sau / Next page'])),
  }),
  NewCodeEntry: object(
    ['Một dòng, vì sao / An entry, and why'],
    {
      canonical: text(canonical, code),
      remote: text(remote, code),
      validFrom: text([...from, 'Bỏ trống: không có mốc. / Left out: no bound.'], day),
      validTo: text(to, day),
      seen: nullable(
        object(
          [
            'Dòng như đã thấy / The entry as it was seen',
            'null: dòng mới. Có người đổi từ sau đó thì bị từ chối. Bỏ trống: không hỏi. / null: a new entry. Refused when somebody has changed it since. Left out: not asked.',
          ],
          { remote: text(remote, code), validTo: nullable(text(to, day)) },
          ['validTo'],
        ),
      ),
      reason: text(['Lý do / Reason'], { minLength: 1, maxLength: 500 }),
    },
    ['validFrom', 'validTo', 'seen'],
  ),
  CodeEntryChange: object(['Dòng sau khi đổi / The entry afterwards'], {
    revision: count(['Bản cấu hình / Revision'], { minimum: 1 }),
    changed: flag(['Có thay đổi / Changed']),
    entry: ref('CodeEntry'),
    before: { title: 'Trước đó / Before', anyOf: [ref('CodeEntry'), { type: 'null' }] },
  }),
}
