/** What the hub says of itself: to administrators, and in a bundle to whoever helps them. */
import type { Words } from '../domain/errors.ts'
import type { StoreAbout } from '../engine/ports/about.ts'
import type { Finding } from './doctor/finding.ts'

export interface SettingView {
  readonly name: string
  readonly what: Words
  /** Null: it is not set, and `otherwise` says what holds then. Of a secret: only that it is set. */
  readonly value: string | null
  readonly otherwise: Words
  readonly secret: boolean
}

/** When something that somebody else does was done last. Null: nobody has told the hub where to look. */
interface Mark {
  /** Null: it should have left its mark there, and has not. */
  readonly at: string | null
}

export interface AboutView extends StoreAbout {
  readonly version: string
  readonly node: string
  /** Of the process that answers. */
  readonly startedAt: string
  readonly environment: string
  readonly role: string
  readonly backup: Mark | null
  readonly restoreDrill: Mark | null
  readonly revision: { readonly id: number } | null
  readonly connectors: readonly { readonly id: string; readonly problem: Words | null }[]
  readonly settings: readonly SettingView[]
}

export interface About {
  read(): Promise<AboutView>
  /** As `hub doctor` finds it, from this process. Who ask at once share one look. */
  doctor(): Promise<readonly Finding[]>
}
