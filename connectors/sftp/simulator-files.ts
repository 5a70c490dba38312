/** The files of the simulated server: paths in memory. Texts are held as such, everything else as base64. */

export interface HeldFile {
  bytes: Buffer
  /** Seconds since 1970. */
  mtime: number
}

export interface Tree {
  put(path: string, content: string | Uint8Array, mtime?: number): void
  get(path: string): HeldFile | undefined
  remove(path: string): boolean
  /** Also folders that hold nothing. */
  hasFolder(path: string): boolean
  list(folder: string): readonly string[]
  /** Folders in which nothing may be changed. */
  readonly denied: Set<string>
  /** Bytes that can still be written. */
  room: number
  all(): ReadonlyMap<string, unknown>
}

/** Long ago: nobody writes to these any more. */
const longAgo = Date.UTC(2026, 2, 1, 2) / 1000
const folders = ['/vao', '/vao/xong', '/vao/hong', '/ra', '/ra/hoi-dap']

export const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/')) || '/'

export function createTree(state: ReadonlyMap<string, unknown>): Tree {
  const files = new Map<string, HeldFile>()
  for (const [path, content] of state)
    files.set(path, { bytes: bytesOf(content), mtime: longAgo + files.size })
  return {
    denied: new Set(),
    room: Number.POSITIVE_INFINITY,
    put: (path, content, mtime = longAgo) =>
      void files.set(path, { bytes: Buffer.from(content), mtime }),
    get: (path) => files.get(path),
    remove: (path) => files.delete(path),
    hasFolder: (path) =>
      folders.includes(path) || [...files.keys()].some((one) => folderOf(one) === path),
    list: (folder) =>
      [...files.keys()]
        .filter((path) => folderOf(path) === folder)
        .map((path) => path.slice(folder === '/' ? 1 : folder.length + 1)),
    all: () => new Map([...files].map(([path, { bytes }]) => [path, contentOf(bytes)])),
  }
}

const bytesOf = (content: unknown): Buffer =>
  typeof content === 'string'
    ? Buffer.from(content)
    : Buffer.from((content as { base64: string }).base64, 'base64')

function contentOf(bytes: Buffer): unknown {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return { base64: bytes.toString('base64') }
  }
}
