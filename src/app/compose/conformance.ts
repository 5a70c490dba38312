/**
 * The conformance suite on one folder, as a process of its own: a connector under test may hang, leave things
 * behind or break the process it runs in. The suite belongs to the tests of the repository and is not in the
 * image; without it the answer is undefined.
 */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { ConformanceReport } from '../cli/ports.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const script = `${root}test/conformance/run.ts`

export async function testConnector(folder: string): Promise<ConformanceReport | undefined> {
  if (!existsSync(script)) return undefined
  const loader = 'typescript' in process.features ? [] : ['--import', 'ts-blank-space/register']
  const child = spawn(process.execPath, [...loader, script, folder], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let text = ''
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    text += part
  })
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  if (code !== 0) throw new Error(`the conformance suite ended with ${code}: ${text.slice(-500)}`)
  return JSON.parse(text) as ConformanceReport
}
