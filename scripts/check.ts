/**
 * `npm run check`: everything that can be said about the code without running it. All steps run,
 * so that one call names every fault; ends with 1 when any step has failed.
 */
import { spawn } from 'node:child_process'
import { delimiter, join } from 'node:path'

interface Step {
  readonly name: string
  /** What to do when it fails. */
  readonly remedy: string
  readonly command: readonly [program: string, ...args: string[]]
}

const root = join(import.meta.dirname, '..')
const generate = ['--import', 'ts-blank-space/register', 'scripts/generate.ts', '--check'] as const

const steps: readonly Step[] = [
  { name: 'format and lint', remedy: 'npm run format', command: ['biome', 'check', '.'] },
  { name: 'types', remedy: 'correct what tsc names', command: ['tsc', '-p', '.'] },
  // Before those of the console: its types of the API are made here.
  {
    name: 'generated files',
    remedy: 'npm run generate',
    command: [process.execPath, ...generate],
  },
  {
    name: 'types of the console',
    remedy: 'correct what tsc names',
    command: ['tsc', '-p', 'src/app/console'],
  },
  {
    name: 'floors',
    remedy: 'each rule of .dependency-cruiser.mjs says what to do',
    command: [
      'depcruise',
      '--output-type',
      'err-long',
      'bin',
      'src',
      'connectors',
      'scripts',
      'test',
    ],
  },
  { name: 'unused', remedy: 'delete what knip names, or use it', command: ['knip'] },
]

async function run({ name, remedy, command: [program, ...args] }: Step): Promise<boolean> {
  const startedMs = performance.now()
  const output: Buffer[] = []
  const path = `${join(root, 'node_modules/.bin')}${delimiter}${process.env.PATH ?? ''}`
  const child = spawn(program, args, { cwd: root, env: { ...process.env, PATH: path } })
  child.stdout.on('data', (bytes: Buffer) => output.push(bytes))
  child.stderr.on('data', (bytes: Buffer) => output.push(bytes))
  const code = await new Promise((resolve) => {
    child.on('error', (error) => resolve(error.message))
    child.on('close', resolve)
  })
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1)
  if (code === 0) {
    console.log(`ok      ${name} (${seconds} s)`)
    return true
  }
  console.log(`FAILED  ${name} (${seconds} s): ${remedy}\n`)
  console.log(Buffer.concat(output).toString('utf8').trimEnd(), '\n')
  return false
}

let sound = true
for (const step of steps) sound = (await run(step)) && sound
if (!sound) process.exitCode = 1
