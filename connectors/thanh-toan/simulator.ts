/**
 * The payment platform in miniature: INIT answers with JSON inside `message`, QUERY says "pending" until
 * somebody has paid, GET_BILL gives a PDF file, and a payment is told of by IPN before, after or never. Its
 * signatures are its own work, not the connector's. Codes other than "0" and "00" are invented.
 */
import { createHash } from 'node:crypto'
import {
  type CreateSimulator,
  createSimulatorServer,
  type Simulator,
  type SimulatorAnswer,
  type SimulatorCall,
  type SimulatorOptions,
  type SimulatorRequest,
} from '../../src/connector/index.ts'

const partner = 'DEMO01'
export const secret = 'not-a-real-secret'
const base = '/thanh-toan/'

type Fields = Readonly<Record<string, unknown>>

/** What the platform holds of a payment; no times, so that two runs can be compared. */
interface Held {
  readonly request: Fields
  readonly status: 'pending' | 'paid' | 'failed'
  /** What the payer has really paid, in dong. */
  readonly paidAmount?: number
}

export interface PaymentSimulator extends Simulator {
  /** The payer pays, the amount asked for unless it is said. */
  pay(reference: string, amount?: number): void
  /** The bank refuses the payer. */
  fail(reference: string): void
  /** From now on a payer pays in the moment of INIT, before it is answered: the IPN overtakes the answer. */
  payDuringInit(before: ((reference: string) => Promise<void>) | undefined): void
  /** Whether receipts are to be had; they are unless it is said. */
  issueReceipts(isIssuing: boolean): void
  /** The IPN that the platform sends for this payment, signed. */
  ipn(reference: string, change?: Fields): Fields
}

/** In the order in which they are signed. */
const signedInIpn = [
  ...['LoaiBanTin', 'MaLoi', 'MaDoiTac', 'MaThamChieu', 'SoTien', 'MaTienTe'],
  ...['MaGiaoDich', 'MaNganHang', 'ThoiGianGD', 'ThongTinGiaoDich'],
]
const signedInInit = [
  ...['LoaiBanTin', 'PhienBan', 'MaDoiTac', 'MaThamChieu', 'SoTien', 'LoaiHinhThanhToan'],
  ...['MaKenhThanhToan', 'MaThietBi', 'NgonNgu', 'MaTienTe', 'MaNganHang'],
  ...['ThongTinGiaoDich', 'ThoiGianGD', 'Ip'],
]
const signedInQuestion = ['LoaiBanTin', 'PhienBan', 'MaDoiTac', 'MaThamChieu', 'ThoiGianGD']

const signatureOf = (message: Fields, names: readonly string[]): string =>
  createHash('sha256')
    .update(names.map((name) => String(message[name])).join('|') + secret)
    .digest('hex')

const isRight = (message: Fields, names: readonly string[]): boolean =>
  message.MaDoiTac === partner && message.MaXacThuc === signatureOf(message, names)

export const createPaymentSimulator = async (
  options: SimulatorOptions,
): Promise<PaymentSimulator> => {
  const held = new Map(options.state ?? []) as Map<string, Held>
  let isIssuing = true
  let duringInit: ((reference: string) => Promise<void>) | undefined

  const change = (reference: string, more: Partial<Held>): void => {
    const payment = held.get(reference)
    if (!payment) throw new Error(`nobody was asked to pay ${reference}`)
    held.set(reference, { ...payment, ...more })
  }

  const init = (message: Fields): SimulatorCall => {
    const reference = String(message.MaThamChieu)
    const { ThoiGianGD: _, MaXacThuc: __, ...request } = message
    return {
      kind: 'write',
      items: [{ subject: reference, operation: 'INIT', content: message }],
      async run() {
        if (!isRight(message, signedInInit)) return refusal('97', 'Sai mã xác thực')
        if (!isWhole(message)) return refusal('-1', 'Dữ liệu không hợp lệ')
        const known = held.get(reference)
        if (known && JSON.stringify(known.request) !== JSON.stringify(request))
          return refusal('-1', 'Mã tham chiếu đã tồn tại')
        if (!known) held.set(reference, { request, status: 'pending' })
        await duringInit?.(reference)
        return { body: linkTo(reference), applied: !known }
      },
      refuse: () => refusal('-1', 'Dữ liệu không hợp lệ'),
      unknownWords: () => ({ body: { error_code: '0', message: 'Yêu cầu đã vào hàng chờ' } }),
    }
  }

  const ask = (message: Fields, answer: (reference: string, payment: Held) => SimulatorAnswer) => ({
    kind: 'read' as const,
    run(): SimulatorAnswer {
      if (!isRight(message, signedInQuestion)) return said('97', 'Sai mã xác thực')
      const reference = String(message.MaThamChieu)
      const payment = held.get(reference)
      return payment ? answer(reference, payment) : said('01', 'Không tìm thấy giao dịch')
    },
    refuse: () => said('-1', 'Dữ liệu không hợp lệ'),
    unknownWords: () => said('68', 'Giao dịch đang được tra soát'),
  })

  const bill = (reference: string, { status }: Held): SimulatorAnswer =>
    status === 'paid' && isIssuing
      ? { headers: { 'content-type': 'application/pdf' }, body: pdfOf(reference) }
      : said('01', 'Chưa có biên lai')

  const server = await createSimulatorServer(options, {
    modes: [
      ...(['slow', 'timeout-before', 'timeout-after', 'late-apply', 'refuse', 'busy'] as const),
      ...(['rate-limit', 'html-200', 'half-body', 'server-error', 'reset-before'] as const),
      'unknown-words',
    ],
    state: () => held,
    handle(request: SimulatorRequest) {
      const path = request.path.startsWith(base) ? request.path.slice(base.length) : ''
      if (request.method !== 'POST') return { kind: 'read', run: () => ({ status: 404 }) }
      if (path === 'init') return init(request.json() as Fields)
      if (path === 'query') return ask(request.json() as Fields, standing)
      if (path === 'bill') return ask(request.json() as Fields, bill)
      return { kind: 'read', run: () => ({ status: 404 }) }
    },
  })

  return {
    ...server,
    pay(reference, amount) {
      const asked = Number(held.get(reference)?.request.SoTien)
      change(reference, { status: 'paid', paidAmount: amount ?? asked })
    },
    fail: (reference) => change(reference, { status: 'failed' }),
    issueReceipts(yes) {
      isIssuing = yes
    },
    payDuringInit(before) {
      duringInit = before
    },
    ipn(reference, more = {}) {
      const payment = held.get(reference)
      const message = {
        LoaiBanTin: 'IPN',
        MaLoi: '00',
        MaDoiTac: partner,
        MaThamChieu: reference,
        SoTien: String(payment?.paidAmount ?? payment?.request.SoTien ?? '50000'),
        MaTienTe: 'VND',
        MaGiaoDich: transactionOf(reference),
        MaNganHang: 'DEMOBANK',
        ThoiGianGD: paidAt,
        ThongTinGiaoDich: String(payment?.request.ThongTinGiaoDich ?? ''),
        ...more,
      }
      return { ...message, MaXacThuc: signatureOf(message, signedInIpn) }
    },
  }
}

const createSimulator: CreateSimulator = createPaymentSimulator
export default createSimulator

/** Half past one in the afternoon: on a clock of twelve hours it would be night. */
const paidAt = '20240101133509'
const transactionOf = (reference: string): string => `GD${reference}`

const linkTo = (reference: string) => ({
  error_code: '0',
  message: JSON.stringify({
    UrlThanhToan: `https://thanh-toan.example.test/pay?ma=${reference}`,
    MaThamChieu: reference,
  }),
})

const refusal = (error_code: string, message: string): SimulatorAnswer => ({
  body: { error_code, message },
})
const said = (MaLoi: string, MoTaLoi: string, more: Fields = {}): SimulatorAnswer => ({
  body: { MaLoi, MoTaLoi, ...more },
})

/** Every signed field is a text; the time is one of a clock that knows the afternoon. */
const isWhole = (message: Fields): boolean =>
  signedInInit.every((name) => typeof message[name] === 'string' && message[name] !== '') &&
  /^\d{14}$/.test(String(message.ThoiGianGD)) &&
  /^[1-9]\d*$/.test(String(message.SoTien))

function standing(reference: string, { request, status, paidAmount }: Held): SimulatorAnswer {
  const known = { MaThamChieu: reference, SoTien: Number(request.SoTien), MaTienTe: 'VND' }
  switch (status) {
    case 'pending':
      return said('00', 'Thành công', { ...known, TrangThaiGD: '3' })
    case 'failed':
      return said('00', 'Thành công', { ...known, TrangThaiGD: '4', ThoiGianGD: paidAt })
    case 'paid':
      return said('00', 'Thành công', {
        ...known,
        TrangThaiGD: '1',
        SoTien: paidAmount,
        MaGiaoDich: transactionOf(reference),
        MaNganHang: 'DEMOBANK',
        ThoiGianGD: paidAt,
      })
  }
}

const pdfOf = (reference: string): Buffer =>
  Buffer.from(`%PDF-1.4\n% C1-10/NS ${reference}\n%%EOF\n`)
