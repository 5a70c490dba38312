/** What the console says, and what it asks the hub to do. */
import { describe, expect, it } from 'vitest'
import { words } from '../../src/app/console/words/all.ts'
import type { Pair, WordTree } from '../../src/app/console/words/define.ts'
import { operations } from '../../src/app/http/operations.ts'
import { projectFiles, textOf } from '../architecture/files.ts'

const sources = projectFiles().filter(
  (path) => /^src\/app\/console\/.*\.tsx?$/.test(path) && !path.includes('/generated/'),
)
const screens = sources.filter((path) => !path.includes('/words/')).map(textOf)

const isPair = (node: Pair | WordTree): node is Pair => typeof node.vi === 'string'

const leaves = (tree: WordTree, path = ''): (readonly [string, Pair])[] =>
  Object.entries(tree).flatMap(([name, node]) =>
    isPair(node) ? [[path + name, node] as const] : leaves(node, `${path}${name}.`),
  )
const known = leaves(words)

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)

/** What is written as a text and begins as one of these; `${…}` may be any one name, and a query is left off. */
function written(starts: RegExp): RegExp[] {
  const texts = screens.flatMap((source) =>
    // A text may stand within `${…}` of another.
    [/'([^'\n]*)'/g, /`([^`\n]*)`/g].flatMap((quoted) =>
      [...source.matchAll(quoted)].map(([, text = '']) => text),
    ),
  )
  return texts
    .filter((text) => starts.test(text))
    .map((text) => text.replace(/^(\/[^?]*)\?.*$/, '$1').split(/\$\{[^}]*\}/))
    .map((parts) => new RegExp(`^${parts.map(escaped).join('[^/]+')}$`))
}
const placeholders = (text: string): string[] =>
  [...text.matchAll(/\{\{\w+\}\}/g)].map(String).sort()

describe('words of the console', () => {
  const tops = new RegExp(`^(?:${Object.keys(words).join('|')})\\.`)
  const used = written(tops)

  it('are all used', () => {
    expect(used.length).toBeGreaterThan(300)
    const unused = known.filter(([key]) => !used.some((pattern) => pattern.test(key)))
    expect(unused.map(([key]) => key)).toEqual([])
  })

  it('are there wherever they are used', () => {
    const missing = used.filter((pattern) => !known.some(([key]) => pattern.test(key)))
    expect(missing.map(String)).toEqual([])
  })

  it('say the same in both languages', () => {
    const differing = known.filter(
      ([, { vi, en }]) => placeholders(vi).join() !== placeholders(en).join(),
    )
    const blank = known.filter(
      ([, { vi, en }]) => vi.trim() !== vi || en.trim() !== en || !vi || !en,
    )
    expect([...differing, ...blank].map(([key]) => key)).toEqual([])
  })
})

describe('what the console asks', () => {
  const paths = written(/^\/api\/v1\/[a-z]/)

  it('is in the public API', () => {
    const shapes = operations.map(({ path }) => path)
    const shown = paths.filter((path) => !shapes.some((shape) => path.test(shape)))
    expect(paths.length).toBeGreaterThan(50)
    expect(shown.map(String)).toEqual([])
  })

  it('is put on record where it changes something', () => {
    // Questions that need a body; everything else that is posted changes something.
    const questions = ['checkCorrection', 'dryRunCorrection', 'dryRunMessage']
    const posts = operations.filter(
      ({ method, path }) => method === 'post' && paths.some((asked) => asked.test(path)),
    )
    expect(posts.length).toBeGreaterThan(40)
    const silent = posts.filter(({ id, told }) => !told && !questions.includes(id))
    expect(silent.map(({ id }) => id)).toEqual([])
  })
})
