/** The only file that talks to the reporting system. */
import {
  type ConnectorContext,
  createCredentials,
  type DossierStatisticsReported,
  type Evidence,
  expectSuccess,
  later,
  type MapiMeaning,
  mapiMeaningOf,
  mappingOf,
  type Outgoing,
  type OutgoingDelivery,
  permanent,
  unauthorised,
  unknown,
  type Words,
} from '../../src/connector/index.ts'
import type { ReportOptions } from './options.ts'
import { ndxpBody, statistic } from './translate.ts'

export interface ReportClient {
  /** Resolves when it was taken. Throws what else was said. */
  send(data: DossierStatisticsReported, signal: AbortSignal): Promise<Evidence>
  /** The same, for the service index, by the operator's mapping of the event. */
  sendIndex(message: OutgoingDelivery['message'], signal: AbortSignal): Promise<Evidence>
  logIn(signal: AbortSignal): Promise<void>
}

const longestWords = 1000

const noIndex: Words = {
  vi: 'Chưa cấu hình cách gửi Bộ chỉ số (index: path, body).',
  en: 'How the service index is sent is not configured (index: path, body).',
}

export function createReportClient(
  context: ConnectorContext,
  options: ReportOptions,
): ReportClient {
  const credentials = createCredentials(context, options.credentials)
  const base = options.baseUrl.replace(/\/+$/, '')
  const isNdxp = options.shape === 'ndxp'
  const mapIndex = mappingOf(context, options.index?.body)

  const post = async (
    path: string,
    body: Outgoing<object>,
    signal: AbortSignal,
  ): Promise<Evidence> => {
    const response = await credentials.request({
      ...{ method: 'POST', url: `${base}/${path}`, body, signal },
      headers: { accept: 'application/json' },
    })
    const said = expectSuccess(response, context.clock.now()).json()
    const { code, remoteCode, words } = isNdxp ? readNdxp(context, said) : readResult(context, said)
    const evidence: Evidence = {
      ...{ httpStatus: response.status, remoteCode },
      ...(words !== '' && { remoteMessage: words.slice(0, longestWords) }),
    }
    mustBeTaken(mapiMeaningOf(code, words), evidence)
    return evidence
  }

  return {
    async send(data, signal) {
      const body = isNdxp
        ? context.outgoing('bao-cao/ndxp-request/v1', ndxpBody(data, options.names))
        : context.outgoing('bao-cao/statistic-request/v1', statistic(data))
      return post(options.path, body, signal)
    },
    async sendIndex(message, signal) {
      if (!options.index || !mapIndex) throw permanent('system-misconfigured', { detail: noIndex })
      const record = await mapIndex(message, new Date(message.time))
      const body = isNdxp ? { data: [record] } : record
      return post(options.index.path, context.outgoing('bao-cao/index-request/v1', body), signal)
    },
    logIn: (signal) => credentials.renew(signal),
  }
}

interface Said {
  /** 0 is success. */
  readonly code: number
  readonly remoteCode: string
  readonly words: string
}

function readNdxp(context: ConnectorContext, said: unknown): Said {
  const { error_code, message } = context.answer<{
    readonly error_code: number | string
    readonly message?: string | null
  }>('bao-cao/ndxp-answer/v1', said)
  return { code: Number(error_code), remoteCode: String(error_code), words: wordsOf(message) }
}

function readResult(context: ConnectorContext, said: unknown): Said {
  const { Status, Message } = context.answer<{
    readonly Status: number
    readonly Message?: string | null
  }>('bao-cao/statistic-answer/v1', said)
  const words = wordsOf(Message)
  return { code: Status === 200 ? 0 : Status || -1, remoteCode: String(Status), words }
}

const wordsOf = (message: string | null | undefined): string => (message ?? '').trim()

/** "There already" may be these numbers or older ones: nothing can be asked, so a person looks. */
function mustBeTaken(meaning: MapiMeaning, evidence: Evidence): void {
  switch (meaning) {
    case 'done':
      return
    case 'busy':
      throw later('target-busy', { evidence })
    case 'session':
      throw unauthorised('session-refused', { evidence })
    case 'refused':
    case 'missing':
      throw permanent('target-rejected', { evidence })
    default:
      throw unknown('answer-wording-unknown', { evidence })
  }
}
