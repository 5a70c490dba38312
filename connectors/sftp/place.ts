/** Where a pull stands, as its cursor says it. Pure. */
import { type PullRequest, readCursor } from '../../src/connector/index.ts'

/** The file under way, or at its end. */
export interface FilePlace {
  /** Mark of its name: a name may speak of a person. */
  readonly file: string
  readonly size: number
  readonly mtime: number
  readonly hash: string
  /** Records behind us. */
  readonly at: number
  /** When it was first taken up, for messages that have no time of their own; kept when it is read anew. */
  readonly time: string
  /** One of its records could not be read, or was refused by the hub. */
  readonly hasUnread?: boolean
  /** All of it is behind us: where it belongs. */
  readonly end?: 'done' | 'bad'
  /** How often it has been begun anew. */
  readonly anew?: number
}

export interface Cursor {
  readonly file?: FilePlace
  /** Marks of files, as they were, that stay where they are and are behind us. */
  readonly left: readonly string[]
}

/** What was refused of the page behind it is of its file. */
export function cursorOf({ cursor, refused }: PullRequest): Cursor {
  const saved = readCursor<Cursor>(cursor, (one) => Array.isArray(one.left)) ?? { left: [] }
  const { file } = saved
  if (!file || refused.length === 0) return saved
  return { ...saved, file: { ...file, hasUnread: true, ...(file.end && { end: 'bad' }) } }
}

export const textOf = (cursor: Cursor): string => JSON.stringify(cursor)
