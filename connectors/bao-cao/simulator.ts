/**
 * A reporting system in both shapes, behind a platform that gives tokens. It keeps the statistics of a
 * period as they were sent last.
 */
import {
  type CreateSimulator,
  createSimulatorServer,
  createSimulatorTokens,
  type SimulatorAnswer,
  type SimulatorRequest,
  simulatorModes,
} from '../../src/connector/index.ts'

type Fields = Readonly<Record<string, unknown>>
type Say = (isDone: boolean, words: string) => SimulatorAnswer

const sayResult: Say = (isDone, Message) => ({ body: { Status: isDone ? 200 : 400, Message } })
const sayNdxp: Say = (isDone, message) => ({
  body: { error_code: isDone ? '0' : '-1', message, result: [] },
})

const keyOf = (year: unknown, month: unknown): string =>
  month === undefined ? String(year) : `${year}-${month}`

const createSimulator: CreateSimulator = (options) => {
  const state = new Map(options.state ?? [])
  const tokens = createSimulatorTokens({ id: 'tinh-demo', secret: 'not-a-real-secret' })

  const take = (
    request: SimulatorRequest,
    content: Fields,
    subject: string,
    say: Say,
    operation = 'Statistic',
  ) => ({
    kind: 'write' as const,
    items: [{ subject, operation, content }],
    run() {
      if (!tokens.isKnown(request)) return { status: 401 }
      state.set(subject, content)
      return { ...say(true, 'Cập nhật thành công'), applied: true }
    },
    refuse: () => say(false, 'Dữ liệu không hợp lệ'),
    unknownWords: () => say(true, 'Yêu cầu đã vào hàng chờ'),
  })

  return createSimulatorServer(options, {
    modes: simulatorModes.filter((mode) => mode !== 'duplicate' && mode !== 'partial-batch'),
    state: () => state,
    forgetSessions: () => tokens.forget(),
    handle(request) {
      const { method, path } = request
      if (method === 'POST' && path === '/token') return tokens.give(request)
      if (method === 'POST' && path === '/consumerAdapter/Statistic') {
        const body = request.json() as Fields
        return take(request, body, keyOf(body.Year, body.Month), sayResult)
      }
      if (method === 'POST' && path === '/consumerAdapter/ServiceIndex') {
        const body = request.json() as Fields
        return take(request, body, `index ${body.Ky}`, sayResult, 'ServiceIndex')
      }
      if (method === 'POST' && path === '/ndxp/ChiSo') {
        const [record = {}] = (request.json() as { data: Fields[] }).data
        return take(request, record, `index ${record.KY}`, sayNdxp, 'ChiSo')
      }
      if (method === 'POST' && path === '/ndxp/ThongKe') {
        const [record = {}] = (request.json() as { data: Fields[] }).data
        return take(request, record, keyOf(record.NAM, record.THANG), sayNdxp)
      }
      return { kind: 'read', run: () => ({ status: 404 }) }
    },
  })
}

export default createSimulator
