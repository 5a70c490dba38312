import {
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

const verdicts = [
  ...['leaves', 'nothing', 'fails', 'same', 'changed'],
  ...['newly-failing', 'newly-passing', 'still-failing', 'unreadable'],
]

const pulledVerdicts = ['new', 'duplicate', 'conflict', 'refused']

const counted = (values: readonly string[]): JsonSchema => ({
  title: 'Số bản tin theo kết quả / Messages by verdict',
  type: 'object',
  additionalProperties: false,
  properties: Object.fromEntries(
    values.map((value) => [value, { type: 'integer', minimum: 0, title: value }]),
  ),
})

const anything = (title: string): JsonSchema => ({ title })
const record = (title: string): JsonSchema => ({ title, type: 'object' })

const common = {
  job: text(['Luồng / Job']),
  revision: nullable(count(['Bản cấu hình đang dùng / Revision in force'])),
  hasCandidate: flag(['Có cấu hình thử / With a candidate']),
  at: moment(['Lúc chạy thử / Moment of the run', 'Mọi thứ được tính như gửi đúng lúc này.']),
}
const messages = count(['Số bản tin / Messages'])
const itemsLeft = count([
  'Số mục không đưa vào / Items left out',
  'Đã được đếm trong phần tổng hợp.',
])

export const dryRunSchemas: Readonly<Record<string, JsonSchema>> = {
  // Compiled alone, so it refers to nothing.
  DryRun: object(
    ['Yêu cầu chạy thử / Dry run'],
    {
      samples: listOf(
        ['Bản tin mẫu / Samples', 'CloudEvents như khi gửi vào liên thông.'],
        record('CloudEvent'),
        { minItems: 1, maxItems: 100 },
      ),
      messages: listOf(
        [
          'Bản tin đã nhận / Messages of the store',
          'Theo mã bản tin; bản tin mà luồng không nhận thì bỏ qua.',
        ],
        text(['Mã bản tin / Message id'], { format: 'uuid' }),
        { minItems: 1, maxItems: 100 },
      ),
      last: {
        ...count([
          'Số bản tin gần nhất / Newest messages',
          'Với việc lấy về: số dòng được đưa ra.',
        ]),
        ...{ minimum: 1, maximum: 1000 },
      },
      fromStart: flag(['Lấy về từ đầu, không theo con trỏ / As at the first run']),
      configuration: object(
        [
          'Cấu hình thử / Candidate',
          'Từng phần thay cho phần cùng mã của bản đang dùng; dạng như tệp cấu hình.',
        ],
        {
          systems: listOf(['Hệ thống / Systems'], record('systems/*.yaml'), { maxItems: 100 }),
          jobs: listOf(['Luồng / Jobs'], record('jobs/*.yaml'), { maxItems: 200 }),
          codes: {
            title: 'Bảng mã / Code tables',
            type: 'object',
            maxProperties: 200,
            propertyNames: { pattern: '^[a-z][a-z0-9-]{1,60}$' },
            additionalProperties: {
              type: 'array',
              maxItems: 20_000,
              items: object(
                ['Một dòng / Row'],
                {
                  canonical: text(['Mã chuẩn / Canonical']),
                  remote: text(['Mã của hệ thống / Remote']),
                  validFrom: text(['Từ ngày / Valid from']),
                  validTo: text(['Tới ngày / Valid to']),
                },
                ['validFrom', 'validTo'],
              ),
            },
          },
        },
        ['systems', 'jobs', 'codes'],
      ),
    },
    ['samples', 'messages', 'last', 'fromStart', 'configuration'],
  ),
  DryOutput: object(['Bản tin thành gì / What a message becomes'], {
    kind: oneOf(
      [
        'Kết quả / Outcome',
        'leaves: sẽ được gửi; nothing: không có gì phải gửi; fails: bị chặn vì lỗi; not-routed: luồng không nhận.',
      ],
      ['leaves', 'nothing', 'fails', 'not-routed'],
    ),
    schema: nullable(text(['Lược đồ / Schema'])),
    body: anything('Nội dung sẽ đi ra / What would leave'),
    request: nullable(
      object(['Yêu cầu HTTP / HTTP request', 'Bí mật đã được thay bằng giá trị giả.'], {
        method: text(['Phương thức / Method']),
        url: text(['Địa chỉ / Address']),
        headers: { ...record('Tiêu đề / Headers'), additionalProperties: { type: 'string' } },
      }),
    ),
    code: nullable({ ...ref('ErrorCode'), title: 'Mã lỗi / Error code' }),
    detail: nullable({ ...ref('Words'), title: 'Chi tiết / Detail' }),
    faults: listOf(['Lỗi / Faults'], ref('Fault')),
    codes: listOf(
      ['Mã chưa chuyển đổi được / Codes without translation'],
      object(['Mã / Code'], {
        table: text(['Bảng mã / Table']),
        code: text(['Mã / Code']),
        pointer: text(['Vị trí / Pointer']),
      }),
    ),
  }),
  DryPushReport: object(['Kết quả chạy thử việc gửi / Dry run of a push'], {
    ...common,
    kind: oneOf(['Loại / Kind'], ['push']),
    summary: object(['Tổng hợp / Summary', 'Đếm trên mọi bản tin; * thay cho số thứ tự.'], {
      messages,
      verdicts: counted(verdicts),
      purged: count(['Nội dung đã xoá theo hạn lưu / Purged bodies']),
      untranslated: listOf(
        ['Mã chưa chuyển đổi được / Codes without translation'],
        object(['Mã / Code'], {
          table: text(['Bảng mã / Table']),
          code: text(['Mã / Code']),
          messages,
        }),
      ),
      faults: listOf(
        ['Lỗi / Faults'],
        object(['Lỗi / Fault'], {
          code: ref('ErrorCode'),
          rule: text(['Quy tắc / Rule']),
          pointer: text(['Vị trí / Pointer']),
          messages,
        }),
      ),
      changes: listOf(
        ['Trường thay đổi / Changed fields'],
        object(['Trường / Field'], {
          in: oneOf(['Ở đâu / Where'], ['body', 'request']),
          pointer: text(['Vị trí / Pointer']),
          messages,
        }),
      ),
      more: flag(['Còn nhóm không liệt kê / More groups than listed']),
    }),
    items: listOf(
      ['Từng bản tin / Messages'],
      object(['Một bản tin / Message'], {
        message: nullable(text(['Mã bản tin / Message id'])),
        sample: nullable(count(['Bản tin mẫu thứ / Sample'])),
        subject: text(['Chủ đề / Subject']),
        type: text(['Loại / Type']),
        verdict: oneOf(['Kết quả / Verdict'], verdicts),
        current: nullable({ ...ref('DryOutput'), title: 'Theo bản đang dùng / In force' }),
        candidate: nullable({ ...ref('DryOutput'), title: 'Theo cấu hình thử / Candidate' }),
        changes: listOf(
          ['Khác nhau / Differences'],
          object(
            ['Một chỗ khác / Difference'],
            {
              in: oneOf(['Ở đâu / Where'], ['body', 'request']),
              pointer: text(['Vị trí / Pointer']),
              before: anything('Trước / Before'),
              after: anything('Sau / After'),
            },
            ['before', 'after'],
          ),
        ),
      }),
    ),
    itemsLeft,
    complete: flag(['Đã xem hết / Complete', 'Sai: hết thời gian trước khi xem hết.']),
  }),
  DryPullReport: object(['Kết quả chạy thử việc lấy về / Dry run of a pull'], {
    ...common,
    kind: oneOf(['Loại / Kind'], ['pull']),
    from: oneOf(['Bắt đầu từ / From'], ['cursor', 'start']),
    messages,
    verdicts: counted(pulledVerdicts),
    items: listOf(
      ['Từng bản tin / Messages'],
      object(
        ['Một bản tin / Message'],
        {
          source: text(['Nguồn / Source']),
          eventId: text(['Mã sự kiện / Event id']),
          type: text(['Loại / Type']),
          subject: text(['Chủ đề / Subject']),
          time: text(['Thời điểm phát sinh / Time']),
          dataschema: text(['Lược đồ dữ liệu / Data schema']),
          verdict: oneOf(['Kết quả / Verdict'], pulledVerdicts),
          code: nullable({ ...ref('ErrorCode'), title: 'Mã lỗi / Error code' }),
          faults: listOf(['Lỗi / Faults'], ref('Fault')),
          data: anything('Dữ liệu / Data'),
        },
        ['dataschema'],
      ),
    ),
    itemsLeft,
    unread: listOf(
      ['Không đọc được / Unread'],
      object(['Bản ghi / Record'], {
        subject: text(['Chủ đề / Subject']),
        code: ref('ErrorCode'),
        pointers: listOf(['Vị trí / Pointers'], text(['Vị trí / Pointer'])),
      }),
    ),
    catalogue: nullable(
      object(['Danh mục / Catalogue'], {
        name: text(['Tên / Name']),
        entries: count(['Số mục trong trang / Entries of the page']),
      }),
    ),
    more: flag(['Nguồn còn trang nữa / More pages']),
  }),
  DryRunReport: {
    title: 'Kết quả chạy thử / Dry run',
    oneOf: [ref('DryPushReport'), ref('DryPullReport')],
  },
}
