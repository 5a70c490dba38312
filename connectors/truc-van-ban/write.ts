/** Canonical message → edXML (QCVN 102:2016/BTTTT). Pure; files stand as marks that the client fills. */
import {
  type document,
  fileContent,
  formatDay,
  formatTime,
  type Markup,
  xml,
  xmlDocument,
} from '../../src/connector/index.ts'

type Edoc = document.EdocSendRequested
type Status = document.StatusSendRequested
type Organ = Edoc['from']
type Staff = NonNullable<Status['staff']>
type Response = Status['responseFor']

export const namespace = 'http://www.mic.gov.vn/TBT/QCVN_102_2016'
export const kinds = ['new', 'recall', 'update', 'replace'] as const

const el = (name: string, content: string | number | undefined | readonly Markup[]): Markup =>
  xml(`edXML:${name}`, {}, content)
/** Nothing at all where there is nothing to say. */
const some = (name: string, content: readonly Markup[]): Markup =>
  el(name, content.some((one) => one !== '') ? content : undefined)
const slashed = (day: string | undefined): string | undefined => day && formatDay(day, 'yyyy/MM/dd')

const organ = (name: string, { organId, ...more }: Organ): Markup =>
  el(name, [
    el('OrganId', organId),
    el('OrganizationInCharge', more.inCharge),
    el('OrganName', more.name),
    el('OrganAdd', more.address),
    el('Email', more.email),
    el('Telephone', more.phone),
    el('Fax', more.fax),
    el('Website', more.website),
  ])
const staff = (one: Staff | undefined): Markup =>
  some('StaffInfo', [
    el('Department', one?.department),
    el('Staff', one?.name),
    el('Email', one?.email),
    el('Mobile', one?.mobile),
  ])
const responseFor = (one: Response): Markup =>
  el('ResponseFor', [
    el('OrganId', one.organId),
    el('Code', one.code),
    el('PromulgationDate', slashed(one.promulgationDate)),
    el('DocumentId', one.documentId),
  ])

function messageHeader(data: Edoc): Markup {
  const { code, promulgation, documentType, signer, other } = data
  return el('MessageHeader', [
    organ('From', data.from),
    ...data.to.map((one) => organ('To', one)),
    el('Code', [el('CodeNumber', code.number), el('CodeNotation', code.notation)]),
    el('PromulgationInfo', [
      el('Place', promulgation.place),
      el('PromulgationDate', slashed(promulgation.date)),
    ]),
    el('DocumentType', [
      el('Type', documentType.type),
      el('TypeName', documentType.name),
      el('TypeDetail', documentType.detail),
    ]),
    el('Subject', data.subject),
    el('Content', data.content),
    some('SignerInfo', [
      el('Competence', signer?.competence),
      el('Position', signer?.position),
      el('FullName', signer?.fullName),
    ]),
    el('DueDate', slashed(data.dueDate)),
    some(
      'ToPlaces',
      (data.toPlaces ?? []).map((place) => el('Place', place)),
    ),
    some('OtherInfo', [
      el('Priority', other?.priority),
      el('SphereOfPromulgation', other?.sphere),
      el('TyperNotation', other?.typerNotation),
      el('PromulgationAmount', other?.promulgationAmount),
      el('PageAmount', other?.pageAmount),
      el('Direction', other?.direction),
      some(
        'Appendixes',
        (other?.appendixes ?? []).map((one) => el('Appendix', one)),
      ),
    ]),
    ...(data.responseFor ?? []).map(responseFor),
    el('SteeringType', data.steeringType),
    el('DocumentId', data.documentId),
  ])
}

/** `Bussiness`: the standard writes it so. */
function business({ business: one, documentId }: Edoc): Markup {
  const { changes } = one
  return el('Bussiness', [
    el('DocumentId', one.documentId ?? documentId),
    el('BussinessDocType', kinds.indexOf(one.kind)),
    el('BussinessDocReason', one.reason),
    el('Paper', one.paper === undefined ? undefined : Number(one.paper)),
    some('BussinessDocumentInfo', [
      el('DocumentInfo', changes?.documentInfo),
      el('DocumentReceiver', changes?.documentReceiver),
      some(
        'ReceiverList',
        (changes?.receivers ?? []).map(({ organId, receiverType }) =>
          el('Receiver', [el('OrganId', organId), el('ReceiverType', receiverType)]),
        ),
      ),
    ]),
    some(
      'ReplacementInfoList',
      (one.replaces ?? []).map(({ documentId: replaced, organIds }) =>
        el('ReplacementInfo', [
          el('DocumentId', replaced),
          el(
            'OrganIdList',
            organIds.map((id) => el('OrganId', id)),
          ),
        ]),
      ),
    ),
    staff(one.staff),
  ])
}

const wrapped = (header: readonly Markup[], rest: readonly Markup[], encoded: Markup): string =>
  xmlDocument(
    xml('edXML:edXML', { 'xmlns:edXML': namespace }, [
      el('edXMLEnvelope', [el('edXMLHeader', header), ...rest]),
      encoded,
    ]),
  )

/** `sentAt` is the message's own time, so that a repeat is the same to the byte. */
export function writeEdoc(data: Edoc, sentAt: string): string {
  const named = data.attachments.map((file, index) => ({ ...file, contentId: `tep-${index + 1}` }))
  const trace = el('TraceHeader', [
    el('OrganId', data.from.organId),
    el('Timestamp', formatTime(sentAt, 'yyyy/MM/dd HH:mm:ss')),
  ])
  const references = named.map((file) =>
    el('Reference', [
      el('ContentId', `cid:${file.contentId}`),
      el('ContentType', file.mediaType),
      el('Description', file.description),
      el('AttachmentName', file.name),
    ]),
  )
  const manifest = xml('edXML:edXMLManifest', { version: '1.0' }, references)
  return wrapped(
    [messageHeader(data), el('TraceHeaderList', [trace, business(data)])],
    [el('edXMLBody', [manifest])],
    some(
      'AttachmentEncoded',
      named.map((file) =>
        el('Attachment', [
          el('ContentId', `cid:${file.contentId}`),
          el('AttachmentName', file.name),
          el('Description', file.description),
          el('ContentType', file.mediaType),
          el('ContentTransferEncoded', fileContent(file.fileId)),
        ]),
      ),
    ),
  )
}

export const writeStatus = (data: Status): string =>
  wrapped(
    [
      el('MessageHeader', [
        organ('From', data.from),
        responseFor(data.responseFor),
        staff(data.staff),
        el('StatusCode', data.statusCode),
        el('Description', data.description),
        el('Timestamp', formatTime(data.at, 'yyyy/MM/dd HH:mm:ss')),
      ]),
    ],
    [],
    el('AttachmentEncoded', undefined),
  )
