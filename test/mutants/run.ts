/**
 * `npm run mutants`: makes each seeded bug in a copy of the project, runs the tests that must notice, and
 * prints a table. Fails when one of them does not notice, or fails without a bug.
 *
 *   --only TEXT   only bugs whose description contains TEXT
 */
import { spawnSync } from 'node:child_process'
import {
  cpSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { type Mutant, mutants } from './mutants.ts'

const { values: options } = parseArgs({ options: { only: { type: 'string', default: '' } } })
const root = fileURLToPath(new URL('../../', import.meta.url))
const parts = ['bin', 'config', 'connectors', 'schemas', 'scripts', 'src', 'test', 'docs']
const files = ['package.json', 'tsconfig.json', 'vitest.config.ts']

function copyProject(): string {
  const copy = mkdtempSync(join(tmpdir(), 'hub-mutants-'))
  for (const part of [...parts, ...files])
    cpSync(join(root, part), join(copy, part), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
  return copy
}

/** By file: the tests of it that failed. A file that passed is there with none. */
type Outcome = ReadonlyMap<string, readonly string[]>

function runTests(copy: string, tests: readonly string[], retries = 1): Outcome {
  const report = join(copy, 'report.json')
  const vitest = join(root, 'node_modules/vitest/vitest.mjs')
  // Once more, because some tests measure time: what fails twice fails by the bug. One is enough.
  const reporting = ['--reporter=json', `--outputFile=${report}`, `--retry=${retries}`, '--bail=1']
  rmSync(report, { force: true })
  const ended = spawnSync(process.execPath, [vitest, 'run', ...tests, ...reporting], {
    cwd: copy,
    encoding: 'utf8',
    // The histories that are kept, and few others.
    env: { ...process.env, MODEL_RUNS: '20' },
    timeout: 120_000 + (tests.length - 1) * 60_000,
  })
  // A bug that makes a test wait for ever has been noticed too.
  if (ended.error) return new Map(tests.map((test) => [test, ['it never came to an end']]))
  try {
    const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as {
      testResults: { name: string; assertionResults: { status: string; fullName: string }[] }[]
    }
    return new Map(
      testResults.map(({ name, assertionResults }) => [
        relative(realpathSync(copy), name),
        assertionResults
          .filter(({ status }) => status === 'failed')
          .map(({ fullName }) => fullName),
      ]),
    )
  } catch {
    throw new Error(
      `the tests did not run (${ended.signal ?? ended.status}): ${ended.stdout}${ended.stderr}`,
    )
  }
}

function make(copy: string, { file, find, replace }: Mutant): () => void {
  const path = join(copy, file)
  const text = readFileSync(path, 'utf8')
  if (text.split(find).length !== 2) throw new Error(`${file} does not hold this once: ${find}`)
  writeFileSync(
    path,
    text.replace(find, () => replace),
  )
  return () => writeFileSync(path, text)
}

const chosen = mutants.filter(({ bug }) => bug.includes(options.only))
const copy = copyProject()
let unnoticed = 0
try {
  const files = [...new Set(chosen.flatMap(({ caughtBy }) => caughtBy))]
  // A machine that is busy with something else must not stand in the way.
  const sound = [...runTests(copy, files, 4).values()].flat()
  if (sound.length > 0) throw new Error(`without a bug these fail already: ${sound.join('; ')}`)
  process.stdout.write('| Bug | Caught by | The first test that failed |\n|---|---|---|\n')
  for (const mutant of chosen) {
    const undo = make(copy, mutant)
    for (const test of mutant.caughtBy) {
      const failed = runTests(copy, [test]).get(test) ?? []
      if (failed.length === 0) unnoticed++
      process.stdout.write(`| ${mutant.bug} | \`${test}\` | ${failed[0] ?? '**none**'} |\n`)
    }
    undo()
  }
} finally {
  rmSync(copy, { recursive: true, force: true })
}
process.exitCode = unnoticed > 0 ? 1 : 0
