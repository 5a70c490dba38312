export const parts = {
  system: { vi: 'Hệ thống', en: 'System' },
  retry: { vi: 'Thử lại', en: 'Try again' },
  cancel: { vi: 'Thôi', en: 'Cancel' },
  export: {
    button: { vi: 'Xuất', en: 'Export' },
    help: {
      vi: 'Tải mọi dòng khớp bộ lọc ra một tệp; dữ liệu cá nhân vẫn bị che, việc tải được ghi nhật ký.',
      en: 'Every row that fits the filter as a file; personal data stays masked, and it is put on record.',
    },
    xlsx: { vi: 'Excel (XLSX)', en: 'Excel (XLSX)' },
    csv: { vi: 'CSV', en: 'CSV' },
    json: { vi: 'JSON', en: 'JSON' },
  },
  searching: {
    vi: 'Đang tìm tiếp trong dữ liệu cũ hơn…',
    en: 'Looking on among what is older…',
  },
  loadingMore: { vi: 'Đang tải thêm…', en: 'Loading more…' },
  thatIsAll: { vi: 'Hết: {{count}} dòng', en: 'That is all: {{count}} rows' },
  soMany: { vi: '{{count}} dòng, còn nữa', en: '{{count}} rows, and more' },
  choose: { vi: 'Chọn {{key}}', en: 'Choose {{key}}' },
  chooseAll: { vi: 'Chọn mọi dòng đã tải', en: 'Choose all rows that are loaded' },
  clearFilters: { vi: 'Bỏ lọc', en: 'Clear filters' },
  noneFit: { vi: 'Không có dòng nào khớp bộ lọc.', en: 'Nothing fits these filters.' },
  all: { vi: 'Tất cả', en: 'All' },
  codeHelp: {
    vi: 'Mã lỗi không đổi theo thời gian: dùng để tìm trong tài liệu và khi hỏi người khác.',
    en: 'The code never changes: search for it in the documents, quote it when you ask.',
  },
  traceId: { vi: 'Mã truy vết', en: 'Trace id' },
  next: { vi: 'Làm gì tiếp:', en: 'What to do:' },
  offline: {
    title: { vi: 'Không liên lạc được với liên thông', en: 'The hub does not answer' },
    next: {
      vi: 'Kiểm tra đường mạng của máy này; nếu mạng tốt, báo người vận hành xem liên thông còn chạy không.',
      en: 'Check the network of this machine; if it is well, ask the operator whether the hub runs.',
    },
  },
  reason: {
    label: { vi: 'Lý do', en: 'Reason' },
    help: {
      vi: 'Ghi vào nhật ký kiểm toán cùng tên bạn; người xem sau sẽ đọc.',
      en: 'Kept in the audit log with your name, for whoever looks later.',
    },
    missing: { vi: 'Ghi lý do (ít nhất 5 ký tự).', en: 'Give a reason (5 characters or more).' },
    stale: {
      vi: 'Trạng thái vừa thay đổi, việc này có thể không còn làm được. Những gì bạn viết vẫn còn; nếu gửi, liên thông sẽ trả lời có làm được không.',
      en: 'The state has just changed, so this may no longer be possible. What you have written is kept; send it, and the hub says whether it can be done.',
    },
  },
  side: {
    ours: { vi: 'Liên thông', en: 'Hub' },
    source: { vi: 'Hệ thống nguồn', en: 'Source' },
    target: { vi: 'Hệ thống đích', en: 'Target' },
    network: { vi: 'Đường truyền', en: 'Network' },
    data: { vi: 'Dữ liệu, bảng mã', en: 'Data, codes' },
  },
  state: {
    waiting: { vi: 'Đang chờ', en: 'Waiting' },
    sending: { vi: 'Đang gửi', en: 'Sending' },
    unknown: { vi: 'Chưa rõ kết quả', en: 'Unknown' },
    held: { vi: 'Tạm giữ', en: 'Held' },
    dead: { vi: 'Bị dừng', en: 'Dead letter' },
    delivered: { vi: 'Đã gửi', en: 'Delivered' },
    superseded: { vi: 'Đã thay thế', en: 'Superseded' },
    discarded: { vi: 'Đã bỏ', en: 'Discarded' },
  },
  stateHelp: {
    waiting: { vi: 'Chờ tới lượt hoặc chờ thử lại.', en: 'Waits for its turn or its next try.' },
    sending: { vi: 'Một tiến trình đang gửi.', en: 'A process is sending it.' },
    unknown: {
      vi: 'Hệ thống đích có thể đã nhận hoặc chưa; liên thông đang hỏi lại, hoặc chờ người quyết định.',
      en: 'The system may or may not have it: it is being asked, or a person decides.',
    },
    held: { vi: 'Có người giữ lại; thôi giữ thì gửi tiếp.', en: 'Somebody keeps it back.' },
    dead: {
      vi: 'Liên thông đã thôi tự gửi; cần sửa nguyên nhân rồi gửi lại, hoặc bỏ.',
      en: 'The hub has given up: mend the cause and redrive it, or discard it.',
    },
    delivered: { vi: 'Hệ thống đích đã nhận.', en: 'The system has taken it.' },
    superseded: {
      vi: 'Bản tin mới hơn của cùng hồ sơ đã thay bản này.',
      en: 'A newer message of the dossier has taken its place.',
    },
    discarded: {
      vi: 'Có người bỏ hẳn, kèm lý do.',
      en: 'A person has given it up, with a reason.',
    },
  },
}
