/** What the processes of a benchmark cost. */
import { readdirSync, readFileSync } from 'node:fs'

const ticksPerSecond = 100

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
