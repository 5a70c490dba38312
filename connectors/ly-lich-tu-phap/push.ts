/** A request to the criminal record system, and what is remembered of it. */
import {
  type Confirmation,
  type ConnectorContext,
  type CriminalRecordRequested,
  confirmFollowed,
  formatTime,
  type lyLichTuPhap,
  type Outcome,
  type Outgoing,
  type OutgoingDelivery,
  sendFollowed,
  type Words,
  withoutAbsent,
} from '../../src/connector/index.ts'
import type { CriminalRecordClient } from './client.ts'
import { formOf } from './form.ts'
import type { CriminalRecordOptions } from './options.ts'

export interface Tools {
  readonly context: ConnectorContext
  readonly options: CriminalRecordOptions
  readonly client: CriminalRecordClient
}

/** How far a dossier was when the system was asked about it the last time. */
export interface FollowState {
  /** By which the system is asked. */
  readonly asked: string
  /** The state that was told last, in the system's code. */
  readonly told?: string
  /** What was found out and when, in Vietnam's time; told when that has been saved. */
  readonly found?: { readonly what: string; readonly at: string }
  /** Digest of the record that has been told. */
  readonly issued?: string
  /** Digest of what could not be made out, by which it is known when it is the same again. */
  readonly unread?: string
}

export function sendRequest(
  { context, options, client }: Tools,
  delivery: OutgoingDelivery,
  signal: AbortSignal,
): Promise<Outcome> {
  const request = delivery.message.data as CriminalRecordRequested
  return sendFollowed(delivery, { asked: request.code }, holdsEarlier, async () =>
    client.submit(bodyOf(context, options, request), signal),
  )
}

export async function confirmRequest(
  { client }: Tools,
  delivery: OutgoingDelivery,
  signal: AbortSignal,
): Promise<Confirmation> {
  const { code } = delivery.message.data as CriminalRecordRequested
  const found = await client.states(code, signal)
  const isThere = found.some(({ maHoSoMCDT }) => maHoSoMCDT === code)
  return confirmFollowed(delivery, { asked: code }, isThere)
}

function bodyOf(
  context: ConnectorContext,
  options: CriminalRecordOptions,
  request: CriminalRecordRequested,
): Outgoing<lyLichTuPhap.DossierRequest> {
  const edge = { codes: context.codes, names: options.names, at: new Date(request.receivedAt) }
  return context.outgoing(
    'ly-lich-tu-phap/dossier-request/v1',
    withoutAbsent({
      authKey: options.authKey,
      maTinh: options.provinceCode,
      tenTinh: options.provinceName,
      maHoSoMCDT: request.code,
      nguonDangKy: options.sourceCode,
      tenNguonDangKy: options.sourceName,
      ngayTiepNhan: formatTime(request.receivedAt, options.receivedForm, '/receivedAt'),
      toKhai: formOf(edge, request),
    }) as unknown as lyLichTuPhap.DossierRequest,
  )
}

const holdsEarlier: Words = {
  vi: 'Hệ thống lý lịch tư pháp báo đã tiếp nhận, nhưng trước đó đã gửi mã hồ sơ này với nội dung khác.',
  en: 'The system says that it has taken the dossier before, but other content was sent under its code.',
}
