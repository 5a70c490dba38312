/**
 * The social protection system in miniature, behind a platform that gives tokens. It holds the last
 * content of each dossier; which key is wrong, or which XML it cannot read, it says by its own code.
 */
import {
  type CreateSimulator,
  childAt,
  createSimulatorServer,
  createSimulatorTokens,
  readXml,
  type SimulatorAnswer,
  type SimulatorCall,
  type SimulatorRequest,
} from '../../src/connector/index.ts'

const client = { id: 'tinh-demo', secret: 'not-a-real-secret' }
const acceptKey = 'not-a-real-key'
const page = '/apiBTXH/DongBoDVC'

const answer = (error_code: string, message: string): SimulatorAnswer => ({
  body: { error_code, message },
})

const createSimulator: CreateSimulator = (options) => {
  const dossiers = new Map(options.state ?? [])
  const tokens = createSimulatorTokens(client)
  const stranger: SimulatorAnswer = { status: 401, body: { message: 'Invalid Credentials' } }

  const take = (request: SimulatorRequest): SimulatorCall => {
    const { AcceptKey, ...content } = request.json() as Record<string, string>
    const subject = content.MaHoSo ?? ''
    return {
      kind: 'write',
      items: [{ subject, operation: 'push-dossier', content }],
      run() {
        if (!tokens.isKnown(request)) return stranger
        if (AcceptKey !== acceptKey) return answer('1', 'AcceptKey không hợp lệ')
        if (!isReadable(content.CertificateExtentData)) return answer('2', 'XML không hợp lệ')
        dossiers.set(subject, content)
        return { ...answer('0', 'Thành công'), applied: true }
      },
      refuse: () => answer('3', 'Thủ tục không thuộc danh sách đồng bộ'),
      unknownWords: () => ({ body: { message: 'Đã vào hàng chờ' } }),
    }
  }

  return createSimulatorServer(options, {
    modes: [
      ...(['slow', 'timeout-before', 'timeout-after', 'late-apply', 'refuse', 'busy'] as const),
      ...(['rate-limit', 'session-expired', 'html-200', 'half-body', 'server-error'] as const),
      ...(['reset-before', 'unknown-words'] as const),
    ],
    state: () => dossiers,
    forgetSessions: () => tokens.forget(),
    handle(request) {
      const { method, path } = request
      if (method === 'POST' && path === '/token') return tokens.give(request)
      if (path === page && method === 'POST') return take(request)
      const status = path === page ? 405 : 404
      return { kind: 'read', run: () => (tokens.isKnown(request) ? { status } : stranger) }
    },
  })
}

function isReadable(text: string | undefined): boolean {
  try {
    const root = readXml(Buffer.from(text ?? ''))
    return (
      root.name === 'ExtentData' &&
      ['DanhSachTaiLieuNop', 'DanhSachGiayToKetQua'].every((name) => childAt(root, name))
    )
  } catch {
    return false
  }
}

export default createSimulator
