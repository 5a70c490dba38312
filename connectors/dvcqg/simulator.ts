/** The portal behind its adapter, over HTTP. */
import {
  type CreateSimulator,
  createSimulatorMapi,
  createSimulatorServer,
  type SayMapi,
  type SimulatorCall,
  type SimulatorItem,
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

const createSimulator: CreateSimulator = (options) => {
  const portal = createPortal(options.state)
  const mapi = createSimulatorMapi({ account, destination })

  return createSimulatorServer(options, {
    modes: simulatorModes,
    state: () => portal.state,
    forgetSessions: mapi.forget,
    handle: (request) =>
      mapi.handle(request, (body) => ({
        ...serviceCall(portal, body, mapi.say),
        duplicate: () => mapi.say({ code: -3, words: 'Hồ sơ đã tồn tại' }),
      })),
  })
}

type ServiceCall = Pick<SimulatorCall, 'kind' | 'run'> & {
  readonly items: readonly SimulatorItem[]
}

function serviceCall(portal: Portal, body: Fields, say: SayMapi): ServiceCall {
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
    run: () => say({ code: 0, words: '' }, { result: result() }),
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
        run: () => say({ code: -1, words: 'Dịch vụ không hợp lệ' }),
      }
  }
}

export default createSimulator
