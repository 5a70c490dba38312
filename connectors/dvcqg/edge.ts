/** What a translation needs from outside: code tables, the day they are read for, file links. */
import { type CodeTables, formatTime } from '../../src/connector/index.ts'
import type { PortalOptions } from './options.ts'

export interface Edge {
  readonly options: Pick<
    PortalOptions,
    'generation' | 'resultCodeField' | 'identitiesNotSent' | 'agencyCode'
  >
  readonly codes: CodeTables
  /** Codes are read as they held on this day. */
  readonly at: Date
  /** The link under which the portal fetches a file of the source. */
  link(url: string, pointer: string): string
}

/** A part of what leaves, checked as a whole against its schema before it does. */
export type Part = Readonly<Record<string, unknown>>

/** Canonical → the portal's code; a code without translation is a fault that names table and place. */
export const code = (edge: Edge, table: string, canonical: string, pointer: string): string =>
  edge.codes.toRemote(`dvcqg-${table}`, canonical, edge.at, pointer)

/** RFC 3339 → yyyyMMddHHmmss in Vietnam; no time is the empty text, as the portal's clients send it. */
export const time = (moment: string | undefined, pointer: string): string =>
  moment === undefined ? '' : formatTime(moment, 'yyyyMMddHHmmss', pointer)

export const flag = (value: boolean): '0' | '1' => (value ? '1' : '0')

/** `True`/`False`, capitalised, as text. */
export const word = (value: boolean): 'True' | 'False' => (value ? 'True' : 'False')
