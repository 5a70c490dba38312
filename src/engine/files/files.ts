/**
 * Files that messages name: kept once, encrypted, opened by id. A row stands before the first byte does,
 * and counts only when the last one is durable; so nothing lies in the store that the index does not
 * know, and nothing is promised that is not there.
 */
import type { FileFacts, OpenFile } from '../../connector/files.ts'
import { HubError } from '../../domain/errors.ts'
import { createTypeWatch, type FileType, isFileName, mismatchOf } from '../../domain/file-types.ts'
import type { Logger } from '../../domain/log-events.ts'
import type { Clock } from '../ports/clock.ts'
import type { Cipher, Digest, FileCipher } from '../ports/crypto.ts'
import type { FileIndex, FileRow, FileStore } from '../ports/files.ts'

export interface FileUpload {
  readonly content: AsyncIterable<Uint8Array>
  readonly name: string
  /** What the sender says it is; must not contradict the content. */
  readonly claim?: string | undefined
}

export interface StoredFile extends FileFacts {
  readonly createdAt: string
}

/** Who reads: the client that brought the file, or one who may read everybody's (undefined). */
type Reader = string | undefined

export interface Files {
  /**
   * Durable when it resolves. Throws `request-invalid` (the name), `file-too-large`, `file-type-refused`,
   * `file-type-mismatch`, `files-unavailable`, `store-unavailable`, and whatever `content` throws; then
   * nothing is kept.
   */
  keep(upload: FileUpload, client: string): Promise<{ file: StoredFile; duplicate: boolean }>
  /** Undefined when there is none for this reader: unknown, another's, or its time is over. */
  find(id: string, reader: Reader): Promise<StoredFile | undefined>
  /** The same with its content, which throws `file-unreadable` or `files-unavailable` while it is read. */
  open(id: string, reader: Reader): Promise<OpenFile | undefined>
  /** A token that opens this file to anybody until then, and tells nothing. Undefined as `find`. */
  link(id: string, reader: Reader, by: string, until: Date): Promise<string | undefined>
  /** Throws `not-found` (also for a token that was altered) and `link-expired`. */
  openLink(token: string): Promise<OpenFile>
  /** Removes what has not been used for so long; how many files. */
  prune(unusedDays: number, signal: AbortSignal): Promise<number>
}

export interface FilesDependencies {
  readonly store: FileStore
  readonly index: FileIndex
  readonly cipher: Cipher
  readonly fileCipher: FileCipher
  readonly digest: Digest
  readonly clock: Clock
  readonly log: Logger
  /** Not to be guessed: an id is all that it takes to name a file in a message. */
  readonly newId: () => string
  readonly nameHash: (name: string) => Uint8Array
  readonly seal: (text: string) => string
  /** Throws when it was not sealed here. */
  readonly unseal: (sealed: string) => string
  /** Makes sure that this data key is known, then does it. */
  readonly withKey: <T>(keyId: number, work: () => T) => Promise<T>
}

export const maxFileBytes = 50 * 1024 * 1024

const megabytes = maxFileBytes / 1024 / 1024
const tooLarge = (): HubError =>
  new HubError('file-too-large', {
    detail: { vi: `Tối đa ${megabytes} MB.`, en: `At most ${megabytes} MB.` },
  })

const badName = (): HubError =>
  new HubError('request-invalid', {
    faults: [
      {
        pointer: '/name',
        rule: 'file-name',
        vi: 'Tên tệp dài 1 đến 200 ký tự, không có ký tự điều khiển, dấu / hoặc \\.',
        en: 'The name of a file has 1 to 200 characters, without control characters, / or \\.',
      },
    ],
  })

const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/
const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')

const wordsOf = (id: string): string => `file:${id}`
const keyLength = 32

/** The key of the content, then the name. */
function packSecret(key: Uint8Array, name: string): Uint8Array {
  const text = new TextEncoder().encode(name)
  const bytes = new Uint8Array(keyLength + text.length)
  bytes.set(key)
  bytes.set(text, keyLength)
  return bytes
}

interface Watched {
  size: number
  type: FileType | undefined
  sha256: Uint8Array
}

/** The bytes as they pass by: counted, hashed, and looked at; breaks off as soon as it is certain that they are not taken. */
async function* watched(
  { content, name, claim }: FileUpload,
  digest: Digest,
  seen: Watched,
): AsyncIterable<Uint8Array> {
  const watch = createTypeWatch()
  const hash = digest.running()
  for await (const bytes of content) {
    seen.size += bytes.length
    if (seen.size > maxFileBytes) throw tooLarge()
    const why = watch.look(bytes)
    if (why) throw new HubError('file-type-refused', { detail: why })
    hash.add(bytes)
    yield bytes
  }
  const verdict = watch.end()
  if ('refused' in verdict) throw new HubError('file-type-refused', { detail: verdict.refused })
  const mismatch = mismatchOf(verdict.type, name, claim)
  if (mismatch) throw new HubError('file-type-mismatch', { detail: mismatch })
  seen.type = verdict.type
  seen.sha256 = hash.end()
}

const pruneLimit = 500

export function createFiles(deps: FilesDependencies): Files {
  const { store, index, fileCipher } = deps

  const secretOf = async (row: FileRow): Promise<{ key: Uint8Array; name: string }> => {
    const plain = await deps.withKey(row.keyId, () =>
      deps.cipher.decrypt(row.keyId, row.sealed, wordsOf(row.id)),
    )
    const key = plain.subarray(0, keyLength)
    return { key, name: new TextDecoder().decode(plain.subarray(keyLength)) }
  }

  const viewOf = (row: FileRow, name: string): StoredFile => ({
    id: row.id,
    sha256: hex(row.sha256),
    size: row.size,
    mediaType: row.mediaType,
    name,
    createdAt: row.createdAt.toISOString(),
  })

  const rowFor = async (given: string, reader: Reader): Promise<FileRow | undefined> => {
    const id = given.toLowerCase()
    const row = uuid.test(id) ? await index.use(id) : undefined
    return row && (reader === undefined || reader === row.client) ? row : undefined
  }

  /** What is left over is removed later, when it cannot be now. */
  const discard = async (id: string): Promise<void> => {
    try {
      await index.giveUp(id)
      await store.remove(id)
      await index.removed([id])
    } catch (error) {
      deps.log.warn('file.left', { reason: error instanceof HubError ? error.code : 'bug' })
    }
  }

  const files: Files = {
    async keep(upload, client) {
      if (!isFileName(upload.name)) throw badName()
      const id = deps.newId()
      const key = fileCipher.newKey()
      const seen: Watched = { size: 0, type: undefined, sha256: new Uint8Array() }
      await index.begin(id, client)
      try {
        await store.put(id, fileCipher.seal(key, wordsOf(id), watched(upload, deps.digest, seen)))
      } catch (error) {
        await discard(id)
        throw error
      }
      if (!seen.type) throw new Error('the store has not read the file to its end')
      const sealed = deps.cipher.encrypt(packSecret(key, upload.name), wordsOf(id))
      // Should this fail, nobody knows whether it was kept: so nothing is removed, an hour later it is.
      const { row, duplicate } = await index.finish({
        ...{ id, client, sha256: seen.sha256, size: seen.size, mediaType: seen.type.mediaType },
        ...{ nameHash: deps.nameHash(upload.name), keyId: sealed.keyId, sealed: sealed.bytes },
      })
      if (duplicate) await discard(id)
      return { file: viewOf(row, upload.name), duplicate }
    },

    async find(id, reader) {
      const row = await rowFor(id, reader)
      return row && viewOf(row, (await secretOf(row)).name)
    },

    async open(id, reader) {
      const row = await rowFor(id, reader)
      if (!row) return undefined
      const { key, name } = await secretOf(row)
      const content = fileCipher.open(key, wordsOf(row.id), store.read(row.id))
      return { ...viewOf(row, name), content }
    },

    async link(id, reader, by, until) {
      const row = await rowFor(id, reader)
      if (!row) return undefined
      await index.linked(row.id, by, until)
      return deps.seal(`${Math.floor(until.getTime() / 1000)} ${row.id}`)
    },

    async openLink(token) {
      const [, until, id] = /^(\d{1,12}) (\S{36})$/.exec(unsealed(deps, token)) ?? []
      if (until === undefined || id === undefined) throw new HubError('not-found')
      if (Number(until) * 1000 <= deps.clock.now().getTime()) throw new HubError('link-expired')
      const file = await files.open(id, undefined)
      if (!file) throw new HubError('link-expired')
      return file
    },

    async prune(unusedDays, signal) {
      let count = 0
      for (let more = true; more && !signal.aborted; ) {
        const ids = await index.expire(unusedDays, pruneLimit)
        for (const id of ids) await store.remove(id)
        await index.removed(ids)
        count += ids.length
        more = ids.length === pruneLimit
      }
      return count
    },
  }
  return files
}

const unsealed = ({ unseal }: FilesDependencies, token: string): string => {
  try {
    return unseal(token)
  } catch (error) {
    if (error instanceof HubError) return ''
    throw error
  }
}
