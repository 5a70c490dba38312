/** Helper processes of tests, and the messages they send. */
import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** Runs a TypeScript file of the tests as a process of its own; `path` from the project's folder. */
export const forkScript = (path: string, env: NodeJS.ProcessEnv = {}): ChildProcess =>
  fork(root + path, {
    cwd: root,
    env: { ...process.env, ...env },
    execArgv: 'typescript' in process.features ? [] : ['--import', 'ts-blank-space/register'],
  })

export const nextMessage = <T>(child: ChildProcess): Promise<T> =>
  new Promise((resolve, reject) => {
    const ended = (code: number | null): void => reject(new Error(`the process ended with ${code}`))
    child.once('exit', ended)
    child.once('message', (message) => {
      child.off('exit', ended)
      resolve(message as T)
    })
  })
