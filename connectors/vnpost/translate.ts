/**
 * Canonical orders and cancellations → what the postal service is sent, in both variants. Pure.
 *
 *   ngsp   the national platform: names in lower case
 *   lgsp   a province's platform: names with capitals, FlagConfig, ItemCode where one was given
 *
 * Source: the clients of two running provincial systems (published code); see README.
 */
import {
  type CodeTables,
  type PostalOrderCancelled,
  type PostalOrderRequested,
  type PostalOrderRequestedParty,
  permanent,
  type vnpost,
} from '../../src/connector/index.ts'
import type { PostOptions } from './options.ts'

/** What a translation needs from outside. Codes are read as they held on the day `at`. */
export interface Edge {
  readonly codes: CodeTables
  readonly at: Date
  readonly options: Pick<PostOptions, 'variant' | 'customerCode' | 'flagConfig' | 'withoutDistrict'>
}

/** A schema of what leaves, and what fits it. */
export interface Body {
  readonly schema: string
  readonly value: object
}

const numberOf = (edge: Edge, table: string, code: string, pointer: string): number =>
  Number(edge.codes.toRemote(table, code, edge.at, pointer))

/** Since 1 July 2025 an address has no district, but the order still has a place for it. */
function district(edge: Edge, code: string | undefined, pointer: string): number {
  if (code !== undefined) return numberOf(edge, 'vnpost-district', code, pointer)
  if (edge.options.withoutDistrict === 'zero') return 0
  const words = {
    vi: 'Đơn của bưu điện cần mã huyện; địa chỉ này không có, và withoutDistrict không cho gửi 0',
    en: 'The order needs a district; the address has none, and withoutDistrict does not allow 0',
  }
  throw permanent('mapping-failed', {
    detail: words,
    faults: [{ pointer, rule: 'required', ...words }],
  })
}

function partyOf(
  edge: Edge,
  { name, phone, email, address }: PostalOrderRequestedParty,
  at: string,
) {
  return {
    province: numberOf(edge, 'vnpost-province', address.provinceCode, `${at}/address/provinceCode`),
    district: district(edge, address.districtCode, `${at}/address/districtCode`),
    address: address.text,
    name,
    email: email ?? '',
    tel: phone,
  }
}

export function orderOf(edge: Edge, order: PostalOrderRequested): Body {
  const { customerCode, flagConfig, variant } = edge.options
  const sender = partyOf(edge, order.sender, '/sender')
  const receiver = partyOf(edge, order.receiver, '/receiver')
  if (variant === 'ngsp') {
    if (order.itemCode !== undefined) throw noPlaceForItemCode()
    const value: vnpost.OrderNgsp = {
      customerCode,
      orderNumber: order.orderNumber,
      codAmount: order.cashOnDelivery,
      senderProvince: sender.province,
      senderDistrict: sender.district,
      senderAddress: sender.address,
      senderName: sender.name,
      senderEmail: sender.email,
      senderTel: sender.tel,
      senderDesc: order.senderNote ?? '',
      description: order.contents ?? '',
      receiverName: receiver.name,
      receiverAddress: receiver.address,
      receiverTel: receiver.tel,
      receiverProvince: receiver.province,
      receiverDistrict: receiver.district,
      receiverEmail: receiver.email,
    }
    return { schema: 'vnpost/order-ngsp/v1', value }
  }
  const value: vnpost.OrderLgsp = {
    CustomerCode: customerCode,
    ...(order.itemCode !== undefined && { ItemCode: order.itemCode }),
    OrderNumber: order.orderNumber,
    CODAmount: order.cashOnDelivery,
    SenderProvince: sender.province,
    SenderDistrict: sender.district,
    SenderAddress: sender.address,
    SenderName: sender.name,
    SenderEmail: sender.email,
    SenderTel: sender.tel,
    SenderDesc: order.senderNote ?? '',
    Description: order.contents ?? '',
    ReceiverName: receiver.name,
    ReceiverAddress: receiver.address,
    ReceiverTel: receiver.tel,
    ReceiverProvince: receiver.province,
    ReceiverDistrict: receiver.district,
    ReceiverEmail: receiver.email,
    FlagConfig: flagConfig,
  }
  return { schema: 'vnpost/order-lgsp/v1', value }
}

/** A code that was given for this item and did not arrive with it would be lost without a word. */
const noPlaceForItemCode = () => {
  const words = {
    vi: 'Đơn qua NGSP không có chỗ cho mã bưu gửi đã được cấp',
    en: 'An order through NGSP has no place for an item code',
  }
  return permanent('mapping-failed', {
    detail: words,
    faults: [{ pointer: '/itemCode', rule: 'additionalProperties', ...words }],
  })
}

export const cancelOf = ({ options }: Edge, { orderNumber }: PostalOrderCancelled): Body =>
  options.variant === 'ngsp'
    ? {
        schema: 'vnpost/cancel-ngsp/v1',
        value: { customerCode: options.customerCode, orderNumber },
      }
    : {
        schema: 'vnpost/cancel-lgsp/v1',
        value: { CustomerCode: options.customerCode, OrderNumber: orderNumber },
      }
