export const codes = {
  lead: {
    vi: 'Mỗi bảng đổi mã chuẩn trong bản tin thành mã mà một hệ thống hiểu, theo ngày. Mỗi lần đổi là một bản cấu hình mới.',
    en: 'Each table turns the codes of messages into those that a system knows, by day. Each change is a new revision.',
  },
  table: { vi: 'Bảng mã', en: 'Code table' },
  tableOf: { vi: '{{name}} ({{count}} dòng)', en: '{{name}} ({{count}} entries)' },
  choose: { vi: 'Chọn bảng mã', en: 'Choose a code table' },
  search: { vi: 'Tìm mã, ở cả hai cột', en: 'Find a code in either column' },
  usedBy: { vi: 'Dùng cho hệ thống: {{systems}}', en: 'Used for: {{systems}}' },
  unused: { vi: 'Chưa hệ thống nào dùng bảng này', en: 'No system uses this table yet' },
  none: {
    title: { vi: 'Cấu hình chưa có bảng mã nào', en: 'The configuration has no code table' },
    next: {
      vi: 'Bảng mã là tệp CSV trong config/codes; áp dụng bằng hub config apply.',
      en: 'Code tables are CSV files in config/codes; they are applied by hub config apply.',
    },
  },
  empty: {
    title: { vi: 'Không có dòng nào khớp', en: 'No entry matches' },
    next: {
      vi: 'Thử một phần ngắn hơn của mã, hoặc thêm mã này vào bảng.',
      en: 'Try a shorter part of the code, or add it to the table.',
    },
  },
  columns: {
    canonical: { vi: 'Mã chuẩn', en: 'Canonical code' },
    remote: { vi: 'Mã tại hệ thống', en: 'Code at the system' },
    from: { vi: 'Có hiệu lực từ', en: 'Valid from' },
    to: { vi: 'Đến hết ngày', en: 'Valid to' },
    do: { vi: 'Thao tác', en: 'Do' },
  },
  help: {
    canonical: { vi: 'Mã như trong bản tin của liên thông.', en: 'The code as messages have it.' },
    remote: {
      vi: 'Mã mà hệ thống ấy hiểu; hỏi đơn vị quản lý hệ thống nếu chưa biết.',
      en: 'The code that the system knows; ask its owner if it is not known.',
    },
    period: {
      vi: 'Để trống: không có mốc. Bản tin được đổi mã theo ngày của nó.',
      en: 'Empty: no bound. A message is translated by its own day.',
    },
  },
  missing: { vi: 'Không để trống.', en: 'Is needed.' },
  add: { vi: 'Thêm mã', en: 'Add a code' },
  addTo: { vi: 'Thêm mã vào bảng {{table}}', en: 'Add a code to {{table}}' },
  change: { vi: 'Sửa', en: 'Change' },
  changeIn: { vi: 'Sửa mã {{code}} của bảng {{table}}', en: 'Change {{code}} in {{table}}' },
  save: { vi: 'Lưu vào bảng mã', en: 'Save in the table' },
  saved: { vi: 'Đã lưu: {{from}} → {{to}}', en: 'Saved: {{from}} → {{to}}' },
  savedNext: {
    vi: 'Thành bản cấu hình {{id}}. Lượt gửi đã dừng vì mã này không tự đi lại: lập kế hoạch gửi lại.',
    en: 'It is revision {{id}}. What is dead for this code does not go by itself: plan to send it again.',
  },
  plan: { vi: 'Gửi lại những lượt bị dừng', en: 'Send again what is dead' },
  unlimited: {
    vi: 'Bảng mã dùng chung cho cả tỉnh: chỉ người không bị giới hạn đơn vị, hệ thống mới sửa được.',
    en: 'Tables are for the whole province: only who is not limited to units or systems may change them.',
  },
}
