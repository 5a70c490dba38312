/** The files of the project as a clone has them: no dependencies, no data, nothing a tool left behind. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export const root = join(import.meta.dirname, '../..')

const rooms = ['bin', 'src', 'connectors', 'schemas', 'config', 'scripts', 'test', 'docs', 'deploy']
const loose =
  /^(README|CONTRIBUTING|SECURITY|CHANGELOG)\.md$|^Dockerfile$|^\.dockerignore$|^[^/]*\.json$/

/** Paths relative to the root, with `/`. */
export function projectFiles(): readonly string[] {
  const inRooms = [...rooms, '.ci'].flatMap((room) =>
    readdirSync(join(root, room), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1)),
  )
  return [...inRooms, ...readdirSync(root).filter((name) => loose.test(name))].sort()
}

export const textOf = (path: string): string => readFileSync(join(root, path), 'utf8')

/** `path:line` of every line that matches, for a failure that can be clicked on. */
export const linesWith = (path: string, pattern: RegExp): string[] =>
  textOf(path)
    .split('\n')
    .flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1}`] : []))
