/** What keeps contents secret, and what tells them apart. */
export interface Cipher {
  encrypt(plain: Uint8Array, aad: string): { keyId: number; bytes: Uint8Array }
  decrypt(keyId: number, bytes: Uint8Array, aad: string): Uint8Array
}

export interface Digest {
  sha256(bytes: Uint8Array): Uint8Array
  /** The same over what passes by. */
  running(): { add(bytes: Uint8Array): void; end(): Uint8Array }
}

/** Each file has a key of its own. What is not whole, not in order or was changed is never given. */
export interface FileCipher {
  newKey(): Uint8Array
  /** `words` bind the content to what it belongs to. */
  seal(key: Uint8Array, words: string, plain: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array>
  /** Throws `file-unreadable` at the piece that is wrong, or at the end when the end is missing. */
  open(key: Uint8Array, words: string, sealed: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array>
}
