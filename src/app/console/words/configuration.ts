/** Revisions, settings as form and YAML, the studio. */
export const revisions = {
  lead: {
    vi: 'Mỗi lần đổi cấu hình là một bản có số, người đổi và lý do. Không bản nào mất; muốn bỏ một thay đổi thì quay về bản cũ.',
    en: 'Each change of the configuration is a numbered revision with author and reason. None is lost; to undo one, go back.',
  },
  unlimited: {
    vi: 'Cấu hình dùng chung cho cả tỉnh: chỉ người không bị giới hạn đơn vị, hệ thống mới xem và sửa được.',
    en: 'The configuration is for the whole province: it is for those who are not limited to units or systems.',
  },
  columns: {
    id: { vi: 'Bản', en: 'Revision' },
    at: { vi: 'Lúc', en: 'At' },
    author: { vi: 'Người đổi', en: 'Author' },
    reason: { vi: 'Lý do', en: 'Reason' },
    counts: { vi: 'Khác bản trước', en: 'Against the one before' },
  },
  inForce: { vi: 'Đang dùng', en: 'In force' },
  inForceHelp: {
    vi: 'Bản mới nhất; mọi tiến trình đang chạy theo bản này.',
    en: 'The newest; every process runs by it.',
  },
  added: { vi: '+{{count}} thêm', en: '+{{count}} added' },
  removed: { vi: '−{{count}} bỏ', en: '−{{count}} removed' },
  changed: { vi: '{{count}} đổi', en: '{{count}} changed' },
  same: { vi: 'không khác', en: 'the same' },
  change: {
    added: { vi: 'Thêm', en: 'Added' },
    removed: { vi: 'Bỏ', en: 'Removed' },
    changed: { vi: 'Đổi', en: 'Changed' },
  },
  empty: {
    title: { vi: 'Chưa có bản cấu hình nào', en: 'There is no revision yet' },
    next: {
      vi: 'Bản đầu tiên được tạo từ thư mục config khi liên thông khởi động lần đầu.',
      en: 'The first one is made of the folder config when the hub first starts.',
    },
  },
  emptyObject: {
    title: { vi: 'Chưa bản nào đổi mục này', en: 'No revision has changed this' },
    next: {
      vi: 'Chỉ tìm trong 500 bản gần nhất. Bỏ lọc để xem mọi bản.',
      en: 'The newest 500 are looked at. Clear the filter to see all.',
    },
  },
  filter: { vi: 'Mục, ví dụ jobs/ho-so', en: 'Object, such as jobs/ho-so' },
  of: { vi: 'Bản cấu hình {{id}}', en: 'Revision {{id}}' },
  against: { vi: 'So với bản', en: 'Against' },
  none: { vi: 'Hai bản không khác gì nhau.', en: 'They do not differ.' },
  first: { vi: 'Đây là bản đầu tiên.', en: 'This is the first one.' },
  left: { vi: '… và {{count}} chỗ nữa không liệt kê', en: '… and {{count}} more' },
  wholly: { vi: '(cả mục)', en: '(all of it)' },
  open: { vi: 'Mở thiết lập', en: 'Open its settings' },
  before: { vi: 'Bản trước', en: 'Before' },
  after: { vi: 'Bản sau', en: 'Next' },
  restore: {
    button: { vi: 'Quay về bản này', en: 'Go back to this' },
    explains: {
      vi: 'Nội dung của bản {{id}} thành một bản mới và có hiệu lực ngay. Bản hiện nay vẫn được giữ.',
      en: 'What revision {{id}} says becomes a new revision, in force at once. The present one is kept.',
    },
    done: {
      vi: 'Đã quay về nội dung của bản {{from}}: nay là bản {{id}}.',
      en: 'Revision {{id}} now says what revision {{from}} did.',
    },
  },
}

export const settings = {
  jobLead: {
    vi: 'Sửa ở biểu mẫu hoặc ở YAML, hai bên luôn như nhau. Chưa có gì thay đổi cho tới khi lưu.',
    en: 'Edit the form or the YAML; each follows the other. Nothing changes until it is saved.',
  },
  form: { vi: 'Biểu mẫu', en: 'Form' },
  yaml: { vi: 'YAML', en: 'YAML' },
  yamlHelp: {
    vi: 'Như tệp cấu hình. Ghi chú (#) không được lưu.',
    en: 'As the file. Comments (#) are not kept.',
  },
  yamlWrong: {
    vi: 'YAML chưa đọc được nên biểu mẫu tạm đứng yên; sửa chỗ báo đỏ ở YAML trước.',
    en: 'The YAML cannot be read, so the form stands still; mend what is red first.',
  },
  line: { vi: 'dòng {{line}}', en: 'line {{line}}' },
  checking: { vi: 'Đang kiểm tra…', en: 'Checking…' },
  fits: { vi: 'Hợp lệ', en: 'Valid' },
  faults: { vi: '{{count}} lỗi', en: '{{count}} faults' },
  warnings: { vi: 'Lưu ý', en: 'Note' },
  unchanged: { vi: 'Chưa khác bản đang dùng.', en: 'Nothing differs from the one in force.' },
  changes: { vi: 'Sẽ thay đổi', en: 'What will change' },
  nextRuns: { vi: 'Năm giờ chạy tới', en: 'The next five runs' },
  nextRunsHelp: {
    vi: 'Giờ Việt Nam, theo lịch đang soạn.',
    en: 'By Vietnamese time, as the draft says.',
  },
  save: {
    button: { vi: 'Lưu', en: 'Save' },
    explains: {
      vi: 'Thành một bản cấu hình mới, có hiệu lực trong vài giây. {{count}} chỗ thay đổi.',
      en: 'A new revision, in force within seconds. {{count}} changes.',
    },
    done: { vi: 'Đã lưu thành bản cấu hình {{id}}.', en: 'Saved as revision {{id}}.' },
    reset: { vi: 'Bỏ thay đổi', en: 'Discard changes' },
    noRight: {
      vi: 'Bạn xem và thử được, nhưng cần quyền config:write (quản trị viên) để lưu.',
      en: 'You can look and try; saving needs the right config:write (administrator).',
    },
  },
  meanwhile: {
    vi: 'Đang sửa từ bản {{base}}; nay đã có bản {{now}}. Nếu có người đổi chính mục này, lưu sẽ bị từ chối.',
    en: 'Edited from revision {{base}}; {{now}} is in force by now. If this very object was changed, saving is refused.',
  },
  history: { vi: 'Các lần đổi', en: 'History' },
  noHistory: { vi: 'Chưa có lần đổi nào.', en: 'Nothing yet.' },
  test: {
    title: { vi: 'Chạy thử trên lịch sử', en: 'Run on history' },
    button: { vi: 'Chạy thử', en: 'Run dry' },
    lead: {
      vi: 'Cho các bản tin thật gần nhất đi qua bản đang dùng và bản đang soạn rồi so; không gửi gì đi.',
      en: 'Takes the newest real messages through what is in force and through the draft, and compares; nothing is sent.',
    },
    pullLead: {
      vi: 'Đọc thử một trang từ nguồn theo bản đang soạn; không giữ gì.',
      en: 'Reads a page at the source by the draft; nothing is kept.',
    },
    last: { vi: '{{count}} bản tin gần nhất', en: '{{count}} newest messages' },
    none: {
      vi: 'Chưa có bản tin nào mà công việc này nhận.',
      en: 'There are no messages that this job takes.',
    },
    incomplete: {
      vi: 'Hết thời gian trước khi xem hết; số liệu là của phần đã xem.',
      en: 'The time was over before all were looked at.',
    },
    masked: {
      vi: 'Giá trị bị che vì bạn không có quyền xem dữ liệu cá nhân.',
      en: 'Values are hidden: they need the right to personal data.',
    },
    output: { vi: 'Nội dung sẽ gửi', en: 'What would be sent' },
    untranslated: { vi: 'Mã chưa chuyển đổi được', en: 'Codes without translation' },
    addCode: { vi: 'Thêm mã', en: 'Add it' },
    messages: { vi: '{{count}} bản tin', en: '{{count}} messages' },
  },
  verdict: {
    leaves: { vi: 'Sẽ gửi', en: 'Leaves' },
    nothing: { vi: 'Không phải gửi', en: 'Nothing to send' },
    fails: { vi: 'Lỗi', en: 'Fails' },
    'not-routed': { vi: 'Không nhận', en: 'Not routed' },
    same: { vi: 'Như cũ', en: 'Same' },
    changed: { vi: 'Khác', en: 'Changed' },
    'newly-failing': { vi: 'Mới hỏng', en: 'Newly failing' },
    'newly-passing': { vi: 'Mới được', en: 'Newly passing' },
    'still-failing': { vi: 'Vẫn hỏng', en: 'Still failing' },
    unreadable: { vi: 'Không đọc được', en: 'Unreadable' },
    new: { vi: 'Mới', en: 'New' },
    duplicate: { vi: 'Đã có', en: 'Duplicate' },
    conflict: { vi: 'Trùng mã, khác nội dung', en: 'Conflict' },
    refused: { vi: 'Bị từ chối', en: 'Refused' },
  },
  add: {
    jobs: { vi: 'Thêm công việc', en: 'Add a job' },
    systems: { vi: 'Thêm hệ thống', en: 'Add a system' },
    id: { vi: 'Mã', en: 'Id' },
    idHelp: {
      vi: 'Chữ thường không dấu, chữ số, dấu gạch ngang; không đổi được về sau.',
      en: 'Small letters, digits, hyphens; it cannot be changed later.',
    },
    kind: { vi: 'Chiều', en: 'Kind' },
    push: { vi: 'Gửi đi', en: 'Sends' },
    pull: { vi: 'Lấy về', en: 'Fetches' },
    go: { vi: 'Soạn', en: 'Go on' },
  },
  jobs: {
    title: { vi: 'Mọi công việc của cấu hình', en: 'All jobs of the configuration' },
    job: { vi: 'Công việc', en: 'Job' },
    kind: { vi: 'Chiều', en: 'Kind' },
    system: { vi: 'Hệ thống', en: 'System' },
    types: { vi: 'Loại bản tin', en: 'Message types' },
    off: { vi: 'Đang tắt', en: 'Off' },
  },
  seen: { vi: 'Xem thiết lập', en: 'See settings' },
  toSystem: { vi: 'Tình trạng hệ thống', en: 'How the system stands' },
  more: { vi: 'Xem mọi lần đổi', en: 'All of them' },
}

export const studio = {
  lead: {
    vi: 'Chọn một công việc và một bản tin thật: xem connector sẽ gửi gì, thiếu gì, mã nào chưa chuyển đổi được. Không gửi gì đi.',
    en: 'Choose a job and a real message: see what the connector would send, what is missing, which codes have no translation. Nothing is sent.',
  },
  job: { vi: 'Công việc', en: 'Job' },
  chooseJob: { vi: 'Chọn công việc gửi', en: 'Choose a job that sends' },
  dossier: { vi: 'Mã hồ sơ', en: 'Dossier code' },
  dossierHelp: {
    vi: 'Để trống: các bản tin gần nhất mà công việc nhận.',
    en: 'Empty: the newest messages that the job takes.',
  },
  messages: { vi: 'Bản tin', en: 'Messages' },
  noMessages: {
    title: {
      vi: 'Chưa có bản tin nào mà công việc này nhận',
      en: 'No message that this job takes',
    },
    next: {
      vi: 'Gửi một bản tin vào liên thông, hoặc thử mã hồ sơ khác.',
      en: 'Submit one, or try another dossier code.',
    },
  },
  noJob: {
    title: { vi: 'Chọn một công việc để bắt đầu', en: 'Choose a job to begin' },
    next: {
      vi: 'Chỉ có luồng gửi đi ở đây; luồng lấy về chạy thử ở trang thiết lập của nó.',
      en: 'These are jobs that send; one that fetches is run dry at its settings.',
    },
  },
  source: { vi: 'Bản tin nguồn (đã che)', en: 'The message (masked)' },
  output: { vi: 'Sẽ gửi tới {{system}}', en: 'What {{system}} would get' },
  coverage: { vi: 'Trường có dữ liệu', en: 'Fields that are filled' },
  filled: { vi: '{{filled}}/{{all}} trường', en: '{{filled}} of {{all}} fields' },
  missing: { vi: 'Trường còn trống', en: 'Fields without a value' },
  onlyRequired: { vi: '* bắt buộc', en: '* required' },
  edit: { vi: 'Sửa công việc này', en: 'Edit this job' },
}
