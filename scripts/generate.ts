/**
 * `npm run generate`: writes anew every file that is made from another. `npm run generate -- --check`
 * writes nothing and ends with 1 when one of them is stale. Runs each `generate-*.ts` of this folder.
 */
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'

const generators = readdirSync(import.meta.dirname).filter((name) => /^generate-.+\.ts$/.test(name))
for (const name of generators) {
  const { status } = spawnSync(
    process.execPath,
    [
      '--import',
      'ts-blank-space/register',
      join(import.meta.dirname, name),
      ...process.argv.slice(2),
    ],
    { stdio: 'inherit', cwd: join(import.meta.dirname, '..') },
  )
  if (status !== 0) process.exitCode = 1
}
