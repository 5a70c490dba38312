/**
 * The door at which the platform says that a payment has been made (IPN, message version 1.0.6), answered
 * in its own words under a signature. An IPN may come before INIT has been answered, again and again, or
 * never; the request that it names was on record before INIT was sent.
 */
import {
  type ConnectorContext,
  ConnectorError,
  type Door,
  type DoorRequest,
  type DoorResponse,
  type PaymentRequested,
  type PaymentSettled,
  type thanhToan,
} from '../../src/connector/index.ts'
import type { PaymentOptions } from './options.ts'
import { isSigned, signed } from './signature.ts'
import { clockTime, type Payment, paid, paymentOf, types } from './translate.ts'

const taken = { code: '00', words: 'Thành công' }

export function createIpnDoor(
  context: ConnectorContext,
  options: PaymentOptions,
  source: string,
): Door {
  const refused = (words: string) => ({ code: options.refusalCode, words })

  const say = (reference: string, { code, words }: typeof taken): DoorResponse => {
    const answer = signed(
      {
        MaLoi: code,
        MoTaLoi: words,
        MaDoiTac: options.partnerCode,
        MaThamChieu: reference,
        ThoiGianGD: clockTime(context.clock.now()),
      },
      options,
    )
    return {
      status: 200,
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify(context.outgoing('thanh-toan/ipn-answer/v1', answer)),
    }
  }

  const settle = async (request: DoorRequest, reference: string, payment: Payment) => {
    const asked = await request.latest(reference, [types.requested])
    const message = paid(source, reference, payment, asked?.data as PaymentRequested | undefined)
    const [result] = await request.accept([message])
    if (!result) throw new Error('accept has answered for no message')
    const isSettled = message.type === types.settled
    if (!result.ok && result.code !== 'message-conflict') return refused(result.detail.vi)
    if (!isSettled) return refused(asked ? notAsAsked : notAsked)
    if (result.ok) return taken
    // The same transaction with another bank or time, say: what counts is on record already.
    const held = (await request.latest(reference, [types.settled]))?.data as
      | PaymentSettled
      | undefined
    const isSame =
      held?.status === 'paid' &&
      held.transaction === payment.transaction &&
      held.amount === payment.amount
    return isSame ? taken : refused(notAsAsked)
  }

  return {
    method: 'POST',
    path: '/ipn',
    title: { vi: 'Nền tảng báo kết quả thanh toán', en: 'The platform tells of a payment' },
    maxBytes: 64 * 1024,
    async handle(request) {
      const read = readIpn(context, request)
      if ('words' in read) return say('', refused(read.words))
      const { ipn } = read
      const reference = ipn.MaThamChieu
      const payment = understood(() => paymentOf(ipn))
      const isOurs = ipn.MaDoiTac === options.partnerCode
      // One answer for every IPN that is not the platform's: it tells nobody how near he was.
      if (!isSigned(signedFields(ipn), ipn.MaXacThuc, options) || !isOurs) {
        context.log.warn('access.refused', { system: context.system, code: 'ipn-signature' })
        return say('', refused('Sai mã xác thực hoặc mã đối tác.'))
      }
      if ('words' in payment) return say(reference, refused(payment.words))
      // What other codes mean is not published: the hub asks by QUERY.
      if (ipn.MaLoi !== '00') return say(reference, refused('Mã lỗi không có trong bảng.'))
      return say(reference, await settle(request, reference, payment.value))
    },
  }
}

const notAsAsked = 'Số tiền hoặc loại tiền không khớp yêu cầu; đã ghi nhận để đối soát.'
const notAsked = 'Không có yêu cầu thanh toán mang mã tham chiếu này; đã ghi nhận để đối soát.'

/** In the order of the contract, whatever the order in which they came, and nothing besides. */
const signedFields = (ipn: thanhToan.Ipn) => ({
  LoaiBanTin: ipn.LoaiBanTin,
  MaLoi: ipn.MaLoi,
  MaDoiTac: ipn.MaDoiTac,
  MaThamChieu: ipn.MaThamChieu,
  SoTien: ipn.SoTien,
  MaTienTe: ipn.MaTienTe,
  MaGiaoDich: ipn.MaGiaoDich,
  MaNganHang: ipn.MaNganHang,
  ThoiGianGD: ipn.ThoiGianGD,
  ThongTinGiaoDich: ipn.ThongTinGiaoDich,
})

type Understood<T> = { readonly value: T } | { readonly words: string }

function understood<T>(act: () => T): Understood<T> {
  try {
    return { value: act() }
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    // Places and rules, never values.
    const places = error.faults.slice(0, 20).map(({ pointer, vi }) => `${pointer}: ${vi}`)
    const words = ['Bản tin không hợp lệ', ...places].join('; ').replaceAll('|', '/')
    return { words: words.slice(0, 500) }
  }
}

function readIpn(
  context: ConnectorContext,
  request: DoorRequest,
): { readonly ipn: thanhToan.Ipn } | { readonly words: string } {
  let body: unknown
  try {
    body = request.json()
  } catch {
    return { words: 'Nội dung không phải JSON hợp lệ.' }
  }
  const read = understood(() => context.answer<thanhToan.Ipn>('thanh-toan/ipn/v1', body))
  return 'words' in read ? read : { ipn: read.value }
}
