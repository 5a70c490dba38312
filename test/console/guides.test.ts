/** The Vietnamese guides say what is on the screens, and show them. */
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { words } from '../../src/app/console/words/all.ts'
import type { Pair, WordTree } from '../../src/app/console/words/define.ts'
import { projectFiles, textOf } from '../architecture/files.ts'

const folder = new URL('../../docs/vi/', import.meta.url)
const guides = readdirSync(folder)
  .filter((name) => name.endsWith('.md'))
  .map((name) => [name, readFileSync(new URL(name, folder), 'utf8')] as const)
const all = guides.map(([, text]) => text).join('\n')

const isPair = (node: Pair | WordTree): node is Pair => typeof node.vi === 'string'
const labels = (tree: WordTree): string[] =>
  Object.values(tree).flatMap((node) => (isPair(node) ? [node.vi] : labels(node)))
const known = new Set(labels(words))

/** Emphasis that is no label of a screen. */
const stress = new Set(['đậm', 'và', 'trước khi'])

describe('the Vietnamese guides', () => {
  it.each(guides)('%s: what is bold is written so on a screen', (_, text) => {
    const bold = [...text.matchAll(/\*\*([^*\n]+)\*\*/g)].map(([, label = '']) => label)
    expect(bold.length).toBeGreaterThan(20)
    expect(bold.filter((label) => !known.has(label) && !stress.has(label))).toEqual([])
  })

  it('have a word on each screen of the menu', () => {
    const routes = textOf('src/app/console/routes.ts')
      .split(/\n {2}\{\n/)
      .slice(1)
    const menu = routes
      .filter((route) => /group: '/.test(route))
      .map((route) => /name: '(\w+)'/.exec(route)?.[1] ?? '')
    expect(menu.length).toBeGreaterThan(10)
    const titles = words.frame.screens as Readonly<Record<string, Pair>>
    const missing = menu.filter((name) => !all.includes(`**${titles[name]?.vi}**`))
    expect(missing).toEqual([])
  })

  it('show pictures that are there, that browser tests take, and no others are kept', () => {
    const shown = [...all.matchAll(/\(screens\/([\w-]+)\.png\)/g)].map(([, name = '']) => name)
    const kept = readdirSync(new URL('screens/', folder)).map((name) => name.replace('.png', ''))
    expect(kept.sort()).toEqual([...new Set(shown)].sort())
    const tests = projectFiles()
      .filter((path) => /^test\/console\/.*\.test\.ts$/.test(path))
      .map(textOf)
      .join('\n')
    expect(shown.filter((name) => !tests.includes(`'${name}'`))).toEqual([])
  })
})
