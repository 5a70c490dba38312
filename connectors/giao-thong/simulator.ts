/**
 * The licence system behind the adapter and behind a sharing platform, and the ministry's list, over HTTP.
 * A dossier is held by its code with the number of days ago on which it was received, so that what is
 * held is always of the last days.
 */
import {
  type CreateSimulator,
  createSimulatorMapi,
  createSimulatorServer,
  formatDay,
  type SimulatorCall,
  type SimulatorRequest,
  simulatorModes,
  toVietnamTime,
} from '../../src/connector/index.ts'

export const account = { username: 'tinh-demo', password: 'not-a-real-secret' }
export const platform = { path: '/apiDVC-GPLX/tcdbdvcdata/', token: 'not-a-real-token' }
const unit = { handling: '99001', agency: '000.00.00.H99' }
const ministryHeaders = {
  authorization: 'Bearer not-a-real-token',
  madonvi: unit.agency,
  apikey: 'not-a-real-key',
}

type Fields = Readonly<Record<string, unknown>>

/** What is held of one dossier. */
export interface Held {
  readonly daysAgo: number
  readonly licence?: Fields
  readonly detail?: Fields
  readonly files?: Readonly<Record<string, Fields>>
  readonly ministry?: Fields
}

const dayMs = 24 * 60 * 60 * 1000
const receivedOn = ({ daysAgo }: Held): string =>
  toVietnamTime(new Date(Date.now() - daysAgo * dayMs)).slice(0, 10)

const createSimulator: CreateSimulator = (options) => {
  const state = new Map(options.state ?? []) as Map<string, Held>
  const destination = 'VN:GOV:000.00.00.G99:gplx'
  const mapi = createSimulatorMapi({ account, destination, platform })

  const within = (from: unknown, to: unknown): readonly Held[] =>
    [...state.values()].filter((held) => {
      const day = receivedOn(held)
      return String(from) <= day && day <= String(to)
    })

  const service = (body: Fields): SimulatorCall => {
    const said = (more: object): SimulatorCall => ({
      kind: 'read',
      run: () =>
        body.donViXuLy === unit.handling
          ? mapi.say({ code: 0, words: '' }, more)
          : mapi.say({ code: -1, words: 'Đơn vị không tồn tại' }),
    })
    switch (body.service) {
      case 'DanhSachHoSo':
        return said({
          data: within(body.ngayNhan1, body.ngayNhan2).flatMap((held) =>
            held.licence ? [{ ...held.licence, ngayNhanHoSo: receivedOn(held) }] : [],
          ),
        })
      case 'TraCuuHoSo': {
        const detail = state.get(String(body.mahoso))?.detail
        return said({ data: detail ? [detail] : [] })
      }
      case 'LayTaiLieuHoSo': {
        const path = String(body.duongdanteptin)
        const file = [...state.values()].find(({ files }) => files?.[path])?.files?.[path]
        return said({ TepTinDinhKem: file ? [{ ...file, DuongDan: path }] : [] })
      }
      default:
        return {
          kind: 'read',
          run: () => mapi.say({ code: -1, words: 'Dịch vụ không hợp lệ' }),
        }
    }
  }

  const ministry = ({ headers, query }: SimulatorRequest): SimulatorCall => ({
    kind: 'read',
    run() {
      const isKnown = Object.entries(ministryHeaders).every(([name, one]) => headers[name] === one)
      if (!isKnown) return { status: 401, body: { code: -302, message: 'ApiKey không đúng' } }
      if (query.get('GovAgencyCode') !== unit.agency || query.get('Start') !== '-1')
        return { body: { code: -303, message: 'Mã đơn vị không đúng' } }
      const [from, to] = ['ReceiveFromDate', 'ReceiveToDate'].map((name) =>
        (query.get(name) ?? '').split('/').reverse().join('-'),
      )
      const data = within(from, to).flatMap((held) => {
        const at = `${formatDay(receivedOn(held), 'dd/MM/yyyy')} 08:00:00`
        return held.ministry ? [{ ...held.ministry, NgayGuiHoSo: at, NgayTiepNhan: at }] : []
      })
      return { body: { total: data.length, data } }
    },
    unknownWords: () => ({ body: { message: 'Yêu cầu đã vào hàng chờ' } }),
  })

  return createSimulatorServer(options, {
    modes: simulatorModes.filter((mode) => mode !== 'duplicate'),
    state: () => state,
    forgetSessions: mapi.forget,
    handle: (request) =>
      request.path === '/apiGTVT/danhsachhoso' && request.method === 'GET'
        ? ministry(request)
        : mapi.handle(request, service),
  })
}

export default createSimulator
