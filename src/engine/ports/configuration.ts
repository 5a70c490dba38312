/** Revisions of the configuration, what differs between them, and the settings of one object as people edit them. */
import type { Configuration, Revision } from '../../domain/configuration.ts'
import type { Fault, Words } from '../../domain/errors.ts'
import type { Act } from './interventions.ts'
import type { Page } from './page.ts'

export interface RevisionView extends RevisionSummary {
  /** The newest: what runs. */
  readonly inForce: boolean
  /** Objects, against the revision before. */
  readonly counts: { readonly added: number; readonly removed: number; readonly changed: number }
}

export interface RevisionFilter {
  /** `jobs/<id>`, `systems/<id>` or `codes/<table>`: only revisions that changed it. */
  readonly object?: string
  readonly cursor?: string
  readonly limit: number
}

/** Secrets are references, so nothing is hidden. */
export interface ValueChange {
  readonly pointer: string
  readonly before?: unknown
  readonly after?: unknown
}

export interface ObjectChange {
  /** `jobs/<id>`, `systems/<id>`, `codes/<table>` or `hub`. */
  readonly object: string
  readonly change: 'added' | 'removed' | 'changed'
  readonly changes: readonly ValueChange[]
  /** Changes that are not listed. */
  readonly left: number
}

export interface RevisionDifference extends RevisionView {
  /** What it is compared with; null: there is none before. */
  readonly against: number | null
  readonly objects: readonly ObjectChange[]
}

export interface ObjectPlace {
  readonly kind: 'jobs' | 'systems'
  readonly id: string
}

/** As JSON or as the text of its file; just one of them. */
export interface Draft {
  readonly value?: Readonly<Record<string, unknown>>
  readonly yaml?: string
}

/** JSON Schema of a form, with every other that it refers to, by `$id`. */
export interface SettingsForm {
  readonly schema: object
  readonly references: Readonly<Record<string, object>>
}

export interface SettingsView extends SettingsForm {
  readonly id: string
  /** The revision it is read from. */
  readonly revision: number
  readonly value: Readonly<Record<string, unknown>>
  readonly yaml: string
  /** Of a pull that is switched on. */
  readonly nextRuns: readonly string[]
}

export interface DraftFault extends Fault {
  /** In the text; null: the draft was given as JSON, or the fault lies elsewhere. */
  readonly line: number | null
}

export interface SettingsFindings extends SettingsForm {
  readonly id: string
  /** The revision in force. */
  readonly revision: number
  /** There is no such object yet. */
  readonly isNew: boolean
  readonly faults: readonly DraftFault[]
  readonly warnings: readonly DraftFault[]
  /** What was understood; null where the text cannot be read. */
  readonly value: unknown
  /** Against the one in force; nothing while there are faults. */
  readonly changes: readonly ValueChange[]
  readonly nextRuns: readonly string[]
}

export interface JobView {
  readonly id: string
  readonly kind: 'push' | 'pull'
  readonly title: Words
  readonly enabled: boolean
  /** That it sends to, or asks. */
  readonly system: string
  /** Of a push; none for a pull. */
  readonly types: readonly string[]
}

export interface RevisionMade {
  /** The one in force afterwards. */
  readonly revision: number
  /** False: nothing differed. */
  readonly changed: boolean
}

export interface ConfigurationDesk {
  /** Newest first. Throws `request-invalid` for a foreign cursor. */
  page(filter: RevisionFilter): Promise<Page<RevisionView>>
  /** Against the one before, or any other. Throws `not-found`. */
  difference(id: number, against?: number): Promise<RevisionDifference>
  /**
   * Its content as a new revision, judged as files are. `base`: the revision that was seen in force. Throws
   * `not-found`, `request-invalid`, and `state-conflict` when another is in force by now.
   */
  restore(id: number, base: number | undefined, act: Act): Promise<RevisionMade>
  /** All jobs in force, by id. */
  jobs(): readonly JobView[]
  /** Throws `not-found`. */
  settings(place: ObjectPlace): Promise<SettingsView>
  /** Throws `not-found` only where nothing is in force. */
  check(place: ObjectPlace, draft: Draft): Promise<SettingsFindings>
  /**
   * A new revision with this in its place. `base`: the revision it was edited from, 0 for one that is new. Throws
   * `request-invalid` with every fault, and `state-conflict` when somebody has changed the object since.
   */
  save(place: ObjectPlace, draft: Draft, base: number, act: Act): Promise<RevisionMade>
}

export interface RevisionStore {
  current(): Promise<Revision | undefined>
  /** Saves a new revision unless nothing differs; returns its id. */
  apply(configuration: Configuration, act: Act): Promise<{ id: number; changed: boolean }>
  /** The same with one that is made of the newest while nobody else can add one; what it tells is on record besides. */
  change(change: ConfigurationChange, act: Act): Promise<{ id: number; changed: boolean }>
  list(limit: number): Promise<readonly RevisionSummary[]>
  get(id: number): Promise<Revision | undefined>
}

/** Throws what forbids it. */
export type ConfigurationChange = (newest: Configuration | undefined) => {
  readonly configuration: Configuration
  readonly told: {
    readonly action: string
    readonly object: string
    readonly before: unknown
    readonly after: unknown
  }
}

export interface RevisionSummary {
  readonly id: number
  readonly at: string
  readonly author: string
  readonly reason: string
}
