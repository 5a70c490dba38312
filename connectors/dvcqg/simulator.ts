/**
 * The portal behind its adapter, over HTTP: both names of the adapter, `dstcode` in query or header,
 * logins and sessions that age. `error_code` is a text in one answer and a number in the next, and an
 * expired session is told in words or as 401: both have been seen.
 */
import {
  type CreateSimulator,
  createSimulatorServer,
  type SimulatorAnswer,
  type SimulatorCall,
  type SimulatorItem,
  type SimulatorRequest,
  simulatorModes,
} from '../../src/connector/index.ts'
import {
  createPortal,
  type Fields,
  type Portal,
  ratingKey,
  type Verdict,
} from './simulator-portal.ts'

export const account = { username: 'tinh-demo', password: 'not-a-real-secret' }
const destination = 'VN:GOV:000.00.00.G22:vpcpdvcprovider'

const sessionMs = 10 * 60_000
const adapterPath = /^\/(?:XrdAdapter|VXPAdapter)\/RestService\/forward\/mapi\/(login|g)$/

const createSimulator: CreateSimulator = (options) => {
  const portal = createPortal(options.state)
  const say = createSpeaker()
  const sessions = createSessions()

  const logIn = (request: SimulatorRequest): SimulatorCall => {
    const body = request.json() as Fields
    return {
      kind: 'session',
      run: () =>
        body.username === account.username && body.password === account.password
          ? { body: { session: sessions.open(), error_code: 0 } }
          : say({ code: -1, words: 'Sai tài khoản hoặc mật khẩu', applied: [] }),
    }
  }

  const service = (request: SimulatorRequest): SimulatorCall => {
    const body = request.json() as Fields
    const { kind, items, run } = serviceCall(portal, body, say)
    return {
      kind,
      items,
      run: (atMost) => (sessions.isOpen(body.session) ? run(atMost) : sessions.refusal(say)),
      refuse: () => say({ code: -1, words: 'Dữ liệu không hợp lệ', applied: [] }),
      duplicate: () => say({ code: -3, words: 'Hồ sơ đã tồn tại', applied: [] }),
      unknownWords: () => say({ code: 0, words: 'Yêu cầu đã vào hàng chờ', applied: [] }),
    }
  }

  return createSimulatorServer(options, {
    modes: simulatorModes,
    state: () => portal.state,
    forgetSessions: sessions.forget,
    handle(request) {
      const path = adapterPath.exec(request.path)
      if (!path || request.method !== 'POST') return adapterFault(404, 'Unknown service path')
      const dstcode = request.headers.dstcode ?? request.query.get('dstcode')
      if (dstcode !== destination) return adapterFault(500, 'Unknown or missing dstcode')
      return path[1] === 'login' ? logIn(request) : service(request)
    },
  })
}

type Say = (verdict: Verdict, more?: object) => SimulatorAnswer
type ServiceCall = Pick<SimulatorCall, 'kind' | 'run'> & {
  readonly items: readonly SimulatorItem[]
}

function serviceCall(portal: Portal, body: Fields, say: Say): ServiceCall {
  const data = Array.isArray(body.data) ? (body.data as Fields[]) : []
  const write = (
    operation: string,
    subjectOf: (one: Fields) => unknown,
    contents: readonly Fields[],
    act: (atMost?: number) => Verdict,
  ): ServiceCall => ({
    kind: 'write',
    items: contents.map((content) => ({ subject: String(subjectOf(content)), operation, content })),
    run: (atMost) => {
      const verdict = act(atMost)
      return { ...say(verdict), applied: verdict.applied }
    },
  })
  const read = (result: () => readonly Fields[]): ServiceCall => ({
    kind: 'read',
    items: [],
    run: () => say({ code: 0, words: '', applied: [] }, { result: result() }),
  })

  switch (body.service) {
    case 'DongBoHoSoMC': {
      const how = body.isUpdating === 'True' ? 'update' : 'create'
      const push = () => portal.push(String(body.madonvi), body.isUpdating, data)
      return write(`DongBoHoSoMC.${how}`, (one) => one.MaHoSo, data, push)
    }
    case 'CapNhatTienDoHoSoMC': {
      const take = (atMost?: number) => portal.progress(data, atMost)
      return write('CapNhatTienDoHoSoMC', (one) => one.MaHoSo, data, take)
    }
    case 'DongBoTrangThaiHoSo': {
      const status = (body.data ?? {}) as Fields
      const set = () => portal.status(status)
      return write('DongBoTrangThaiHoSo', (one) => one.MaHoSoDonVi, [status], set)
    }
    case 'DongBoDanhGia':
      return write('DongBoDanhGia', ratingKey, data, () => portal.rating(data))
    case 'DongBoKetQuaHoiDapGuiTuDVCQG': {
      const put = () => portal.answers(data)
      return write('DongBoKetQuaHoiDapGuiTuDVCQG', (one) => one.HOIDAPID, data, put)
    }
    case 'TraCuuHoSo':
      return read(() => portal.dossier(String(body.mahoso)))
    case 'LayNoiDungTraLoiTheoCauHoi':
      return read(() => portal.answersTo(String(body.cauhoiid)))
    case 'LayDanhSachHoiDapGuiTuDVCQG':
      return read(() => portal.questions())
    default:
      return {
        kind: 'read',
        items: [],
        run: () => say({ code: -1, words: 'Dịch vụ không hợp lệ', applied: [] }),
      }
  }
}

/** Codes alternate between text and number, answer by answer. */
function createSpeaker(): Say {
  let spoken = 0
  return ({ code, words }, more) => ({
    body: {
      error_code: spoken++ % 2 === 0 ? String(code) : code,
      ...(words !== '' && { message: words }),
      ...more,
    },
  })
}

interface Sessions {
  open(): string
  isOpen(token: unknown): boolean
  forget(): void
  refusal(say: Say): SimulatorAnswer
}

function createSessions(): Sessions {
  const until = new Map<string, number>()
  let opened = 0
  let refused = 0
  return {
    open() {
      const token = `sess-demo-${++opened}`
      until.set(token, Date.now() + sessionMs)
      return token
    },
    isOpen: (token) => typeof token === 'string' && (until.get(token) ?? 0) > Date.now(),
    forget: () => until.clear(),
    refusal: (say) =>
      refused++ % 2 === 0
        ? say({ code: -1, words: 'Phiên làm việc hết hạn', applied: [] })
        : { status: 401, body: 'session expired' },
  }
}

/** The adapter speaks XML, not the portal's envelope. */
const adapterFault = (status: number, words: string): SimulatorCall => ({
  kind: 'read',
  run: () => ({
    status,
    headers: { 'content-type': 'text/xml; charset=utf-8' },
    body: `<?xml version="1.0"?><fault><faultString>${words}</faultString></fault>`,
  }),
})

export default createSimulator
