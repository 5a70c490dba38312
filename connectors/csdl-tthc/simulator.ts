/**
 * The portal in miniature, both ways: its public read API (lists, pages and details, all by POST and with 201),
 * and the services of `mapi` behind the adapter. Both tell the same procedures. Invented data only.
 */
import {
  type CreateSimulator,
  createSimulatorMapi,
  createSimulatorServer,
  type Simulator,
  type SimulatorAnswer,
  type SimulatorCall,
  type SimulatorOptions,
  type SimulatorRequest,
  simulatorModes,
} from '../../src/connector/index.ts'
import { agencies, domains, type HeldProcedure, legacyOf } from './simulator-legacy.ts'

export type { HeldProcedure } from './simulator-legacy.ts'

export interface ProcedureSimulator extends Simulator {
  put(id: string, procedure: HeldProcedure): void
  remove(id: string): void
  /** Ids whose details were asked for, in order; codes, where it was over `mapi`. */
  details(): readonly string[]
  /** From now on every listed procedure is applied by so many agencies. */
  applyEverywhere(agencies: number): void
  /** From now on the list says that there are so many more than it shows. */
  hide(procedures: number): void
}

const modes = simulatorModes.filter((mode) => mode !== 'duplicate' && mode !== 'partial-batch')

export const account = { username: 'tinh-demo', password: 'not-a-real-secret' }
export const destination = 'VN:GOV:000.00.00.G22:vpcpdvcprovider'
const caller = '000.00.00.H99'

const prefix = '/api/v1/'

type Procedures = Map<string, HeldProcedure>

interface Portal {
  readonly procedures: Procedures
  readonly asked: string[]
  applied: string
  hidden: number
}

const ok = (data: unknown): SimulatorAnswer => ({
  status: 201,
  body: { code: 'OK', data, message: '' },
})

/** In the order of their ids, as one that grows with time. */
const listed = ({ procedures }: Portal) =>
  [...procedures]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, { detail: _, ...item }]) => ({ id, ...item }))

function list(portal: Portal, request: SimulatorRequest): SimulatorAnswer {
  const { limit, lastId } = request.json() as { limit: number; lastId: string }
  const all = listed(portal)
  const items = all.filter(({ id }) => id > lastId).slice(0, limit)
  const last = items.at(-1)?.id ?? lastId
  return ok({ items, lastId: last, total: all.length + portal.hidden })
}

const here = '"appliedDepartmentIds":[]'

function pages(portal: Portal, request: SimulatorRequest): SimulatorAnswer {
  const { currentPage, pageSize } = request.json() as { currentPage: number; pageSize: number }
  const all = listed(portal)
  const items = all
    .slice((currentPage - 1) * pageSize, currentPage * pageSize)
    .map((item) => ({ ...item, publishingDepartmentIds: [], appliedDepartmentIds: [] }))
  const total = all.length + portal.hidden
  const totalPages = Math.ceil(all.length / pageSize)
  const data = { items, pagination: { currentPage, pageSize, total, totalPages } }
  const text = JSON.stringify({ code: 'OK', data, message: '' })
  return {
    status: 201,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: text.replaceAll(here, `"appliedDepartmentIds":${portal.applied}`),
  }
}

function detail(portal: Portal, request: SimulatorRequest): SimulatorAnswer {
  const { id } = request.json() as { id: string }
  portal.asked.push(id)
  const found = portal.procedures.get(id)
  if (!found) return { status: 201, body: { code: 'OK', data: null, message: 'Không tìm thấy' } }
  const { detail: more, ...item } = found
  return ok({ id, ...item, ...more })
}

const calls: Readonly<
  Record<string, (portal: Portal, request: SimulatorRequest) => SimulatorAnswer>
> = {
  'submitting/formality/list-all-public-formality-by-citizen': list,
  'reporting/formalities': pages,
  'configuring/formality/get-formality-by-citizen': detail,
}

/** What a service of `mapi` answers; undefined: there is no such service. */
function resultOf(
  portal: Portal,
  { service, maTTHC }: Readonly<Record<string, unknown>>,
): readonly object[] | undefined {
  const held = [...portal.procedures]
  switch (service) {
    case 'LayDanhSachTTHC':
      return held.map(([, { code, name }]) => ({ MATTHC: code, TENTTHC: name }))
    case 'LayThuTuc':
      portal.asked.push(String(maTTHC))
      return held.filter(([, { code }]) => code === maTTHC).map(([id, one]) => legacyOf(id, one))
    case 'LayDanhMucCoQuan':
      return agencies(held.map(([, one]) => one))
    case 'LayDanhMucLinhVuc':
      return domains(held.map(([, one]) => one))
    default:
      return undefined
  }
}

export const createProcedureSimulator = async (
  options: SimulatorOptions,
): Promise<ProcedureSimulator> => {
  const portal: Portal = {
    procedures: new Map([...(options.state ?? [])]) as Procedures,
    asked: [],
    applied: '[]',
    hidden: 0,
  }
  const mapi = createSimulatorMapi({ account, destination })

  const service = (body: Readonly<Record<string, unknown>>): SimulatorCall => ({
    kind: 'read',
    run() {
      if (body.madonvi !== caller) return mapi.say({ code: -1, words: 'Đơn vị không tồn tại' })
      const result = resultOf(portal, body)
      return result
        ? mapi.say({ code: 0, words: '' }, { result })
        : mapi.say({ code: -1, words: 'Dịch vụ không hợp lệ' })
    },
  })

  const open = (request: SimulatorRequest): SimulatorCall => ({
    kind: 'read',
    run() {
      const call = request.path.startsWith(prefix) && calls[request.path.slice(prefix.length)]
      return request.method === 'POST' && call
        ? call(portal, request)
        : { status: 404, body: { code: 'NOT_FOUND', message: 'Không có trang này' } }
    },
    refuse: () => ({ status: 200, body: { code: 'DENIED', message: 'Không được phép' } }),
    unknownWords: () => ({ status: 201, body: { code: 'MOI', message: 'Chưa rõ' } }),
  })

  const server = await createSimulatorServer(options, {
    modes,
    forgetSessions: mapi.forget,
    handle: (request) =>
      request.path.startsWith(prefix) ? open(request) : mapi.handle(request, service),
    state: () => portal.procedures,
  })
  return {
    ...server,
    put: (id, procedure) => void portal.procedures.set(id, procedure),
    remove: (id) => void portal.procedures.delete(id),
    details: () => portal.asked,
    applyEverywhere(agencies) {
      const id = '0190b000-0000-7000-8000-'
      const ids = Array.from({ length: agencies }, (_, n) => id + String(n).padStart(12, '0'))
      portal.applied = JSON.stringify(ids)
    },
    hide(procedures) {
      portal.hidden = procedures
    },
  }
}

const createSimulator: CreateSimulator = createProcedureSimulator
export default createSimulator
