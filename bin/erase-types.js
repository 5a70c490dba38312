// How Node 20 loads the sources: with their types erased, line and column unchanged. To erase them all takes
// seconds of every start, so what came of a file is kept, under the hash of what was in it: nothing kept can be
// stale. Where nothing can be kept (a folder that is not ours to write) the start is only slower.
import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

let folder
let version

export function initialize(data) {
  folder = data.folder
  version = data.version
}

export async function load(url, context, nextLoad) {
  if (!url.endsWith('.ts')) return nextLoad(url, context)
  const source = await readFile(fileURLToPath(url), 'utf8')
  const kept = `${folder}/${createHash('sha256').update(version).update(source).digest('hex')}.js`
  const erased = await readFile(kept, 'utf8').catch(() => erase(source, kept))
  return { format: 'module', shortCircuit: true, source: `${erased}\n//# sourceURL=${url}` }
}

async function erase(source, kept) {
  const { default: blank } = await import('ts-blank-space')
  const erased = blank(source)
  const fresh = `${kept}.${process.pid}`
  await mkdir(folder, { recursive: true })
    .then(() => writeFile(fresh, erased))
    .then(() => rename(fresh, kept))
    .catch(() => undefined)
  return erased
}
