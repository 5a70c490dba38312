import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/** Writes what must not be read by everybody to a file that is not there yet; half of it is not left behind. */
export async function writeNewFile(
  path: string,
  pieces: AsyncIterable<string | Uint8Array> | Iterable<string>,
): Promise<void> {
  const target = createWriteStream(path, { flags: 'wx', mode: 0o600 })
  let isOurs = false
  target.once('open', () => {
    isOurs = true
  })
  try {
    await pipeline(Readable.from(pieces), target)
  } catch (error) {
    if (isOurs) await rm(path, { force: true })
    throw error
  }
}
