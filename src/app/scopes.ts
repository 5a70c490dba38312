import type { Words } from '../domain/errors.ts'

/**
 * The one table of rights a key can have. `doors:<system>` comes on top, one per system; and
 * `lookups:<system>`, or `lookups:<system>/<operation>` for one kind of question.
 */
export const scopes = {
  'messages:write': { vi: 'Gửi bản tin vào liên thông.', en: 'Submit messages.' },
  'messages:read': {
    vi: 'Xem trạng thái bản tin và hồ sơ, không xem nội dung.',
    en: 'See the state of messages and dossiers, not their content.',
  },
  'files:write': { vi: 'Nộp tệp đính kèm.', en: 'Upload files.' },
  'files:read': {
    vi: 'Xem, tải và lập đường dẫn tải các tệp do chính mình nộp; tệp của bên khác cần thêm personal-data:read.',
    en: 'See, fetch and link the files it uploaded itself; those of others need personal-data:read too.',
  },
  'deliveries:read': { vi: 'Xem lượt gửi và các lần thử.', en: 'See deliveries and attempts.' },
  'deliveries:write': {
    vi: 'Gửi lại, bỏ, giữ và kết luận lượt gửi.',
    en: 'Redrive, discard, hold and decide deliveries.',
  },
  'systems:read': {
    vi: 'Xem hệ thống, vướng mắc, việc lấy về và số đo.',
    en: 'See systems, problems, pulls and metrics.',
  },
  'systems:write': {
    vi: 'Kiểm tra, tạm dừng, cho chạy lại hệ thống; chạy việc lấy về; chạy thử.',
    en: 'Check, pause and resume systems; run pulls; run jobs dry.',
  },
  'config:read': {
    vi: 'Xem các bản cấu hình, khác nhau ở đâu, và thiết lập của công việc, hệ thống.',
    en: 'See the revisions of the configuration, what differs, and the settings of jobs and systems.',
  },
  'config:write': {
    vi: 'Sửa, thêm công việc và hệ thống; quay về một bản cấu hình cũ.',
    en: 'Change and add jobs and systems; go back to an old revision.',
  },
  'catalogues:read': {
    vi: 'Xem danh mục dùng chung, vướng mắc của chúng, và các bảng mã.',
    en: 'Read the catalogues, their problems, and the code tables.',
  },
  'catalogues:write': {
    vi: 'Đóng vướng mắc của danh mục, cho phép bỏ nhiều mã một lúc; thêm và đổi dòng của bảng mã.',
    en: 'Close problems of catalogues, allow them to lose many codes; add and change entries of code tables.',
  },
  'lookup-audit:read': {
    vi: 'Xem ai đã tra cứu gì, cho hồ sơ nào, vì sao; và số liệu tra cứu.',
    en: 'See who looked up what, for which dossier and why; and the counts.',
  },
  'personal-data:read': {
    vi: 'Xem nội dung bản tin và bằng chứng không che.',
    en: 'See message bodies and unmasked evidence.',
  },
  'users:read': {
    vi: 'Xem tài khoản người dùng và quyền của họ.',
    en: 'See the accounts of people and what they may do.',
  },
  'users:write': {
    vi: 'Tạo, sửa, khoá tài khoản người dùng; cấp đường dẫn đặt mật khẩu.',
    en: 'Make, change and disable accounts of people; give set-up links.',
  },
  'clients:read': {
    vi: 'Xem hệ thống khách và khoá API của họ.',
    en: 'See the clients and their API keys.',
  },
  'clients:write': {
    vi: 'Tạo, sửa, khoá hệ thống khách; cấp, đổi, thu hồi khoá API.',
    en: 'Make, change and disable clients; issue, replace and revoke API keys.',
  },
  'audit:read': {
    vi: 'Xem, kiểm tra, tải nhật ký kiểm toán.',
    en: 'Read, verify and export the audit trail.',
  },
  'process:read': {
    vi: 'Xem phiên bản, tiến trình, dung lượng, thiết lập; khám và tải gói chẩn đoán.',
    en: 'See versions, processes, storage and settings; run the doctor, fetch the bundle.',
  },
  admin: { vi: 'Mọi quyền.', en: 'Every right.' },
} as const satisfies Record<string, Words>

export type Scope = keyof typeof scopes

/** Rights at one system. */
export const systemScopes = ['doors:<system>', 'lookups:<system>', 'lookups:<system>/<operation>']
const systemScope =
  /^(?:doors:[a-z][a-z0-9-]{1,40}|lookups:[a-z][a-z0-9-]{1,40}(?:\/[a-z][a-z0-9-]*)?)$/

export const isScope = (text: string): boolean =>
  Object.hasOwn(scopes, text) || systemScope.test(text)
