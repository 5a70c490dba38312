import type { Language } from '../language.ts'

/** Every word of the page that is not in the document itself. */
const table = {
  title: ['Tài liệu API', 'API documentation'],
  skip: ['Đến nội dung', 'Skip to the content'],
  contents: ['Mục lục', 'Contents'],
  reference: ['Tra cứu', 'Reference'],
  headersBinary: ['Tiêu đề ở chế độ binary', 'Headers of binary mode'],
  oneOfMany: ['một trong', 'one of'],
  values: ['giá trị', 'values'],
  otherLanguage: ['English', 'Tiếng Việt'],
  machine: ['OpenAPI 3.1 (JSON)', 'OpenAPI 3.1 (JSON)'],
  about: ['Giới thiệu', 'About'],
  start: ['Bắt đầu', 'Getting started'],
  startKey: [
    'Xin quản trị liên thông cấp khoá (hub client create). Khoá chỉ hiện một lần; cất như mật khẩu.',
    'Ask the administrator of the hub for a key (hub client create). It is shown once; keep it like a password.',
  ],
  startShell: [
    'Đặt địa chỉ và khoá vào biến môi trường; mọi ví dụ trên trang dùng hai biến này.',
    'Put address and key into the environment; every example on this page uses them.',
  ],
  startSubmit: [
    'Gửi bản tin đầu tiên. 202 nghĩa là bản tin đã nằm bền vững trong liên thông.',
    'Submit a first message. 202 means that it is durable in the hub.',
  ],
  startFollow: [
    'Theo links.status trong biên nhận, hoặc mã hồ sơ, để biết bản tin đã tới đâu.',
    'Follow links.status of the receipt, or the dossier code, to see where it stands.',
  ],
  startRetry: [
    'Mất kết nối, hoặc gặp 429, 503: gửi lại y nguyên cùng mã sự kiện. Gửi trùng không gây hại.',
    'After a lost connection, 429 or 503: send the same event under the same id again. A repeat does no harm.',
  ],
  rights: ['Quyền của khoá', 'Rights of a key'],
  right: ['Quyền', 'Right'],
  rightNeeded: ['Quyền cần có', 'Right needed'],
  moreWith: ['Xem được nhiều hơn với', 'Shows more with'],
  noKey: ['Không cần khoá', 'No key needed'],
  anyKey: ['Khoá bất kỳ còn hiệu lực', 'Any live key'],
  allows: ['Cho phép', 'Allows'],
  doorRight: [
    'Dùng các cửa vào của một hệ thống (/doors/<hệ thống>/…).',
    'Use the doors of one system (/doors/<system>/…).',
  ],
  parameters: ['Tham số', 'Parameters'],
  name: ['Tên', 'Name'],
  place: ['Nằm ở', 'In'],
  path: ['đường dẫn', 'path'],
  query: ['địa chỉ (query)', 'query'],
  header: ['tiêu đề', 'header'],
  meaning: ['Ý nghĩa', 'Meaning'],
  required: ['bắt buộc', 'required'],
  body: ['Nội dung gửi', 'Request body'],
  answers: ['Câu trả lời', 'Answers'],
  failures: ['Mã lỗi có thể gặp', 'Codes it can answer with'],
  example: ['Ví dụ', 'Example'],
  types: ['Loại bản tin', 'Message types'],
  typesIntro: [
    'Phần data của mỗi loại bản tin phải khớp lược đồ dưới đây. Trường lạ bị từ chối; không có trường nào bị tự sửa.',
    'The data of each message type must fit its schema. Unknown members are refused; nothing is repaired.',
  ],
  noTypes: ['Chưa có loại bản tin nào.', 'There is no message type yet.'],
  shapes: ['Lược đồ chung', 'Shapes'],
  errors: ['Mã lỗi', 'Error codes'],
  errorsIntro: [
    'Mã lỗi không đổi giữa các phiên bản. Cột “Đến lượt” cho biết ai phải làm gì tiếp.',
    'Codes are stable. The column “Turn” says who has to act next.',
  ],
  code: ['Mã', 'Code'],
  turn: ['Đến lượt', 'Turn'],
  what: ['Chuyện gì', 'What happened'],
  next: ['Làm gì tiếp', 'What to do next'],
  client: ['bên gọi', 'caller'],
  hub: ['liên thông', 'hub'],
  system: ['hệ thống đích', 'target system'],
  network: ['đường truyền', 'network'],
  configuration: ['cấu hình', 'configuration'],
  members: ['Xem các trường bên trong', 'Show the members'],
  rules: ['Quy tắc bổ sung', 'Further rules'],
  oneOf: ['Một trong các dạng sau', 'One of these'],
  value: ['Giá trị', 'Value'],
  listOf: ['danh sách', 'list of'],
  orNull: ['hoặc null', 'or null'],
  string: ['chuỗi', 'string'],
  integer: ['số nguyên', 'integer'],
  number: ['số', 'number'],
  boolean: ['true/false', 'boolean'],
  object: ['đối tượng', 'object'],
  array: ['danh sách', 'list'],
  any: ['giá trị bất kỳ', 'any value'],
  characters: ['ký tự', 'characters'],
  items: ['mục', 'items'],
  from: ['từ', 'from'],
  to: ['đến', 'to'],
  atLeast: ['ít nhất', 'at least'],
  atMost: ['tối đa', 'at most'],
  byDefault: ['mặc định', 'default'],
  personal: ['dữ liệu cá nhân', 'personal data'],
  'date-time': ['thời điểm RFC 3339', 'RFC 3339 date-time'],
  date: ['ngày YYYY-MM-DD', 'date YYYY-MM-DD'],
} as const satisfies Record<string, readonly [vi: string, en: string]>

export type Word = keyof typeof table

export type Say = (word: Word) => string

export const isWord = (text: string): text is Word => Object.hasOwn(table, text)

export const createSay =
  (language: Language): Say =>
  (word) =>
    table[word][language === 'vi' ? 0 : 1]
