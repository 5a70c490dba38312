/**
 * ILIS in miniature: a token for a user of the one-stop system, and one dossier for a code: a second one
 * "đã tồn tại", whatever it holds. VBDLIS has no simulator: it only calls in. Invented data.
 */
import {
  type CreateSimulator,
  createSimulatorServer,
  createSimulatorTokens,
  type SimulatorAnswer,
  type SimulatorCall,
  type SimulatorRequest,
} from '../../src/connector/index.ts'

const client = {
  id: 'tinh-demo',
  secret: 'not-a-real-secret',
  user: { name: 'mot-cua-h99', password: 'not-a-real-password' },
}

const createSimulator: CreateSimulator = async (options) => {
  const held = new Map(options.state ?? [])
  const tokens = createSimulatorTokens(client)

  const submit = (request: SimulatorRequest): SimulatorCall => {
    const content = request.json() as Record<string, unknown>
    const code = String(content.MaHoSoMotCua ?? '')
    return {
      kind: 'write',
      items: [{ subject: code, operation: 'push-request', content }],
      run() {
        if (!tokens.isKnown(request)) return { status: 401, body: {} }
        if (code === '') return said(0, false, 'MaHoSoMotCua không được để trống')
        if (held.has(code)) return exists
        held.set(code, content)
        return { ...said(1, true, 'Tiếp nhận hồ sơ thành công'), applied: true }
      },
      refuse: () => said(0, false, 'SoThuTuThua không hợp lệ'),
      duplicate: () => exists,
      unknownWords: () => said(1, true, 'Yêu cầu đã vào hàng chờ'),
    }
  }

  return createSimulatorServer(options, {
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
      if (method === 'POST' && path === '/TiepNhanHoSo') return submit(request)
      return { kind: 'read', run: () => ({ status: 404 }) }
    },
  })
}

export default createSimulator

const said = (data: number, success: boolean, message: string): SimulatorAnswer => ({
  body: {
    data,
    status: {
      success,
      code: success ? 200 : 400,
      type: success ? 'success' : 'error',
      time: '2026-03-02T08:00:01',
      message,
    },
  },
})
const exists = said(0, false, 'Hồ sơ đã tồn tại trong hệ thống')
