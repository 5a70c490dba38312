/**
 * Land tax as the portal hands it over → canonical messages. Pure. Of the notice's XML only these are known:
 * `ROW_LIST/MA_HSO`, and `LIST` with five members, wherever in the document they stand. A notice that names
 * two dossiers, or a line of which one of the five is missing, is refused by its pointer.
 */
import {
  type ConnectorError,
  childrenNamed,
  type dvcqg,
  type IncomingMessage,
  type LandTaxAssessed,
  type LandTaxVoucherReceived,
  nfc,
  parseTimeByLook,
  permanent,
  readXml,
  type XmlElement,
  XmlError,
} from '../../src/connector/index.ts'
import { digest } from './memo.ts'

const root = '/FileThongBaoThue'

type Notice = Omit<LandTaxAssessed, 'notice'>
type Decision = LandTaxAssessed['decisions'][number]

/** `length` is that of the base64. */
export function readNotice(bytes: Uint8Array, length: number): Notice {
  // Four letters for three bytes: what is missing was no base64, and was read over.
  if (length % 4 !== 0) throw fault(root, 'base64', 'không phải Base64', 'is no base64')
  const document = readDocument(bytes)
  const lists = named(document, 'ROW_LIST')
  const [list] = lists
  if (!list) throw fault(`${root}/ROW_LIST`, 'required', 'thiếu', 'is missing')
  const codes = lists.map((one) => textOf(one, 'MA_HSO', `${root}/ROW_LIST`))
  const [code = ''] = codes
  if (codes.some((other) => other !== code))
    throw fault(`${root}/ROW_LIST/MA_HSO`, 'unique', 'nhiều hồ sơ', 'names several dossiers')
  const lines = named(document, 'LIST')
  if (lines.length === 0) throw fault(`${root}/LIST`, 'required', 'thiếu', 'is missing')
  return { code, decisions: lines.map(decisionOf) as LandTaxAssessed['decisions'] }
}

export const assessedMessage = (
  source: string,
  notice: Notice,
  file: LandTaxAssessed['notice'],
): IncomingMessage => ({
  source,
  // By all of its bytes, for more is in it than is read here: a corrected notice is another one.
  eventId: `nhantbthuedvcqg.${file.sha256}`,
  type: 'vn.tthc.land-tax.assessed.v1',
  subject: notice.code,
  // Of the content, not of the clock: a repeat must be the same to the byte.
  time: `${latest(notice.decisions.map(({ date }) => date))}T00:00:00+07:00`,
  data: { ...notice, notice: file } satisfies LandTaxAssessed,
})

const latest = (days: readonly string[]): string => [...days].sort().at(-1) ?? ''

export function voucherMessage(source: string, voucher: dvcqg.DoorTaxVoucher): IncomingMessage {
  const { ThongTinThanhToan: paid } = voucher
  const district = nfc(voucher.HuyenNguoiNopTien).trim()
  const data: LandTaxVoucherReceived = {
    code: voucher.MaHoSo.trim(),
    payer: {
      name: nfc(voucher.HoTenNguoiNopTien),
      identityNumber: voucher.SoCMTNguoiNopTien.trim(),
      taxCode: voucher.MaSoThue.trim(),
      address: nfc(voucher.DiaChiNguoiNopTien),
      province: nfc(voucher.TinhNguoiNopTien),
      ...(district !== '' && { district }),
      ward: nfc(voucher.XaNguoiNopTien),
    },
    noticeCode: paid.MaThongBaoThue.trim(),
    at: parseTimeByLook(paid.ThoiGianThanhToan.trim(), '/ThongTinThanhToan/ThoiGianThanhToan'),
    amount: Number(paid.SoTien),
    content: nfc(paid.NoiDungThanhToan),
    // Nobody has published what its numbers mean: it is handed on and not interpreted.
    portalStatus: paid.TrangThaiThanhToan,
    voucherUrl: voucher.UrlFileChungTu.trim(),
  }
  return {
    source,
    eventId: `nhantbthuedvcqg.chung-tu.${digest(JSON.stringify(data))}`,
    type: 'vn.tthc.land-tax.voucher-received.v1',
    subject: data.code,
    time: data.at,
    data,
  }
}

function readDocument(bytes: Uint8Array): XmlElement {
  try {
    return readXml(bytes)
  } catch (error) {
    if (!(error instanceof XmlError)) throw error
    throw fault(
      root,
      error.reason,
      `XML bị từ chối: ${error.reason}`,
      `is refused: ${error.reason}`,
    )
  }
}

function decisionOf(line: XmlElement, index: number): Decision {
  const at = `${root}/LIST/${index}`
  const amount = textOf(line, 'SO_TIEN', at)
  if (!/^[1-9]\d{0,14}$/.test(amount))
    throw fault(`${at}/SO_TIEN`, 'pattern', 'không phải số đồng', 'is no number of dong')
  return {
    taxCode: textOf(line, 'MA_SO_THUE', at),
    number: textOf(line, 'SO_QUYET_DINH', at),
    date: parseTimeByLook(textOf(line, 'NGAY_QUYET_DINH', at), `${at}/NGAY_QUYET_DINH`).slice(
      0,
      10,
    ),
    amount: Number(amount),
    item: textOf(line, 'TEN_TIEU_MUC', at),
  }
}

/** The element itself and all below it, in the order of the document. */
function named(element: XmlElement, name: string): XmlElement[] {
  const own = element.name === name ? [element] : []
  return [...own, ...element.children.flatMap((child) => named(child, name))]
}

/** The text of the only child of this name. */
function textOf(element: XmlElement, name: string, at: string): string {
  const [found, ...others] = childrenNamed(element, name)
  const text = nfc(found?.text ?? '').trim()
  if (!found || text === '') throw fault(`${at}/${name}`, 'required', 'thiếu', 'is missing')
  if (others.length > 0 || found.children.length > 0)
    throw fault(`${at}/${name}`, 'type', 'phải là một giá trị', 'must be one value')
  return text
}

const fault = (pointer: string, rule: string, vi: string, en: string): ConnectorError =>
  permanent('payload-invalid', { faults: [{ pointer, rule, vi, en }] })
