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
  pageOf,
  ref,
  text,
} from './shape.ts'

const number = (title: string): JsonSchema => count([title], { minimum: 1 })
const anything = (title: string): JsonSchema => ({ title })
const reason = text(['Lý do / Reason'], { minLength: 1, maxLength: 500 })

const revision = {
  id: number('Số của bản / Number'),
  at: moment(['Lúc / At']),
  author: text(['Người đổi / Author']),
  reason: text(['Lý do / Reason']),
  inForce: flag(['Đang dùng / In force']),
  counts: object(['Số mục khác bản trước / Objects that differ from the one before'], {
    added: count(['Thêm / Added']),
    removed: count(['Bỏ / Removed']),
    changed: count(['Đổi / Changed']),
  }),
}

const fault = {
  pointer: text(['Vị trí (JSON Pointer) / Place']),
  rule: text(['Quy tắc / Rule']),
  vi: text(['Tiếng Việt / Vietnamese']),
  en: text(['Tiếng Anh / English']),
  line: nullable(number('Dòng trong YAML / Line of the YAML')),
}

const form = {
  schema: { title: 'Lược đồ của biểu mẫu / Schema of the form', type: 'object' },
  references: { title: 'Lược đồ được dẫn tới / Schemas referred to', type: 'object' },
}
const nextRuns = listOf(
  ['Các giờ chạy tới / Next runs', 'Của việc lấy về đang bật. / Of a pull that is on.'],
  text(['Lúc / At'], { format: 'date-time' }),
)
const draft = {
  value: { title: 'Thiết lập dạng JSON / Settings as JSON', type: 'object' },
  yaml: text(['Hoặc dạng YAML / Or as YAML'], { minLength: 1, maxLength: 200_000 }),
}
const oneForm = { oneOf: [{ required: ['value'] }, { required: ['yaml'] }] }

export const configurationSchemas = {
  Revision: object(['Một bản cấu hình / A revision'], revision),
  RevisionPage: pageOf(['Các bản cấu hình / Revisions'], ref('Revision')),
  ValueChange: object(
    ['Một chỗ khác / A difference'],
    {
      pointer: text(['Vị trí / Place']),
      before: anything('Trước / Before'),
      after: anything('Sau / After'),
    },
    ['before', 'after'],
  ),
  RevisionDetail: object(['Một bản khác bản khác ở đâu / How a revision differs'], {
    ...revision,
    against: nullable(number('So với bản / Against')),
    objects: listOf(
      ['Từng mục / Objects'],
      object(['Một mục / An object'], {
        object: text(['Mục / Object', 'jobs/<mã>, systems/<mã>, codes/<bảng>, hub.']),
        change: oneOf(['Thay đổi / Change'], ['added', 'removed', 'changed']),
        changes: listOf(['Các chỗ khác / Differences'], ref('ValueChange')),
        left: count(['Số chỗ không liệt kê / Not listed']),
      }),
    ),
  }),
  RevisionRestore: object(
    ['Quay về, vì sao / Going back, and why'],
    { base: number('Bản đang dùng đã xem / Revision seen in force'), reason },
    ['base'],
  ),
  Job: object(['Một công việc / A job'], {
    id: text(['Mã / Id']),
    kind: oneOf(['Chiều / Kind', 'push: gửi đi; pull: lấy về.'], ['push', 'pull']),
    title: { ...ref('Words'), title: 'Tên / Title' },
    enabled: flag(['Đang bật / Enabled']),
    system: text(['Hệ thống / System', 'Gửi tới, hoặc lấy từ.']),
    types: listOf(['Loại bản tin / Message types'], text(['Loại / Type'])),
  }),
  Jobs: allOf(['Các công việc / Jobs'], ref('Job')),
  RevisionMade: object(['Bản cấu hình sau khi đổi / The revision afterwards'], {
    revision: number('Bản đang dùng / In force'),
    changed: flag(['Có thay đổi / Changed']),
  }),
  ObjectSettings: object(['Thiết lập của một mục / Settings of an object'], {
    id: text(['Mã / Id']),
    revision: number('Thuộc bản cấu hình / Of the revision'),
    value: { title: 'Dạng JSON / As JSON', type: 'object' },
    yaml: text(['Dạng YAML / As YAML']),
    nextRuns,
    ...form,
  }),
  SettingsDraft: {
    ...object(['Thiết lập cần kiểm tra / Settings to judge'], draft, ['value', 'yaml']),
    ...oneForm,
  },
  SettingsFindings: object(['Kết quả kiểm tra / Findings'], {
    id: text(['Mã / Id']),
    revision: number('Bản đang dùng / Revision in force'),
    isNew: flag(['Mục mới / A new object']),
    faults: listOf(['Lỗi / Faults'], object(['Một lỗi / A fault'], fault)),
    warnings: listOf(['Lưu ý / Warnings'], object(['Một lưu ý / A warning'], fault)),
    value: anything('Nội dung đọc được / What was understood'),
    changes: listOf(['Khác bản đang dùng / Differences'], ref('ValueChange')),
    nextRuns,
    ...form,
  }),
  SettingsSave: {
    ...object(
      ['Thiết lập, vì sao / Settings, and why'],
      {
        ...draft,
        base: count(['Bản đã mở để sửa / Revision edited from', '0: mục mới. / 0: a new one.']),
        reason,
      },
      ['value', 'yaml'],
    ),
    ...oneForm,
  },
}
