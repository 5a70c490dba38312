import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { linesWith, projectFiles, root, textOf } from './files.ts'

const files = projectFiles()
const code = files.filter((path) => /\.(tsx?|js|mjs)$/.test(path) && !path.includes('/generated/'))
const product = code.filter((path) => /^(bin|src|connectors)\//.test(path))
/** This file names what it forbids. */
const others = (path: string): boolean => path !== 'test/architecture/house.test.ts'

describe('house', () => {
  it('reads the environment in one place', () => {
    const places = product.flatMap((path) => linesWith(path, /process\.env\b/))
    expect(places.filter((place) => !place.startsWith('src/app/main.ts:'))).toEqual([])
    expect(places).not.toEqual([])
  })

  it('has no file that is a drawer', () => {
    const drawers = /(^|\/)(utils?|helpers?|common|managers?|services?|base|lib|misc)(\/|\.[a-z]+$)/
    expect(code.filter((path) => drawers.test(path))).toEqual([])
  })

  it('names its files in kebab-case', () => {
    const names = code.map((path) => path.split('/').at(-1) ?? '')
    expect(
      names.filter((name) => !/^[a-z0-9-]+(\.test|\.config|\.d)?\.(tsx?|js)$/.test(name)),
    ).toEqual([])
  })

  it('keeps files short enough to be read in one go', () => {
    // A table is read by its rows.
    const tables = ['src/domain/errors.ts']
    const lengths = product.map((path) => [path, textOf(path).split('\n').length - 1] as const)
    const long = lengths.filter(([path, lines]) => lines > 300 && !tables.includes(path))
    expect(long).toEqual([])
  })

  it('trusts nothing that has no type', () => {
    const any = /^(?!\s*(\/?\*|\/\/)).*(:|\bas|<|\|)\s*any\b(?!['"`])/
    expect(code.filter(others).flatMap((path) => linesWith(path, any))).toEqual([])
  })

  it('leaves nothing for later without saying so elsewhere', () => {
    const later = /\b(TODO|FIXME|XXX)\b/
    expect(code.filter(others).flatMap((path) => linesWith(path, later))).toEqual([])
  })

  it('mentions no machine on which it was made', () => {
    const machine = /\/work\/|\/home\/(?!\$)[a-z]+\/|\.\.\/shared\b|bash_jobs/
    const text = files.filter((path) => others(path) && !path.endsWith('package-lock.json'))
    expect(text.flatMap((path) => linesWith(path, machine))).toEqual([])
  })

  it('gives every connector its manifest, code, simulator, fixtures and README', () => {
    const folders = readdirSync(join(root, 'connectors'), { withFileTypes: true })
    const wanted = ['connector.json', 'index.ts', 'simulator.ts', 'fixtures', 'README.md']
    const missing = folders
      .filter((entry) => entry.isDirectory())
      .flatMap(({ name }) => wanted.map((part) => `connectors/${name}/${part}`))
      .filter((path) => !existsSync(join(root, path)))
    expect(missing).toEqual([])
  })

  it('gives every statement a name of its own', () => {
    // PostgreSQL keeps a text under each name per connection, and refuses another text under it.
    const texts = new Map<string, Set<string>>()
    for (const path of product.filter((each) => each.startsWith('src/adapters/postgres/'))) {
      const source = textOf(path)
      const uses = source.matchAll(
        /\brun(?:<[^(]*>)?\(\s*'([a-z][a-z0-9-]*)',\s*(\w+|`[^`]*`|'[^']*')/g,
      )
      for (const [, name = '', text = ''] of uses) {
        const isName = /^\w+$/.test(text)
        if (isName && new RegExp(`^import [^;]*?\\b${text}\\b[^;]*? from`, 'm').test(source))
          continue
        texts.set(name, (texts.get(name) ?? new Set()).add(`${path}: ${text}`))
      }
    }
    expect(texts.size).toBeGreaterThan(150)
    expect([...texts.values()].filter(({ size }) => size > 1).map((set) => [...set])).toEqual([])
  })

  it('copies into the image every room the product needs', () => {
    const [image, context] = [textOf('Dockerfile'), textOf('.dockerignore')]
    for (const room of ['bin', 'src', 'connectors', 'schemas', 'config']) {
      expect(image).toContain(`COPY ${room} ./${room}\n`)
      expect(context).toContain(`\n!${room}\n`)
    }
    expect(image).toContain('COPY --from=console /hub/dist ./dist\n')
  })
})
