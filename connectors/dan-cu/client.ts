/**
 * The only file that talks to the population database: SOAP, or the JSON proxy
 * that carries the same SOAP inside. Sources: công văn 761/VPCP-KSTT; running clients.
 */
import {
  type ConnectorContext,
  createCredentials,
  expectSuccess,
  type HttpResponse,
  type LookupQuestion,
  later,
  permanent,
  readSoap,
  readXml,
  unauthorised,
  unknown,
  type XmlElement,
  XmlError,
} from '../../src/connector/index.ts'
import type { PopulationOptions } from './options.ts'
import { proxyRequest, soapRequest } from './translate.ts'

export interface PopulationClient {
  /** The body of the answer's envelope. Whatever is none, or says a fault, is thrown. */
  ask(question: LookupQuestion, signal: AbortSignal): Promise<XmlElement>
}

interface ProxyAnswer {
  readonly error_code: string | number
  readonly message: string
}

const formHeaders = {
  soap: { SOAPAction: '', Accept: 'application/xml, text/xml' },
  proxy: {},
} as const

export function createPopulationClient(
  context: ConnectorContext,
  options: PopulationOptions,
): PopulationClient {
  const credentials = createCredentials(context, options.credentials)

  const post = (
    { official }: LookupQuestion,
    type: string,
    body: Parameters<typeof context.http.request>[0]['body'],
    signal: AbortSignal,
  ): Promise<HttpResponse> =>
    credentials.request(
      {
        ...{ method: 'POST', url: options.serviceUrl, signal },
        headers: { ...formHeaders[options.transport], 'Content-Type': type },
        ...(body !== undefined && { body }),
      },
      { official },
    )

  const overSoap = async (question: LookupQuestion, signal: AbortSignal): Promise<XmlElement> => {
    const body = context.outgoing('dan-cu/soap-request/v1', soapRequest(question, options))
    const response = await post(question, 'application/xml; charset=utf-8', body, signal)
    // A fault comes with status 500, and says more than the status.
    if (response.status !== 500) expectSuccess(response, context.clock.now())
    return envelope(response.bytes, response.status)
  }

  const overProxy = async (question: LookupQuestion, signal: AbortSignal): Promise<XmlElement> => {
    const body = context.outgoing('dan-cu/proxy-request/v1', proxyRequest(question, options))
    const response = await post(question, 'application/json; charset=utf-8', body, signal)
    const answer = context.answer<ProxyAnswer>(
      'dan-cu/proxy-answer/v1',
      expectSuccess(response, context.clock.now()).json(),
    )
    if (Number(answer.error_code) !== 0)
      throw permanent('target-rejected', { evidence: { remoteCode: String(answer.error_code) } })
    return envelope(Buffer.from(answer.message), response.status)
  }

  return {
    ask: (question, signal) =>
      options.transport === 'soap' ? overSoap(question, signal) : overProxy(question, signal),
  }
}

/** Words of a fault that are about the account; no table of faults has been published. */
const aboutAccount = /xác thực|chứng thực|authenti|authoriz|unauthor|tài khoản/i

/** A fault tells nothing about the person: it is never "not found". */
function envelope(bytes: Uint8Array, status: number): XmlElement {
  const answer = readSoap(parse(bytes))
  if (!answer) throw status === 500 ? unknown('target-failed') : unknown('answer-invalid')
  if (answer.kind === 'body') {
    if (status === 500) throw unknown('target-failed')
    return answer.body
  }
  const evidence = { httpStatus: status, remoteCode: answer.code, remoteMessage: answer.reason }
  if (aboutAccount.test(answer.reason)) throw unauthorised('session-refused', { evidence })
  if (/server|receiver/i.test(answer.code)) throw later('target-busy', { evidence })
  throw permanent('target-rejected', { evidence })
}

function parse(bytes: Uint8Array): XmlElement {
  try {
    return readXml(bytes)
  } catch (error) {
    if (error instanceof XmlError) throw unknown('answer-invalid', { cause: error })
    throw error
  }
}
