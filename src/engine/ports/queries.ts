/** Everything that is read for people, and by no part of the engine. */
import type { DeliveryPlace } from '../../domain/delivery.ts'
import type { Message } from '../../domain/message.ts'
import type { Reach } from '../../domain/unit.ts'
import type {
  CatalogueEntryView,
  CatalogueFilter,
  CatalogueProblemView,
  CatalogueState,
  CatalogueSummary,
  CatalogueVersionView,
} from './catalogues.ts'
import type {
  BlockedDossier,
  BlockedFilter,
  DeliveryFilter,
  DeliverySummary,
  DeliveryView,
  DossierView,
  Hit,
  MessageView,
} from './deliveries.ts'
import type { LookupFilter, LookupUsage, LookupView } from './lookups.ts'
import type { Page } from './page.ts'
import type { ProblemDetail, ProblemFilter, ProblemView } from './problems.ts'
import type { FollowFilter, FollowView, PullView } from './pulls.ts'
import type { NowView, SystemView, TrafficSpan } from './systems.ts'

/** What lies beyond `reach` is not there. Without one everything is. */
export interface Queries {
  message(id: string, reach?: Reach): Promise<MessageView | undefined>
  /** The message itself, decrypted. Undefined when unknown or purged. */
  body(id: string, reach?: Reach): Promise<Message | undefined>
  latest(subject: string, types: readonly string[]): Promise<Message | undefined>
  dossier(code: string, reach?: Reach): Promise<DossierView | undefined>
  deliveries(filter: DeliveryFilter): Promise<Page<DeliverySummary>>
  /** What waited longest first. */
  blocked(filter: BlockedFilter): Promise<Page<BlockedDossier>>
  delivery(place: DeliveryPlace, reach?: Reach): Promise<DeliveryView | undefined>
  /** By the beginning of a dossier's code, or the id of a message or delivery; at most a dozen. */
  search(text: string, reach?: Reach): Promise<readonly Hit[]>
  systems(reach?: Reach): Promise<readonly SystemView[]>
  systemTrend(system: string): Promise<readonly TrafficSpan[]>
  now(reach?: Reach): Promise<NowView>
  problems(filter: ProblemFilter): Promise<Page<ProblemView>>
  problem(id: number, reach?: Reach): Promise<ProblemDetail | undefined>
  pulls(reach?: Reach): Promise<readonly PullView[]>
  follows(filter: FollowFilter): Promise<Page<FollowView>>
  lookups(filter: LookupFilter): Promise<Page<LookupView>>
  /** `month` is `YYYY-MM` in Vietnam. */
  lookupUsage(month: string, reach?: Reach): Promise<readonly LookupUsage[]>
  catalogues(): Promise<readonly CatalogueSummary[]>
  catalogueState(name: string): Promise<CatalogueState | undefined>
  catalogue(name: string, filter: CatalogueFilter): Promise<Page<CatalogueEntryView>>
  /** Every period and version of one code, newest first, at most 200; empty when it never was there. */
  catalogueCode(name: string, code: string): Promise<readonly CatalogueVersionView[]>
  /** Open ones, of one catalogue. */
  catalogueProblems(name: string): Promise<readonly CatalogueProblemView[]>
}
