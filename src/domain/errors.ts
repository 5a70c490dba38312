/**
 * The one table of error codes. A code is stable for ever: operators search for it, clients branch
 * on it, `docs/problems.md` has one row for each (a test compares both ways).
 *
 * `side` answers the operator's first question: whose turn is it?
 */
export type Side = 'client' | 'hub' | 'system' | 'network' | 'configuration'

export interface Words {
  readonly vi: string
  readonly en: string
}

interface ErrorRow {
  /** HTTP status when the code leaves through the API. */
  readonly status: number
  readonly side: Side
  readonly title: Words
  /** What the reader should do next. */
  readonly next: Words
}

const row = (
  status: number,
  side: Side,
  title: readonly [vi: string, en: string],
  next: readonly [vi: string, en: string],
): ErrorRow => ({
  status,
  side,
  title: { vi: title[0], en: title[1] },
  next: { vi: next[0], en: next[1] },
})

const fixMessage = [
  'Sửa các trường được nêu rồi gửi lại bản tin với mã sự kiện mới.',
  'Correct the named fields and submit the message again under a new event id.',
] as const
const waitHub = [
  'Gửi lại y nguyên sau số giây ở Retry-After; gửi trùng không gây hại.',
  'Send the same request again after Retry-After seconds; a repeat does no harm.',
] as const
const hubWaits = [
  'Không cần làm gì: liên thông tự gửi lại theo lịch. Nếu kéo dài, liên hệ đơn vị quản lý hệ thống đích.',
  'Nothing to do: the hub retries on schedule. If it lasts, call the owner of the target system.',
] as const
const fixConfig = [
  'Sửa cấu hình hệ thống rồi gửi lại các bản tin bị dừng.',
  'Correct the configuration of the system, then redrive what stopped.',
] as const
const fixSource = [
  'Sửa dữ liệu tại hệ thống nguồn để phát sinh bản tin mới, hoặc bỏ bản tin này kèm lý do.',
  'Correct the data in the source system so that it sends a new message, or discard this one with a reason.',
] as const
const tellDevelopers = [
  'Báo nhóm phát triển kèm mã bản tin; sau khi vá lỗi, gửi lại.',
  'Report it to the developers with the id; redrive after the fix.',
] as const

export const errorTable = {
  // --- at the door: what a client did -------------------------------------------------------
  'body-not-json': row(
    400,
    'client',
    ['Nội dung không phải JSON hợp lệ', 'The body is not valid JSON'],
    [
      'Gửi JSON mã hoá UTF-8, không BOM, không dư ký tự.',
      'Send UTF-8 JSON without BOM or trailing bytes.',
    ],
  ),
  'json-duplicate-key': row(
    400,
    'client',
    ['JSON có khoá lặp lại', 'The JSON repeats a key'],
    [
      'Bỏ khoá lặp; liên thông không đoán giá trị nào đúng.',
      'Remove the repeated key; the hub does not guess which value is meant.',
    ],
  ),
  'json-too-deep': row(
    400,
    'client',
    ['JSON lồng quá 64 tầng', 'The JSON is nested deeper than 64'],
    ['Làm phẳng cấu trúc.', 'Flatten the structure.'],
  ),
  'json-number-inexact': row(
    400,
    'client',
    ['Số trong JSON sẽ bị làm tròn', 'A number in the JSON would be rounded'],
    ['Gửi số này dưới dạng chuỗi.', 'Send the number as a string.'],
  ),
  'body-too-large': row(
    413,
    'client',
    ['Nội dung vượt quá giới hạn', 'The body is too large'],
    [
      'Chia nhỏ lô bản tin; tệp đính kèm gửi bằng đường dẫn.',
      'Split the batch; send attachments by reference.',
    ],
  ),
  'batch-too-large': row(
    413,
    'client',
    ['Lô có quá nhiều bản tin', 'The batch has too many items'],
    ['Gửi tối đa 1.000 bản tin mỗi lô.', 'Send at most 1,000 items a batch.'],
  ),
  'media-type-unsupported': row(
    415,
    'client',
    ['Kiểu nội dung không được hỗ trợ', 'The media type is not supported'],
    [
      'Dùng kiểu nội dung được nêu trong chi tiết, không nén.',
      'Use a media type that the detail names, not compressed.',
    ],
  ),
  'event-invalid': row(
    422,
    'client',
    ['Thuộc tính CloudEvents không hợp lệ', 'The CloudEvents attributes are not valid'],
    fixMessage,
  ),
  'schema-violation': row(
    422,
    'client',
    ['Dữ liệu không khớp lược đồ', 'The data does not fit its schema'],
    fixMessage,
  ),
  'type-unknown': row(
    422,
    'client',
    ['Loại bản tin không có trong danh mục', 'The message type is not known'],
    ['Xem danh mục loại bản tin tại /docs.', 'See the list of message types at /docs.'],
  ),
  'request-invalid': row(
    400,
    'client',
    ['Yêu cầu không hợp lệ', 'The request is not valid'],
    ['Xem các lỗi được nêu và tài liệu tại /docs.', 'See the named faults and /docs.'],
  ),
  'key-missing': row(
    401,
    'client',
    ['Thiếu khoá API', 'The API key is missing'],
    [
      'Gửi khoá trong tiêu đề Authorization: Bearer.',
      'Send the key in the header Authorization: Bearer.',
    ],
  ),
  'key-invalid': row(
    401,
    'client',
    ['Khoá API không đúng, hết hạn hoặc đã thu hồi', 'The API key is wrong, expired or revoked'],
    ['Xin khoá mới từ quản trị liên thông.', 'Ask the hub administrator for a new key.'],
  ),
  'key-in-url': row(
    400,
    'client',
    ['Khoá API nằm trong địa chỉ', 'The API key is in the URL'],
    [
      'Thu hồi khoá này (đã lộ) và gửi khoá mới trong tiêu đề.',
      'Revoke this key (it has leaked) and send a new one in a header.',
    ],
  ),
  'scope-missing': row(
    403,
    'client',
    ['Không có quyền này', 'There is no right to do this'],
    ['Xin quản trị cấp thêm quyền.', 'Ask the administrator for the scope.'],
  ),
  'sign-in-refused': row(
    401,
    'client',
    ['Tên đăng nhập hoặc mật khẩu không đúng', 'The name or the password is wrong'],
    [
      'Nhập lại; quên mật khẩu thì xin quản trị viên đường dẫn đặt mật khẩu mới.',
      'Try again; who has forgotten the password asks an administrator for a set-up link.',
    ],
  ),
  'code-needed': row(
    401,
    'client',
    ['Còn thiếu mã xác thực lần hai', 'The code of the second factor is missing'],
    ['Nhập mã trên ứng dụng xác thực.', 'Enter the code of the authenticator app.'],
  ),
  'code-refused': row(
    401,
    'client',
    ['Mã xác thực không đúng hoặc đã dùng', 'The code is wrong or has been used'],
    [
      'Chờ mã kế tiếp rồi nhập lại; kiểm tra giờ của điện thoại.',
      'Wait for the next code and enter that; look at the clock of the phone.',
    ],
  ),
  'session-ended': row(
    401,
    'client',
    ['Chưa đăng nhập hoặc phiên đã hết', 'Nobody is signed in, or the session has ended'],
    ['Đăng nhập lại.', 'Sign in again.'],
  ),
  'set-up-link-invalid': row(
    410,
    'client',
    [
      'Đường dẫn đặt mật khẩu đã dùng, đã hết hạn hoặc không đúng',
      'The set-up link was used, has expired or is wrong',
    ],
    ['Xin quản trị viên đường dẫn mới.', 'Ask an administrator for a new link.'],
  ),
  'password-weak': row(
    422,
    'client',
    ['Mật khẩu chưa đủ mạnh', 'The password is too weak'],
    [
      'Chọn một câu dài, dễ nhớ với mình mà người khác không đoán được.',
      'Choose a long sentence that is easy for you to remember and hard for others to guess.',
    ],
  ),
  'cross-site-refused': row(
    403,
    'client',
    [
      'Yêu cầu không đến từ trang của chính liên thông',
      'The request does not come from a page of the hub itself',
    ],
    [
      'Dùng trang quản trị của liên thông; chương trình gọi API thì dùng khoá API.',
      'Use the console of the hub; programs that call the API use an API key.',
    ],
  ),
  'oidc-refused': row(
    401,
    'client',
    [
      'Không đăng nhập được qua nhà cung cấp định danh',
      'The sign-in with the identity provider was refused',
    ],
    [
      'Đăng nhập lại từ đầu; nếu vẫn vậy, nhờ quản trị viên gắn tài khoản của bạn.',
      'Begin again; if it stays so, ask an administrator to link your account.',
    ],
  ),
  'oidc-unavailable': row(
    503,
    'system',
    ['Không hỏi được nhà cung cấp định danh', 'The identity provider cannot be reached or used'],
    [
      'Thử lại sau ít phút; quản trị viên kiểm tra các biến HUB_OIDC_*.',
      'Try again in a few minutes; the administrator looks at the settings HUB_OIDC_*.',
    ],
  ),
  'source-forbidden': row(
    403,
    'client',
    ['Khoá không được gửi thay nguồn này', 'The key may not speak for this source'],
    ['Dùng đúng nguồn (source) đã đăng ký.', 'Use the source that was registered for the key.'],
  ),
  'type-forbidden': row(
    403,
    'client',
    ['Khoá không được gửi loại bản tin này', 'The key may not send this message type'],
    ['Xin quản trị cấp thêm loại bản tin.', 'Ask the administrator for the message type.'],
  ),
  'message-conflict': row(
    409,
    'client',
    ['Mã sự kiện đã dùng cho nội dung khác', 'The event id was used for other content'],
    ['Dùng mã sự kiện mới cho nội dung mới.', 'Use a new event id for new content.'],
  ),
  'not-found': row(
    404,
    'client',
    ['Không tìm thấy', 'Not found'],
    ['Kiểm tra lại mã.', 'Check the id.'],
  ),
  'method-not-allowed': row(
    405,
    'client',
    ['Phương thức không được hỗ trợ', 'The method is not allowed'],
    ['Xem tài liệu tại /docs.', 'See /docs.'],
  ),
  'reason-missing': row(
    422,
    'client',
    ['Thiếu lý do', 'The reason is missing'],
    [
      'Nêu lý do; lý do được ghi vào nhật ký kiểm toán.',
      'Give a reason; it is kept in the audit trail.',
    ],
  ),
  'state-conflict': row(
    409,
    'client',
    ['Trạng thái hiện tại không cho phép thao tác này', 'The present state does not allow this'],
    ['Tải lại để xem trạng thái mới nhất.', 'Reload to see the present state.'],
  ),
  'already-planned': row(
    409,
    'client',
    [
      'Lượt gửi đang nằm trong một kế hoạch khác chưa xong',
      'The delivery is in another plan that is not done',
    ],
    [
      'Xem kế hoạch kia (hub plans list); huỷ một trong hai nếu trùng nhau.',
      'Look at the other plan (hub plans list); cancel one of the two if they mean the same.',
    ],
  ),
  'order-would-break': row(
    409,
    'client',
    [
      'Gửi lại sẽ phá vỡ thứ tự: bản tin sau đã tới hệ thống đích',
      'Redriving would break the order: a later message has reached the system',
    ],
    [
      'Gửi bản tin mới thay thế, hoặc bỏ bản tin này.',
      'Send a newer message instead, or discard this one.',
    ],
  ),
  'request-timeout': row(
    408,
    'client',
    ['Gửi yêu cầu quá chậm', 'The request came too slowly'],
    ['Kiểm tra đường truyền rồi gửi lại.', 'Check the connection, then send it again.'],
  ),
  'headers-too-large': row(
    431,
    'client',
    ['Địa chỉ hoặc tiêu đề quá dài', 'The URL or the headers are too large'],
    ['Rút gọn địa chỉ và tiêu đề.', 'Shorten the URL and the headers.'],
  ),
  'rate-limited': row(429, 'client', ['Gửi quá nhanh', 'Too many requests'], waitHub),
  'lookup-purpose-missing': row(
    422,
    'client',
    [
      'Tra cứu thiếu cán bộ, đơn vị, hồ sơ, mục đích hoặc trường cần biết',
      'The lookup lacks the official, unit, dossier, purpose or fields asked for',
    ],
    [
      'Nêu đủ; tra cứu dữ liệu cá nhân chỉ được làm cho một hồ sơ và một mục đích cụ thể.',
      'Name them all; personal data is looked up for one dossier and one purpose only.',
    ],
  ),
  'lookup-quota-exceeded': row(
    429,
    'client',
    ['Đã hết số lượt tra cứu được phép', 'The quota of lookups is used up'],
    [
      'Chờ hết thời gian ở Retry-After; cần nhiều hơn thì xin quản trị nâng hạn mức.',
      'Wait as Retry-After says; ask the administrator for a larger quota if it is needed.',
    ],
  ),
  'lookup-unavailable': row(
    503,
    'system',
    ['Hệ thống được tra cứu đang tạm nghỉ', 'The system that is looked up rests'],
    [
      'Tra cứu lại sau số giây ở Retry-After. Đây không phải là không tìm thấy.',
      'Look up again after Retry-After seconds. This does not mean that nothing was found.',
    ],
  ),
  'lookup-failed': row(
    502,
    'system',
    ['Tra cứu không thành', 'The lookup failed'],
    [
      'Tra cứu lại sau ít phút; lặp lại thì báo quản trị liên thông. Đây không phải là không tìm thấy.',
      'Look up again in some minutes; tell the administrator if it repeats. This does not mean that nothing was found.',
    ],
  ),
  'file-type-refused': row(
    415,
    'client',
    ['Loại tệp không được nhận', 'This kind of file is not taken'],
    [
      'Gửi tệp PDF, PNG, JPEG, TIFF, DOCX, XLSX, PPTX, ODT, ODS, ODP, ASiC, P7S, XML hoặc văn bản UTF-8, không có macro, không chạy được.',
      'Send PDF, PNG, JPEG, TIFF, DOCX, XLSX, PPTX, ODT, ODS, ODP, ASiC, P7S, XML or UTF-8 text, without macros, nothing that runs.',
    ],
  ),
  'file-type-mismatch': row(
    422,
    'client',
    [
      'Nội dung tệp không đúng loại đã khai hoặc phần mở rộng của tên',
      'The content of the file is not of the type that was declared or that its name says',
    ],
    [
      'Khai đúng Content-Type (hoặc application/octet-stream) và đặt đúng phần mở rộng của tên tệp.',
      'Declare the right Content-Type (or application/octet-stream) and give the name its right extension.',
    ],
  ),
  'file-too-large': row(
    413,
    'client',
    ['Tệp vượt quá giới hạn', 'The file is too large'],
    [
      'Quét ở độ phân giải thấp hơn hoặc chia thành nhiều tệp.',
      'Scan it at a lower resolution, or split it into several files.',
    ],
  ),
  'file-missing': row(
    422,
    'client',
    [
      'Tệp mà bản tin nêu không có ở liên thông, hoặc đã hết hạn lưu',
      'The file that the message names is not in the hub, or its time of keeping is over',
    ],
    [
      'Nộp lại tệp, rồi gửi bản tin mới nêu mã tệp mới.',
      'Upload the file again, then send a new message that names its new id.',
    ],
  ),
  'file-changed': row(
    502,
    'system',
    [
      'Tệp thay đổi hoặc biến mất trong khi đang đọc',
      'The file changed or vanished while it was read',
    ],
    [
      'Tệp được đọc lại từ đầu. Để bên gửi ghi xong rồi mới đặt tệp vào thư mục.',
      'The file is read anew. Have the sender put files into the folder when they are whole.',
    ],
  ),
  'link-expired': row(
    410,
    'client',
    ['Đường dẫn tải tệp đã hết hạn', 'The link to the file has expired'],
    ['Xin đường dẫn mới từ bên đã gửi.', 'Ask whoever sent it for a new link.'],
  ),
  'catalogue-shrunk': row(
    409,
    'system',
    [
      'Danh mục mất quá nhiều mã trong một lần; chưa mã nào bị coi là đã mất',
      'The catalogue lost too many codes at once; none of them counts as vanished yet',
    ],
    [
      'Xem nguồn có trả đủ danh sách không. Nếu đúng là đã bỏ: hub catalogues allow <danh mục>, hoặc nạp tệp với --shrink.',
      'See whether the source lists everything. If they are gone indeed: hub catalogues allow <name>, or load the file with --shrink.',
    ],
  ),
  'catalogue-doubled': row(
    409,
    'system',
    [
      'Nguồn liệt kê một mã danh mục hai lần với nội dung khác nhau',
      'The source lists one code of a catalogue twice, with different contents',
    ],
    [
      'Liên thông giữ bản ghi đầu. Báo đơn vị quản lý nguồn.',
      'The hub keeps the first of the two. Tell the owner of the source.',
    ],
  ),
  'lookup-in-doubt': row(
    502,
    'system',
    [
      'Chưa rõ hệ thống được hỏi đã làm hay chưa',
      'It is not known whether the system that was asked has acted',
    ],
    [
      'Không hỏi lại ngay. Kiểm tra trước, với người được hỏi hoặc tại hệ thống đó: việc (ví dụ ký số) có thể đã xong.',
      'Do not ask again at once. Look first, with the person concerned or at that system: it (a signature, say) may have been done.',
    ],
  ),
  // --- the hub itself -------------------------------------------------------------------------
  'store-unavailable': row(
    503,
    'hub',
    ['Cơ sở dữ liệu tạm thời không sẵn sàng', 'The database is not available'],
    waitHub,
  ),
  'hub-stopping': row(503, 'hub', ['Liên thông đang dừng', 'The hub is stopping'], waitHub),
  bug: row(500, 'hub', ['Lỗi phần mềm liên thông', 'A fault of the hub software'], tellDevelopers),
  'worker-lost': row(
    500,
    'hub',
    [
      'Tiến trình gửi đã dừng đột ngột, hoặc dữ liệu được phục hồi từ bản sao lưu: chưa rõ kết quả',
      'The sending process was lost, or the store was restored from a backup: the result is not known',
    ],
    [
      'Liên thông tự hỏi hệ thống đích rồi quyết định.',
      'The hub asks the target system, then decides.',
    ],
  ),
  'sent-late': row(
    500,
    'hub',
    [
      'Tiến trình gửi bị treo lâu, đã mất lượt nhưng bản tin vẫn có thể đã tới nơi',
      'The sending process stood still and lost its turn, yet the message may have arrived',
    ],
    [
      'Nếu lượt gửi này còn lần gửi khác, đối chiếu tại hệ thống đích xem có hai bản không; kiểm tra máy chủ có bị treo hay quá tải.',
      'If it was sent another time as well, look in the target system for a second copy; find out why the machine stood still.',
    ],
  ),
  'body-unreadable': row(
    500,
    'hub',
    ['Không giải mã được nội dung đã lưu', 'The stored body cannot be decrypted'],
    [
      'Kiểm tra tệp khoá chính (HUB_MASTER_KEY_FILE), rồi gửi lại.',
      'Check the master key file (HUB_MASTER_KEY_FILE), then redrive.',
    ],
  ),
  'files-unavailable': row(
    503,
    'hub',
    ['Kho tệp tạm thời không sẵn sàng', 'The store of files is not available'],
    waitHub,
  ),
  'expression-unavailable': row(
    503,
    'hub',
    [
      'Chưa tính được biểu thức ánh xạ: tiến trình tính biểu thức quá tải, vừa dừng hoặc không khởi động được',
      'The expression of a mapping could not be evaluated: its process is overloaded, has just ended or cannot be started',
    ],
    [
      'Không cần làm gì: liên thông tự thử lại. Nếu kéo dài, xem máy có quá tải hay thiếu bộ nhớ không.',
      'Nothing to do: the hub tries again. If it lasts, see whether the machine is overloaded or short of memory.',
    ],
  ),
  'file-unreadable': row(
    500,
    'hub',
    [
      'Tệp đã lưu bị mất, bị thay đổi hoặc không giải mã được',
      'The stored file is missing, was changed, or cannot be decrypted',
    ],
    [
      'Phục hồi kho tệp từ bản sao lưu (docs/operations.md), rồi gửi lại.',
      'Restore the store of files from its backup (docs/operations.md), then redrive.',
    ],
  ),
  // --- configuration --------------------------------------------------------------------------
  'config-invalid': row(
    500,
    'configuration',
    ['Cấu hình không hợp lệ', 'The configuration is not valid'],
    [
      'Chạy hub config check và sửa các lỗi được nêu.',
      'Run hub config check and correct what it names.',
    ],
  ),
  'system-misconfigured': row(
    409,
    'configuration',
    [
      'Hệ thống cấu hình sai hoặc thiếu connector',
      'The system is misconfigured or its connector is missing',
    ],
    fixConfig,
  ),
  'dry-run-impossible': row(
    409,
    'configuration',
    ['Không chạy thử được', 'It cannot be run dry'],
    [
      'Xem lý do; muốn lấy thật thì chạy việc đồng bộ (hub jobs run).',
      'See the reason; to fetch in earnest, run the job (hub jobs run).',
    ],
  ),
  'operation-missing': row(
    500,
    'configuration',
    ['Connector không nhận loại bản tin này', 'The connector does not take this message type'],
    fixConfig,
  ),
  'mapping-failed': row(
    422,
    'configuration',
    ['Không chuyển đổi được dữ liệu', 'The data could not be translated'],
    fixSource,
  ),
  'code-untranslated': row(
    422,
    'configuration',
    ['Mã chưa có trong bảng mã', 'A code is missing from its code table'],
    [
      'Bổ sung mã vào bảng được nêu (config/codes), áp dụng cấu hình, rồi gửi lại; dòng đã bị bỏ qua khi lấy về: hub jobs rewind.',
      'Add the code to the named table (config/codes), apply, then redrive; a row that a pull has passed: hub jobs rewind.',
    ],
  ),
  'payload-invalid': row(
    422,
    'configuration',
    [
      'Dữ liệu gửi đi không khớp lược đồ của hệ thống đích',
      'The outgoing data does not fit the schema of the system',
    ],
    fixSource,
  ),
  // --- the target system ----------------------------------------------------------------------
  'target-rejected': row(
    422,
    'system',
    ['Hệ thống đích từ chối', 'The system rejected it'],
    fixSource,
  ),
  'target-not-found': row(
    404,
    'system',
    [
      'Hệ thống đích không tìm thấy hồ sơ hoặc địa chỉ',
      'The system does not know the dossier or address',
    ],
    fixSource,
  ),
  'target-forbidden': row(
    403,
    'system',
    [
      'Tài khoản liên thông không có quyền ở hệ thống đích',
      'The account of the hub has no right at the system',
    ],
    fixConfig,
  ),
  'target-gone': row(
    502,
    'system',
    ['Bên nhận không nhận nữa (410)', 'The receiver takes nothing any more (410)'],
    [
      'Gỡ hệ thống này khỏi cấu hình, hoặc hỏi đơn vị quản lý rồi cho chạy tiếp.',
      'Take this system out of the configuration, or ask its owner and resume it.',
    ],
  ),
  'target-redirected': row(
    502,
    'system',
    ['Hệ thống đích chuyển hướng', 'The system answered with a redirect'],
    fixConfig,
  ),
  'target-busy': row(
    503,
    'system',
    ['Hệ thống đích báo bận', 'The system says it is busy'],
    hubWaits,
  ),
  'target-full': row(
    502,
    'system',
    ['Hệ thống đích hết chỗ chứa hoặc hết hạn mức', 'The system has no space or quota left'],
    hubWaits,
  ),
  'target-rate-limited': row(
    429,
    'system',
    ['Hệ thống đích giới hạn tốc độ', 'The system limits the rate'],
    hubWaits,
  ),
  'session-refused': row(
    401,
    'system',
    ['Hệ thống đích từ chối phiên làm việc', 'The system refused the session'],
    [
      'Kiểm tra tài khoản, mật khẩu, chứng thư; sau đó cho hệ thống chạy tiếp.',
      'Check account, password, certificate; then resume the system.',
    ],
  ),
  'answer-invalid': row(
    502,
    'system',
    ['Câu trả lời không đúng khuôn dạng', 'The answer does not have the agreed form'],
    [
      'Liên thông tự hỏi lại hệ thống đích; nếu lặp lại, báo đơn vị quản lý hệ thống đích.',
      'The hub asks the system; if it repeats, call the owner of the system.',
    ],
  ),
  'pages-shifting': row(
    502,
    'system',
    [
      'Nguồn thay đổi liên tục trong khi đọc từng trang',
      'The source keeps changing while its pages are read',
    ],
    [
      'Lần sau tự đọc lại. Nếu lặp lại: chọn giờ nguồn ít thay đổi, hoặc đề nghị đơn vị quản lý nguồn cho đọc theo thời điểm thay đổi.',
      'The next run reads again. If it repeats, choose an hour when the source rests, or ask its owner for reading by change time.',
    ],
  ),
  'answer-wording-unknown': row(
    502,
    'system',
    ['Câu trả lời dùng lời chưa có trong bảng', 'The answer uses words that are not in the table'],
    [
      'Kiểm tra tại hệ thống đích rồi kết luận; bổ sung lời mới vào bảng.',
      'Look at the system and decide; add the wording to the table.',
    ],
  ),
  'target-failed': row(
    502,
    'system',
    ['Hệ thống đích gặp lỗi, chưa rõ kết quả', 'The system failed; the result is not known'],
    ['Liên thông tự hỏi lại hệ thống đích.', 'The hub asks the system.'],
  ),
  'outcome-unknown': row(
    502,
    'system',
    [
      'Không xác định được hệ thống đích đã nhận hay chưa',
      'It could not be found out whether the system took it',
    ],
    [
      'Tra cứu tại hệ thống đích rồi chọn: đã nhận, gửi lại, hoặc bỏ.',
      'Look at the system, then choose: delivered, send again, or discard.',
    ],
  ),
  // --- the way there --------------------------------------------------------------------------
  'name-not-resolved': row(
    502,
    'network',
    ['Không phân giải được tên miền', 'The host name could not be resolved'],
    hubWaits,
  ),
  'connection-refused': row(
    502,
    'network',
    ['Không kết nối được tới hệ thống đích', 'The system refused the connection'],
    hubWaits,
  ),
  'connect-timeout': row(
    504,
    'network',
    ['Quá thời gian kết nối', 'Connecting took too long'],
    hubWaits,
  ),
  'tls-failed': row(
    502,
    'network',
    ['Chứng thư TLS không hợp lệ', 'The TLS certificate is not acceptable'],
    [
      'Kiểm tra chứng thư và tên miền của hệ thống đích; liên thông không gửi dữ liệu.',
      'Check certificate and host name of the system; the hub has sent nothing.',
    ],
  ),
  'host-key-unknown': row(
    502,
    'network',
    [
      'Khoá máy chủ không có trong danh sách đã cấu hình',
      'The host key is not among those configured',
    ],
    [
      'Hỏi đơn vị quản lý máy chủ xem khoá có đổi thật không, rồi sửa cấu hình; liên thông không đăng nhập.',
      'Ask the owner of the server whether its key has really changed, then correct the configuration; the hub has not logged in.',
    ],
  ),
  'answer-timeout': row(
    504,
    'network',
    ['Đã gửi nhưng quá thời gian chờ trả lời', 'It was sent, but no answer came in time'],
    ['Liên thông tự hỏi lại hệ thống đích.', 'The hub asks the system.'],
  ),
  'connection-lost': row(
    502,
    'network',
    ['Mất kết nối sau khi đã gửi', 'The connection was lost after sending'],
    ['Liên thông tự hỏi lại hệ thống đích.', 'The hub asks the system.'],
  ),
  'answer-too-large': row(
    502,
    'system',
    ['Câu trả lời quá lớn', 'The answer is too large'],
    [
      'Kiểm tra địa chỉ; tăng giới hạn nếu hợp lệ.',
      'Check the address; raise the limit if it is legitimate.',
    ],
  ),
  'address-forbidden': row(
    502,
    'configuration',
    ['Địa chỉ đích không được phép', 'The address is not allowed'],
    fixConfig,
  ),
  'retries-exhausted': row(
    504,
    'system',
    ['Đã thử lại hết lịch mà chưa được', 'Every retry of the schedule has failed'],
    ['Khi hệ thống đích đã ổn định, gửi lại.', 'Redrive when the system is well again.'],
  ),
  interrupted: row(
    503,
    'hub',
    ['Việc gửi bị ngắt do liên thông dừng', 'Sending was interrupted because the hub stopped'],
    hubWaits,
  ),
} as const satisfies Record<string, ErrorRow>

export type ErrorCode = keyof typeof errorTable

export const isErrorCode = (code: string): code is ErrorCode => Object.hasOwn(errorTable, code)

/**
 * One fault of a document. `pointer` is a JSON Pointer (RFC 6901) into it, `rule` the broken rule.
 * The offending value is never part of a fault: it may be personal data.
 */
export interface Fault {
  readonly pointer: string
  readonly rule: string
  readonly vi: string
  readonly en: string
}

interface HubErrorOptions {
  /** What is particular to this occurrence. Never contains data of a message. */
  readonly detail?: Words
  readonly faults?: readonly Fault[]
  readonly retryAfterSeconds?: number
  readonly cause?: unknown
}

/** The base of every expected failure. Whatever is thrown and is not a HubError is a bug. */
export class HubError extends Error {
  override readonly name: string = 'HubError'
  readonly code: ErrorCode
  readonly detail: Words | undefined
  readonly faults: readonly Fault[]
  readonly retryAfterSeconds: number | undefined

  constructor(code: ErrorCode, options: HubErrorOptions = {}) {
    super(options.detail?.en ?? errorTable[code].title.en, { cause: options.cause })
    this.code = code
    this.detail = options.detail
    this.faults = options.faults ?? []
    this.retryAfterSeconds = options.retryAfterSeconds
  }
}
