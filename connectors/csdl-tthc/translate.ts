/** A procedure as the portal tells it → as the hub's catalogue keeps it. What the portal does not say is left out. */
import {
  type CatalogueEntry,
  type catalogue,
  type csdlTthc,
  withoutAbsent,
} from '../../src/connector/index.ts'
import type { ListItem } from './listing.ts'

export type Content = Readonly<Record<string, unknown>>
type Named = catalogue.ProcedureNamed
type Detail = NonNullable<csdlTthc.DetailAnswer['data']>

const said = (text: string | null | undefined): string | undefined =>
  typeof text === 'string' && text.trim() !== '' ? text : undefined
const known = <T>(value: T | null | undefined): T | undefined => value ?? undefined

function namedOf(value: csdlTthc.DetailAnswerNamed | undefined): Named[] {
  if (typeof value === 'string') return said(value) === undefined ? [] : [{ name: value }]
  const found = withoutAbsent({ code: said(value?.code), name: said(value?.name) })
  return Object.keys(found).length === 0 ? [] : [found as Named]
}

/** Their order means nothing, and must not look like a change. */
export function setOf(...lists: (readonly csdlTthc.DetailAnswerNamed[] | null | undefined)[]) {
  const texts = lists.flatMap((list) => list ?? []).flatMap((one) => namedOf(one))
  const unique = new Map(texts.map((one) => [JSON.stringify([one.code, one.name]), one]))
  const sorted = [...unique].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one)
  return sorted.length > 0 ? sorted : undefined
}

const methodOf = (method: csdlTthc.DetailAnswerMethod): Content =>
  withoutAbsent({
    channel: said(method.submissionMethod),
    time: known(method.processingTime),
    unit: said(method.processingTimeUnit),
    description: said(method.description),
    // None means that none was declared, not that it costs nothing.
    fees: (method.fees ?? [])
      .map(({ type, value, description }) =>
        withoutAbsent({ kind: said(type), amount: known(value), description: said(description) }),
      )
      .filter((fee) => Object.keys(fee).length > 0),
  })

const componentOf = (component: csdlTthc.DetailAnswerComponent): Content => {
  const forms = (component.attachments ?? []).flatMap(({ fileName }) => said(fileName) ?? [])
  return withoutAbsent({
    code: said(component.code),
    name: said(component.name),
    originals: known(component.originalQty),
    copies: known(component.copyQty),
    electronicForm: known(component.hasElectronicForm),
    isResult: known(component.isProcessingResult),
    forms: forms.length > 0 ? forms : undefined,
  })
}

export const listOf = <T>(
  list: readonly T[] | null | undefined,
  translate: (one: T) => Content,
): Content[] | undefined => (list && list.length > 0 ? list.map(translate) : undefined)

const contentOf = (item: ListItem, detail: Detail): Content =>
  withoutAbsent({
    name: said(detail.name) ?? said(item.name),
    sourceId: item.id,
    state: said(detail.state) ?? said(item.state),
    kind: said(detail.type) ?? said(item.type),
    domain: namedOf(detail.category)[0],
    promulgatedBy: said(detail.departmentPromulgateName),
    description: said(detail.description),
    requirements: said(detail.requirementsAndConditions),
    receivedAt: said(detail.dossierReceivingAddresses),
    ward: known(detail.isWard),
    subjects: setOf(detail.subjectTypesDetails),
    executing: setOf(detail.departmentsExecuting, detail.unitGroupsExecuting),
    authority: setOf(detail.departmentsAuthority, detail.unitGroupsAuthority),
    authorised: setOf(detail.departmentsAuthorized, detail.unitGroupsAuthorized),
    coordinating: setOf(detail.departmentsCoordinating, detail.unitGroupsCoordinating),
    results: setOf(detail.resultsDetails),
    legalBases: setOf(detail.legalBasisesDetails),
    steps: listOf(detail.executionSteps, ({ name, description }) =>
      withoutAbsent({ name: said(name), description: said(description) }),
    )?.filter((step) => Object.keys(step).length > 0),
    methods: listOf(detail.executionMethods, methodOf),
    cases: listOf(detail.executionCases, ({ name, profileComponents }) =>
      withoutAbsent({ name: said(name), components: (profileComponents ?? []).map(componentOf) }),
    ),
  })

/** Without a detail: what the list says. */
export const entryOf = (item: ListItem, mark: string, detail?: Detail): CatalogueEntry => ({
  code: item.code,
  identity: item.id,
  mark,
  content: detail
    ? contentOf(item, detail)
    : withoutAbsent({
        name: said(item.name),
        sourceId: item.id,
        state: said(item.state),
        kind: said(item.type),
      }),
})
