import type { OpenFile } from '../../../connector/files.ts'
import { HubError } from '../../../domain/errors.ts'
import { fileTypes } from '../../../domain/file-types.ts'
import { isLimited } from '../../../domain/unit.ts'
import { maxFileBytes } from '../../../engine/files/files.ts'
import type { Caller } from '../../../engine/ports/people.ts'
import { actorOf } from '../acting.ts'
import type { Answer } from '../answer.ts'
import { attachment, fileNameIn } from '../content-disposition.ts'
import type { Operation } from '../operation.ts'
import { text } from '../schemas/shape.ts'
import { hasScope } from '../scopes.ts'

export const uploadPath = '/api/v1/files'

const fileId = {
  id: text(['Mã tệp / File id'], {
    pattern: '^[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}$',
  }),
}
const mediaTypes = fileTypes.map(({ mediaType }) => mediaType)
const binary = { type: 'string', format: 'binary' }

/**
 * A client reads the files it has brought; who may see personal data reads everybody's. A file belongs to no
 * unit and no system, so it lies beyond every reach that is limited.
 */
const readerOf = (client: Caller): string | undefined =>
  hasScope(client, 'personal-data:read') && !isLimited(client.reach) ? undefined : client.id

const nameMissing = (): HubError =>
  new HubError('request-invalid', {
    faults: [
      {
        pointer: '/Content-Disposition',
        rule: 'filename',
        vi: "Nêu tên tệp: Content-Disposition: attachment; filename*=UTF-8''…",
        en: "Name the file: Content-Disposition: attachment; filename*=UTF-8''…",
      },
    ],
  })

const uploadFile: Operation = {
  id: 'uploadFile',
  tag: 'files',
  method: 'post',
  path: uploadPath,
  access: 'files:write',
  summary: { vi: 'Nộp một tệp đính kèm', en: 'Upload a file' },
  description: {
    vi: 'Thân yêu cầu là chính nội dung tệp (không multipart), tối đa 50 MB, tên ở Content-Disposition. Loại tệp nhận biết theo nội dung; Content-Type và phần mở rộng của tên không được trái với nội dung. Tệp chạy được, HTML, SVG, có macro hoặc không nhận ra thì bị từ chối. Nộp lại đúng tệp ấy thì nhận lại đúng mã ấy (200). Bản tin nêu tệp bằng mã; tệp được lưu retention.filesDays ngày kể từ lần dùng cuối.',
    en: 'The body is the content itself (no multipart), at most 50 MB, its name in Content-Disposition. The type is known by the content; Content-Type and the extension of the name must not contradict it. What runs, HTML, SVG, what holds macros or is not known is refused. The same file again has the same id (200). Messages name files by id; a file is kept retention.filesDays days since it was last used.',
  },
  pathParameters: {},
  query: {},
  requestHeaders: {
    'Content-Disposition': text(
      ['Tên tệp / Name of the file', "attachment; filename*=UTF-8''Gi%E1%BA%A5y%20t%E1%BB%9D.pdf"],
      { maxLength: 2000 },
    ),
  },
  body: {
    kind: 'file',
    schemas: Object.fromEntries(
      [...mediaTypes, 'application/octet-stream'].map((type) => [type, binary]),
    ),
  },
  answers: {
    201: { words: { vi: 'Đã lưu, bền vững.', en: 'Kept, durable.' }, schema: 'File' },
    200: { words: { vi: 'Đã có từ trước.', en: 'It was here already.' }, schema: 'File' },
  },
  codes: [
    'file-too-large',
    'file-type-refused',
    'file-type-mismatch',
    'media-type-unsupported',
    'files-unavailable',
  ],
  example: `curl "$HUB/api/v1/files" -H "X-Api-Key: $KEY" -H "Content-Type: application/pdf" \\
  -H "Content-Disposition: attachment; filename=\\"Don de nghi.pdf\\"" --data-binary @don.pdf`,
  handler:
    ({ hub, bodies }) =>
    async ({ exchange: { request }, client }) => {
      const name = fileNameIn(request.headers['content-disposition'])
      if (name === undefined) throw nameMissing()
      const claim = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase()
      const content = bodies.pieces(request, maxFileBytes, 'file-too-large')
      const { file, duplicate } = await hub.files.keep({ content, name, claim }, client.id)
      return {
        status: duplicate ? 200 : 201,
        json: file,
        headers: ['Location', `${uploadPath}/${file.id}`],
      }
    },
}

const readFile: Operation = {
  id: 'readFile',
  tag: 'files',
  method: 'get',
  path: `${uploadPath}/{id}`,
  access: 'files:read',
  alsoReads: 'personal-data:read',
  summary: { vi: 'Xem thông tin một tệp', en: 'Read about a file' },
  pathParameters: fileId,
  query: {},
  answers: { 200: { words: { vi: 'Tệp.', en: 'The file.' }, schema: 'File' } },
  codes: ['not-found'],
  example: 'curl "$HUB/api/v1/files/7d3f1c52-0000-4000-8000-000000000001" -H "X-Api-Key: $KEY"',
  handler:
    ({ hub }) =>
    async ({ path, client }) => ({
      status: 200,
      json: await hub.files.find(path.id ?? '', readerOf(client)),
    }),
}

/** Whatever it is, it is saved and not shown: nothing in it may run under the hub's name. */
const filePolicy = "default-src 'none'; sandbox; frame-ancestors 'none'"

/** Read to its first piece, which comes again: what is lost or altered is found before the answer begins. */
async function begun(content: AsyncIterable<Uint8Array>): Promise<AsyncIterable<Uint8Array>> {
  const pieces = content[Symbol.asyncIterator]()
  let first: IteratorResult<Uint8Array> | undefined = await pieces.next()
  const again: AsyncIterator<Uint8Array> = {
    next() {
      const piece = first
      first = undefined
      return piece ? Promise.resolve(piece) : pieces.next()
    },
    return: async () => (await pieces.return?.()) ?? { done: true, value: undefined },
  }
  return { [Symbol.asyncIterator]: () => again }
}

async function fileAnswer({ name, size, mediaType, content }: OpenFile): Promise<Answer> {
  const type = mediaType === 'text/plain' ? 'text/plain; charset=utf-8' : mediaType
  return {
    status: 200,
    stream: { type, length: size, body: await begun(content) },
    headers: [
      ...['Content-Disposition', attachment(name)],
      ...['Content-Security-Policy', filePolicy],
    ],
  }
}

const readFileContent: Operation = {
  id: 'readFileContent',
  tag: 'files',
  method: 'get',
  path: `${uploadPath}/{id}/content`,
  access: 'files:read',
  alsoReads: 'personal-data:read',
  told: true,
  summary: { vi: 'Tải nội dung một tệp', en: 'Fetch the content of a file' },
  description: {
    vi: 'Mỗi lần tải được ghi nhật ký. Câu trả lời bị cắt giữa chừng (thiếu so với Content-Length) là nội dung đã lưu bị hỏng.',
    en: 'Every reading is logged. An answer that is cut short (of its Content-Length) means that the stored content is damaged.',
  },
  pathParameters: fileId,
  query: {},
  answers: { 200: { words: { vi: 'Nội dung.', en: 'The content.' }, mediaTypes } },
  codes: ['not-found', 'file-unreadable', 'files-unavailable'],
  example:
    'curl -OJ "$HUB/api/v1/files/7d3f1c52-0000-4000-8000-000000000001/content" -H "X-Api-Key: $KEY"',
  handler:
    ({ hub }) =>
    async ({ path, client }) => {
      const file = await hub.files.open(path.id ?? '', readerOf(client))
      const answer = await fileAnswer(file)
      const note = { actor: actorOf(client), action: 'file.read', object: path.id ?? '' }
      await hub.audit.note({ ...note, detail: '' })
      return answer
    },
}

const hourMs = 60 * 60 * 1000

const linkFile: Operation = {
  id: 'linkFile',
  tag: 'files',
  method: 'post',
  path: `${uploadPath}/{id}/link`,
  access: 'files:read',
  alsoReads: 'personal-data:read',
  told: true,
  summary: { vi: 'Lập đường dẫn tải có hạn', en: 'Make a link that expires' },
  description: {
    vi: 'Ai có đường dẫn cũng tải được tệp mà không cần khoá, cho tới khi hết hạn; đường dẫn không cho biết mã tệp và không thu hồi được. Việc lập đường dẫn được ghi vào nhật ký kiểm toán.',
    en: 'Whoever has the link fetches the file without a key until it expires; it does not tell the id, and cannot be called back. That it was made is kept in the audit trail.',
  },
  pathParameters: fileId,
  query: {},
  body: { kind: 'json', schema: 'NewFileLink' },
  answers: { 201: { words: { vi: 'Đường dẫn.', en: 'The link.' }, schema: 'FileLink' } },
  codes: ['not-found'],
  example: `curl "$HUB/api/v1/files/7d3f1c52-0000-4000-8000-000000000001/link" -H "X-Api-Key: $KEY" \\
  -H "Content-Type: application/json" -d '{"hours": 72}'`,
  handler:
    ({ hub }) =>
    async ({ path, body, client }) => {
      const { hours } = body as { readonly hours: number }
      const until = new Date(Math.floor((Date.now() + hours * hourMs) / 1000) * 1000)
      const url = await hub.files.link(path.id ?? '', readerOf(client), client.id, until)
      return { status: 201, json: { url, expiresAt: until.toISOString() } }
    },
}

const fetchLinkedFile: Operation = {
  id: 'fetchLinkedFile',
  tag: 'files',
  method: 'get',
  path: '/files/{token}',
  access: 'public',
  linkParameter: 'token',
  told: true,
  summary: { vi: 'Tải tệp theo đường dẫn có hạn', en: 'Fetch a file by its link' },
  description: {
    vi: 'Từ một địa chỉ: 300 lượt liền, sau đó 5 lượt mỗi giây; theo một đường dẫn: 20 lượt liền, sau đó một lượt mỗi 5 giây. Quá thì trả lời 429 kèm Retry-After.',
    en: 'From one address 300 requests at once, then 5 a second; by one link 20 at once, then one in 5 seconds. What is more is answered 429 with Retry-After.',
  },
  pathParameters: { token: text(['Dấu của đường dẫn / Token'], { pattern: '^[\\w.-]{20,300}$' }) },
  query: {},
  answers: { 200: { words: { vi: 'Nội dung.', en: 'The content.' }, mediaTypes } },
  codes: [
    'not-found',
    'link-expired',
    'rate-limited',
    'file-unreadable',
    'files-unavailable',
    'store-unavailable',
  ],
  example: 'curl -OJ "$HUB/files/1.AbCdEfGhIjKlMnOpQrStUvWxYz0123456789"',
  handler:
    ({ hub }) =>
    async ({ path }) =>
      fileAnswer(await hub.files.openLink(path.token ?? '')),
}

export const fileOperations: readonly Operation[] = [
  uploadFile,
  readFile,
  readFileContent,
  linkFile,
  fetchLinkedFile,
]
