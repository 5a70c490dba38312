/**
 * Both stores in miniature. The national one behind its adapter: a login, sessions that can be forgotten, the
 * papers of a person, a file as bare base64. The province's own: an API key, papers by dossier. It holds
 * `giay-to <owner>` → papers, `tep <path>` → base64, and a dossier's code → what was put there.
 */
import {
  type CreateSimulator,
  createSimulatorServer,
  type SimulatorAnswer,
  type SimulatorCall,
  type SimulatorRequest,
} from '../../src/connector/index.ts'

const account = { username: '000.00.00.H99', password: 'not-a-real-secret' }
const destination = 'VN:GOV:000.00.00.G22:vpcpdvcprovider'
const localKey = 'not-a-real-key'
const adapterPath = /^\/(?:XrdAdapter|VXPAdapter)\/RestService\/forward\/bndp\/public\/v1\/(\w+)$/

interface Paper {
  readonly MaKetQua: string
  readonly SoKyHieu: string
}
interface Question {
  readonly SoDinhDanhChuSoHuu?: string
  readonly DanhSachDanhMucKetQua?: readonly { MaKetQua: string; SoKyHieu?: string }[]
  readonly DuongDan?: string
}

const createSimulator: CreateSimulator = (options) => {
  const state = new Map(options.state ?? [])
  const sessions = new Set<string>()

  const logIn = (request: SimulatorRequest): SimulatorCall => ({
    kind: 'session',
    run() {
      const given = request.json() as Partial<typeof account>
      if (given.username !== account.username || given.password !== account.password)
        return { body: { errorCode: 401, message: 'Sai tài khoản hoặc mật khẩu' } }
      const token = `phien-${crypto.randomUUID()}`
      sessions.add(token)
      return { body: { errorCode: 0, result: { token } } }
    },
  })

  const results = (question: Question): SimulatorAnswer => {
    const owned = (state.get(`giay-to ${question.SoDinhDanhChuSoHuu}`) ?? []) as readonly Paper[]
    const wanted = question.DanhSachDanhMucKetQua ?? []
    const isWanted = (paper: Paper): boolean =>
      wanted.some(
        ({ MaKetQua, SoKyHieu = paper.SoKyHieu }) =>
          MaKetQua === paper.MaKetQua && SoKyHieu === paper.SoKyHieu,
      )
    const DanhSachGiayToKetQua = owned.filter(isWanted)
    return {
      body: {
        ...{ errorCode: '0', message: 'Thành công', signature: 'chu-ky' },
        result: { DanhSachGiayToKetQua },
      },
    }
  }

  const file = ({ DuongDan }: Question): SimulatorAnswer => {
    const found = state.get(`tep ${DuongDan}`)
    return typeof found === 'string' ? { body: found } : { status: 404 }
  }

  const ask = (
    request: SimulatorRequest,
    answer: (question: Question) => SimulatorAnswer,
  ): SimulatorCall => ({
    kind: 'read',
    run() {
      const token = String(request.headers.authorization ?? '').replace(/^Bearer /, '')
      return sessions.has(token) ? answer(request.json() as Question) : { status: 401 }
    },
    refuse: () => ({ body: { errorCode: '-1', message: 'Dữ liệu không hợp lệ' } }),
    unknownWords: () => ({ body: { errorCode: '7', message: 'Yêu cầu đã vào hàng chờ' } }),
  })

  const put = (request: SimulatorRequest): SimulatorCall => {
    if (request.headers['x-api-key'] !== localKey)
      return { kind: 'write', run: () => ({ status: 401 }) }
    const papers = request.json() as readonly { readonly MaHoSo: string }[]
    const subject = papers[0]?.MaHoSo ?? ''
    return {
      kind: 'write',
      items: [{ subject, operation: 'push-result', content: papers }],
      run() {
        state.set(subject, papers)
        return { body: { errorCode: 0, message: 'Đã lưu' }, applied: true }
      },
      refuse: () => ({ body: { errorCode: -1, message: 'Dữ liệu không hợp lệ' } }),
      unknownWords: () => ({ body: { errorCode: 7, message: 'Yêu cầu đã vào hàng chờ' } }),
    }
  }

  const national = (request: SimulatorRequest, name: string): SimulatorCall | undefined => {
    if (name === 'login') return logIn(request)
    if (name === 'GetKetQuaGiayTo') return ask(request, results)
    if (name === 'GetGiayToByUrl') return ask(request, file)
    return undefined
  }

  return createSimulatorServer(options, {
    modes: [
      ...(['slow', 'timeout-before', 'timeout-after', 'refuse', 'busy', 'rate-limit'] as const),
      ...(['html-200', 'half-body', 'server-error', 'reset-before', 'unknown-words'] as const),
      'session-expired',
    ],
    state: () => state,
    forgetSessions: () => sessions.clear(),
    handle(request) {
      if (request.method === 'POST' && request.path === '/kho-tinh/giay-to') return put(request)
      const name = adapterPath.exec(request.path)?.[1]
      const dstcode = request.headers.dstcode ?? request.query.get('dstcode')
      const isKnown = request.method === 'POST' && name !== undefined && dstcode === destination
      return (isKnown && national(request, name)) || adapterFault
    },
  })
}

/** The adapter speaks XML, not the store's own form. */
const adapterFault: SimulatorCall = {
  kind: 'read',
  run: () => ({
    status: 500,
    headers: { 'content-type': 'text/xml; charset=utf-8' },
    body: '<?xml version="1.0"?><fault><faultString>Unknown service</faultString></fault>',
  }),
}

export default createSimulator
