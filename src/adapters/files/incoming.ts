/** Where an upload lies until it is whole: under its own name, in a folder that nobody reads from. */
import { createHash } from 'node:crypto'
import { type FileHandle, mkdir, open, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { HubError, type Words } from '../../domain/errors.ts'

const folderOf = (root: string): string => join(root, 'incoming')

/** The code of a failure only: its message holds paths. */
export const unavailable = (cause: unknown, detail?: Words): HubError => {
  const code = (cause as { code?: unknown } | undefined)?.code
  const shown = typeof code === 'string' ? code : undefined
  const words = detail ?? (shown === undefined ? undefined : { vi: shown, en: shown })
  return new HubError('files-unavailable', { cause, ...(words && { detail: words }) })
}

/** Does one thing with the disk; what fails is the store's failure and not the sender's. */
export async function onDisk<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    throw unavailable(error)
  }
}

export async function makeFolder(path: string): Promise<void> {
  await onDisk(mkdir(path, { recursive: true, mode: 0o700 }))
}

/** A rename is durable when its folder is. */
export async function syncFolder(path: string): Promise<void> {
  const handle = await onDisk(open(path, 'r'))
  try {
    await onDisk(handle.sync())
  } finally {
    await handle.close()
  }
}

export interface Incoming {
  readonly path: string
  readonly size: number
  /** Hex, of the bytes as they lie there. */
  readonly sha256: string
}

async function write(file: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; )
    at += (await onDisk(file.write(bytes, at, bytes.length - at))).bytesWritten
}

/** Writes all of it down, durable. When it throws, nothing is left. */
export async function takeIn(
  root: string,
  name: string,
  content: AsyncIterable<Uint8Array>,
): Promise<Incoming> {
  const folder = folderOf(root)
  await makeFolder(folder)
  const path = join(folder, name)
  const file = await onDisk(open(path, 'wx', 0o600))
  const hash = createHash('sha256')
  let size = 0
  try {
    for await (const bytes of content) {
      await write(file, bytes)
      hash.update(bytes)
      size += bytes.length
    }
    await onDisk(file.sync())
    await file.close()
    return { path, size, sha256: hash.digest('hex') }
  } catch (error) {
    await file.close().catch(() => undefined)
    await rm(path, { force: true }).catch(() => undefined)
    throw error
  }
}

/** Removes what a killed process has left; nobody else writes for so long. */
export async function sweepIncoming(root: string, olderThanMs: number): Promise<void> {
  const folder = folderOf(root)
  await makeFolder(folder)
  for (const name of await onDisk(readdir(folder))) {
    const path = join(folder, name)
    // Gone meanwhile: it has become whole.
    const seen = await stat(path).catch(() => undefined)
    if (seen && seen.mtimeMs < Date.now() - olderThanMs) await onDisk(rm(path, { force: true }))
  }
}
