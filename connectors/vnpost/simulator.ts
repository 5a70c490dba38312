/**
 * The postal service in miniature, behind both platforms: NGSP with tokens, and a province's one with the
 * header access_token. It knows an order number once, cancels what it knows, and gives its tracking rows by
 * id, never more than `mostRows` at once.
 */
import {
  type CreateSimulator,
  createSimulatorServer,
  createSimulatorTokens,
  type SimulatorAnswer,
  type SimulatorCall,
  type SimulatorRequest,
} from '../../src/connector/index.ts'

const client = { id: 'tinh-demo', secret: 'not-a-real-secret' }
const accessToken = 'not-a-real-token'
const mostRows = 3
const ngsp = '/apiVNPostNGSP/p1.0/order/'
const lgsp = '/lgsp/order/'

interface Row {
  readonly _id: { readonly $oid: string }
}
type Content = Readonly<Record<string, unknown>>

const createSimulator: CreateSimulator = (options) => {
  const held = new Map(options.state ?? [])
  const tokens = createSimulatorTokens(client)
  const stranger: SimulatorAnswer = { status: 401, body: { message: 'Invalid Credentials' } }

  const isKnown = (request: SimulatorRequest): boolean =>
    request.path.startsWith(ngsp)
      ? tokens.isKnown(request)
      : request.headers.access_token === accessToken

  const take = (name: string, request: SimulatorRequest): SimulatorCall => {
    const { customerCode, CustomerCode, ...content } = request.json() as Content
    const subject = String(content.orderNumber ?? content.OrderNumber)
    const answer = (code: string, message: string): SimulatorAnswer => ({
      body: request.path.startsWith(ngsp)
        ? { status: code, message }
        : { Status: code, Message: message },
    })
    const order = held.get(subject) as Content | undefined
    const apply = (): SimulatorAnswer => {
      if (!isKnown(request)) return stranger
      if (!(customerCode ?? CustomerCode)) return answer('103', 'Thiếu mã khách hàng')
      if (name === 'cancel' && !order) return answer('104', 'Không có đơn này')
      if (name === 'post' && order) return answer('101', 'Số đơn đã có')
      held.set(subject, name === 'post' ? content : { ...order, cancelled: true })
      return { ...answer('100', 'Thành công'), applied: true }
    }
    return {
      kind: 'write',
      items: [{ subject, operation: name === 'post' ? 'push-order' : 'push-cancel', content }],
      run: apply,
      refuse: () => answer('102', 'Dữ liệu không hợp lệ'),
      duplicate: () => answer('101', 'Số đơn đã có'),
      unknownWords: () => ({ body: { message: 'Đã vào hàng chờ' } }),
    }
  }

  const list = ({ query }: SimulatorRequest): SimulatorAnswer => {
    const lastId = query.get('lastId') ?? ''
    const most = Math.min(Number(query.get('pagesize')), mostRows)
    const rows = [...held]
      .flatMap(([key, row]) => (key.startsWith('row:') ? [row as Row] : []))
      .sort((left, right) => (left._id.$oid < right._id.$oid ? -1 : 1))
      .filter((row) => row._id.$oid > lastId)
      .slice(0, most)
    return rows.length > 0
      ? { body: { _embedded: { 'rh:doc': rows }, _returned: rows.length } }
      : { body: { _returned: 0 } }
  }

  return createSimulatorServer(options, {
    modes: [
      ...(['slow', 'timeout-before', 'timeout-after', 'late-apply', 'refuse', 'busy'] as const),
      ...(['rate-limit', 'session-expired', 'html-200', 'half-body', 'server-error'] as const),
      ...(['reset-before', 'duplicate', 'unknown-words'] as const),
    ],
    state: () => held,
    forgetSessions: () => tokens.forget(),
    handle(request) {
      const { method, path } = request
      if (method === 'POST' && path === '/token') return tokens.give(request)
      const base = [ngsp, lgsp].find((one) => path.startsWith(one))
      const name = base ? path.slice(base.length) : ''
      if (method === 'POST' && (name === 'post' || name === 'cancel')) return take(name, request)
      if (method === 'GET' && name === 'tracking')
        return { kind: 'read', run: () => (isKnown(request) ? list(request) : stranger) }
      return { kind: 'read', run: () => ({ status: 404 }) }
    },
  })
}

export default createSimulator
