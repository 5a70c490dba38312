/**
 * The criminal record system in miniature: `authKey` in the body, a code is taken once unless a supplement
 * was asked for, and what became of it is said only when asked, one code a call. States stand still until
 * they are moved on. Answers in either style, by whether `vneid` stands in the path. Invented data.
 */
import {
  type CreateSimulator,
  createSimulatorServer,
  type Simulator,
  type SimulatorAnswer,
  type SimulatorCall,
  type SimulatorOptions,
  type SimulatorRequest,
} from '../../src/connector/index.ts'

const key = 'not-a-real-key'

interface Held {
  readonly request: Readonly<Record<string, unknown>>
  /** Every state it has had, 1..10, the newest last. */
  readonly life: readonly string[]
}

export interface CriminalRecordSimulator extends Simulator {
  /** The office does something: this is the dossier's next state. */
  advance(code: string, state: string): void
}

export const createCriminalRecordSimulator = async (
  options: SimulatorOptions,
): Promise<CriminalRecordSimulator> => {
  const held = new Map(options.state ?? []) as Map<string, Held>

  const submit = (request: SimulatorRequest, say: Say): SimulatorCall => {
    const { authKey, ...content } = request.json() as Record<string, unknown>
    const code = String(content.maHoSoMCDT ?? '')
    return {
      kind: 'write',
      items: [{ subject: code, operation: 'push-request', content }],
      run() {
        if (authKey !== key) return say(false, 'authKey không hợp lệ')
        const absent = needed.filter((name) => content[name] === undefined)
        if (absent.length > 0) return say(false, `${absent.join(', ')} không được để trống`)
        const before = held.get(code)
        if (before && before.life.at(-1) !== '5') return say(false, 'Hồ sơ đã được tiếp nhận')
        held.set(code, { request: content, life: [...(before?.life ?? []), '1'] })
        return { ...say(true, 'Thành công'), applied: true }
      },
      refuse: () => say(false, 'Số định danh không hợp lệ'),
      duplicate: () => say(false, 'Hồ sơ đã được tiếp nhận'),
      unknownWords: () => say(false, 'Yêu cầu đã vào hàng chờ'),
    }
  }

  const tell = (request: SimulatorRequest, say: Say): SimulatorCall => {
    const { authKey, maHoSoMCDT, maTinh } = request.json() as Record<string, unknown>
    return {
      kind: 'read',
      run() {
        if (authKey !== key) return say(false, 'authKey không hợp lệ')
        const dossier = held.get(String(maHoSoMCDT))
        if (!dossier || dossier.request.maTinh !== maTinh) return say(false, 'Không tìm thấy hồ sơ')
        return say(true, 'Thành công', [recordOf(dossier)])
      },
    }
  }

  const server = await createSimulatorServer(options, {
    modes: [
      ...(['slow', 'timeout-before', 'timeout-after', 'late-apply', 'refuse', 'busy'] as const),
      ...(['rate-limit', 'html-200', 'half-body', 'server-error', 'reset-before'] as const),
      ...(['unknown-words', 'duplicate'] as const),
    ],
    state: () => held,
    handle(request) {
      const { method, path } = request
      const say = path.startsWith('/vneid/') ? sayVneid : sayStatus
      if (method === 'POST' && path.endsWith('/nhanHoSo')) return submit(request, say)
      if (method === 'POST' && path.endsWith('/traTrangThai')) return tell(request, say)
      return { kind: 'read', run: () => ({ status: 404 }) }
    },
  })
  return {
    ...server,
    advance(code, state) {
      const dossier = held.get(code)
      if (dossier) held.set(code, { ...dossier, life: [...dossier.life, state] })
    },
  }
}

const createSimulator: CreateSimulator = createCriminalRecordSimulator
export default createSimulator

type Say = (done: boolean, words: string, value?: readonly object[]) => SimulatorAnswer
const sayStatus: Say = (done, statusDescription, value) => ({
  body: { status: done ? '1' : '0', statusDescription, ...(value && { value }) },
})
const sayVneid: Say = (done, words, value) => ({
  body: {
    ...(done ? { statusCode: '00' } : { statusCode: '01', errorDetail: words }),
    ...(value && { value }),
  },
})

const needed = ['maTinh', 'tenTinh', 'maHoSoMCDT', 'nguonDangKy', 'ngayTiepNhan', 'toKhai']

function recordOf({ request, life }: Held): object {
  const state = life.at(-1) ?? '1'
  const isIssued = state === '9' || state === '10'
  return {
    maHoSoMCDT: request.maHoSoMCDT,
    trangThaiXuLy: Number(state),
    ketQuaXuLy: isIssued
      ? {
          soPhieuLLTP: '99/LLTP-0021',
          ngayCapPhieu: '05/03/2026',
          loaiPhieu: Object(request.toKhai).loaiPhieu,
          nguoiKy: 'Phạm Người Ký',
          phieuLLTP: Buffer.from('%PDF-1.4\n% Phiếu thử\n%%EOF\n').toString('base64'),
          quyetDinhThuHoi: null,
        }
      : null,
  }
}
