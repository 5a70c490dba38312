/**
 * What the portal hands over about land tax at `/nhantbthuedvcqg`: the tax office's notice, an XML file in
 * base64, and the voucher of a payment. Public client code of a one-stop system, 2021. Both go on as messages
 * of the dossier; the notice is kept as it came besides, since more is in it than is read.
 */
import {
  type ConnectorContext,
  ConnectorError,
  type Door,
  type DoorRequest,
  type DoorResponse,
  type dvcqg,
  type IncomingMessage,
} from '../../src/connector/index.ts'
import { read, refusal, say } from './door-answers.ts'
import { assessedMessage, readNotice, voucherMessage } from './translate-tax.ts'

/** A notice of 6 MB in base64, and what is around it. */
const maxBytes = 9 * 1024 * 1024

export interface TaxTools {
  readonly context: ConnectorContext
  /** Who speaks when the portal does, in CloudEvents' sense. */
  readonly source: string
}

export const createTaxDoor = (tools: TaxTools): Door => ({
  method: 'POST',
  path: '/nhantbthuedvcqg',
  title: {
    vi: 'Cổng chuyển thông báo, chứng từ nộp thuế đất',
    en: 'The portal hands over land tax notices and vouchers',
  },
  maxBytes,
  handle: (request) => receive(tools, request),
})

/** 0 taken, 1 taken before, -1 not valid. Taken means durable; whatever else happens is thrown. */
async function receive(tools: TaxTools, request: DoorRequest): Promise<DoorResponse> {
  const { context } = tools
  const handed = read<dvcqg.DoorTaxNotice & dvcqg.DoorTaxVoucher>(
    context,
    isNotice(request) ? 'dvcqg/door-tax-notice/v1' : 'dvcqg/door-tax-voucher/v1',
    request,
  )
  if ('faults' in handed) return say(context, -1, handed.words)
  let message: IncomingMessage
  try {
    message =
      'FileThongBaoThue' in handed.body
        ? await keptNotice(tools, handed.body)
        : voucherMessage(tools.source, handed.body)
  } catch (error) {
    // A store that is away is no fault of the portal's: it is to come again.
    if (!(error instanceof ConnectorError) || error.outcome.kind === 'retry') throw error
    return say(context, -1, refusal('Dữ liệu không hợp lệ', error.faults))
  }
  const [result] = await request.accept([message])
  if (!result) throw new Error('accept has answered for no message')
  if (result.ok && !result.receipt.duplicate) return say(context, 0, 'Đã tiếp nhận.')
  // The same bytes once again; the store keeps them once, but for a file that has gone since and is another now.
  if (result.ok || result.code === 'message-conflict')
    return say(context, 1, 'Đã tiếp nhận trước đó.')
  return say(context, -1, refusal(result.detail.vi, result.faults))
}

/** What cannot be read is said of the voucher, which has more members. */
function isNotice(request: DoorRequest): boolean {
  try {
    const body = request.json()
    return typeof body === 'object' && body !== null && 'FileThongBaoThue' in body
  } catch {
    return false
  }
}

/** Read to its end before a file is kept of it. */
async function keptNotice(
  { context, source }: TaxTools,
  { FileThongBaoThue }: dvcqg.DoorTaxNotice,
): Promise<IncomingMessage> {
  const bytes = Buffer.from(FileThongBaoThue, 'base64')
  const notice = readNotice(bytes, FileThongBaoThue.length)
  const kept = await context.files.keep(once(bytes), 'thong-bao-thue.xml')
  const { id: fileId, name, mediaType, size, sha256 } = kept
  return assessedMessage(source, notice, { fileId, name, mediaType, size, sha256 })
}

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes
}
