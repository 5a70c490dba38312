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

export const nextMessage = <T>(child: ChildProcess): Promise<T> =>
  new Promise((resolve, reject) => {
    const ended = (code: number | null): void => reject(new Error(`the process ended with ${code}`))
    child.once('exit', ended)
    child.once('message', (message) => {
      child.off('exit', ended)
      resolve(message as T)
    })
  })

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
