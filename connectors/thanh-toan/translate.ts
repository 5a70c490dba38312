/**
 * Payment requests and what the platform says of them, pure. Names, order and codes are those of the
 * payment platform's messages, version 1.0.6. Amounts are whole dong on both sides: what is not, is a fault.
 */
import {
  type CodeTables,
  type Fault,
  formatTime,
  nfc,
  type PaymentDisputed,
  type PaymentRequested,
  type PaymentSettled,
  parseTime,
  permanent,
  type thanhToan,
  toVietnamTime,
  unknown,
  withoutAbsent,
} from '../../src/connector/index.ts'
import type { PaymentOptions } from './options.ts'
import { signed } from './signature.ts'

/** The platform's clock: 24 hours, in Vietnam. */
export const clockTime = (now: Date): string => formatTime(now.toISOString(), 'yyyyMMddHHmmss')

/** INIT. The reference is the request's own, so that every attempt of a delivery has the same. */
export function initOf(
  request: PaymentRequested,
  options: PaymentOptions,
  { codes, at, now }: { readonly codes: CodeTables; readonly at: Date; readonly now: Date },
): object {
  const { fees, amount, payer, receiver, procedure, agency } = request
  if (fees.reduce((sum, fee) => sum + fee.amount, 0) !== amount)
    throw permanent('mapping-failed', { faults: [wrongSum] })
  const content = nfc(request.content)
  const fields = {
    LoaiBanTin: 'INIT',
    PhienBan: options.version,
    MaDoiTac: options.partnerCode,
    MaThamChieu: request.id,
    SoTien: String(amount),
    LoaiHinhThanhToan: 'PAY',
    MaKenhThanhToan: options.channel,
    MaThietBi: options.device,
    NgonNgu: options.language,
    MaTienTe: 'VND',
    MaNganHang: options.bank,
    ThongTinGiaoDich: content,
    ThoiGianGD: clockTime(now),
    Ip: payer.ip,
  }
  const receipt = {
    MaDichVu: options.serviceKind,
    MaDVC: request.serviceCode,
    TenDVC: nfc(request.serviceName),
    MaTTHC: procedure.code,
    TenTTHC: nfc(procedure.name),
    MaDonVi: agency.code,
    TenDonVi: nfc(agency.name),
    MaHoSo: request.dossierCode,
    TKThuHuong: receiver.account,
    MaNHThuHuong: receiver.bankCode,
    TenTKThuHuong: nfc(receiver.accountName),
    ...ofFines,
    KhoBac: nfc(receiver.treasuryName ?? ''),
    TaiKhoanThuNSNN: receiver.treasuryAccount ?? '',
    NoiDungThanhToan: content,
    HoTenNguoiNop: nfc(payer.name),
    SoCMNDNguoiNop: payer.identity.number,
    DiaChiNguoiNop: nfc(payer.address?.text ?? ''),
    HuyenNguoiNop: payer.address?.districtCode ?? '',
    TinhNguoiNop: payer.address?.provinceCode ?? '',
    PhiLePhi: fees.map((fee, index) => ({
      LoaiPhiLePhi: codes.toRemote('thanh-toan-fee-kind', fee.kind, at, `/fees/${index}/kind`),
      MaPhiLePhi: fee.code,
      TenPhiLePhi: nfc(fee.name),
      SoTien: String(fee.amount),
    })),
    DSKhoanNop: [],
  }
  return { ...signed(fields, options), ThongTinBienLai: receipt }
}

const wrongSum: Fault = {
  pointer: '/amount',
  rule: 'sum',
  vi: 'không bằng tổng các khoản trong fees',
  en: 'is not the sum of the fees',
}

/** A dossier's fees are no fine: these stay empty, as the platform's other clients send them. */
const ofFines = {
  MaLoaiHinhThuPhat: '',
  TenLoaiHinhThuPhat: '',
  MaCoQuanQD: '',
  TenCoQuanQD: '',
  NgayQD: '',
  SoQD: '',
  ThoiGianViPham: '',
  DiaDiemViPham: '',
  TenNguoiViPham: '',
}

export const questionOf = (
  kind: 'QUERY' | 'GET_BILL',
  reference: string,
  options: PaymentOptions,
  now: Date,
): object =>
  signed(
    {
      LoaiBanTin: kind,
      PhienBan: options.version,
      MaDoiTac: options.partnerCode,
      MaThamChieu: reference,
      ThoiGianGD: clockTime(now),
    },
    options,
  )

/** That money has been taken, as an IPN or the answer to a QUERY says it. */
export interface Payment {
  readonly transaction: string
  readonly bankCode?: string
  readonly amount: number
  readonly currency: string
  readonly at: string
}

export type Standing =
  | { readonly status: 'pending' }
  | { readonly status: 'failed'; readonly transaction?: string; readonly at?: string }
  | { readonly status: 'paid'; readonly payment: Payment }

const text = (value: string | null | undefined): string | undefined => value?.trim() || undefined

/** A code as the canonical messages can carry it. */
function codeOf(value: string | null | undefined): string | undefined {
  const code = text(value)
  if (code !== undefined && !/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(code))
    throw unknown('answer-invalid')
  return code
}

/** The answer to a QUERY whose `MaLoi` is "00". `TrangThaiGD`: 1 success, 3 pending, 4 failed. */
export function standingOf(reference: string, answer: thanhToan.QueryAnswer): Standing {
  if ((text(answer.MaThamChieu) ?? reference) !== reference) throw unknown('answer-invalid')
  const transaction = codeOf(answer.MaGiaoDich)
  const at = timeOf(text(answer.ThoiGianGD))
  switch (String(answer.TrangThaiGD ?? '')) {
    case '3':
      return { status: 'pending' }
    case '4':
      return {
        status: 'failed',
        ...(transaction !== undefined && { transaction }),
        ...(at !== undefined && { at }),
      }
    case '1': {
      const amount = amountOf(answer.SoTien)
      const currency = text(answer.MaTienTe)
      const bankCode = codeOf(answer.MaNganHang)
      if (transaction === undefined || amount === undefined || at === undefined) throw incomplete()
      if (!currency || !/^[A-Z]{3}$/.test(currency)) throw incomplete()
      const bank = bankCode !== undefined && { bankCode }
      return { status: 'paid', payment: { transaction, ...bank, amount, currency, at } }
    }
    default:
      throw unknown('answer-wording-unknown')
  }
}

const incomplete = () =>
  unknown('answer-invalid', {
    detail: {
      vi: 'Nền tảng báo thành công nhưng thiếu giao dịch, số tiền, loại tiền hoặc thời gian.',
      en: 'The platform says success without transaction, amount, currency or time.',
    },
  })

function timeOf(time: string | undefined): string | undefined {
  try {
    return time === undefined ? undefined : parseTime(time, 'yyyyMMddHHmmss')
  } catch {
    throw unknown('answer-invalid')
  }
}

/** A number of dong, or undefined: never rounded. */
function amountOf(amount: unknown): number | undefined {
  const digits = String(amount ?? '')
  return /^(0|[1-9][0-9]{0,14})$/.test(digits) ? Number(digits) : undefined
}

/** Fitted `thanh-toan/ipn/v1`, and its signature is right. */
export const paymentOf = (ipn: thanhToan.Ipn): Payment => ({
  transaction: ipn.MaGiaoDich,
  ...(ipn.MaNganHang !== '' && { bankCode: ipn.MaNganHang }),
  amount: Number(ipn.SoTien),
  currency: ipn.MaTienTe,
  at: parseTime(ipn.ThoiGianGD, 'yyyyMMddHHmmss', '/ThoiGianGD'),
})

export const types = {
  requested: 'vn.tthc.payment.requested.v1',
  linkIssued: 'vn.tthc.payment.link-issued.v1',
  settled: 'vn.tthc.payment.settled.v1',
  disputed: 'vn.tthc.payment.disputed.v1',
} as const

/** An event of this system about a payment; its id is its natural key. */
const eventOf = (
  source: string,
  { type, id, key, time }: { type: string; id: string; key: string; time: string },
  data: object,
) => ({ source, type, subject: id, eventId: `${id}.${key}`, time, data })

export const linkIssued = (source: string, id: string, link: { url: string; at: string }) => {
  const data = { id, url: link.url, issuedAt: link.at }
  return eventOf(
    source,
    { type: types.linkIssued, id, key: `link.${link.at}`, time: link.at },
    data,
  )
}

/**
 * What money that was taken means for the request that it names: settled only when it is exactly what was
 * asked for. One message for a transaction, however often and on whichever way it is told.
 */
export function paid(
  source: string,
  id: string,
  payment: Payment,
  request: Pick<PaymentRequested, 'amount'> | undefined,
) {
  const { transaction, bankCode, amount, currency, at } = payment
  const facts = { transaction, ...(bankCode !== undefined && { bankCode }), at }
  const difference = differenceOf(payment, request)
  if (!difference) {
    const data: PaymentSettled = { id, status: 'paid', amount, ...facts, onlinePayment: 'portal' }
    return eventOf(source, { type: types.settled, id, key: `${transaction}.paid`, time: at }, data)
  }
  const data: PaymentDisputed = {
    ...{ id, difference, received: amount, currency, ...facts },
    ...(request && { requested: request.amount }),
  }
  return eventOf(
    source,
    { type: types.disputed, id, key: `${transaction}.disputed`, time: at },
    data,
  )
}

/** What was told as paid, with its receipt: a message of its own, since one may come without the other. */
export function receipted(
  source: string,
  settled: PaymentSettled,
  receipt: NonNullable<PaymentSettled['receipt']>,
) {
  const { id, transaction, at } = settled
  if (transaction === undefined || at === undefined) throw new Error('what was paid has both')
  const data: PaymentSettled = { ...settled, receipt }
  const key = `${transaction}.receipt`
  return eventOf(source, { type: types.settled, id, key, time: at }, data)
}

function differenceOf(
  { amount, currency }: Payment,
  request: Pick<PaymentRequested, 'amount'> | undefined,
): PaymentDisputed['difference'] | undefined {
  if (!request) return 'reference-unknown'
  if (currency !== 'VND') return 'currency-differs'
  return amount === request.amount ? undefined : 'amount-differs'
}

export function failed(
  source: string,
  { id, amount }: Pick<PaymentRequested, 'id' | 'amount'>,
  { transaction, at }: Extract<Standing, { status: 'failed' }>,
  now: Date,
) {
  const data = withoutAbsent({ id, status: 'failed', amount, transaction, at })
  const key = transaction === undefined ? 'failed' : `${transaction}.failed`
  return eventOf(source, { type: types.settled, id, key, time: at ?? toVietnamTime(now) }, data)
}
