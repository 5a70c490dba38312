/**
 * The only file that talks: to the licence system, a provider of `mapi` (through the adapter, or below a
 * path of a sharing platform), and to the ministry's list of dossiers, a GET with fixed headers.
 * Source: public code of a one-stop system of a province, 2025; see README.
 */
import {
  type ConnectorContext,
  createAdapterAddress,
  createCredentials,
  createMapiClientAt,
  expectSuccess,
  formatDay,
  type MapiAddress,
  type MapiClient,
  permanent,
  type RemoteRecord,
  unknown,
  type Words,
} from '../../src/connector/index.ts'
import type { LicenceOptions, MinistryOptions, TransportOptions } from './options.ts'

/** Days of reception, `YYYY-MM-DD`, both included. */
export interface Days {
  readonly from: string
  readonly to: string
}

export interface TransportClient {
  /** Dossiers for driving licences that were received in these days. */
  licences(days: Days, signal: AbortSignal): Promise<readonly RemoteRecord[]>
  /** The records of one dossier; empty where there is none. */
  dossier(code: string, signal: AbortSignal): Promise<readonly RemoteRecord[]>
  /** The files at a path of the licence system; empty where there is none. */
  file(path: string, signal: AbortSignal): Promise<readonly RemoteRecord[]>
  /** Dossiers of the ministry that it received in these days. */
  ministry(days: Days, signal: AbortSignal): Promise<readonly RemoteRecord[]>
  logIn(signal: AbortSignal): Promise<void>
}

export function createTransportClient(
  context: ConnectorContext,
  options: TransportOptions,
): TransportClient {
  const mapi = options.licences && licenceClient(context, options.licences)
  const ministry = options.ministry && ministryList(context, options.ministry)
  const licences = (): MapiClient => {
    if (!mapi) throw permanent('system-misconfigured', { detail: noLicences })
    return mapi
  }
  const call = (name: string, service: string, fields: RemoteRecord) => ({
    schema: `giao-thong/${name}-request/v1`,
    answer: `giao-thong/${name}-answer/v1`,
    fields: { service, ...fields },
    maxResponseBytes: largestAnswer,
  })

  return {
    licences({ from, to }, signal) {
      const days = { ngayNhan1: from, ngayNhan2: to }
      return licences().list(call('list', 'DanhSachHoSo', days), signal, ['data'])
    },
    dossier: (code, signal) =>
      licences().list(call('dossier', 'TraCuuHoSo', { mahoso: code }), signal, ['data']),
    file: (path, signal) =>
      licences().list(call('file', 'LayTaiLieuHoSo', { duongdanteptin: path }), signal, [
        'TepTinDinhKem',
      ]),
    async ministry(days, signal) {
      if (!ministry) throw permanent('system-misconfigured', { detail: noMinistry })
      return ministry(days, signal)
    },
    async logIn(signal) {
      await mapi?.logIn(signal)
    },
  }
}

function licenceClient(context: ConnectorContext, options: LicenceOptions): MapiClient {
  const { adapterUrl, dstcode, platformUrl } = options
  const address: MapiAddress =
    platformUrl === undefined
      ? createAdapterAddress({ ...options, adapterUrl: adapterUrl ?? '', dstcode: dstcode ?? '' })
      : {
          url: (path) => `${platformUrl.replace(/\/+$/, '')}/${path}`,
          ...{ query: {}, headers: {} },
          credentials: createCredentials(context, options.platformCredentials),
        }
  return createMapiClientAt(context, address, options, { donViXuLy: options.handlingUnit })
}

/** Lists carry portraits, files are written as Base64. */
const largestAnswer = 64 * 1024 * 1024

interface MinistryAnswer {
  readonly total: number | string
  readonly data: readonly RemoteRecord[]
}

const everything = { Start: '-1', End: '-1' }

function ministryList(context: ConnectorContext, options: MinistryOptions) {
  const credentials = createCredentials(context, options.ministryCredentials)
  const url = `${options.ministryUrl.replace(/\/+$/, '')}/danhsachhoso`
  const key =
    options.ministryCredentials.style === 'static-bearer'
      ? options.ministryCredentials.apiKey
      : undefined

  return async ({ from, to }: Days, signal: AbortSignal): Promise<readonly RemoteRecord[]> => {
    const query = {
      ...everything,
      GovAgencyCode: options.ministryAgency,
      ReceiveFromDate: formatDay(from, 'dd/MM/yyyy'),
      ReceiveToDate: formatDay(to, 'dd/MM/yyyy'),
      ...(options.ministryKeyInQuery && key !== undefined && { APIKey: key }),
    }
    const response = await credentials.request({
      ...{ method: 'GET', url, query, maxResponseBytes: largestAnswer, signal },
      headers: { accept: 'application/json' },
    })
    const { total, data } = context.answer<MinistryAnswer>(
      'giao-thong/ministry-answer/v1',
      expectSuccess(response, context.clock.now()).json(),
    )
    // Everything was asked for: what was left out would never be asked for again.
    if (Number(total) !== data.length) throw unknown('answer-invalid', { detail: notWhole })
    return data
  }
}

const noLicences: Words = {
  vi: 'Chưa cấu hình hệ thống giấy phép lái xe (username, password, handlingUnit).',
  en: 'The licence system is not configured (username, password, handlingUnit).',
}
const noMinistry: Words = {
  vi: 'Chưa cấu hình danh sách hồ sơ của Bộ (ministryUrl, ministryAgency, ministryCredentials).',
  en: "The ministry's list is not configured (ministryUrl, ministryAgency, ministryCredentials).",
}
const notWhole: Words = {
  vi: 'Danh sách của Bộ không đủ số hồ sơ mà nó báo.',
  en: "The ministry's list does not have as many dossiers as it says.",
}
