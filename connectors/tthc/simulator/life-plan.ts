import type { Moment } from './calendar.ts'
import type { Agency, Procedure } from './catalogue.ts'

export type Ending = 'returned' | 'rejected' | 'withdrawn' | 'stopped'

/** What is decided about a dossier before it begins. */
export interface LifePlan {
  readonly source: string
  readonly code: string
  readonly agency: Agency
  readonly procedure: Procedure
  readonly startsAt: Moment
  readonly ending: Ending
  /** Where the files of this office are served; `/files/<id>` is added. */
  readonly filesUrl: string
}
