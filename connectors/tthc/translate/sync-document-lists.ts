/** The lists inside an MSyncDocument: fees, papers, supplements. Pure. */
import type {
  DossierFee,
  DossierPaper,
  DossierSupplement,
  tthcLegacy,
} from '../../../src/connector/index.ts'
import { adapterTime } from './adapter-time.ts'
import { canonical, missing, type Place } from './legacy.ts'
import { optional, present } from './reading.ts'

/** The shape has the name of a fee only; its code is in the province's table. */
export function documentFee(
  place: Place,
  fee: tthcLegacy.SyncDocumentPhi,
  field: string,
): DossierFee {
  const kind = canonical(place, 'tthc-adapter-fee-kind', String(fee.FeeType), `${field}/FeeType`)
  const { feeCollection } = place.edge.constants
  return {
    code: canonical(place, 'tthc-adapter-fee', fee.FeeName, `${field}/FeeName`),
    name: fee.FeeName,
    kind,
    collection: feeCollection ?? missing(place, field, 'feeCollection'),
    amount: Number(fee.Price),
  } as DossierFee
}

export function documentPaper(
  place: Place,
  paper: tthcLegacy.SyncDocumentGiayTo,
  field: string,
): DossierPaper {
  const type = String(paper.PaperType ?? '').trim()
  const kind =
    type === ''
      ? undefined
      : canonical(place, 'tthc-adapter-paper-kind', type, `${field}/PaperType`)
  return { name: paper.PaperName, quantity: paper.Amount, ...optional('kind', kind) }
}

export function documentSupplement(
  place: Place,
  supplement: tthcLegacy.SyncDocumentBoSung,
  field: string,
): DossierSupplement {
  type TimeField = 'SendDate' | 'ReceivedDate' | 'OldDateAppointed' | 'NewDateAppointed'
  const time = (name: TimeField) =>
    place.reading.take(() => adapterTime(supplement[name], `${place.at}/${field}/${name}`))
  const number = String(supplement.SupplementaryId)
  if (!/^[1-9]\d{0,9}$/.test(number))
    place.reading.fault(
      `${place.at}/${field}/SupplementaryId`,
      'integer',
      'Phải là số nguyên dương',
      'Must be a positive integer',
    )
  return {
    id: Number(number),
    requestedBy: supplement.SendUser,
    content: supplement.SendComment,
    requestedAt: time('SendDate') ?? missing(place, `${field}/SendDate`),
    ...optional('receivedBy', present(supplement.ReceivedUser)),
    ...optional('receivedContent', present(supplement.ReceivedComment)),
    ...optional('receivedAt', time('ReceivedDate')),
    ...optional('completed', supplement.IsReceived),
    ...optional(
      'papers',
      supplement.Papers?.map((paper, index) =>
        documentPaper(place, paper, `${field}/Papers/${index}`),
      ),
    ),
    ...optional(
      'fees',
      supplement.Fees?.map((fee, index) => documentFee(place, fee, `${field}/Fees/${index}`)),
    ),
    ...optional('previousDueAt', time('OldDateAppointed')),
    ...optional('newDueAt', time('NewDateAppointed')),
  } as DossierSupplement
}
