/**
 * The only file that talks to the portal: its services, called over `mapi` through the province's adapter.
 */
import {
  type ConnectorContext,
  createMapiClient,
  field,
  type MapiReply,
  type RemoteRecord,
  unknown,
} from '../../src/connector/index.ts'
import type { PortalOptions } from './options.ts'

export interface PortalClient {
  /**
   * Calls a service that changes something. `schema` names the shape of the whole envelope,
   * `fields` is the envelope without session and agency. Throws auth (session refused twice), retry
   * (busy, not reached) and unknown (time-out, words that are in no table).
   */
  write(schema: string, fields: RemoteRecord, signal: AbortSignal): Promise<MapiReply>
  /** The portal's record of a dossier; undefined only when the portal itself says there is none. */
  dossier(code: string, signal: AbortSignal): Promise<RemoteRecord | undefined>
  /** The answers the portal holds for a question. */
  answers(question: string, signal: AbortSignal): Promise<readonly RemoteRecord[]>
  questions(signal: AbortSignal): Promise<readonly RemoteRecord[]>
  /** Logs in anew, whatever session there is. */
  logIn(signal: AbortSignal): Promise<void>
}

export function createPortalClient(
  context: ConnectorContext,
  options: PortalOptions,
): PortalClient {
  const mapi = createMapiClient(context, options, { madonvi: options.agencyCode })
  const ask = (service: string, fields: RemoteRecord, signal: AbortSignal) =>
    mapi.list(
      { schema: `dvcqg/${service}/v1`, answer: `dvcqg/${service}-answer/v1`, fields },
      signal,
    )

  return {
    write: (schema, fields, signal) => mapi.write({ schema, fields }, signal),
    async dossier(code, signal) {
      const records = await ask('dossier-lookup', { service: 'TraCuuHoSo', mahoso: code }, signal)
      return recordOf(records, code)
    },
    answers(question, signal) {
      const fields = { service: 'LayNoiDungTraLoiTheoCauHoi', cauhoiid: question }
      return ask('answer-lookup', fields, signal)
    },
    questions: (signal) => ask('question-list', { service: 'LayDanhSachHoiDapGuiTuDVCQG' }, signal),
    logIn: mapi.logIn,
  }
}

/** The record of this dossier among what a lookup returned. */
function recordOf(records: readonly RemoteRecord[], code: string): RemoteRecord | undefined {
  if (records.length === 0) return undefined
  const found = records.find((record) => field(record, 'MaHoSo') === code)
  const [only] = records
  if (found) return found
  if (only && records.length === 1 && field(only, 'MaHoSo') === undefined) return only
  // Something about another dossier is not the answer to the question.
  throw unknown('answer-invalid')
}
