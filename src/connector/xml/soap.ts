/**
 * SOAP 1.1 and 1.2 over the reader and the writer of XML.
 *
 * Source: W3C Note SOAP 1.1 (8 May 2000), W3C Recommendation SOAP 1.2 Part 1 (27 April 2007).
 */
import type { XmlElement } from './strict-parser.ts'
import { type Markup, xml, xmlDocument } from './write-xml.ts'

export const soapNamespaces = {
  '1.1': 'http://schemas.xmlsoap.org/soap/envelope/',
  '1.2': 'http://www.w3.org/2003/05/soap-envelope',
} as const
export type SoapVersion = keyof typeof soapNamespaces

/** The envelope around what is asked. `header` are the blocks of its header, none by default. */
export const soapEnvelope = (
  version: SoapVersion,
  body: readonly Markup[],
  header: readonly Markup[] = [],
): string =>
  xmlDocument(
    xml('soap:Envelope', { 'xmlns:soap': soapNamespaces[version] }, [
      ...(header.length > 0 ? [xml('soap:Header', {}, header)] : []),
      xml('soap:Body', {}, body),
    ]),
  )

export type SoapAnswer =
  | { readonly kind: 'body'; readonly body: XmlElement }
  /** `code` and `reason` as the system says them, each perhaps empty. */
  | { readonly kind: 'fault'; readonly code: string; readonly reason: string }

/** What an envelope holds; undefined when it is none. */
export function readSoap(root: XmlElement): SoapAnswer | undefined {
  const known: readonly string[] = Object.values(soapNamespaces)
  if (root.name !== 'Envelope' || !known.includes(root.namespace)) return undefined
  const bodies = root.children.filter(
    ({ name, namespace }) => name === 'Body' && namespace === root.namespace,
  )
  const [body] = bodies
  // A second one is how a signed part is wrapped away: then it is not known which of them counts.
  if (!body || bodies.length > 1) return undefined
  const fault = body.children.find(
    ({ name, namespace }) => name === 'Fault' && namespace === root.namespace,
  )
  if (!fault) return { kind: 'body', body }
  const says = (...names: readonly string[]): string => {
    let at: XmlElement | undefined = fault
    for (const name of names) at = at?.children.find((child) => child.name === name)
    return at?.text.trim() ?? ''
  }
  return {
    kind: 'fault',
    code: says('faultcode') || says('Code', 'Value'),
    reason: says('faultstring') || says('Reason', 'Text'),
  }
}
