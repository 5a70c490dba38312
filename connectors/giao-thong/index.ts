/** Giao thông: dossiers for driving licences and dossiers of the ministry, pulled; lookups of one of them. */
import {
  accountQuestion,
  type Connector,
  type CreateConnector,
  checkInSteps,
  type LookupQuestion,
  type LookupRecord,
  permanent,
  type RemoteRecord,
  toVietnamTime,
  unknown,
  withoutAbsent,
} from '../../src/connector/index.ts'
import { createTransportClient } from './client.ts'
import { readOptions } from './options.ts'
import { pullDays, type Source } from './pull.ts'
import { dossierFields, fileFields, licenceRequested, ministryDossier, text } from './translate.ts'

/**
 * When it was received there: of the content, not of the clock, so that a repeat is the same to the byte.
 * Without it the message has no time, and is refused alone.
 */
const startOf = (day: string | undefined): string => (day ? `${day}T00:00:00+07:00` : '')

const createConnector: CreateConnector = (context): Connector => {
  const options = readOptions(context.options)
  const client = createTransportClient(context, options)
  const tools = {
    clock: context.clock,
    pullDays: options.pullDays,
    pullFrom: options.pullFrom,
    speaker: `/${context.province.toLowerCase()}/${context.system}`,
  }
  const sources: Readonly<Record<string, Source>> = {
    'ho-so-gplx': {
      ...{ prefix: 'gplx', codeName: 'maHoSo', read: client.licences },
      message(record) {
        const data = licenceRequested(record, options)
        return {
          type: 'vn.tthc.driving-licence.requested.v1',
          time: startOf(data.receivedOn),
          data,
        }
      },
    },
    'ho-so-bo': {
      ...{ prefix: 'bo', codeName: 'MaHoSo', read: client.ministry },
      message(record) {
        const data = ministryDossier(record)
        return { type: 'vn.tthc.ministry-dossier.upserted.v1', time: data.submittedAt ?? '', data }
      },
    },
  }

  const lookup = async (
    { operation, parameters, fields }: LookupQuestion,
    signal: AbortSignal,
  ): Promise<LookupRecord | undefined> => {
    const pick = (record: RemoteRecord | undefined, readers: typeof dossierFields) =>
      record &&
      withoutAbsent(Object.fromEntries(fields.map((name) => [name, readers[name]?.(record)])))
    if (operation === 'tra-cuu-ho-so') {
      const code = String(parameters.code)
      const found = await client.dossier(code, signal)
      return pick(only(found, 'MaHoSo', code), dossierFields)
    }
    if (operation === 'tep-ho-so') {
      const path = String(parameters.path)
      return pick(only(await client.file(path, signal), 'DuongDan', path), fileFields)
    }
    throw permanent('operation-missing')
  }

  return {
    check: (signal) =>
      checkInSteps(context, [
        accountQuestion(() => client.logIn(signal)),
        {
          name: 'call',
          passed: { vi: 'Danh sách trả lời đúng khuôn dạng.', en: 'The lists answered as agreed.' },
          ask: async () => {
            const today = toVietnamTime(context.clock.now()).slice(0, 10)
            const days = { from: today, to: today }
            if (options.licences) await client.licences(days, signal)
            if (options.ministry) await client.ministry(days, signal)
            return undefined
          },
        },
      ]),
    async pull(request, signal) {
      const source = Object.hasOwn(sources, request.operation)
        ? sources[request.operation]
        : undefined
      if (!source) throw permanent('operation-missing')
      return pullDays(tools, source, request, signal)
    },
    lookup,
    async close() {},
  }
}

/** The one record of what was asked about. Something about something else is not the answer. */
function only(
  records: readonly RemoteRecord[],
  name: string,
  asked: string,
): RemoteRecord | undefined {
  if (records.length === 0) return undefined
  const own = records.filter((record) => text(record, name) === asked)
  const [found, another] = own.length > 0 ? own : records
  if (!found || another || (text(found, name) ?? asked) !== asked) throw unknown('answer-invalid')
  return found
}

export default createConnector
