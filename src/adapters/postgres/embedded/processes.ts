/** Which processes live, and which of them use a server. */
import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { giveToOwnerOf } from './owner.ts'

const isLinux = process.platform === 'linux'

/** The command line of a process, a space between its words; empty when it is not running. */
export function commandLine(pid: number): string {
  if (!isLinux)
    return spawnSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' }).stdout ?? ''
  try {
    // A process that has ended but was not collected yet has an empty one.
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
  } catch {
    return ''
  }
}

/** Pids are used again; with its moment of birth a process is told from its namesakes. */
function birthOf(pid: number): string {
  if (!isLinux) return commandLine(pid) === '' ? '' : '0'
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name in brackets may itself hold brackets and spaces.
    const [state, ...rest] = text.slice(text.lastIndexOf(')') + 2).split(' ')
    return state === 'Z' || state === 'X' ? '' : (rest[18] ?? '')
  } catch {
    return ''
  }
}

const folderOf = (dataDir: string): string => join(dataDir, 'users')

/** Says that this process uses the server; returns a name to take it back with. */
export async function registerUser(dataDir: string): Promise<string> {
  const name = `${process.pid}-${birthOf(process.pid)}-${randomBytes(4).toString('hex')}`
  await mkdir(folderOf(dataDir), { recursive: true, mode: 0o700 })
  giveToOwnerOf(dataDir, folderOf(dataDir))
  await writeFile(join(folderOf(dataDir), name), '')
  return name
}

export const removeUser = (dataDir: string, name: string): Promise<void> =>
  rm(join(folderOf(dataDir), name), { force: true })

/** How many still use the server. Those that were killed are forgotten. */
export async function countUsers(dataDir: string): Promise<number> {
  const names = await readdir(folderOf(dataDir)).catch(() => [])
  let living = 0
  for (const name of names) {
    const [pid, birth] = name.split('-')
    if (birth && birthOf(Number(pid)) === birth) living += 1
    else await removeUser(dataDir, name)
  }
  return living
}
