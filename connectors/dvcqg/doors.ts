/** What the portal asks of the province, answered in the portal's own words. */
import {
  type ConnectorContext,
  type Door,
  type DoorRequest,
  type DoorResponse,
  type Dossier,
  errorForStatus,
} from '../../src/connector/index.ts'
import { json, read, refusal, say, understood } from './door-answers.ts'
import { code, type Edge, type Part } from './edge.ts'
import type { FileLinks } from './links.ts'
import type { PortalOptions } from './options.ts'
import { submittedMessage } from './submitted.ts'
import { createTaxDoor } from './tax.ts'

const megabyte = 1024 * 1024

/** Messages that carry a whole dossier. */
const snapshotTypes = [
  'vn.tthc.dossier.upserted.v1',
  'vn.tthc.dossier.result-issued.v1',
  'vn.tthc.dossier.supplement-requested.v1',
  'vn.tthc.dossier.withdrawn.v1',
]

export interface DoorTools {
  readonly context: ConnectorContext
  readonly options: PortalOptions
  readonly links: FileLinks
  /** Who speaks when the portal does, in CloudEvents' sense. */
  readonly source: string
  /** Codes as they hold on this day. */
  edge(at: Date): Edge
}

export const createDoors = (tools: DoorTools): readonly Door[] => [
  {
    method: 'POST',
    path: '/search/call',
    title: { vi: 'Cổng hỏi tình trạng hồ sơ', en: 'The portal asks about a dossier' },
    maxBytes: megabyte,
    handle: (request) => search(tools, request),
  },
  {
    method: 'POST',
    path: '/nhanhsdvcqg',
    title: { vi: 'Cổng chuyển hồ sơ về tỉnh', en: 'The portal hands a dossier over' },
    maxBytes: 64 * megabyte,
    handle: (request) => receive(tools, request),
  },
  createTaxDoor(tools),
  {
    method: 'GET',
    path: '/downloadfile/:token',
    title: { vi: 'Cổng tải tệp', en: 'The portal fetches a file' },
    maxBytes: 1,
    handle: (request, signal) => download(tools, request, signal),
  },
]

/** Found: the flat record. Not found: code "-1" with HTTP status 200, as the portal expects. */
async function search(tools: DoorTools, request: DoorRequest): Promise<DoorResponse> {
  const question = read<{ masohoso: string }>(tools.context, 'dvcqg/door-search/v1', request)
  if ('faults' in question) return say(tools.context, '-1', question.words)
  const message = await request.latest(question.body.masohoso, snapshotTypes)
  if (!message) return say(tools.context, '-1', 'Không tìm thấy hồ sơ.')
  const { dossier } = message.data as { readonly dossier: Dossier }
  const record = searchRecord(tools.edge(new Date(message.time)), dossier)
  return json(tools.context.outgoing('dvcqg/door-search-answer/v1', record))
}

function searchRecord(edge: Edge, dossier: Dossier): Part {
  const kinds = edge.options.generation === 1 ? 'applicant-kind-gen1' : 'applicant-kind'
  return {
    MaHoSo: dossier.code,
    MaTTHC: dossier.procedure.code,
    TenTTHC: dossier.procedure.name,
    MaLinhVuc: dossier.domain.code,
    TenLinhVuc: dossier.domain.name,
    LoaiDoiTuong: code(edge, kinds, dossier.applicant.kind, '/dossier/applicant/kind'),
    TrangThaiHoSo: code(edge, 'dossier-status', dossier.status, '/dossier/status'),
    // The form in which the result is returned. A known client put the form of submission here.
    HinhThuc: code(edge, 'return-method', dossier.returnMethod, '/dossier/returnMethod'),
    DonViXuLy: dossier.handlingUnit.name,
  }
}

/** 0 taken, 1 taken before, -1 not valid. Taken means durable; whatever else happens is thrown. */
async function receive(tools: DoorTools, request: DoorRequest): Promise<DoorResponse> {
  const { context } = tools
  const handed = read<Record<string, unknown>>(context, 'dvcqg/door-dossier/v1', request)
  if ('faults' in handed) return say(tools.context, -1, handed.words)
  const message = understood(() => submittedMessage(handed.body, tools.source))
  if ('faults' in message) return say(tools.context, -1, message.words)
  const [result] = await request.accept([message.body])
  if (!result) throw new Error('accept has answered for no message')
  if (result.ok && !result.receipt.duplicate) return say(tools.context, 0, 'Đã tiếp nhận hồ sơ.')
  if (result.ok || result.code === 'message-conflict')
    return say(tools.context, 1, 'Mã hồ sơ này đã được tiếp nhận trước đó.')
  return say(tools.context, -1, refusal(result.detail.vi, result.faults))
}

/** The file behind a link of ours, fetched from the server it lies on. */
async function download(
  tools: DoorTools,
  request: DoorRequest,
  signal: AbortSignal,
): Promise<DoorResponse> {
  const url = tools.links.open(request.parameters.token ?? '')
  if (url === undefined) return { ...json(notFound), status: 404 }
  const response = await tools.context.http.request({
    method: 'GET',
    url,
    headers: { accept: '*/*' },
    maxResponseBytes: tools.options.fileMaxMegabytes * megabyte,
    signal,
  })
  if (response.status === 404 || response.status === 410) return { ...json(notFound), status: 404 }
  if (response.status !== 200) throw errorForStatus(response)
  return {
    status: 200,
    headers: {
      'content-type': response.headers['content-type'] ?? 'application/octet-stream',
      // Whatever it is, a browser must not run it under the hub's name.
      'content-disposition': 'attachment',
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
    },
    body: response.bytes,
  }
}

const notFound = { error_code: '-1', message: 'Đường dẫn tệp không đúng hoặc đã hết hạn.' }
