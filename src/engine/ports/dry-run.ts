import type { ErrorCode } from '../../domain/errors.ts'
import type { EventAttributes, Message } from '../../domain/message.ts'
import type { Act } from './interventions.ts'
import type { DuePull } from './pulls.ts'

/** A message as it was accepted, or why it cannot be read. */
export type HistoryMessage = EventAttributes &
  (
    | { readonly message: Message; readonly sha256: Uint8Array }
    | { readonly unreadable: 'purged' | ErrorCode }
  )

/** Empty `sources`: all. */
export interface HistoryFilter {
  readonly types: readonly string[]
  readonly sources: readonly string[]
}

export interface DryRunStore {
  /** Why the system is paused, in the operator's words; undefined: it is not. */
  pausedFor(system: string): Promise<string | undefined>
  /**
   * Some of the messages before this place, newest first, at most `limit`; perhaps none though there are more:
   * one question walks a bounded part of the history. `next` undefined: there is nothing before.
   */
  history(
    filter: HistoryFilter,
    before: string | undefined,
    limit: number,
  ): Promise<{ readonly messages: readonly HistoryMessage[]; readonly next: string | undefined }>
  /** Those of these messages that fit, newest first. */
  these(ids: readonly string[], filter: HistoryFilter): Promise<readonly HistoryMessage[]>
  /** Of these natural keys, those that have been accepted: `<source>\n<event id>` to the hash of the bytes. */
  known(
    keys: readonly Pick<EventAttributes, 'source' | 'eventId'>[],
  ): Promise<ReadonlyMap<string, Uint8Array>>
  /** Where a pull stands; undefined before its first page. */
  cursor(job: string): Promise<Pick<DuePull, 'cursor' | 'refused'> | undefined>
  /** Puts on record who lets which job run dry, and over what. */
  begun(job: string, over: Readonly<Record<string, unknown>>, act: Act): Promise<void>
}
