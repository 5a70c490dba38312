import { createHmac, createSecretKey, hkdfSync, type KeyObject, randomBytes } from 'node:crypto'
import { HubError } from '../../domain/errors.ts'
import type { Cipher } from '../../engine/ports/crypto.ts'
import { decryptBytes, encryptBytes } from './encryption.ts'
import type { MasterKey, MasterKeys } from './master-key-file.ts'

/** A data key as the database keeps it: wrapped by a master key. */
export interface WrappedDataKey {
  readonly wrapped: Uint8Array
  readonly masterKid: string
}

/**
 * A row of the data keys. Rows are never deleted: retired keys still open old bodies, and the row
 * with the lowest id is the root of `hmac`.
 */
export interface DataKeyRow extends WrappedDataKey {
  readonly id: number
  readonly retired: boolean
}

export interface Keyring extends Cipher {
  /** The key that new bodies get: the newest that is not retired. */
  readonly currentId: number
  /** False: another process has made a new key; `load` the rows again before decrypting. */
  has(keyId: number): boolean
  /** Takes new rows in; what was unwrapped before is kept. Throws as `createKeyring` does. */
  load(rows: readonly DataKeyRow[]): void
  /** `aad` binds the bytes to what they belong to, for example the id of the message. */
  encrypt(plain: Uint8Array, aad: string): { keyId: number; bytes: Uint8Array }
  /** Throws `body-unreadable` for a wrong key, other words or changed bytes; never gives a part. */
  decrypt(keyId: number, bytes: Uint8Array, aad: string): Uint8Array
  /** A short text as `<key id>.<base64url>`, under a key of its own for each purpose. */
  seal(purpose: string, text: string): string
  /** Throws `body-unreadable`; a text sealed for one purpose does not open for another. */
  open(purpose: string, sealed: string): string
  /** HMAC-SHA-256 that stays the same through every rotation: for peppers and blind indexes. */
  hmac(purpose: string, text: string): Uint8Array
}

const wrapWords = (kid: string): string => `hub.data-key.1:${kid}`

const wrapWith = ({ kid, key }: MasterKey, dataKey: Uint8Array): WrappedDataKey => ({
  wrapped: encryptBytes(key, dataKey, wrapWords(kid)),
  masterKid: kid,
})

/** A new random data key, wrapped by the current master key: the content of a new row. */
export function createDataKey(master: MasterKeys): WrappedDataKey {
  const bytes = randomBytes(32)
  const wrapped = wrapWith(master.current, bytes)
  bytes.fill(0)
  return wrapped
}

const unwrap = (master: MasterKeys, row: WrappedDataKey): Buffer | undefined => {
  const key = master.byKid.get(row.masterKid)?.key
  return key && decryptBytes(key, row.wrapped, wrapWords(row.masterKid))
}

const missingMaster = (kid: string): HubError =>
  new HubError('config-invalid', {
    detail: {
      vi: `Tệp khoá chính không có khoá ${kid} đã bọc khoá dữ liệu; hãy đưa lại đúng tệp khoá.`,
      en: `The master key file lacks the key ${kid} that wraps the data keys; give the right file.`,
    },
  })

/**
 * The same data key under the current master key; undefined when it already is. Bodies are not
 * touched. Throws `config-invalid` when the master key that wrapped it is not in the file.
 */
export function rewrap(master: MasterKeys, row: WrappedDataKey): WrappedDataKey | undefined {
  if (row.masterKid === master.current.kid) return undefined
  const bytes = unwrap(master, row)
  if (!bytes) throw missingMaster(row.masterKid)
  const wrapped = wrapWith(master.current, bytes)
  bytes.fill(0)
  return wrapped
}

const unreadable = (vi: string, en: string): HubError =>
  new HubError('body-unreadable', { detail: { vi, en } })

const noSuchKey = (keyId: number): HubError =>
  unreadable(`Không mở được khoá dữ liệu số ${keyId}.`, `Data key ${keyId} cannot be opened.`)

const damaged = (): HubError =>
  unreadable(
    'Nội dung đã bị thay đổi, thuộc về bản ghi khác, hoặc sai khoá.',
    'The content was changed, belongs to another row, or the key is wrong.',
  )

/** Keys of one data key for one purpose each; purposes are constants of the code, so few. */
function derivations(): (keyId: number, key: KeyObject, purpose: string) => KeyObject {
  const derived = new Map<string, KeyObject>()
  return (keyId, key, purpose) => {
    const name = `${keyId}:${purpose}`
    let found = derived.get(name)
    if (!found) {
      found = createSecretKey(Buffer.from(hkdfSync('sha256', key, '', `hub.${purpose}`, 32)))
      derived.set(name, found)
    }
    return found
  }
}

interface Opened {
  readonly keys: Map<number, KeyObject>
  readonly currentId: number
  readonly rootId: number
}

function openRows(
  master: MasterKeys,
  rows: readonly DataKeyRow[],
  known: ReadonlyMap<number, KeyObject>,
): Opened {
  const keys = new Map(known)
  for (const row of rows) {
    const bytes = keys.has(row.id) ? undefined : unwrap(master, row)
    if (bytes) keys.set(row.id, createSecretKey(bytes))
    bytes?.fill(0)
  }
  const ordered = [...rows].sort((a, b) => a.id - b.id)
  const current = ordered.findLast((row) => !row.retired)
  const root = ordered[0]
  if (!current || !root)
    throw new HubError('config-invalid', {
      detail: {
        vi: 'Cơ sở dữ liệu không có khoá dữ liệu nào còn hiệu lực.',
        en: 'The database holds no data key that is not retired.',
      },
    })
  // Without these two nothing can be written: better not to start than to accept and fail later.
  for (const needed of [root, current])
    if (!keys.has(needed.id)) throw missingMaster(needed.masterKid)
  return { keys, currentId: current.id, rootId: root.id }
}

/**
 * The data keys, unwrapped. Throws `config-invalid` when there is no usable key or the master key
 * file is not the one that wrapped them; an older row that cannot be unwrapped only makes its own
 * bodies unreadable.
 */
export function createKeyring(master: MasterKeys, rows: readonly DataKeyRow[]): Keyring {
  let opened = openRows(master, rows, new Map())
  const derive = derivations()

  const keyOf = (keyId: number): KeyObject => {
    const key = opened.keys.get(keyId)
    if (!key) throw noSuchKey(keyId)
    return key
  }

  return {
    get currentId() {
      return opened.currentId
    },
    has: (keyId) => opened.keys.has(keyId),
    load(fresh) {
      opened = openRows(master, fresh, opened.keys)
    },
    encrypt(plain, aad) {
      const keyId = opened.currentId
      return { keyId, bytes: encryptBytes(keyOf(keyId), plain, aad) }
    },
    decrypt(keyId, bytes, aad) {
      const plain = decryptBytes(keyOf(keyId), bytes, aad)
      if (!plain) throw damaged()
      return plain
    },
    seal(purpose, text) {
      const keyId = opened.currentId
      const key = derive(keyId, keyOf(keyId), `seal.1:${purpose}`)
      return `${keyId}.${encryptBytes(key, Buffer.from(text), purpose).toString('base64url')}`
    },
    open(purpose, sealed) {
      const parts = /^(\d{1,9})\.([\w-]+)$/.exec(sealed)
      if (!parts?.[1] || !parts[2]) throw damaged()
      const keyId = Number(parts[1])
      const key = derive(keyId, keyOf(keyId), `seal.1:${purpose}`)
      const plain = decryptBytes(key, Buffer.from(parts[2], 'base64url'), purpose)
      if (!plain) throw damaged()
      return plain.toString('utf8')
    },
    hmac(purpose, text) {
      const key = derive(opened.rootId, keyOf(opened.rootId), `hmac.1:${purpose}`)
      return createHmac('sha256', key).update(text).digest()
    },
  }
}
