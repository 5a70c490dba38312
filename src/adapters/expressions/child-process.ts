/** One process of expressions, from its start to its end: a question at a time. */
import { type ChildProcess, spawn } from 'node:child_process'
import { childStart } from './walls.ts'

/** What became of a question; without `line` the process is gone. */
export interface Said {
  readonly line?: string
  /** It has fallen by itself: out of memory, mostly. */
  readonly fell?: boolean
}

export interface Child {
  readonly isGone: () => boolean
  ask(question: string, limitMs: number): Promise<Said>
  /** Nothing is left of it when this resolves. */
  stop(): Promise<void>
}

/** By which V8 and the machine say that a process could not go on. Others are sent by somebody. */
const ownEnds: readonly (NodeJS.Signals | null)[] = [
  'SIGABRT',
  'SIGTRAP',
  'SIGILL',
  'SIGSEGV',
  'SIGBUS',
]
const startLimitMs = 15_000
/** A result has at most a million characters; an answer is more by escapes only. */
const maxAnswerCharacters = 7_000_000

/** Throws when it cannot be started. */
export async function startChild(): Promise<Child> {
  const start = childStart()
  const child = spawn(process.execPath, start.arguments, {
    ...start.options,
    stdio: ['pipe', 'pipe', 'ignore'],
    // Ctrl-C is for the hub, which ends it in its own time.
    detached: true,
  })
  const ended = endOf(child)
  let text = ''
  let told: ((said: Said) => void) | undefined
  let gone: Said | undefined
  const tell = (said: Said): void => {
    told?.(said)
    told = undefined
  }
  child.stdin.on('error', () => child.kill('SIGKILL'))
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    text += part
    const isWhole = text.endsWith('\n')
    // Nobody asked, more than was asked, or without an end: whatever that is, it is no answer.
    if (!told || text.length > maxAnswerCharacters || text.slice(0, -1).includes('\n')) {
      child.kill('SIGKILL')
    } else if (isWhole) {
      const line = text.slice(0, -1)
      text = ''
      tell({ line })
    }
  })
  void ended.then((signal) => {
    gone = { fell: ownEnds.includes(signal) }
    tell(gone)
  })

  const hear = async (limitMs: number): Promise<Said> => {
    if (gone) return gone
    const limit = setTimeout(() => child.kill('SIGKILL'), limitMs)
    try {
      return await new Promise<Said>((resolve) => {
        told = resolve
      })
    } finally {
      clearTimeout(limit)
    }
  }
  const made: Child = {
    isGone: () => gone !== undefined,
    ask(question, limitMs) {
      const answer = hear(limitMs)
      child.stdin.write(`${question}\n`)
      return answer
    },
    async stop() {
      child.kill('SIGKILL')
      await ended
    },
  }
  const { line } = await hear(startLimitMs)
  if (line === 'ready') return made
  await made.stop()
  throw new Error('The process of expressions could not be started')
}

/** Resolves, with the signal if there was one, when the process and its pipes are gone. */
const endOf = (child: ChildProcess): Promise<NodeJS.Signals | null> =>
  new Promise((resolve) => {
    child.once('error', () => resolve(null))
    child.once('close', (_, signal) => resolve(signal))
  })
