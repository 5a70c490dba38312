/**
 * edXML → canonical message. Pure: attachments come out in base64, for the pull to keep as files. What must
 * stand once and stands twice makes the document unreadable: nobody knows which of the two was meant.
 */
import { createHash } from 'node:crypto'
import {
  type ConnectorError,
  childrenNamed,
  type Fault,
  nfc,
  parseDay,
  parseTime,
  type RemoteRecord,
  readXmlWithFiles,
  recordOf,
  unknown,
  withoutAbsent,
  type XmlElement,
  XmlError,
  type XmlWithFiles,
} from '../../src/connector/index.ts'
import { kinds } from './write.ts'

export interface ReceivedFile {
  readonly name: string
  readonly description: string | undefined
  /** In ASCII, blanks and line ends in it. */
  readonly base64: Uint8Array
}

/** The document; anything that is no edXML is an answer that was not agreed. DTDs are refused by the reader. */
export function readEdxml(bytes: Uint8Array, maxBytes: number): XmlWithFiles {
  try {
    const document = readXmlWithFiles(bytes, 'ContentTransferEncoded', { maxBytes })
    if (document.root.name === 'edXML') return document
  } catch (error) {
    if (!(error instanceof XmlError)) throw error
  }
  throw unknown('answer-invalid')
}

/**
 * Ids of documents hold commas and Vietnamese letters, which the subject of a message cannot. The letters
 * come composed from one office and decomposed from another.
 */
export const keyOf = (documentId: string): string =>
  `vb-${createHash('sha256').update(nfc(documentId)).digest('hex')}`

const invalid = (pointer: string): ConnectorError =>
  unknown('answer-invalid', { faults: [fault(pointer)] })

/** Down this path of children, none of which may stand twice. */
function childAt(element: XmlElement, ...path: readonly string[]): XmlElement | undefined {
  let found: XmlElement | undefined = element
  for (const name of path) {
    const [first, ...others] = childrenNamed(found, name)
    if (others.length > 0) throw invalid(`/${name}`)
    if (!first) return undefined
    found = first
  }
  return found
}

function textAt(element: XmlElement, ...path: readonly string[]): string | undefined {
  const text = childAt(element, ...path)?.text.trim()
  return text === '' ? undefined : text
}

const some = (record: RemoteRecord): RemoteRecord | undefined => {
  const known = withoutAbsent(record)
  return Object.keys(known).length === 0 ? undefined : known
}
const listed = <T>(items: readonly T[]): readonly T[] | undefined =>
  items.length === 0 ? undefined : items
const dayAt = (element: XmlElement | undefined, name: string): string | undefined => {
  const text = element && textAt(element, name)
  return text && parseDay(text, 'yyyy/MM/dd', `/${name}`)
}

const organ = (element: XmlElement): RemoteRecord =>
  withoutAbsent({
    organId: textAt(element, 'OrganId'),
    name: textAt(element, 'OrganName'),
    inCharge: textAt(element, 'OrganizationInCharge'),
    address: textAt(element, 'OrganAdd'),
    email: textAt(element, 'Email'),
    phone: textAt(element, 'Telephone'),
    fax: textAt(element, 'Fax'),
    website: textAt(element, 'Website'),
  })
const staffOf = (element: XmlElement | undefined): RemoteRecord | undefined =>
  element &&
  some({
    department: textAt(element, 'Department'),
    name: textAt(element, 'Staff'),
    email: textAt(element, 'Email'),
    mobile: textAt(element, 'Mobile'),
  })
const responseFor = (element: XmlElement): RemoteRecord =>
  withoutAbsent({
    organId: textAt(element, 'OrganId'),
    code: textAt(element, 'Code'),
    promulgationDate: dayAt(element, 'PromulgationDate'),
    documentId: textAt(element, 'DocumentId'),
  })

const headerOf = (root: XmlElement): XmlElement => {
  const header = childAt(root, 'edXMLEnvelope', 'edXMLHeader')
  if (!header) throw unknown('answer-invalid')
  return header
}
const messageHeaderOf = (root: XmlElement): XmlElement => {
  const header = childAt(headerOf(root), 'MessageHeader')
  if (!header) throw unknown('answer-invalid')
  return header
}
const textsIn = (element: XmlElement | undefined, name: string): readonly string[] =>
  element ? childrenNamed(element, name).flatMap((one) => one.text.trim() || []) : []

/** Elements that have a place of their own in the message; the others go to `otherFields`. */
const known = new Set([
  ...['From', 'To', 'Code', 'PromulgationInfo', 'DocumentType', 'Subject', 'Content', 'SignerInfo'],
  ...['DueDate', 'ToPlaces', 'OtherInfo', 'ResponseFor', 'SteeringType', 'DocumentId'],
])

export function readEdoc(root: XmlElement): RemoteRecord {
  const header = messageHeaderOf(root)
  const at = (...path: string[]) => textAt(header, ...path)
  const from = childAt(header, 'From')
  const documentId = at('DocumentId')
  const otherInfo = childAt(header, 'OtherInfo')
  const others = header.children.filter(({ name }) => !known.has(name))
  return withoutAbsent({
    key: documentId && keyOf(documentId),
    documentId,
    from: from && organ(from),
    to: childrenNamed(header, 'To').map(organ),
    code: some({ number: at('Code', 'CodeNumber'), notation: at('Code', 'CodeNotation') }),
    promulgation: some({
      place: at('PromulgationInfo', 'Place'),
      date: dayAt(childAt(header, 'PromulgationInfo'), 'PromulgationDate'),
    }),
    documentType: some({
      type: at('DocumentType', 'Type'),
      name: at('DocumentType', 'TypeName'),
      detail: at('DocumentType', 'TypeDetail'),
    }),
    subject: at('Subject'),
    content: at('Content'),
    signer: some({
      competence: at('SignerInfo', 'Competence'),
      position: at('SignerInfo', 'Position'),
      fullName: at('SignerInfo', 'FullName'),
    }),
    dueDate: dayAt(header, 'DueDate'),
    toPlaces: listed(textsIn(childAt(header, 'ToPlaces'), 'Place')),
    other:
      otherInfo &&
      some({
        priority: textAt(otherInfo, 'Priority'),
        sphere: textAt(otherInfo, 'SphereOfPromulgation'),
        typerNotation: textAt(otherInfo, 'TyperNotation'),
        promulgationAmount: textAt(otherInfo, 'PromulgationAmount'),
        pageAmount: textAt(otherInfo, 'PageAmount'),
        direction: textAt(otherInfo, 'Direction'),
        appendixes: listed(textsIn(childAt(otherInfo, 'Appendixes'), 'Appendix')),
      }),
    responseFor: listed(childrenNamed(header, 'ResponseFor').map(responseFor)),
    steeringType: at('SteeringType'),
    business: businessOf(root),
    otherFields: listed(
      others.map((one) => ({ name: one.name, value: JSON.stringify(recordOf(one)) })),
    ),
  })
}

/** A number of another form stays as it is, and is refused by the schema. */
const kindOf = (type: string): string => (/^[0-3]$/.test(type) && kinds[Number(type)]) || type

/** What the document is about itself: new, recalled, updated, replaced. `Bussiness` is the standard's spelling. */
function businessOf(root: XmlElement): RemoteRecord | undefined {
  const one = childAt(headerOf(root), 'TraceHeaderList', 'Bussiness')
  if (!one) return undefined
  const type = textAt(one, 'BussinessDocType')
  const changes = childAt(one, 'BussinessDocumentInfo')
  const receivers = changes && childAt(changes, 'ReceiverList')
  const replaces = childAt(one, 'ReplacementInfoList')
  const paper = textAt(one, 'Paper')
  if (paper !== undefined && paper !== '0' && paper !== '1') throw invalid('/Paper')
  return withoutAbsent({
    kind: type && kindOf(type),
    documentId: textAt(one, 'DocumentId'),
    reason: textAt(one, 'BussinessDocReason'),
    paper: paper === undefined ? undefined : paper === '1',
    changes:
      changes &&
      some({
        documentInfo: textAt(changes, 'DocumentInfo'),
        documentReceiver: textAt(changes, 'DocumentReceiver'),
        receivers:
          receivers &&
          childrenNamed(receivers, 'Receiver').map((receiver) =>
            withoutAbsent({
              organId: textAt(receiver, 'OrganId'),
              receiverType: textAt(receiver, 'ReceiverType'),
            }),
          ),
      }),
    replaces:
      replaces &&
      listed(
        childrenNamed(replaces, 'ReplacementInfo').map((replaced) =>
          withoutAbsent({
            documentId: textAt(replaced, 'DocumentId'),
            organIds: textsIn(childAt(replaced, 'OrganIdList'), 'OrganId'),
          }),
        ),
      ),
    staff: staffOf(childAt(one, 'StaffInfo')),
  })
}

export function readStatus(root: XmlElement): RemoteRecord {
  const header = messageHeaderOf(root)
  const [from, about] = [childAt(header, 'From'), childAt(header, 'ResponseFor')]
  const documentId = about && textAt(about, 'DocumentId')
  const at = textAt(header, 'Timestamp')
  return withoutAbsent({
    key: documentId && keyOf(documentId),
    from: from && organ(from),
    responseFor: about && responseFor(about),
    statusCode: textAt(header, 'StatusCode'),
    description: textAt(header, 'Description'),
    at: at && parseTime(at, 'yyyy/MM/dd HH:mm:ss', '/Timestamp'),
    staff: staffOf(childAt(header, 'StaffInfo')),
  })
}

/**
 * Attachments in the order of the document. The manifest writes `cid:` before the id, the attachment may or
 * may not; one that is named and not there makes the document incomplete.
 */
export function filesOf({ root, bytesOf }: XmlWithFiles): readonly ReceivedFile[] {
  const idOf = (element: XmlElement) => textAt(element, 'ContentId')?.replace(/^cid:/i, '') ?? ''
  const manifest = childAt(root, 'edXMLEnvelope', 'edXMLBody', 'edXMLManifest')
  const references = manifest ? childrenNamed(manifest, 'Reference') : []
  const encoded = childAt(root, 'AttachmentEncoded')
  const attachments = encoded ? childrenNamed(encoded, 'Attachment') : []
  const ids = new Set(attachments.map(idOf))
  if (ids.size !== attachments.length || references.some((one) => !ids.has(idOf(one))))
    throw invalid('/AttachmentEncoded')
  return attachments.map((attachment) => {
    const id = idOf(attachment)
    const reference = references.find((one) => idOf(one) === id)
    const of = (name: string) => textAt(attachment, name) ?? (reference && textAt(reference, name))
    const content = childAt(attachment, 'ContentTransferEncoded')
    if (!content || content.children.length > 0) throw notBase64()
    const name = of('AttachmentName')
    if (name === undefined) throw invalid('/AttachmentName')
    return { name, description: of('Description'), base64: bytesOf(content) }
  })
}

export const notBase64 = (): ConnectorError => invalid('/AttachmentEncoded')

const fault = (pointer: string): Fault => ({
  ...{ pointer, rule: 'form' },
  vi: 'không đúng edXML',
  en: 'is not as edXML has it',
})
