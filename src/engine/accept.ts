import type { EventAttributes } from '../domain/message.ts'
import type { ContentMode } from './ports.ts'

/** One event as it came: attributes read, bytes untouched. */
export interface Submission {
  readonly attributes: EventAttributes
  readonly data: unknown
  readonly bytes: Uint8Array
  readonly mode: ContentMode
}
