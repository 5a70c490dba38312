/**
 * `npm run mutants`: makes each seeded bug in a copy of the project, runs the tests that must notice, and
 * prints a table. Fails when a bug goes unnoticed.
 *
 *   --only TEXT   only bugs whose description contains TEXT
 */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
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

interface Outcome {
  readonly failed: readonly string[]
  readonly passed: number
}

function runTests(copy: string, tests: readonly string[]): Outcome {
  const report = join(copy, 'report.json')
  const vitest = join(root, 'node_modules/vitest/vitest.mjs')
  const reporting = ['--reporter=json', `--outputFile=${report}`]
  rmSync(report, { force: true })
  const ended = spawnSync(process.execPath, [vitest, 'run', ...tests, ...reporting], {
    cwd: copy,
    encoding: 'utf8',
    // A retry would give a bug a second chance to hide.
    env: { ...process.env, CI: '' },
    timeout: 300_000,
  })
  try {
    const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as {
      testResults: { assertionResults: { status: string; fullName: string }[] }[]
    }
    const results = testResults.flatMap(({ assertionResults }) => assertionResults)
    return {
      failed: results.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName),
      passed: results.filter(({ status }) => status === 'passed').length,
    }
  } catch {
    throw new Error(`the tests did not run: ${ended.stdout}${ended.stderr}`)
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

const copy = copyProject()
let unnoticed = 0
try {
  process.stdout.write('| Bug | Caught by | Tests that failed |\n|---|---|---|\n')
  for (const mutant of mutants.filter(({ bug }) => bug.includes(options.only))) {
    const undo = make(copy, mutant)
    const { failed, passed } = runTests(copy, mutant.caughtBy)
    undo()
    // Where not one passes, the copy is broken rather than wrong.
    const caught = failed.length > 0 && passed > 0
    if (!caught) unnoticed++
    const tests = mutant.caughtBy.map((test) => `\`${test}\``).join(', ')
    const example = failed[0] ? `${failed.length}, such as "${failed[0]}"` : 'NONE'
    process.stdout.write(`| ${mutant.bug} | ${tests} | ${example}${caught ? '' : ' (!)'} |\n`)
  }
} finally {
  rmSync(copy, { recursive: true, force: true })
}
process.exitCode = unnoticed > 0 ? 1 : 0
