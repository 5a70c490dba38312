/**
 * The business registration service in miniature, behind a platform that gives tokens. It refuses a window of
 * more than five days, gives no more than `mostRows` rows at once whatever it is asked for, and says "none"
 * in each way that is thinkable. A date of the state may be written as so many days before today.
 */
import {
  type CreateSimulator,
  createSimulatorServer,
  createSimulatorTokens,
  formatDay,
  parseDay,
  type SimulatorAnswer,
  type SimulatorRequest,
  toVietnamTime,
} from '../../src/connector/index.ts'

const client = { id: 'tinh-demo', secret: 'not-a-real-secret' }
const base = '/apiCSDLDKDN/'
const mostRows = 50
const mostDays = 5
const dayMs = 24 * 60 * 60 * 1000

type Row = Readonly<Record<string, unknown>>
type Query = URLSearchParams

const success = { Status: '1', Message: 'success' }
const failure = (Message: string): SimulatorAnswer => ({ body: { Status: '0', Message } })
const refusal = failure('Yêu cầu không hợp lệ')

const names = {
  danhSachHoSo: [
    ...['IN_JOURNAL_NO', 'DOCUMENT_TYPE', 'ENTERPRISE_CODE', 'ENTERPRISE_GDT_CODE', 'NAME'],
    ...['SITE_ID', 'RECEIPT_DATE', 'PLAN_DATE', 'PROCESS_STATUS'],
  ],
  danhSachHoSoTrongNgay: [
    ...['IN_JOURNAL_NO', 'DOCUMENT_TYPE', 'ENTERPRISE_GDT_CODE', 'NAME', 'SITE_ID'],
    ...['PROCESS_STATUS', 'PROCESSED_DATE'],
  ],
} as const

const pick = (row: Row, members: readonly string[]): Row =>
  Object.fromEntries(members.map((member) => [member, row[member] ?? null]))

/** `today-3`, `today 09:15:00` → the date as the service writes it. */
function dated(value: unknown, now: Date): unknown {
  const match = typeof value === 'string' && /^today(?:-(\d+))?( .*)?$/.exec(value)
  if (!match) return value
  const day = toVietnamTime(new Date(now.getTime() - Number(match[1] ?? 0) * dayMs)).slice(0, 10)
  return formatDay(day, 'dd/MM/yyyy') + (match[2] ?? '')
}

const dayOf = (value: unknown): string => parseDay(String(value).slice(0, 10), 'dd/MM/yyyy')

function listed(rows: readonly Row[], query: Query, members: readonly string[]): SimulatorAnswer {
  const [offset, limit] = [Number(query.get('offset')), Number(query.get('limit'))]
  if (!(offset >= 0) || !(limit > 0)) return refusal
  const page = rows.slice(offset, offset + Math.min(limit, mostRows))
  const MainInformation = page.map((row) => pick(row, members))
  return { body: { ...success, MainInformation, DataCount: rows.length } }
}

const createSimulator: CreateSimulator = (options) => {
  const held = new Map(options.state ?? []) as Map<string, Row>
  const tokens = createSimulatorTokens(client)

  const dossiers = (): readonly Row[] => {
    const now = new Date()
    return [...held.values()]
      .filter(({ kind }) => kind === 'dossier')
      .map((row) =>
        Object.fromEntries(Object.entries(row).map(([name, value]) => [name, dated(value, now)])),
      )
  }
  const answers: Readonly<Record<string, (query: Query) => SimulatorAnswer>> = {
    chiTietDoanhNghiep(query) {
      const found = held.get(query.get('msdn') ?? '')
      if (found?.kind !== 'enterprise')
        return { body: { ...success, MainInformation: null, DataCount: 0 } }
      const { kind: _, ...record } = found
      return { body: { ...success, ...record, DataCount: 1 } }
    },
    tinhTrangHoSo(query) {
      const number = query.get('in_journal_no')
      const found = dossiers().find(({ IN_JOURNAL_NO }) => String(IN_JOURNAL_NO) === number)
      if (!found) return failure('Không tìm thấy hồ sơ')
      const { kind: _, ...record } = found
      return { body: { ...success, MainInformation: [record], DataCount: 1 } }
    },
    danhSachHoSo(query) {
      const [from, to] = [dayOf(query.get('from_date')), dayOf(query.get('to_date'))]
      if (Date.parse(to) - Date.parse(from) >= mostDays * dayMs)
        return failure('Khoảng thời gian tối đa 05 ngày')
      const within = dossiers().filter(({ RECEIPT_DATE }) => {
        const day = dayOf(RECEIPT_DATE)
        return from <= day && day <= to
      })
      return listed(within, query, names.danhSachHoSo)
    },
    danhSachHoSoTrongNgay(query) {
      const today = toVietnamTime(new Date()).slice(0, 10)
      const changed = dossiers().filter(({ PROCESSED_DATE }) => {
        if (!PROCESSED_DATE || dayOf(PROCESSED_DATE) !== today) return false
        const minute = String(PROCESSED_DATE).slice(11, 16)
        return String(query.get('from_ts')) <= minute && minute <= String(query.get('to_ts'))
      })
      return listed(changed, query, names.danhSachHoSoTrongNgay)
    },
  }

  return createSimulatorServer(options, {
    modes: [
      ...(['slow', 'timeout-before', 'timeout-after', 'refuse', 'busy', 'rate-limit'] as const),
      ...(['html-200', 'half-body', 'server-error', 'reset-before', 'unknown-words'] as const),
      'session-expired',
    ],
    state: () => held,
    forgetSessions: () => tokens.forget(),
    handle(request: SimulatorRequest) {
      const { method, path, query } = request
      const name = path.startsWith(base) ? path.slice(base.length) : ''
      if (method === 'POST' && path === '/token') return tokens.give(request)
      const answer = Object.hasOwn(answers, name) ? answers[name] : undefined
      if (method !== 'GET' || !answer) return { kind: 'read', run: () => ({ status: 404 }) }
      return {
        kind: 'read',
        // Asked when it runs, so that the tokens can have been forgotten meanwhile.
        run: () => (tokens.isKnown(request) ? answer(query) : { status: 401, body: {} }),
        refuse: () => refusal,
        unknownWords: () => ({ body: { Status: '2', Message: 'Yêu cầu đã vào hàng chờ' } }),
      }
    },
  })
}

export default createSimulator
