/** The systems around the hub, in miniature. What they hold is kept beside the hub's data, so that a second start goes on. */
import { mkdirSync, openSync, readFileSync, renameSync, writeFileSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import type { CreateSimulator, Simulator } from '../../connector/index.ts'

function readJournal(path: string): Map<string, unknown> {
  const state = new Map<string, unknown>()
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch {
    return state
  }
  for (const line of text.split('\n')) {
    try {
      const [subject, content] = JSON.parse(line) as [string, unknown]
      state.set(subject, content)
    } catch {
      // The last line of a process that was killed in the middle of it.
    }
  }
  return state
}

const lineOf = (subject: string, content: unknown): string =>
  `${JSON.stringify([subject, content])}\n`

/**
 * Starts a simulator that remembers: each effect is written down before it is answered, as a real
 * system would, so that killing the demo at any moment leaves both sides with the same story.
 */
export async function startRemembering(
  create: CreateSimulator,
  journal: string,
): Promise<Simulator> {
  mkdirSync(dirname(journal), { recursive: true })
  const state = readJournal(journal)
  writeFileSync(`${journal}.new`, [...state].map(([key, held]) => lineOf(key, held)).join(''))
  renameSync(`${journal}.new`, journal)
  const file = openSync(journal, 'a')
  const simulator: Simulator = await create({
    port: 0,
    state,
    forget: true,
    onEntry: ({ subject, applied }) => {
      if (applied) writeSync(file, lineOf(subject, simulator.state().get(subject)))
    },
  })
  return simulator
}
