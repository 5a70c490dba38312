/**
 * `npm run screens`: runs the browser tests and puts the pictures that the Vietnamese guides show into
 * docs/vi/screens, so that they are of the console as it is.
 */
import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const guides = join(root, 'docs/vi')
const kept = join(guides, 'screens')

const shown = new Set(
  readdirSync(guides)
    .filter((name) => name.endsWith('.md'))
    .flatMap((name) => [
      ...readFileSync(join(guides, name), 'utf8').matchAll(/\(screens\/([\w-]+\.png)\)/g),
    ])
    .map(([, picture = '']) => picture),
)

// The guides may show what no picture has been kept of yet: they are judged afterwards.
const tests = readdirSync(join(root, 'test/console'))
  .filter((name) => name.endsWith('.test.ts') && name !== 'guides.test.ts')
  .map((name) => `test/console/${name}`)

const taken = mkdtempSync(join(tmpdir(), 'hub-screens-'))
try {
  const { status } = spawnSync('npx', ['vitest', 'run', ...tests], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, CONSOLE_SHOTS: taken },
  })
  if (status !== 0) throw new Error('the browser tests failed: the pictures stay as they were')
  rmSync(kept, { recursive: true, force: true })
  mkdirSync(kept)
  for (const picture of shown) copyFileSync(join(taken, picture), join(kept, picture))
  console.log(`${shown.size} pictures of ${readdirSync(taken).length} are in docs/vi/screens`)
} finally {
  rmSync(taken, { recursive: true, force: true })
}
