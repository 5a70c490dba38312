/**
 * The civil status system in miniature, behind a platform that gives tokens: `data` is JSON in a text,
 * faults come joined in one, a code is taken once unless a supplement was asked for, and what became of it
 * is said only when asked, three codes a call. States stand still until they are moved on. Invented data.
 */
import {
  type CreateSimulator,
  createSimulatorServer,
  createSimulatorTokens,
  formatTime,
  parseTime,
  type Simulator,
  type SimulatorAnswer,
  type SimulatorCall,
  type SimulatorOptions,
  type SimulatorRequest,
  withoutAbsent,
} from '../../src/connector/index.ts'

const client = { id: 'tinh-demo', secret: 'not-a-real-secret' }
const submitPath = '/apiLienThongKSKT/1.0/nhanHoSoDKHT'
const statesPath = '/apiLienThongKSKT/1.0/traTrangThaiHoSo'
const mostCodes = 3

export type CivilState = '1' | '2' | '3' | '4' | '6'

interface Held {
  readonly request: Readonly<Record<string, unknown>>
  /** Every state it has had, the newest last; an hour lies between two of them. */
  readonly life: readonly CivilState[]
}

export interface CivilStatusSimulator extends Simulator {
  /** The registrar does something: its next state, or this one. */
  advance(code: string, state?: CivilState): void
  /** From now on each answer about a dossier moves it one state on. */
  liveOn(): void
}

export const createCivilStatusSimulator = async (
  options: SimulatorOptions,
): Promise<CivilStatusSimulator> => {
  const held = new Map(options.state ?? []) as Map<string, Held>
  const tokens = createSimulatorTokens(client)
  let lives = false

  const advance = (code: string, state?: CivilState): void => {
    const dossier = held.get(code)
    const next = state ?? nextOf(dossier?.life.at(-1))
    if (dossier && next) held.set(code, { ...dossier, life: [...dossier.life, next] })
  }

  const submit = (request: SimulatorRequest): SimulatorCall => {
    const body = request.json() as Record<string, unknown>
    const code = String(body.maHoSoMCDT ?? '')
    const content = { ...body, data: formOf(body.data) }
    return {
      kind: 'write',
      items: [{ subject: code, operation: 'push-request', content }],
      run() {
        if (!tokens.isKnown(request)) return { status: 401, body: {} }
        const faults = faultsOf(content)
        if (faults.length > 0) return failed(faults.join('; '))
        const before = held.get(code)
        if (before && before.life.at(-1) !== '2') return taken
        held.set(code, { request: content, life: [...(before?.life ?? []), '1'] })
        return { ...done, applied: true }
      },
      refuse: () =>
        failed('Họ tên mẹ có độ dài vượt quá 50 ký tự; Dân tộc không tồn tại trong danh mục'),
      duplicate: () => taken,
      unknownWords: () => ({
        body: { status: '1', errorCode: '7', errorDescription: 'Yêu cầu đã vào hàng chờ' },
      }),
    }
  }

  const tell = (request: SimulatorRequest): SimulatorCall => {
    const { maDinhDanhHoSo, module } = request.json() as Record<string, unknown>
    const codes = Array.isArray(maDinhDanhHoSo) ? maDinhDanhHoSo.map(String) : []
    return {
      kind: 'read',
      // Asked when it runs, so that the tokens can have been forgotten meanwhile.
      run() {
        if (!tokens.isKnown(request)) return { status: 401, body: {} }
        if (codes.length === 0 || codes.length > mostCodes)
          return failed('Danh sách mã hồ sơ không hợp lệ')
        const found = codes.flatMap((code) => {
          const dossier = held.get(code)
          return dossier?.request.module === module && dossier ? [{ code, dossier }] : []
        })
        if (lives) for (const { code } of found) advance(code)
        const value = found.map(({ dossier }) => recordOf(dossier))
        return { body: { status: '1', statusDescription: 'Thành công', value } }
      },
    }
  }

  const server = await createSimulatorServer(options, {
    modes: [
      ...(['slow', 'timeout-before', 'timeout-after', 'late-apply', 'refuse', 'busy'] as const),
      ...(['rate-limit', 'html-200', 'half-body', 'server-error', 'reset-before'] as const),
      ...(['unknown-words', 'session-expired', 'duplicate'] as const),
    ],
    state: () => held,
    forgetSessions: () => tokens.forget(),
    handle(request) {
      const { method, path } = request
      if (method === 'POST' && path === '/token') return tokens.give(request)
      if (method === 'POST' && path === submitPath) return submit(request)
      if (method === 'POST' && path === statesPath) return tell(request)
      return { kind: 'read', run: () => ({ status: 404 }) }
    },
  })
  return {
    ...server,
    advance,
    liveOn() {
      lives = true
    },
  }
}

const createSimulator: CreateSimulator = createCivilStatusSimulator
export default createSimulator

const done: SimulatorAnswer = { body: { status: '1', statusDescription: 'Thành công' } }
const failed = (errorDescription: string): SimulatorAnswer => ({
  body: { status: '0', errorCode: '500', errorDescription },
})
const taken = failed('Hồ sơ đã được tiếp nhận')

const nextOf = (state: CivilState | undefined): CivilState | undefined =>
  state === '1' ? '3' : state === '3' ? '4' : state === '2' ? '1' : undefined

/** The JSON in the text; undefined where it is none. */
function formOf(data: unknown): unknown {
  try {
    return typeof data === 'string' ? JSON.parse(data) : undefined
  } catch {
    return undefined
  }
}

const faultsOf = (request: Readonly<Record<string, unknown>>): string[] => [
  ...['maDonVi', 'module', 'maHoSoMCDT', 'ngayTiepNhan']
    .filter((name) => typeof request[name] !== 'string')
    .map((name) => `${name} không được để trống`),
  ...(typeof request.data === 'object' && request.data !== null
    ? []
    : ['data không đúng định dạng']),
]

/** dd/MM/yyyy HH:mm:ss */
const timeOf = ({ request, life }: Held): string => {
  const received = parseTime(String(request.ngayTiepNhan), 'dd/MM/yyyy HH:mm:ss')
  const hourMs = 3_600_000
  const moment = new Date(Date.parse(received) + (life.length - 1) * hourMs)
  return formatTime(moment.toISOString(), 'dd/MM/yyyy HH:mm:ss')
}

const words: Readonly<Record<CivilState, string | undefined>> = {
  '1': undefined,
  '2': 'Đề nghị bổ sung giấy chứng sinh bản rõ',
  '3': 'Hồ sơ đủ điều kiện đăng ký',
  '4': 'Đã đăng ký và ký số',
  '6': 'Không thuộc thẩm quyền của đơn vị',
}

function recordOf(dossier: Held): object {
  const { request, life } = dossier
  const state = life.at(-1) ?? '1'
  const time = timeOf(dossier)
  const isBirth = String(request.module).endsWith('KS')
  return withoutAbsent({
    maDonVi: request.maDonVi,
    maTinh: '99',
    module: request.module,
    maHoSoLT: request.maHoSoLT ?? null,
    maHoSoMCDT: request.maHoSoMCDT,
    trangThai: state,
    thoiGianThucHien: time,
    nguoiXuLy: 'Phạm Hộ Tịch',
    chucDanh: 'Công chức tư pháp – hộ tịch',
    phongBanXuLy: 'UBND xã An Thử',
    noiDungXuLy: words[state] ?? null,
    ketQuaXuLy:
      state === '4'
        ? withoutAbsent({
            soDangKy: '15',
            quyenSo: '01/2026',
            trangSo: '15',
            ngayDangKy: time.slice(0, 10),
            soDinhDanh: isBirth ? '000000000031' : undefined,
            giayKhaiSinh: isBirth ? certificate : undefined,
          })
        : null,
  })
}

const certificate = Buffer.from('%PDF-1.4\n% Giấy khai sinh thử\n%%EOF\n').toString('base64')
