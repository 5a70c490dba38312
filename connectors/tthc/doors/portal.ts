/**
 * The hub as the portal's stand-in, so that existing software only changes an address:
 *
 *   envelope   POST /mapi/login, /mapi/g          {session, madonvi, service, isUpdating, data}
 *   gateway    POST /api/SynsTTHCC/<service>?MaDinhDanhDV=&isUpdating=    a bare array
 *
 * Both come also under the adapter's path `/XrdAdapter/RestService/forward`. `isUpdating` is read
 * and not used: whether the dossier is new to the portal is the hub's own knowledge.
 * Public client code of one-stop systems, 2020 to 2025; unverified.
 */
import type { Door, DoorRequest, DoorResponse, tthcLegacy } from '../../../src/connector/index.ts'
import { progressMessage } from '../translate/events.ts'
import { portalFieldNames, portalProgressNames } from '../translate/field-names.ts'
import { legacyDossier } from '../translate/legacy-dossier.ts'
import { legacyProgress } from '../translate/progress.ts'
import { lookUp } from './look-up.ts'
import { answer, portalDoor, refusal, summary } from './portal-answers.ts'
import { fits, readBody, understand } from './read.ts'
import { isLive, issueSession } from './sessions.ts'
import { type DoorTools, takeMessages, takeSnapshots } from './take.ts'

const maxBytes = 5 * 1024 * 1024
const adapterPaths = ['', '/XrdAdapter/RestService/forward', '/VXPAdapter/RestService/forward']

type Handle = (tools: DoorTools, request: DoorRequest) => Promise<DoorResponse>

const door = (tools: DoorTools, path: string, vi: string, en: string, handle: Handle): Door => ({
  method: 'POST',
  path,
  title: { vi, en },
  maxBytes,
  handle: (request) => portalDoor(tools, () => handle(tools, request)),
})

export const portalDoors = (tools: DoorTools): readonly Door[] => [
  ...adapterPaths.flatMap((path) => [
    door(tools, `${path}/mapi/login`, 'Cấp phiên làm việc', 'Issue a session', logIn),
    door(tools, `${path}/mapi/g`, 'Phong bì mapi/g', 'Envelope mapi/g', envelope),
  ]),
  door(
    tools,
    '/api/SynsTTHCC/DongBoHoSoMC',
    'Đồng bộ hồ sơ, tham số trên đường dẫn',
    'Dossiers, parameters in the query',
    gateway('tthc-legacy/dossier-sync/v1', takeDossiers),
  ),
  door(
    tools,
    '/api/SynsTTHCC/CapNhatTienDoHoSoMC',
    'Cập nhật tiến độ, tham số trên đường dẫn',
    'Progress, parameters in the query',
    gateway('tthc-legacy/progress-sync/v1', takeProgress),
  ),
]

async function logIn(tools: DoorTools, request: DoorRequest): Promise<DoorResponse> {
  const body = readBody(request)
  if (!body.ok) return refusal(tools, body.why, body.faults)
  const account = fits<{ username: string; password: string }>(tools, 'mapi/login/v1', body.value)
  if (!account.ok) return refusal(tools, account.why, account.faults)
  const session = issueSession(tools, account.value)
  return session === undefined
    ? refusal(tools, 'Sai tài khoản hoặc mật khẩu', [])
    : answer(tools, { session, error_code: 0 })
}

async function envelope(tools: DoorTools, request: DoorRequest): Promise<DoorResponse> {
  const body = readBody(request)
  if (!body.ok) return refusal(tools, body.why, body.faults)
  const session = (body.value as { session?: unknown } | null)?.session
  if (typeof session === 'string' && !isLive(tools, session))
    return refusal(tools, 'Phiên làm việc hết hạn', [])
  const sent = fits<tthcLegacy.Envelope>(tools, 'tthc-legacy/envelope/v1', body.value)
  if (!sent.ok) return refusal(tools, sent.why, sent.faults)
  const { madonvi, service, data, mahoso } = sent.value
  if (!isOurs(tools, madonvi)) return notOurs(tools, '/madonvi')
  if (service === 'TraCuuHoSo') return lookUp(tools, request, mahoso ?? '')
  return service === 'DongBoHoSoMC'
    ? takeDossiers(tools, request, data, '/data')
    : takeProgress(tools, request, data, '/data')
}

type Take = (
  tools: DoorTools,
  request: DoorRequest,
  records: unknown,
  at: string,
) => Promise<DoorResponse>

function gateway(schema: string, take: Take): Handle {
  return async (tools, request) => {
    const parameters = fits<tthcLegacy.GatewayQuery>(
      tools,
      'tthc-legacy/gateway-query/v1',
      namedQuery(request, ['MaDinhDanhDV', 'isUpdating']),
    )
    const body = readBody(request)
    if (!body.ok) return refusal(tools, body.why, body.faults)
    const records = fits(tools, schema, body.value)
    if (!parameters.ok || !records.ok) {
      const faults = [parameters, records].flatMap((each) => (each.ok ? [] : each.faults))
      return refusal(tools, 'Dữ liệu không hợp lệ', faults)
    }
    if (!isOurs(tools, parameters.value.MaDinhDanhDV)) return notOurs(tools, '/MaDinhDanhDV')
    return take(tools, request, records.value, '')
  }
}

/** Query parameters under these names, in whatever case they were written. */
function namedQuery(request: DoorRequest, names: readonly string[]): object {
  const sent = [...request.query]
  return Object.fromEntries(
    names.flatMap((name) => {
      const found = sent.find(([key]) => key.toLowerCase() === name.toLowerCase())
      return found ? [[name, found[1]]] : []
    }),
  )
}

async function takeDossiers(
  tools: DoorTools,
  request: DoorRequest,
  records: unknown,
  at: string,
): Promise<DoorResponse> {
  const edge = tools.edge()
  const read = (records as tthcLegacy.DossierSync).map((item, index) =>
    understand(() => legacyDossier(edge, item, `${at}/${index}`)),
  )
  const faults = read.flatMap((each) => (each.ok ? [] : each.faults))
  if (faults.length > 0) return refusal(tools, 'Dữ liệu không hợp lệ', faults)
  const snapshots = read.flatMap((each) => (each.ok ? [each.value] : []))
  const placeOf = (index: number): string => `${at}/${index}`
  const verdicts = await takeSnapshots(tools, request, snapshots, portalFieldNames, placeOf)
  return summary(tools, { done: 'Đồng bộ hồ sơ', unit: 'hồ sơ' }, verdicts)
}

async function takeProgress(
  tools: DoorTools,
  request: DoorRequest,
  records: unknown,
  at: string,
): Promise<DoorResponse> {
  const rows = understand(() =>
    legacyProgress(tools.edge(), records as tthcLegacy.ProgressSync, at),
  )
  if (!rows.ok) return refusal(tools, rows.why, rows.faults)
  const messages = rows.value.map((row) => progressMessage(tools.source, row))
  const placeOf = (index: number): string => `${at}/${index}`
  const verdicts = await takeMessages(request, messages, portalProgressNames, placeOf)
  return summary(tools, { done: 'Cập nhật tiến độ', unit: 'dòng tiến độ' }, verdicts)
}

/** `000.00.14.H99` and `H99.14` both belong to H99. */
const provinceOf = (agency: string): string =>
  (/^[A-Z]\d{2}/.exec(agency) ?? /[A-Z]\d{2}$/.exec(agency))?.[0] ?? ''

const isOurs = ({ options }: DoorTools, agency: string): boolean =>
  provinceOf(agency) === provinceOf(options.agencyCode)

const notOurs = (tools: DoorTools, pointer: string): DoorResponse =>
  refusal(tools, 'Dữ liệu không hợp lệ', [
    {
      pointer,
      rule: 'agency',
      vi: 'mã đơn vị không thuộc hệ thống này',
      en: 'the agency does not belong to this system',
    },
  ])
