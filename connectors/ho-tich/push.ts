/** A dossier to the civil status system, and what is remembered of it. */
import {
  type CivilStatusRequested,
  type Confirmation,
  type ConnectorContext,
  confirmFollowed,
  type Follow,
  formatTime,
  type hoTich,
  type Outcome,
  type Outgoing,
  type OutgoingDelivery,
  sendFollowed,
  type Words,
  withoutAbsent,
} from '../../src/connector/index.ts'
import type { CivilStatusClient } from './client.ts'
import { birthForm, deathForm, type Edge } from './forms.ts'
import type { CivilStatusOptions } from './options.ts'

export interface Tools {
  readonly context: ConnectorContext
  readonly options: CivilStatusOptions
  readonly client: CivilStatusClient
}

/** How far a dossier was when the system was asked about it the last time. */
export interface FollowState {
  readonly event: CivilStatusRequested['event']
  /** By which the system is asked. */
  readonly asked: string
  /** Digest of the change that was told last. */
  readonly told?: string
  /** Digest of what could not be made out, by which it is known when it is the same again. */
  readonly unread?: string
}

export function sendRequest(
  tools: Tools,
  delivery: OutgoingDelivery,
  signal: AbortSignal,
): Promise<Outcome> {
  const request = delivery.message.data as CivilStatusRequested
  return sendFollowed(delivery, followOf(tools.options, request), holdsEarlier, async () =>
    tools.client.submit(bodyOf(tools, request), signal),
  )
}

export async function confirmRequest(
  tools: Tools,
  delivery: OutgoingDelivery,
  signal: AbortSignal,
): Promise<Confirmation> {
  const follow = followOf(tools.options, delivery.message.data as CivilStatusRequested)
  const module = moduleOf(tools.context, follow.event)
  const found = await tools.client.states([follow.asked], module, signal)
  const isThere = found.some((item) => isAbout(tools.options, item, follow.asked))
  return confirmFollowed(delivery, follow, isThere)
}

const followOf = (
  { askBy }: CivilStatusOptions,
  { code, portalCode, event }: CivilStatusRequested,
): FollowState & Follow => ({
  event,
  asked: askBy === 'portal' && portalCode !== undefined ? portalCode : code,
})

/** The code of a record by which it was asked for. */
export const isAbout = (
  { askBy }: CivilStatusOptions,
  { maHoSoMCDT, maHoSoLT }: hoTich.StatesAnswerHoSo,
  asked: string,
): boolean => maHoSoMCDT === asked || (askBy === 'portal' && maHoSoLT === asked)

export const moduleOf = (
  { codes, clock }: Pick<ConnectorContext, 'codes' | 'clock'>,
  event: string,
): string => codes.toRemote('ho-tich-module', event, clock.now(), '/event')

function bodyOf(
  { context, options }: Tools,
  request: CivilStatusRequested,
): Outgoing<hoTich.DossierRequest> {
  const edge: Edge = {
    codes: context.codes,
    shape: options.shape,
    at: new Date(request.receivedAt),
  }
  return context.outgoing(
    'ho-tich/dossier-request/v1',
    withoutAbsent({
      maDonVi: request.unitCode,
      module: moduleOf(context, request.event),
      maHoSoLT: request.portalCode,
      maHoSoMCDT: request.code,
      ngayTiepNhan: formatTime(request.receivedAt, options.receivedForm, '/receivedAt'),
      data: JSON.stringify(dataOf(context, edge, request)),
      fileDinhKem: request.attachments?.map((file) => ({
        id: file.id,
        loaiGiayTo: file.kind,
        tenGiayTo: file.name,
        tenTepDinhKem: file.fileName,
        huyGiayTo: '0',
        duLieuTepDinhKem: file.content,
      })),
    }) as unknown as hoTich.DossierRequest,
  )
}

/** The form is checked before it becomes text. */
function dataOf(
  { outgoing }: ConnectorContext,
  edge: Edge,
  { birth, death }: CivilStatusRequested,
): unknown {
  if (birth) return outgoing('ho-tich/birth-form/v1', birthForm(edge, birth, '/birth'))
  if (death) return outgoing('ho-tich/death-form/v1', deathForm(edge, death, '/death'))
  throw new TypeError('a message without a form has passed its schema')
}

const holdsEarlier: Words = {
  vi: 'Hệ thống hộ tịch báo đã tiếp nhận, nhưng trước đó đã gửi mã hồ sơ này với nội dung khác.',
  en: 'The system says that it has taken the dossier before, but other content was sent under its code.',
}
