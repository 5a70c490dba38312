/**
 * On which feet the server stands. PostgreSQL refuses to run as root, so a hub that is root gives
 * root up for it, in one of two ways:
 *
 *   namespace   a user namespace in which root is called an ordinary user. Files stay root's, and
 *               folders that only root may enter stay open. Needs user namespaces (not in Docker).
 *   dropped     another uid. It owns the cluster; the way there may be closed to it, see `dataPath`.
 *
 * An ordinary user runs it directly.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import { cannotRun } from './faults.ts'
import type { User } from './owner.ts'

export type FootingKind = 'direct' | 'namespace' | 'dropped'

export interface Footing {
  readonly kind: FootingKind
  /** Who owns the files of the cluster. */
  readonly uid: number
  readonly gid: number
  /** How to spawn `file` on these feet. */
  command(file: string, args: readonly string[]): Command
}

export interface Command {
  readonly file: string
  readonly args: readonly string[]
  readonly options: { readonly uid?: number; readonly gid?: number }
}

/** `init` differs from `server` because initdb insists on a uid that /etc/passwd knows. */
export interface Footings {
  readonly server: Footing
  readonly init: Footing | undefined
}

/**
 * The whole environment of the server: nothing of the hub's own, which holds secrets, and no PG*
 * variable that would change where the server looks.
 */
export const serverEnvironment = {
  PATH: '/usr/bin:/bin:/usr/sbin:/sbin',
  LC_ALL: 'C',
  TZ: 'UTC',
} as const

const linkToCwd = '/proc/self/cwd'

/**
 * How the server is told where its cluster is, when it is started in that folder. On Linux by a
 * link that every process has to its own working folder: it leads there even when a parent folder
 * is closed to the uid of the server, which no path does.
 */
export const dataPath = (cluster: string): string => (existsSync(linkToCwd) ? linkToCwd : cluster)

function passwdUsers(): User[] {
  if (!existsSync('/etc/passwd')) return []
  return readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .map(([, , uid, gid]) => ({ uid: Number(uid), gid: Number(gid) }))
    .filter(({ uid, gid }) => uid > 0 && gid > 0)
}

/** 65534 stands for "somebody of another namespace", so it comes last. */
function namedUser(): User | undefined {
  const users = passwdUsers()
  return users.find(({ uid }) => uid !== 65_534) ?? users[0]
}

/** A uid that nobody has: no other program can reach into the cluster. */
function unusedUser(): User {
  const used = new Set(passwdUsers().flatMap(({ uid, gid }) => [uid, gid]))
  let id = 65_432
  while (used.has(id)) id -= 1
  return { uid: id, gid: id }
}

const direct = (user: User): Footing => ({
  kind: 'direct',
  ...user,
  command: (file, args) => ({ file, args, options: {} }),
})

const namespace = (owner: User, inside: User): Footing => ({
  kind: 'namespace',
  ...owner,
  command: (file, args) => ({
    file: 'unshare',
    args: ['--user', `--map-user=${inside.uid}`, `--map-group=${inside.gid}`, '--', file, ...args],
    options: {},
  }),
})

const dropped = (user: User): Footing => ({
  kind: 'dropped',
  ...user,
  command: (file, args) => ({ file, args, options: { uid: user.uid, gid: user.gid } }),
})

/** True when the command ends well on these feet; `cwd` is where it is tried. */
export function works(footing: Footing, file: string, args: readonly string[], cwd = '/'): boolean {
  const command = footing.command(file, args)
  const { status } = spawnSync(command.file, command.args, {
    ...command.options,
    cwd,
    env: serverEnvironment,
    stdio: 'ignore',
    timeout: 20_000,
  })
  return status === 0
}

const stands = (footing: Footing): boolean =>
  works(footing, '/bin/sh', ['-c', 'test $(id -u) -ne 0'])

function footingsOfRoot(owner: User | undefined, only: FootingKind | undefined): Footings {
  const inside = namedUser()
  if (inside && only !== 'dropped' && (owner?.uid ?? 0) === 0) {
    const named = namespace({ uid: 0, gid: 0 }, inside)
    if (stands(named)) return { server: named, init: named }
  }
  const users = owner?.uid ? [owner] : [unusedUser(), ...(inside ? [inside] : [])]
  const server = users.map(dropped).find(stands)
  if (!server || only === 'namespace')
    throw cannotRun(
      'không chạy được với quyền root (không tạo được user namespace, cũng không đổi được người dùng). Hãy chạy bằng người dùng thường.',
      'it cannot give up root here (neither a user namespace nor another uid is allowed). Run the hub as an ordinary user.',
    )
  const init = inside && dropped(inside)
  return { server, init: init && stands(init) ? init : undefined }
}

function footingsOfUser(user: User, owner: User | undefined): Footings {
  if (owner && owner.uid !== user.uid)
    throw cannotRun(
      `dữ liệu thuộc người dùng số ${owner.uid}, còn liên thông chạy bằng người dùng số ${user.uid}.`,
      `the data belong to uid ${owner.uid}, but the hub runs as uid ${user.uid}.`,
    )
  const server = direct(user)
  if (hasName()) return { server, init: server }
  const inside = namedUser()
  const named = inside && namespace(user, inside)
  return { server, init: named && stands(named) ? named : undefined }
}

function hasName(): boolean {
  try {
    userInfo()
    return true
  } catch {
    return false
  }
}

/**
 * Finds the feet that really carry here. `owner` is who owns an existing cluster; `only` leaves
 * out the other ways (for tests). Throws `config-invalid` when there is no way.
 */
export function findFootings(owner: User | undefined, only?: FootingKind): Footings {
  const uid = process.getuid?.() ?? -1
  const gid = process.getgid?.() ?? -1
  return uid === 0 ? footingsOfRoot(owner, only) : footingsOfUser({ uid, gid }, owner)
}
