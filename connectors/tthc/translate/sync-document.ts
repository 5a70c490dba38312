/**
 * MSyncDocument of `consumerAdapter` → canonical dossier. Pure. XSD of an older provincial bus,
 * 2023; unverified. The shape knows no domain, channel, summary (optional) or component codes, and
 * carries files as Base64; what it lacks comes from tables and constants or is a fault.
 *
 * No canonical place: ApproverName, ApproverPosition, SuccessNote, FinishedDate beside SuccessDate,
 * HasSupplementary and RequireSupplementaryDate (Supplementaries say the same).
 */
import type {
  Dossier,
  DossierApplicant,
  DossierStatus,
  tthcLegacy,
} from '../../../src/connector/index.ts'
import { adapterTime } from './adapter-time.ts'
import { canonical, identityOf, type LegacyEdge, lookedUp, missing, type Place } from './legacy.ts'
import type { Snapshot } from './legacy-dossier.ts'
import { createReading, newest, optional, present } from './reading.ts'
import { documentFee, documentPaper, documentSupplement } from './sync-document-lists.ts'

type Document = tthcLegacy.SyncDocument

/** `document` has fitted `tthc-legacy/sync-document/v1`. Throws `mapping-failed` with every fault. */
export function syncDocument(edge: LegacyEdge, document: Document, at: string): Snapshot {
  const reading = createReading()
  const time = (field: keyof Document & string): string | undefined =>
    reading.take(() => adapterTime(document[field] as string | undefined, `${at}/${field}`))
  const acceptedAt = time('DateReceived')
  const times = {
    submittedAt: edge.constants.submittedAt === 'accepted-at' ? acceptedAt : undefined,
    acceptedAt,
    dueAt: time('DateAppointed'),
    finishedAt:
      (document.IsSuccess === false ? undefined : time('SuccessDate')) ?? time('FinishedDate'),
    returnedAt: document.IsReturned ? time('ReturnedDate') : undefined,
  }
  const supplementTimes = (document.Supplementaries ?? [])
    .flatMap((each) => [each.SendDate, each.ReceivedDate])
    .map((text) => createReading().take(() => adapterTime(text, '')))
  const newestTime = newest([acceptedAt, times.finishedAt, times.returnedAt, ...supplementTimes])
  const codesAt = newestTime === undefined ? edge.now : new Date(newestTime)
  const place: Place = { edge, reading, at, codesAt }
  if (newestTime === undefined) missing(place, 'DateReceived')
  if (times.submittedAt === undefined) missing(place, 'DateReceived', 'submittedAt')

  const dossier = {
    ...identification(place, document),
    ...facts(place, document),
    applicant: applicantOf(place, document),
    summary: present(document.Compendium) ?? missing(place, 'Compendium'),
    ...Object.fromEntries(Object.entries(times).filter(([, value]) => value !== undefined)),
    ...optional('returnNote', present(document.ReturnNote)),
    ...optional('otherInformation', present(document.CitizenInfo)),
    ...optional('note', present(document.Note)),
    ...lists(place, document),
  }
  reading.finish()
  return { dossier: dossier as unknown as Dossier, time: newestTime as string }
}

/** Procedure codes are compared by their first two parts: the rest names who published them. */
function identification(place: Place, document: Document) {
  const procedure = document.DocTypeCode.split('.').slice(0, 2).join('.')
  const domain = lookedUp(place, 'tthc-procedure-domain', procedure, 'DocTypeCode')
  return {
    code: document.DocCode,
    procedure: { code: document.DocTypeCode, name: document.DocTypeName },
    domain: {
      code: domain,
      name:
        domain === undefined
          ? undefined
          : lookedUp(place, 'tthc-domain-name', domain, 'DocTypeCode'),
    },
    agency: { code: document.OrganInchargeIdLevel1, name: document.OrganInchargeName },
    handlingUnit: { name: document.ProcessingOrganName },
  }
}

function facts(place: Place, document: Document) {
  const { constants } = place.edge
  const constant = <Name extends keyof typeof constants & string>(name: Name) =>
    constants[name] ?? missing(place, '', name)
  return {
    channel: constant('channel'),
    submittedFrom: constant('submittedFrom'),
    status: statusOf(place, document),
    returnMethod:
      document.ReturnedType === undefined || document.ReturnedType === ''
        ? (constants.returnMethod ?? missing(place, 'ReturnedType', 'returnMethod'))
        : canonical(
            place,
            'tthc-adapter-return-method',
            String(document.ReturnedType),
            'ReturnedType',
          ),
    digitised: constant('digitised'),
    verifiedByVNeID: constant('verifiedByVNeID'),
    onlinePayment: constant('onlinePayment'),
    databasesConsulted: constant('databasesConsulted'),
  }
}

/** Without a status, "returned" and "finished" are still said in so many words; nothing else is. */
function statusOf(place: Place, document: Document): DossierStatus | undefined {
  const text = String(document.Status ?? '').trim()
  if (text !== '')
    return canonical(place, 'tthc-adapter-status', text, 'Status') as DossierStatus | undefined
  if (document.IsReturned) return 'returned'
  if (document.IsSuccess) return 'finished'
  return missing(place, 'Status')
}

function applicantOf(place: Place, document: Document) {
  const type = String(document.ApplicantsType ?? '').trim()
  const kind =
    type === ''
      ? missing(place, 'ApplicantsType')
      : canonical(place, 'tthc-adapter-applicant-kind', type, 'ApplicantsType')
  const address = present(document.Address)
  return {
    kind: kind as DossierApplicant['kind'] | undefined,
    name: document.CitizenName,
    identities: [identityOf(document.ApplicantsId, kind)],
    ...optional('phone', present(document.Phone)),
    ...optional('email', present(document.Email)),
    ...optional('address', address === undefined ? undefined : { text: address }),
  }
}

function lists(place: Place, document: Document) {
  const files = document.Attachments ?? []
  if (files.length > 0 && place.edge.attachments === 'refuse')
    place.reading.fault(
      `${place.at}/Attachments`,
      'attachments',
      'Liên thông nhận tệp bằng đường dẫn; phần mềm này gửi nội dung tệp và không có mã thành phần hồ sơ. Bỏ danh sách này, hoặc cấu hình attachments: leave-out',
      'The hub takes files by address; this software sends their content, and no component codes. Leave the list out, or configure attachments: leave-out',
    )
  return {
    components: [],
    fees: (document.DocFees ?? []).map((each, index) =>
      documentFee(place, each, `DocFees/${index}`),
    ),
    otherPapers: (document.DocPapers ?? []).map((each, index) =>
      documentPaper(place, each, `DocPapers/${index}`),
    ),
    supplements: (document.Supplementaries ?? []).map((each, index) =>
      documentSupplement(place, each, `Supplementaries/${index}`),
    ),
    results: [],
  }
}
