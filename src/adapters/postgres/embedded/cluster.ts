import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chown, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type Access, syncFolder } from './access.ts'
import type { Binaries } from './binaries.ts'
import { cannotRun, didNotStart, errnoOf } from './faults.ts'
import { dataPath, type Footing, type Footings, serverEnvironment } from './footing.ts'
import { giveTo } from './owner.ts'

const initTimeoutMs = 120_000
const maxOutput = 64 * 1024

/** Where PostgreSQL keeps its data. Complete whenever it exists. */
export const clusterOf = (dataDir: string): string => join(dataDir, 'cluster')

interface Ended {
  readonly status: number | null
  readonly output: string
}

/** Runs a program of the server in its cluster. */
function run(
  footing: Footing,
  cluster: string,
  program: string,
  args: readonly string[],
  input = '',
): Promise<Ended> {
  const command = footing.command(program, args)
  return new Promise((resolve, reject) => {
    const child = spawn(command.file, command.args, {
      ...command.options,
      cwd: cluster,
      env: serverEnvironment,
      timeout: initTimeoutMs,
      killSignal: 'SIGKILL',
    })
    let output = ''
    const keep = (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-maxOutput)
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.stdin.on('error', () => {}) // it ended before reading: its status says why
    child.once('error', reject)
    child.once('close', (status) => resolve({ status, output }))
    child.stdin.end(input)
  })
}

const lastLines = (output: string): string[] => output.trimEnd().split('\n').slice(-10)

/**
 * Statements given to the server while nobody else can reach it, so no password is asked for. One
 * statement a line; none may hold a line break.
 */
async function administer(
  footing: Footing,
  binaries: Binaries,
  cluster: string,
  statements: readonly string[],
): Promise<void> {
  const args = ['--single', '-D', dataPath(cluster), 'postgres']
  const input = `${statements.join('\n')}\n`
  for (let left = 100; ; left--) {
    const { status, output } = await run(footing, cluster, binaries.postgres, args, input)
    const wrong = output.split('\n').filter((line) => /\b(ERROR|FATAL|PANIC): /.test(line))
    if (status === 0 && wrong.length === 0) return
    // That of a hub that was killed meanwhile is still at it; it ends by itself.
    const isHeld = wrong.some((line) => line.includes('lock file "postmaster.pid" already exists'))
    if (!isHeld || left === 0)
      throw didNotStart('không thiết lập được người dùng.', 'its roles could not be set up.', wrong)
    await pause(100)
  }
}

/** Passwords are our own base64url, so they need no quoting. */
const passwordStatements = ({ password, adminPassword }: Access): string[] => [
  `alter role postgres password '${adminPassword}'`,
  `alter role hub password '${password}'`,
]

const hostRules = `# Written by the hub. Only this machine, only with a password.
local all all scram-sha-256
host all all 127.0.0.1/32 scram-sha-256
`

/** Rewritten in place: it keeps the owner that initdb gave it. */
async function writeHostRules(cluster: string): Promise<void> {
  const file = await open(join(cluster, 'pg_hba.conf'), 'r+')
  try {
    await file.truncate(0)
    await file.writeFile(hostRules)
    await file.sync()
  } finally {
    await file.close()
  }
}

const initArguments = [
  '--username=postgres',
  '--auth=trust', // until the passwords are set; nothing listens before
  '--encoding=UTF8',
  '--locale=C',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--no-instructions',
]

/** A killed hub's initdb may still be writing: what it leaves behind is removed the next time. */
async function removeHalfMade(dataDir: string): Promise<void> {
  for (const name of await readdir(dataDir))
    if (name.startsWith('cluster.new-'))
      await rm(join(dataDir, name), { recursive: true, force: true }).catch(() => {})
}

/**
 * Makes the cluster aside, with roles, passwords and the database `hub`, and renames it when it is
 * complete and on disk: a kill at any moment leaves either none or a whole one.
 */
export async function createCluster(
  dataDir: string,
  { init, server }: Footings,
  binaries: Binaries,
  access: Access,
): Promise<void> {
  if (!init)
    throw cannotRun(
      'người dùng hiện tại không có trong /etc/passwd nên initdb từ chối.',
      'the present user is not in /etc/passwd, so initdb refuses.',
    )
  await removeHalfMade(dataDir)
  const making = join(dataDir, `cluster.new-${randomBytes(4).toString('hex')}`)
  await mkdir(making, { mode: 0o700 })
  if (init.kind === 'dropped') await chown(making, init.uid, init.gid)
  const made = await run(init, making, binaries.initdb, ['-D', dataPath(making), ...initArguments])
  if (made.status !== 0)
    throw didNotStart('không tạo được cụm dữ liệu.', 'initdb failed.', lastLines(made.output))
  await administer(init, binaries, making, [
    'create role hub login createdb createrole',
    'grant pg_monitor to hub',
    ...passwordStatements(access),
    'create database hub owner hub',
  ])
  await writeHostRules(making)
  if (server.uid !== init.uid) giveTo(making, server)
  await syncFolder(making)
  await rename(making, clusterOf(dataDir))
  await syncFolder(dataDir)
}

/** Sets new passwords while the server is down: the file that held the old ones is gone. */
export async function resetPasswords(
  dataDir: string,
  { init, server }: Footings,
  binaries: Binaries,
  access: Access,
): Promise<void> {
  const cluster = clusterOf(dataDir)
  // The server's uid may have no name, and single-user mode asks for one as initdb does.
  const lent = server.kind === 'dropped' && init !== undefined
  if (lent) giveTo(cluster, init)
  await administer(init ?? server, binaries, cluster, passwordStatements(access))
  if (lent) giveTo(cluster, server)
}

/**
 * True when there is a whole cluster of this version. Throws `config-invalid` when the folder holds
 * something else: nothing that is there is ever deleted.
 */
export async function hasCluster(dataDir: string, { major }: Binaries): Promise<boolean> {
  const cluster = clusterOf(dataDir)
  if (!existsSync(cluster)) return false
  const version = await readFile(join(cluster, 'PG_VERSION'), 'utf8').catch((error: unknown) => {
    if (errnoOf(error) === 'ENOENT') return ''
    throw error
  })
  if (version.trim() === major && existsSync(join(cluster, 'global', 'pg_control'))) return true
  if (version === '' || version.trim() === major)
    throw cannotRun(
      `${cluster} không phải cụm dữ liệu nguyên vẹn. Hãy khôi phục bản sao lưu hoặc chuyển thư mục đi.`,
      `${cluster} is not a whole cluster. Restore a backup or move the folder away.`,
    )
  throw cannotRun(
    `${cluster} là của PostgreSQL ${version.trim()}, chương trình là bản ${major}. Hãy chuyển dữ liệu sang bản mới.`,
    `${cluster} is of PostgreSQL ${version.trim()}, the programs are version ${major}. Move the data to the new version.`,
  )
}
