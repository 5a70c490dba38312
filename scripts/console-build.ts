/** Builds the console with Vite, and knows whether what was built is of the sources that are here. */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const source = join(root, 'src/app/console')
const mark = join(root, 'dist/console.source')

function fingerprint(): string {
  const hash = createHash('sha256')
  const paths = readdirSync(source, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
  for (const path of [...paths.sort(), join(root, 'package-lock.json')])
    hash.update(path.slice(root.length)).update('\0').update(readFileSync(path)).update('\0')
  return hash.digest('hex')
}

export const isConsoleFresh = (): boolean =>
  existsSync(mark) && readFileSync(mark, 'utf8') === fingerprint()

/** False where Vite is not installed (`npm install --omit=dev`). */
export async function buildConsole(): Promise<boolean> {
  const vite = await import('vite').catch(() => undefined)
  if (!vite) return false
  const made = fingerprint()
  await vite.build({ configFile: join(source, 'vite.config.ts'), root: source, logLevel: 'warn' })
  writeFileSync(mark, made)
  return true
}
