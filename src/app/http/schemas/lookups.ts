import {
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

const word = { minLength: 1, maxLength: 200, pattern: '^(?=.*\\S)[^\\p{Cc}\\p{Cf}\\p{Cs}]*$' }
const hash = (words: readonly [string, string?]): JsonSchema =>
  text(words, { pattern: '^[0-9a-f]{64}$' })

const told = {
  official: text(['Cán bộ / Official', 'Tài khoản của cán bộ đang làm hồ sơ.'], word),
  unit: text(['Đơn vị / Unit', 'Mã định danh của đơn vị của cán bộ.'], word),
  dossier: text(['Mã hồ sơ / Dossier'], word),
  purpose: text(
    ['Mục đích / Purpose', 'Vì sao cần tra cứu; được ghi lại. Không ghi dữ liệu cá nhân.'],
    { ...word, minLength: 5, maxLength: 500 },
  ),
}
const fields = listOf(['Các trường / Fields'], text(['Trường / Field'], word))

export const lookupSchemas: Readonly<Record<string, JsonSchema>> = {
  Lookup: object(['Tra cứu / Lookup'], {
    ...told,
    fields: { ...fields, minItems: 1, maxItems: 100, uniqueItems: true },
    parameters: {
      title: 'Tham số / Parameters',
      description: 'Theo lược đồ của nghiệp vụ tra cứu, trong bản mô tả của connector.',
      type: 'object',
    },
  }),
  LookupAnswer: object(['Trả lời / Answer'], {
    id: text(['Mã lượt tra cứu / Id']),
    found: flag([
      'Có / Found',
      'false chỉ khi chính hệ thống được hỏi nói không có bản ghi như vậy.',
    ]),
    values: {
      title: 'Giá trị / Values',
      description: 'Trong các trường được hỏi, những trường bản ghi có.',
      type: 'object',
    },
  }),
  LookupRow: object(['Một lượt tra cứu / A lookup'], {
    id: text(['Mã / Id']),
    at: moment(['Lúc / At']),
    client: text(['Phần mềm hỏi / Client']),
    system: text(['Hệ thống / System']),
    operation: text(['Nghiệp vụ / Operation']),
    ...told,
    fields,
    citizen: nullable(hash(['Mã băm của công dân / Hash of the citizen'])),
    question: hash(['Mã băm của câu hỏi / Hash of the question']),
    answer: nullable(hash(['Mã băm của trả lời / Hash of the answer'])),
    outcome: nullable(
      oneOf(
        ['Kết quả / Outcome', 'null: chưa xong, hoặc tiến trình hỏi đã dừng đột ngột.'],
        ['found', 'missing', 'failed'],
      ),
    ),
    code: nullable({ ...ref('ErrorCode'), title: 'Mã lỗi / Error code' }),
    durationMs: nullable(count(['Thời gian (ms) / Duration'])),
  }),
  LookupPage: pageOf(['Một trang tra cứu / A page of lookups'], ref('LookupRow')),
  CitizenNumber: object(['Số của công dân / Number of a citizen'], {
    number: text(['Số định danh / Number'], { minLength: 1, maxLength: 50 }),
  }),
  CitizenHash: object(['Mã băm / Hash'], {
    citizen: hash(['Mã băm của công dân / Hash of the citizen']),
  }),
  LookupUsage: object(['Số liệu của một đơn vị / Counts of a unit'], {
    unit: text(['Đơn vị / Unit']),
    system: text(['Hệ thống / System']),
    operation: text(['Nghiệp vụ / Operation']),
    asked: count(['Đã hỏi / Asked']),
    found: count(['Có trả lời / Found']),
    reused: count([
      'Dữ liệu khai thác lại / Data reused',
      'Trả lời có dữ liệu, không phải hỏi công dân; không tính trả lời chỉ có hay không.',
    ]),
    missing: count(['Không có / Missing']),
    failed: count(['Không thành / Failed']),
  }),
  LookupUsages: object(['Số liệu của một tháng / Counts of a month'], {
    month: text(['Tháng / Month']),
    items: listOf(['Các mục / Items'], ref('LookupUsage')),
  }),
}
