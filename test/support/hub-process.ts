/** Hub processes as an operator starts and ends them. */
import { type ChildProcess, fork } from 'node:child_process'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** Runs the hub itself, as an operator would. */
export const forkHub = (
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  // None of those of the test runner.
  nodeOptions: readonly string[] = [],
): ChildProcess =>
  fork(`${root}bin/hub.js`, [...args], {
    cwd: root,
    execArgv: [...nodeOptions],
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })

/** The line `process.ready` of a hub's log; its output is then let flow. */
export const hubReady = (child: ChildProcess): Promise<string> => lineOf(child, readyLine)

/** The address in that line. */
export const hubAddress = (child: ChildProcess): Promise<string> => lineOf(child, addressLine)

const readyLine = /("event":"process.ready")/
const addressLine = /"event":"process.ready".*?"address":"([^"]+)"/

const lineOf = (child: ChildProcess, wanted: RegExp): Promise<string> =>
  new Promise((resolve, reject) => {
    let text = ''
    child.once('exit', (code) =>
      reject(new Error(`the hub ended with ${code}: ${text.slice(-2000)}`)),
    )
    const read = (chunk: Buffer): void => {
      text += chunk.toString()
      const ready = wanted.exec(text)
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

const seen = (look: () => string): string => {
  try {
    return look()
  } catch {
    return ''
  }
}

/** Processes that were started for this folder: command line, environment or place name it. */
export const processesOf = (folder: string): string[] =>
  readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry) && entry !== String(process.pid))
    .map((entry) => ({
      command: seen(() => readFileSync(`/proc/${entry}/cmdline`, 'utf8')).replaceAll('\0', ' '),
      environment: seen(() => readFileSync(`/proc/${entry}/environ`, 'utf8')),
      place: seen(() => readlinkSync(`/proc/${entry}/cwd`)),
    }))
    .filter((one) => Object.values(one).some((text) => text.includes(folder)))
    .map(({ command }) => command)
