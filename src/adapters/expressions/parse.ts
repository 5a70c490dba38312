import { spawnSync } from 'node:child_process'
import { HubError, type Words } from '../../domain/errors.ts'
import { meaningOf } from './faults.ts'
import { childStart } from './walls.ts'

const limitMs = 30_000

/**
 * What is wrong with each expression, undefined where it can be read. Parsed behind the same walls as it is
 * evaluated, and while the caller waits: this is for the check of configuration files, not for a running hub.
 * Throws `expression-unavailable` when the process cannot be had.
 */
export function parseExpressions(texts: readonly string[]): readonly (Words | undefined)[] {
  if (texts.length === 0) return []
  const { arguments: args, options } = childStart()
  const { stdout } = spawnSync(process.execPath, args, {
    ...options,
    input: texts.map((text) => `${JSON.stringify({ parse: text })}\n`).join(''),
    stdio: ['pipe', 'pipe', 'ignore'],
    encoding: 'utf8',
    timeout: limitMs,
    killSignal: 'SIGKILL',
  })
  const [ready, ...lines] = (stdout ?? '').split('\n').slice(0, -1)
  if (ready !== 'ready' || lines.length !== texts.length)
    throw new HubError('expression-unavailable')
  return lines.map((line) => {
    const answer = JSON.parse(line)
    return answer.fault === undefined ? undefined : meaningOf(answer)
  })
}
