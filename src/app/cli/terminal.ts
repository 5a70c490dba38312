import { createInterface } from 'node:readline/promises'
import { text } from 'node:stream/consumers'

/** Where a command speaks. Answers go to `out`; complaints and progress go to `err`. */
export interface Terminal {
  out(text: string): void
  err(text: string): void
  /** A person is looking: tables are drawn and wrapped. Otherwise they are plain. */
  readonly tty: boolean
  readonly color: boolean
  readonly columns: number
  /** Asks a person; undefined when there is none. */
  ask(question: string): Promise<string | undefined>
  /** What must not be on the command line: all of standard input, or what a person types. */
  input(question: string): Promise<string>
}

const widest = 100

export function processTerminal(env: Readonly<Record<string, string | undefined>>): Terminal {
  const { stdout, stderr, stdin } = process
  const tty = Boolean(stdout.isTTY)
  // Whoever reads our output may stop reading (`| head`); that is no failure.
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit()
    throw error
  })
  const ask: Terminal['ask'] = async (question) => {
    if (!tty || !stdin.isTTY) return undefined
    const lines = createInterface({ input: stdin, output: stderr })
    try {
      // Ctrl-C and Ctrl-D close the line: nobody has agreed.
      const closed = new Promise<string>((resolve) => lines.once('close', () => resolve('')))
      return await Promise.race([lines.question(question), closed])
    } finally {
      lines.close()
    }
  }
  return {
    out: (line) => void stdout.write(`${line}\n`),
    err: (line) => void stderr.write(`${line}\n`),
    tty,
    color: tty && !env.NO_COLOR && env.TERM !== 'dumb',
    columns: Math.min(stdout.columns || widest, widest),
    ask,
    input: async (question) => (stdin.isTTY ? ((await ask(question)) ?? '') : text(stdin)),
  }
}
