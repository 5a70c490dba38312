import {
  closeSync,
  copyFileSync,
  mkdirSync,
  openSync,
  readSync,
  statSync,
  truncateSync,
} from 'node:fs'
import { join } from 'node:path'
import { giveToOwnerOf } from './owner.ts'

const maxBytes = 8 * 1024 * 1024
const tailBytes = 16 * 1024
const tailLines = 15

export interface LogFile {
  /** To hand to the server as its standard error; the caller closes it. */
  open(): number
  size(): number
  /** The last lines written since the file had `since` bytes, without `secrets`. */
  tail(since: number, secrets: readonly string[]): string[]
  /** Keeps the file below 8 MB: what is more becomes the one older file. */
  bound(): void
}

/** The log of the server, `log/postgres.log` in the data folder. */
export function logFile(dataDir: string): LogFile {
  const folder = join(dataDir, 'log')
  const path = join(folder, 'postgres.log')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  giveToOwnerOf(dataDir, folder)
  const size = (): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0
  return {
    size,
    open() {
      const file = openSync(path, 'a', 0o600)
      giveToOwnerOf(dataDir, path)
      return file
    },
    tail(since, secrets) {
      const end = size()
      const from = Math.max(since, end - tailBytes, 0)
      if (end <= from) return []
      const bytes = Buffer.alloc(end - from)
      const file = openSync(path, 'r')
      try {
        readSync(file, bytes, 0, bytes.length, from)
      } finally {
        closeSync(file)
      }
      const text = secrets.reduce((so, secret) => so.replaceAll(secret, '***'), bytes.toString())
      return text.trimEnd().split('\n').slice(-tailLines)
    },
    bound() {
      if (size() <= maxBytes) return
      // The server holds the file open for appending, so it is emptied and not renamed.
      const older = join(folder, 'postgres.1.log')
      copyFileSync(path, older)
      giveToOwnerOf(dataDir, older)
      truncateSync(path, 0)
    },
  }
}
