/** Where files lie, and the index that knows them. */
/** Contents of files, encrypted already, by name. All but `sweep` throw `files-unavailable`. */
export interface FileStore {
  /** Durable when it resolves. When it or `content` throws, nothing is left but what `sweep` removes. */
  put(name: string, content: AsyncIterable<Uint8Array>): Promise<void>
  /** Throws `file-unreadable` with the first piece when there is none. */
  read(name: string): AsyncIterable<Uint8Array>
  /** Also when there is none. */
  remove(name: string): Promise<void>
  /** What uploads that were killed have left on this machine, older than so many milliseconds. */
  sweep(olderThanMs: number): Promise<void>
}

export interface FileRow {
  readonly id: string
  readonly client: string
  readonly createdAt: Date
  readonly sha256: Uint8Array
  readonly size: number
  readonly mediaType: string
  readonly keyId: number
  /** Name and key of the content. */
  readonly sealed: Uint8Array
}

export type NewFileRow = Omit<FileRow, 'createdAt'> & {
  /** Keyed hash of the name: what is the same file for the same client. */
  readonly nameHash: Uint8Array
}

export interface FileIndex {
  /** Before the first byte is stored, so that nothing in the store is unknown here. */
  begin(id: string, client: string): Promise<void>
  /**
   * The file is kept, with its audit row; or the one that is there already for this client, name and
   * content. Throws `files-unavailable` when it has taken so long that it was given up.
   */
  finish(row: NewFileRow): Promise<{ readonly row: FileRow; readonly duplicate: boolean }>
  /** The file counts as used now. Undefined: unknown, unfinished or purged. */
  use(id: string): Promise<FileRow | undefined>
  /** An address was made by which anybody can fetch it. */
  linked(id: string, client: string, until: Date): Promise<void>
  /** From now on this file cannot be opened; it waits for its content to be removed. */
  giveUp(id: string): Promise<void>
  /** The same for files unused for so long, and uploads that never ended; ids of all that wait. */
  expire(unusedDays: number, limit: number): Promise<readonly string[]>
  /** Their contents are gone. */
  removed(ids: readonly string[]): Promise<void>
}
