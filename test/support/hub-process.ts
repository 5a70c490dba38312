/** Hub processes as an operator starts and ends them. */
import { type ChildProcess, fork } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** Runs the hub itself, as an operator would. */
export const forkHub = (args: readonly string[], env: NodeJS.ProcessEnv): ChildProcess =>
  fork(`${root}bin/hub.js`, [...args], {
    cwd: root,
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })

/** The address in the line `process.ready` of a hub's log; its output is then let flow. */
export const hubAddress = (child: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    let text = ''
    child.once('exit', (code) =>
      reject(new Error(`the hub ended with ${code}: ${text.slice(-2000)}`)),
    )
    const read = (chunk: Buffer): void => {
      text += chunk.toString()
      const ready = /"event":"process.ready".*?"address":"([^"]+)"/.exec(text)
      if (!ready?.[1]) return
      child.stdout?.off('data', read)
      child.stdout?.resume()
      resolve(ready[1])
    }
    child.stdout?.on('data', read)
  })

export async function endProcess(
  child: ChildProcess,
  signal: NodeJS.Signals = 'SIGTERM',
): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  child.kill(signal)
  await gone
}

export interface Ended {
  readonly code: number | null
  readonly stdout: string
}

/** One command of the hub, run to its end. */
export async function runHub(args: readonly string[], env: NodeJS.ProcessEnv): Promise<Ended> {
  const child = forkHub(args, env)
  let stdout = ''
  child.stdout?.on('data', (chunk: Buffer) => {
    stdout += chunk.toString()
  })
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  return { code, stdout }
}

const textOf = (path: string): string => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

/** Processes that were started for this folder: their command line or environment names it. */
export const processesOf = (folder: string): string[] =>
  readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry) && entry !== String(process.pid))
    .map((entry) => ({
      command: textOf(`/proc/${entry}/cmdline`).replaceAll('\0', ' '),
      environment: textOf(`/proc/${entry}/environ`),
    }))
    .filter(({ command, environment }) => command.includes(folder) || environment.includes(folder))
    .map(({ command }) => command)
