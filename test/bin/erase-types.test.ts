import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, it } from 'vitest'
import { makeFolder } from '../support/folder.ts'

type Load = (url: string, context: object, next: (url: string) => unknown) => Promise<unknown>

/** What Node 20 loads the sources with. */
const hooks = (await import(new URL('../../bin/erase-types.js', import.meta.url).href)) as {
  initialize(data: { folder: string; version: string }): void
  load: Load
}

const erased = (url: string) =>
  hooks.load(url, {}, (passed) => passed) as Promise<{ format: string; source: string }>

it('erases types, keeps what came of it, and never serves what is stale', async () => {
  const folder = makeFolder({ 'one.ts': 'export const a: number = 1\n' })
  const url = pathToFileURL(join(folder, 'one.ts')).href
  const kept = join(folder, 'kept')
  hooks.initialize({ folder: kept, version: '1' })
  const first = await erased(url)
  expect(first).toMatchObject({ format: 'module' })
  expect(first.source).toBe(`export const a         = 1\n\n//# sourceURL=${url}`)
  const [file] = readdirSync(kept)
  writeFileSync(join(kept, file ?? ''), 'export const a = "kept"\n')
  expect((await erased(url)).source).toContain('"kept"')
  writeFileSync(join(folder, 'one.ts'), 'export const a: number = 2\n')
  expect((await erased(url)).source).toContain('= 2')
  hooks.initialize({ folder: kept, version: '2' })
  writeFileSync(join(folder, 'one.ts'), 'export const a: number = 1\n')
  expect((await erased(url)).source).toContain('= 1')
})

it('works where nothing can be kept, and leaves other files alone', async () => {
  const folder = makeFolder({ 'one.ts': 'let a: string\n', 'not-a-folder': '' })
  hooks.initialize({ folder: join(folder, 'not-a-folder'), version: '1' })
  expect((await erased(pathToFileURL(join(folder, 'one.ts')).href)).source).toMatch(/^let a +\n/)
  expect(await erased('file:///a/module.js')).toBe('file:///a/module.js')
})
