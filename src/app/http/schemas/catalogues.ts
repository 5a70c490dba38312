import {
  allOf,
  count,
  flag,
  type JsonSchema,
  listOf,
  moment,
  nullable,
  object,
  oneOf,
  ref,
  text,
} from './shape.ts'

const day = (words: readonly [string, string?]): JsonSchema => nullable(text(words))

const entry = {
  code: text(['Mã / Code']),
  version: count(['Phiên bản / Version'], { minimum: 1 }),
  change: oneOf(
    [
      'Đổi gì / Change',
      'reissued: vẫn mã ấy nhưng nguồn đã cấp lại cho bản ghi khác. / The same code for another record.',
    ],
    ['added', 'changed', 'reissued', 'vanished'],
  ),
  vanished: flag(['Nguồn không còn / Vanished']),
  validFrom: day(['Có hiệu lực từ ngày / Valid from', 'null: không rõ hoặc không có mốc.']),
  validTo: day(['Hết hiệu lực sau ngày / Valid to', 'Tính cả ngày này; null: còn hiệu lực.']),
  hash: text(['Mã băm nội dung / Content hash'], { pattern: '^[0-9a-f]{64}$' }),
  since: moment(['Liên thông biết từ / Known since']),
  content: {
    title: 'Nội dung / Content',
    description: 'null khi nguồn không còn. / null when it has vanished.',
    type: ['object', 'null'],
  },
}

const standing = {
  name: text(['Tên / Name']),
  revision: count(['Lần đổi / Revision', 'Tăng mỗi khi có mục thay đổi.']),
  changedAt: nullable(
    moment([
      'Đổi lần cuối / Changed at',
      'Lần sau hỏi tiếp bằng changedSince với giá trị này. / Ask on from here with changedSince.',
    ]),
  ),
  synchronisedAt: nullable(
    moment(['Đồng bộ trọn vẹn lần cuối / Synchronised at', 'null: chưa lần nào lấy được hết.']),
  ),
}

export const catalogueSchemas: Readonly<Record<string, JsonSchema>> = {
  Catalogue: object(['Một danh mục / A catalogue'], {
    ...standing,
    source: nullable(text(['Nguồn / Source', 'Việc lấy về (pull), hoặc file.'])),
    items: count(['Số mục / Items']),
    vanished: count(['Số mã không còn / Vanished']),
    problems: count(['Số vướng mắc / Problems']),
    ageSeconds: nullable(count(['Đồng bộ cách đây (giây) / Age'])),
  }),
  Catalogues: allOf(['Các danh mục / The catalogues'], ref('Catalogue')),
  CatalogueEntry: object(['Một mục / An item'], entry),
  CataloguePage: object(['Một trang danh mục / A page of a catalogue'], {
    ...standing,
    items: listOf(['Các mục / Items'], ref('CatalogueEntry')),
    next: nullable(text(['Trang sau / Next page'])),
  }),
  CatalogueVersion: object(['Một phiên bản / A version'], {
    ...entry,
    until: nullable(moment(['Cho tới / Until', 'null: phiên bản hiện tại.'])),
  }),
  CatalogueCode: object(['Một mã / A code'], {
    code: text(['Mã / Code']),
    versions: listOf(['Các phiên bản, mới nhất trước / Versions'], ref('CatalogueVersion')),
  }),
  CatalogueProblem: object(['Một vướng mắc / A problem'], {
    code: text(['Mã / Code']),
    kind: oneOf(['Vướng mắc / Kind'], ['vanished', 'reissued']),
    since: moment(['Từ lúc / Since']),
    successors: listOf(
      ['Mã mới của bản ghi ấy / Successors', 'Mã khác mà nguồn nay dùng cho cùng bản ghi.'],
      text(['Mã / Code']),
    ),
    codeTables: listOf(['Bảng mã còn dùng / Code tables'], text(['Bảng mã / Code table'])),
    jobs: listOf(['Công việc còn dùng / Jobs'], text(['Công việc / Job'])),
  }),
  CatalogueProblems: allOf(['Các vướng mắc / The problems'], ref('CatalogueProblem')),
}
