/** The only file that talks to the service: one envelope there, one back, over HTTP POST. */
import { randomBytes } from 'node:crypto'
import {
  type Caller,
  type ConnectorContext,
  type ConnectorError,
  createCredentials,
  elementsOf,
  evidenceOf,
  type HttpResponse,
  isXmlMember,
  type Judged,
  type MappingRow,
  permanent,
  readSoap,
  readXml,
  recordOf,
  soapEnvelope,
  unauthorised,
  unknown,
  XmlError,
} from '../../src/connector/index.ts'
import type { SoapOptions, SoapRequest } from './options.ts'
import { usernameToken } from './security.ts'

export function createSoapClient(
  context: ConnectorContext,
  options: SoapOptions,
): Caller<SoapRequest> {
  const { address, version, namespaces = {}, security } = options
  const credentials = createCredentials(context, options.credentials)
  const declared = Object.fromEntries(
    Object.entries(namespaces).map(([prefix, uri]) => [`xmlns:${prefix}`, uri]),
  )
  const headersOf = (action = ''): Record<string, string> =>
    version === '1.1'
      ? { 'content-type': 'text/xml; charset=utf-8', soapaction: `"${action}"` }
      : { 'content-type': `application/soap+xml; charset=utf-8; action="${action}"` }

  return {
    async call({ request, record = {}, official }, signal) {
      const header = security ? [usernameToken(security, context.clock.now(), randomBytes(16))] : []
      const envelope = soapEnvelope(version, elementsOf(record, declared), header)
      const body = context.outgoing('soap/envelope/v1', envelope)
      const response = await credentials.request(
        { method: 'POST', url: address, headers: headersOf(request.action), body, signal },
        official === undefined ? {} : { official },
      )
      return read(response)
    },
    logIn: (signal) => credentials.renew(signal),
  }
}

/** `{ <element>: … }` of the body, or `{ Fault: { code, reason } }`; undefined where it is no envelope. */
function read(response: HttpResponse): Judged {
  const answer = envelopeOf(response)
  if (answer?.kind !== 'fault') return { response, body: answer && recordOf(answer.body) }
  const { code, reason } = answer
  return { response, body: { Fault: { code, reason } }, failure: faultOf(response, code) }
}

function envelopeOf(response: HttpResponse): ReturnType<typeof readSoap> {
  try {
    return readSoap(readXml(response.bytes))
  } catch (error) {
    if (error instanceof XmlError) return undefined
    throw error
  }
}

/**
 * What a fault means that no rule names. The receiver's own trouble may have come after it had done what was
 * asked, so that is not known.
 */
function faultOf(response: HttpResponse, code: string): ConnectorError {
  const evidence = evidenceOf(response, code)
  const word = code.replace(/^.*:/, '')
  if (/^(FailedAuthentication|InvalidSecurity|InvalidSecurityToken)$/.test(word))
    return unauthorised('session-refused', { evidence })
  if (/^(Client|Sender|VersionMismatch|MustUnderstand)$/.test(word))
    return permanent('target-rejected', { evidence })
  return unknown('target-failed', { evidence })
}

/** A mapping that no envelope can be made of is a fault of the configuration, told when it is applied. */
export function mustBeXml(rows: readonly MappingRow[]): void {
  for (const { to, rows: inner } of rows) {
    const wrong = to
      .split('/')
      .slice(1)
      .find((part) => !isXmlMember(part))
    if (wrong !== undefined)
      throw permanent('system-misconfigured', {
        detail: { vi: `${to} không phải tên phần tử XML.`, en: `${to} names no element of XML.` },
      })
    if (inner) mustBeXml(inner)
  }
}
