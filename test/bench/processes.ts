/** Child processes of a benchmark, and what they cost. */
import { type ChildProcess, fork } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))
const ticksPerSecond = 100

/** Runs a TypeScript file of this folder. */
export const forkScript = (name: string, env: NodeJS.ProcessEnv = {}): ChildProcess =>
  fork(`${root}test/bench/${name}`, {
    cwd: root,
    env: { ...process.env, ...env },
    execArgv: 'typescript' in process.features ? [] : ['--import', 'ts-blank-space/register'],
  })

/** Runs the hub itself, as an operator would. */
export const forkHub = (args: readonly string[], env: NodeJS.ProcessEnv): ChildProcess =>
  fork(`${root}bin/hub.js`, [...args], {
    cwd: root,
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
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

const statOf = (pid: number | string): string[] | undefined => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  } catch {
    return undefined
  }
}

/** CPU seconds of a process. */
export function cpuSeconds(pid: number | undefined): number {
  const stat = pid === undefined ? undefined : statOf(pid)
  return stat ? (Number(stat[11]) + Number(stat[12])) / ticksPerSecond : 0
}

/** CPU seconds of a process and everything it has started, the ended ones included. */
export function cpuSecondsOfTree(pid: number): number {
  const own = statOf(pid)
  if (!own) return 0
  let sum = (Number(own[11]) + Number(own[12]) + Number(own[13]) + Number(own[14])) / ticksPerSecond
  for (const entry of readdirSync('/proc')) {
    if (/^\d+$/.test(entry) && statOf(entry)?.[1] === String(pid)) sum += cpuSeconds(Number(entry))
  }
  return sum
}

export function residentMb(pid: number | undefined): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024)
  } catch {
    return 0
  }
}
