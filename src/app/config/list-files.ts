import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { aboutFile, type ConfigFault } from './config-fault.ts'

export interface FoundFile {
  /** Relative to the folder, with `/`. */
  readonly file: string
  /** The file's name without its ending: the id of what it describes. */
  readonly id: string
  readonly bytes: Uint8Array
}

export interface FoundFiles {
  readonly hub: readonly FoundFile[]
  readonly systems: readonly FoundFile[]
  readonly jobs: readonly FoundFile[]
  readonly codes: readonly FoundFile[]
  readonly faults: readonly ConfigFault[]
}

/** Finds every file of a configuration folder. A file that would be passed over in silence is a fault. */
export function listFiles(folder: string): FoundFiles {
  const faults: ConfigFault[] = []
  const isFolder = statSync(folder, { throwIfNoEntry: false })?.isDirectory() ?? false
  if (!isFolder) {
    const vi = 'Không có thư mục cấu hình này (HUB_CONFIG_DIR hoặc --dir).'
    const en = 'There is no such configuration folder (HUB_CONFIG_DIR or --dir).'
    faults.push(aboutFile('.', 'folder', vi, en))
    return { hub: [], systems: [], jobs: [], codes: [], faults }
  }
  const hub = readEnding(folder, '', 'yaml', faults, ['hub'])
  if (hub.length === 0)
    faults.push(aboutFile('hub.yaml', 'missing', 'Thiếu tệp hub.yaml.', 'hub.yaml is missing.'))
  return {
    hub,
    systems: readEnding(folder, 'systems/', 'yaml', faults),
    jobs: readEnding(folder, 'jobs/', 'yaml', faults),
    codes: readEnding(folder, 'codes/', 'csv', faults),
    faults,
  }
}

function readEnding(
  folder: string,
  part: string,
  ending: string,
  faults: ConfigFault[],
  only?: readonly string[],
): FoundFile[] {
  const path = join(folder, part)
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return []
  const found: FoundFile[] = []
  for (const entry of readdirSync(path, { withFileTypes: true }).sort(byName)) {
    const { name } = entry
    const file = part + name
    if (isLeftAlone(name) || (part === '' && entry.isDirectory())) continue
    const id = name.slice(0, -ending.length - 1)
    const fits = name === `${id}.${ending}` && !entry.isDirectory() && (only?.includes(id) ?? true)
    if (fits) found.push({ file, id, bytes: readFileSync(join(path, name)) })
    else faults.push(unexpected(file, ending))
  }
  return found
}

const byName = (a: { name: string }, b: { name: string }): number => (a.name < b.name ? -1 : 1)

/** Documents, and what editors leave behind. */
const isLeftAlone = (name: string): boolean =>
  name.startsWith('.') || name.endsWith('~') || /\.(md|swp|bak|orig)$/.test(name)

const unexpected = (file: string, ending: string): ConfigFault =>
  aboutFile(
    file,
    'unexpected-file',
    `Tệp này không được đọc: ở đây chỉ có tệp .${ending}. Đổi tên hoặc chuyển đi nơi khác.`,
    `This file would not be read: only .${ending} files belong here. Rename it or move it away.`,
  )
