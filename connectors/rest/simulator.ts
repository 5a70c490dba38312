/**
 * An invented system with a REST/JSON interface: questions by number, progress of dossiers under an
 * idempotency key, a list that can be paged in every way that there is.
 */
import {
  type CreateSimulator,
  createSimulatorServer,
  type SimulatorCall,
  type SimulatorRequest,
} from '../../src/connector/index.ts'

const key = 'not-a-real-key'
const listPath = '/api/hoi-dap'

interface Question {
  readonly MaCauHoi: string
  readonly NgayHoi: string
}

interface Progress {
  readonly MaHoSo: string
  readonly Khoa: readonly string[]
}

const isQuestion = (held: unknown): held is Question => Object(held).MaCauHoi !== undefined

const createSimulator: CreateSimulator = async (options) => {
  const state = new Map<string, unknown>(options.state)

  const takeQuestion = (question: Question): SimulatorCall => ({
    kind: 'write',
    items: [{ subject: question.MaCauHoi, operation: 'question', content: question }],
    run() {
      if (state.has(question.MaCauHoi))
        return { status: 409, body: { ma: '09', thongBao: 'Câu hỏi đã tồn tại' } }
      state.set(question.MaCauHoi, question)
      return { body: { ma: '00', thongBao: 'Thành công' }, applied: true }
    },
    refuse: () => ({ body: { ma: '11', thongBao: 'Cơ quan không còn hoạt động' } }),
    duplicate: () => ({ status: 409, body: { ma: '09', thongBao: 'Câu hỏi ĐÃ  TỒN TẠI' } }),
    unknownWords: () => ({ body: { ma: '77', thongBao: 'Xin chờ' } }),
  })

  const takeProgress = (code: string, { headers, query, ...request }: SimulatorRequest) => {
    const content = request.json() as object
    const khoa = String(headers['idempotency-key'] ?? '')
    const held = state.get(code) as Progress | undefined
    return {
      kind: 'write',
      items: [
        {
          subject: code,
          operation: 'progress',
          idempotencyKey: khoa,
          content: { ...content, nguon: query.get('nguon') },
        },
      ],
      run() {
        const known = held?.Khoa.includes(khoa) ?? false
        if (!known) state.set(code, { ...content, Khoa: [...(held?.Khoa ?? []), khoa] })
        return { body: { ma: '00', thongBao: known ? 'Đã có' : 'Thành công' }, applied: !known }
      },
      refuse: () => ({ body: { ma: '11', thongBao: 'Hồ sơ không thuộc đơn vị' } }),
      duplicate: () => ({ body: { ma: '00', thongBao: 'Đã có' } }),
      unknownWords: () => ({ body: { ma: '77', thongBao: 'Xin chờ' } }),
    } satisfies SimulatorCall
  }

  const read = (find: () => object | undefined): SimulatorCall => ({
    kind: 'read',
    run: () => {
      const body = find()
      return body ? { body } : { status: 404, body: { ma: '04', thongBao: 'Không tìm thấy' } }
    },
    unknownWords: () => ({ body: { ma: '77', thongBao: 'Xin chờ' } }),
  })

  return createSimulatorServer(options, {
    modes: [
      ...(['slow', 'timeout-before', 'timeout-after', 'late-apply', 'refuse', 'busy'] as const),
      ...(['rate-limit', 'html-200', 'half-body', 'server-error', 'reset-before'] as const),
      ...(['duplicate', 'unknown-words'] as const),
    ],
    state: () => state,
    handle(request) {
      const { method, path, headers } = request
      if (headers['x-api-key'] !== key)
        return { kind: 'write', run: () => ({ status: 401, body: { ma: '01' } }) }
      const code = decodeURIComponent(path.split('/')[3] ?? '')
      if (method === 'POST' && path === listPath) return takeQuestion(request.json() as Question)
      if (method === 'PUT' && path.endsWith('/tien-do')) return takeProgress(code, request)
      if (path === '/api/toi') return read(() => ({ ma: '00', ten: 'Tỉnh H99' }))
      if (path === listPath)
        return {
          kind: 'read',
          run: () => list([...state.values()].filter(isQuestion), request),
        }
      return read(() => state.get(code) as object | undefined)
    },
  })
}

/** `dd/MM/yyyy HH:mm:ss` → `yyyyMMddHHmmss` */
const sortable = (time: string): string =>
  time.replace(/^(\d{2})\/(\d{2})\/(\d{4}) (\d{2}):(\d{2}):(\d{2})$/, '$3$2$1$4$5$6')

/** What was asked since `tuLuc`, oldest first: by `boQua`, by `trang`, by `conTro`, by the Link header. */
function list(questions: readonly Question[], { query }: SimulatorRequest) {
  const since = query.get('tuLuc') ?? ''
  const rows = questions
    .filter((question) => sortable(question.NgayHoi) >= since)
    .sort((one, two) => (sortable(one.NgayHoi) < sortable(two.NgayHoi) ? -1 : 1))
  const size = Number(query.get('lay') ?? 100)
  const page = query.get('trang')
  const start = page ? (Number(page) - 1) * size : Number(query.get('conTro') ?? query.get('boQua'))
  const next = start + size < rows.length ? String(start + size) : ''
  const more = new URLSearchParams({ tuLuc: since, lay: String(size), boQua: next })
  return {
    body: { ma: '00', danhSach: rows.slice(start, start + size), tiep: next },
    ...(next && { headers: { link: `<${listPath}?${more}>; rel="next"` } }),
  }
}

export default createSimulator
